"""The recorder process on disks of which one is dying."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path, PosixPath

import pytest

from services.recording.child import RecorderHouse
from services.recording.disks import prepare
from services.recording.files import DiskFiles
from services.recording.plans import Finished, News, Place, UsePlans
from services.recording.writer import SegmentWriter
from tests.services.recording.conftest import AT, BEGUN


class Dying(PosixPath):
    """A folder whose disk answers no question for what is in it."""

    def glob(self, _pattern: str) -> Iterator[Path]:
        raise OSError(errno.EIO, "input/output error", str(self))


@pytest.mark.skipif(os.name != "posix", reason="its paths are of another kind")
def test_a_disk_that_cannot_be_listed_keeps_no_other_from_being_mended_and_written_to(
    tmp_path: Path, write_part: Callable[..., SegmentWriter], expected_log: Callable[..., None]
) -> None:
    expected_log("recording.not_mended")
    dying, well = (prepare(DiskFiles(), tmp_path / name) for name in ("dying", "well"))
    write_part(well.root, 100).abandon()
    said: list[News] = []
    house = RecorderHouse(said.append)
    house.obey(UsePlans((), (Place(dying.disk, Dying(dying.root)), well), well))
    house.obey(UsePlans((), (), None))
    house.stop()
    (news,) = said
    assert isinstance(news, Finished)
    assert (news.segment.disk, news.segment.begins_at) == (well.disk, AT)
    assert news.segment.camera == BEGUN.camera
