"""Every piece gets its index and its row, however they were lost; a check says what is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from services.domain.recordings import Segment
from services.recording.checking import check
from services.recording.disks import prepare
from services.recording.files import DiskFiles
from services.recording.motion.catching_up import CaughtUp, catch_up
from services.recording.motion.sidefile import motion_path, read_index
from services.recording.plans import Place
from services.recording.writer import SegmentWriter
from services.storage import Database
from tests.services.recording.conftest import AT, BEGUN

S = timedelta(seconds=1)
LATER = AT + timedelta(hours=1)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return prepare(DiskFiles(), tmp_path / "disk")


@pytest.fixture
def pieces(place: Place, write_part: Callable[..., SegmentWriter], database: Database) -> list[Segment]:
    """Two pieces of people who walk, sixteen seconds each."""
    made = []
    for number in range(2):
        begins_at = AT + number * 16 * S
        writer = write_part(place.root, 400, DiskFiles(), replace(BEGUN, begins_at=begins_at))
        segment = writer.finish(begins_at + 16 * S, place.disk)
        assert segment is not None
        made.append(segment)
    database.write(lambda tx: tx.segments.add_all(made))
    return made


def rows(database: Database) -> int:
    return len(database.read(lambda view: view.motion.of_camera("C01", AT, LATER)))


def test_pieces_without_index_get_one_and_their_row(
    database: Database, place: Place, pieces: list[Segment]
) -> None:
    assert check(database, place).unindexed == 2
    assert catch_up(database, DiskFiles(), place, LATER) == CaughtUp(2, 0, 2, 0)
    assert rows(database) == 2
    index = read_index(place.root, pieces[1])
    assert index is not None
    assert index.is_coarse
    assert len(index.looks) == 8
    assert any(look.cells for look in index.looks)
    found = check(database, place, is_thorough=True)
    assert (found.unindexed, found.strays, found.is_well) == (0, 0, True)


def test_what_is_indexed_is_not_made_again_and_lost_rows_come_back(
    database: Database, place: Place, pieces: list[Segment]
) -> None:
    catch_up(database, DiskFiles(), place, LATER)
    assert catch_up(database, DiskFiles(), place, LATER) == CaughtUp(0, 0, 0, 0)
    database.write(lambda tx: tx.motion.remove(pieces))
    assert catch_up(database, DiskFiles(), place, LATER) == CaughtUp(0, 0, 2, 0)


def test_a_damaged_index_is_found_by_a_thorough_check_and_made_again(
    database: Database, place: Place, pieces: list[Segment]
) -> None:
    catch_up(database, DiskFiles(), place, LATER)
    path = place.root / motion_path(pieces[0])
    path.write_bytes(path.read_bytes()[:-3])
    assert check(database, place).unindexed == 0
    assert check(database, place, is_thorough=True).unindexed == 1
    assert catch_up(database, DiskFiles(), place, LATER).remade == 1


def test_what_belongs_to_no_piece_is_swept(database: Database, place: Place, pieces: list[Segment]) -> None:
    catch_up(database, DiskFiles(), place, LATER)
    (place.root / pieces[0].path).unlink()
    (place.root / motion_path(pieces[1])).with_suffix(".motion-part").write_bytes(b"half")
    assert check(database, place).strays == 2
    assert catch_up(database, DiskFiles(), place, LATER).swept == 2
    assert not (place.root / motion_path(pieces[0])).exists()
    assert (place.root / motion_path(pieces[1])).exists()


def test_what_ended_just_now_is_left_to_the_hub(
    database: Database, place: Place, pieces: list[Segment]
) -> None:
    assert catch_up(database, DiskFiles(), place, pieces[1].ends_at + 60 * S) == CaughtUp(0, 0, 0, 0)


def test_a_piece_that_cannot_be_read_is_counted_and_hinders_no_other(
    database: Database, place: Place, pieces: list[Segment]
) -> None:
    (place.root / pieces[0].path).write_bytes(b"\0" * 500)
    assert catch_up(database, DiskFiles(), place, LATER) == CaughtUp(1, 1, 1, 0)


def test_with_a_piece_its_row_goes(database: Database, place: Place, pieces: list[Segment]) -> None:
    catch_up(database, DiskFiles(), place, LATER)
    database.write(lambda tx: tx.motion.remove([pieces[0]]))
    assert rows(database) == 1
