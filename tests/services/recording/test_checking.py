"""Index and disk are compared, and the index is made to say what is there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from services.core.errors import ServiceError
from services.domain.recordings import Segment
from services.recording.checking import check, repair
from services.recording.disks import prepare
from services.recording.files import DiskFiles
from services.recording.naming import Begun
from services.recording.plans import Place
from services.recording.writer import SegmentWriter
from services.storage import Database
from tests.services.recording.conftest import AT, BEGUN

Write = Callable[..., SegmentWriter]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return prepare(DiskFiles(), tmp_path / "disk")


@pytest.fixture
def segments(database: Database, place: Place, write_part: Write) -> list[Segment]:
    """Three pieces with their rows."""
    made = []
    for minute in range(3):
        begun = Begun("C01", "main", AT + timedelta(minutes=minute), BEGUN.cause)
        writer = write_part(place.root, 60, DiskFiles(), begun)
        segment = writer.finish(begun.begins_at + timedelta(seconds=2), place.disk)
        assert segment is not None
        made.append(segment)
    database.write(lambda tx: tx.segments.add_all(made))
    return made


def test_a_disk_that_agrees_with_its_index_is_well(
    database: Database, place: Place, segments: list[Segment]
) -> None:
    findings = check(database, place, is_thorough=True)
    assert (findings.is_well, findings.segments) == (True, len(segments))


def test_what_disagrees_is_found_and_the_index_is_mended(
    database: Database, place: Place, segments: list[Segment], write_part: Write
) -> None:
    gone, cut, _ = segments
    (place.root / gone.path).unlink()
    DiskFiles().truncate(place.root / cut.path, cut.size_bytes - 10)
    begun = Begun("C02", "main", AT, BEGUN.cause)
    new = write_part(place.root, 60, DiskFiles(), begun).finish(AT + timedelta(seconds=2), place.disk)
    write_part(place.root, 60, DiskFiles(), Begun("C03", "main", AT, BEGUN.cause)).abandon()
    findings = check(database, place, is_thorough=True)
    assert {one.path for one in findings.lost} == {gone.path, cut.path}
    assert (new in findings.unknown, findings.parts) == (True, 1)
    assert [one.path for one in findings.broken] == [cut.path]
    repair(database, findings)
    after = check(database, place)
    assert (after.is_well, after.segments) == (True, 3)
    assert [one.path for one in check(database, place, is_thorough=True).broken] == [cut.path]


def test_a_quick_check_reads_no_file(database: Database, place: Place, segments: list[Segment]) -> None:
    path = place.root / segments[0].path
    path.write_bytes(bytes(segments[0].size_bytes))
    assert check(database, place).is_well
    assert not check(database, place, is_thorough=True).is_well


def test_a_disk_that_is_unplugged_while_it_is_checked_loses_no_row(
    database: Database, place: Place, segments: list[Segment]
) -> None:
    away = place.root.rename(place.root.with_name("away"))
    place.root.mkdir()
    findings = check(database, place)
    assert len(findings.lost) == len(segments)
    with pytest.raises(ServiceError, match=r"recording\.no_disk"):
        repair(database, findings)
    place.root.rmdir()
    away.rename(place.root)
    assert check(database, place).is_well
