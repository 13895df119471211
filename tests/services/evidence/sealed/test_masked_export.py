"""Masks, watermark and password in one export: what leaves the house shows nothing under the box."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import av
import pytest
import pyzipper

from services.core.clock import ManualClock
from services.domain.evidence import CopyOptions, EvidenceRequest, Mask, MaskKey, Take
from services.evidence import verify
from services.evidence.desk import EvidenceDesk
from services.evidence.exporting import Bench, Exporter, ExportOrder
from services.evidence.signing import SigningKey
from services.storage import Database
from tests.services.evidence.sealed.conftest import AT, SEED, Record, seconds
from tests.services.evidence.sealed.test_copies import Luma, checked, lumas
from tests.services.evidence.test_desk import LEADER, SUPERVISOR, WANTED

PASSWORD = "Correct-horse 7"
# From the left edge to the right in four seconds, over the board in the picture's lower half.
KEYS = (MaskKey(AT, 0.0, 0.6, 0.2, 0.2), MaskKey(AT + seconds(4), 0.8, 0.6, 0.2, 0.2))
ROWS = slice(110, 142)


@pytest.fixture
def package(
    desk: EvidenceDesk, database: Database, clock: ManualClock, record: Record, disk: Path, tmp_path: Path
) -> Path:
    """As it was asked for, allowed, exported and opened with its password: the folder in it."""
    board = checked((320, 90))
    pieces = [record(2, board=board), record(2, AT + seconds(2), board=board)]
    database.write(lambda tx: tx.segments.add_all(pieces))
    options = CopyOptions(
        has_watermark=True, masks=(Mask("C01", KEYS),), keeps_originals=False, is_encrypted=True
    )
    takes = (Take("C01", AT, AT + seconds(4)),)
    asked = desk.request(SUPERVISOR, replace(WANTED, takes=takes, options=options))
    made = _exported(desk.approve(LEADER, asked), database, clock, disk, tmp_path)
    with pyzipper.AESZipFile(made) as archive:
        archive.setpassword(PASSWORD.encode())
        archive.extractall(tmp_path / "opened")
    (folder,) = (tmp_path / "opened").iterdir()
    return folder


def _exported(
    request: EvidenceRequest, database: Database, clock: ManualClock, disk: Path, tmp_path: Path
) -> Path:
    bench = Bench(lambda segment: disk / segment.path, lambda: SigningKey(SEED), "Shouwang 0.1.0")
    order = ExportOrder(tmp_path / "out", PASSWORD)
    made = Exporter(database, clock, bench).export(SUPERVISOR, request, order, lambda _p: None, Event())
    assert made.export is not None
    return Path(made.export.folder)


@pytest.fixture
def pictures(package: Path) -> list[Luma]:
    (copy,) = (package / "copies").iterdir()
    return lumas(copy)


def places(pictures: list[Luma]) -> Iterator[tuple[Luma, int]]:
    """Some pictures, and where the box's left edge must be: 256 dots in 100 pictures."""
    assert len(pictures) == 100
    for number in (0, 20, 50, 75, 99):
        yield pictures[number], round(number * 2.56)


def test_the_board_is_gone_inside_the_moving_box_and_whole_beside_it(pictures: list[Luma]) -> None:
    for picture, left in places(pictures):
        # 64 dots wide; the encoder smears a little over the edges.
        assert picture[ROWS, left + 4 : left + 60].std() < 12
        for beside in (picture[ROWS, : max(0, left - 6)], picture[ROWS, left + 72 :]):
            assert beside.shape[1] < 12 or beside.std() > 45
        assert picture[148:154].std() > 45


def test_the_watermark_stands_in_the_same_copy(pictures: list[Luma]) -> None:
    """The board knows two greys, 50 and 200: letters are brighter, their edges darker."""
    for picture in pictures[::25]:
        assert (picture[155:].astype(int) > 220).mean() > 0.01
        assert (picture[104:148].astype(int) > 220).mean() < 0.001


def test_no_original_lies_in_the_package_and_it_is_unchanged(package: Path) -> None:
    films = [one for one in package.rglob("*") if one.suffix in (".mp4", ".mov")]
    assert [one.parent.name for one in films] == ["copies"]
    with av.open(str(films[0])) as film:
        assert "re-encoded" in film.metadata["comment"]
    assert verify.check(str(package)).findings == []
