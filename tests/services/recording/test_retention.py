"""The oldest goes first, the protected never, and rows and files agree."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from services.core.clock import ManualClock, SystemClock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.domain.recordings import Cause, Gap, Protection, Segment, gaps_between
from services.recording.disks import ID_FILE, prepare
from services.recording.files import DiskFiles
from services.recording.naming import Begun, finished_path
from services.recording.plans import Place
from services.recording.recovery import found_on
from services.recording.retention import MOST_AT_ONCE, Retention
from services.storage import Database, Tx
from services.storage.database import Result
from tests.records import new_sqlite
from tests.services.recording.conftest import AT

DAY = timedelta(days=1)
Fill = Callable[..., list[Segment]]


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    is_sqlite = request.param == "sqlite"
    url = (
        new_sqlite(tmp_path / "shouwang.db") if is_sqlite else str(request.getfixturevalue("postgres_record"))
    )
    database = Database(url, SystemClock())
    database.open()
    yield database
    database.close()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return prepare(DiskFiles(), tmp_path / "disk")


@pytest.fixture
def retention(database: Database) -> Retention:
    return Retention(database, DiskFiles(), ManualClock(AT))


@pytest.fixture
def fill(database: Database, place: Place) -> Fill:
    """`fill(camera, days_ago, ...)`: a minute of 1000 bytes for each, with its row."""

    def filled(camera: str, *days_ago: int) -> list[Segment]:
        made = []
        for days in days_ago:
            begun = Begun(camera, "main", AT - days * DAY, Cause.CONTINUOUS)
            path = finished_path(begun, begun.begins_at + timedelta(minutes=1))
            (place.root / path).parent.mkdir(parents=True, exist_ok=True)
            (place.root / path).write_bytes(bytes(1000))
            ends_at = begun.begins_at + timedelta(minutes=1)
            made.append(
                Segment(camera, "main", begun.begins_at, ends_at, begun.cause, place.disk, str(path), 1000)
            )
        database.write(lambda tx: tx.segments.add_all(made))
        return made

    return filled


def protect(database: Database, segment: Segment, *, expires_at: datetime | None = None) -> Protection:
    protection = Protection(
        new_id(),
        segment.camera,
        segment.begins_at + timedelta(seconds=50),
        None,
        "取证",
        "zhang",
        "张三",
        AT,
        expires_at,
    )
    return database.write(lambda tx: tx.protections.add(replace(protection, until=segment.ends_at)))


def left(database: Database, place: Place) -> list[str]:
    """What has a row; every row has its file and every file its row."""
    rows = {segment.path for segment in database.read(lambda view: view.segments.of_disk(place.disk))}
    files = {path.relative_to(place.root).as_posix() for path in place.root.glob("*/*/*.mp4")}
    assert rows == files
    return sorted(rows)


def test_each_camera_keeps_its_own_number_of_days(
    database: Database, place: Place, retention: Retention, fill: Fill
) -> None:
    gate, yard = fill("gate", 100, 60, 20), fill("yard", 100, 60, 20)
    retention.delete_outdated(place, {"gate": 90, "yard": 30}.__getitem__)
    assert left(database, place) == sorted(one.path for one in (*gate[1:], yard[2]))


def test_what_is_protected_stays_however_old_it_is(
    database: Database, place: Place, retention: Retention, fill: Fill
) -> None:
    old, older = fill("gate", 200, 300)
    protect(database, older)
    retention.delete_outdated(place, lambda _camera: 30)
    assert left(database, place) == [older.path]
    assert retention.free(place) == 0
    assert old.path not in left(database, place)


def test_a_protection_that_has_expired_or_was_ended_protects_nothing(
    database: Database, place: Place, retention: Retention, fill: Fill
) -> None:
    first, second = fill("gate", 200, 300)
    protect(database, first, expires_at=AT)
    ended = protect(database, second)
    database.write(lambda tx: tx.protections.save(replace(ended, ended_at=AT)))
    assert retention.delete_outdated(place, lambda _camera: 30) == 2
    assert left(database, place) == []


def test_a_full_disk_loses_its_oldest_first_and_no_more_than_needed(
    database: Database, place: Place, retention: Retention, fill: Fill
) -> None:
    segments = fill("gate", 5, 4, 3, 2, 1)
    protect(database, segments[0])
    assert retention.free(place, 1500) == 2000
    assert left(database, place) == sorted(one.path for one in (segments[0], *segments[3:]))


def test_behind_many_protected_pieces_the_next_unprotected_one_is_found(
    database: Database, place: Place, fill: Fill
) -> None:
    retention = Retention(database, DiskFiles(), ManualClock(AT), page=2)
    segments = fill("gate", 9, 8, 7, 6, 5)
    for segment in segments[:4]:
        protect(database, segment)
    assert retention.free(place, 1) == 1000
    assert left(database, place) == sorted(one.path for one in segments[:4])


def test_more_protected_pieces_than_go_at_once_do_not_stop_what_is_outdated(
    database: Database, place: Place, fill: Fill
) -> None:
    """Days kept for a case must not keep everything that was recorded after them."""
    span = fill("gate", *range(MOST_AT_ONCE + 60, 59, -1))
    (outdated,) = fill("gate", 40)
    whole = replace(protect(database, span[0]), since=span[0].begins_at, until=span[-1].ends_at)
    database.write(lambda tx: tx.protections.save(whole))
    retention = Retention(database, DiskFiles(), ManualClock(AT))
    assert retention.delete_outdated(place, lambda _camera: 30) == 1
    assert outdated.path not in left(database, place)


def test_a_file_somebody_else_deleted_loses_its_row_too(
    database: Database, place: Place, retention: Retention, fill: Fill
) -> None:
    (segment,) = fill("gate", 200)
    (place.root / segment.path).unlink()
    retention.delete_outdated(place, lambda _camera: 30)
    assert left(database, place) == []


def test_gaps_are_what_lies_between_pieces(fill: Fill) -> None:
    first, second = fill("gate", 2, 1)
    assert gaps_between([first, second], first.begins_at, second.ends_at + DAY) == [
        Gap(first.ends_at, second.begins_at),
        Gap(second.ends_at, second.ends_at + DAY),
    ]
    touching = replace(second, begins_at=first.ends_at + timedelta(seconds=1))
    assert gaps_between([first, touching], first.begins_at, second.ends_at) == []


def test_a_clock_that_is_set_far_ahead_deletes_nothing(
    database: Database, place: Place, fill: Fill, expected_log: Callable[..., None]
) -> None:
    clock = ManualClock(AT)
    retention = Retention(database, DiskFiles(), clock)
    kept = fill("gate", 1)
    retention.delete_outdated(place, lambda _camera: 30)
    expected_log("clock.was_set", "recording.clock_set")
    clock.set_wall(40 * 86_400)
    assert retention.delete_outdated(place, lambda _camera: 30) == 0
    assert left(database, place) == [kept[0].path]


def test_a_clock_that_is_set_far_ahead_frees_nothing_that_was_protected(
    database: Database, place: Place, fill: Fill, expected_log: Callable[..., None]
) -> None:
    """The disk fills up while the clock is wrong: what is protected for a month is not taken for over."""
    clock = ManualClock(AT)
    retention = Retention(database, DiskFiles(), clock)
    kept, free = fill("gate", 5, 4)
    protect(database, kept, expires_at=AT + 30 * DAY)
    expected_log("clock.was_set", "recording.clock_set")
    clock.set_wall(400 * 86_400)
    assert retention.free(place, 2000) == free.size_bytes
    assert left(database, place) == [kept.path]
    clock.set_wall(-400 * 86_400)
    clock.advance(31 * 86_400)
    assert retention.free(place, 2000) == kept.size_bytes


def test_what_was_recorded_since_the_start_is_as_old_as_the_time_that_passed(
    database: Database, place: Place, fill: Fill
) -> None:
    clock = ManualClock(AT)
    retention = Retention(database, DiskFiles(), clock)
    retention.delete_outdated(place, lambda _camera: 30)
    (dated_wrong,) = fill("gate", 4000)
    assert retention.delete_outdated(place, lambda _camera: 30) == 0
    clock.advance(31 * 86_400)
    retention.delete_outdated(place, lambda _camera: 30)
    clock.advance(31 * 86_400)
    assert retention.delete_outdated(place, lambda _camera: 30) == 1
    assert dated_wrong.path not in left(database, place)


def test_a_disk_that_refuses_frees_nothing_and_says_so(
    database: Database, place: Place, fill: Fill, expected_log: Callable[..., None]
) -> None:
    class ReadOnly(DiskFiles):
        def remove(self, path: Path) -> None:
            raise PermissionError(13, "read-only", str(path))

    expected_log("recording.not_deleted")
    segments = fill("gate", 5, 4)
    assert Retention(database, ReadOnly(), ManualClock(AT)).free(place, 1500) == 0
    assert left(database, place) == sorted(one.path for one in segments)


class Meanwhile(DiskFiles):
    """Something happens just when a file has been removed."""

    def __init__(self, then: Callable[[Path], None]) -> None:
        self._then = then

    def remove(self, path: Path) -> None:
        super().remove(path)
        if path.suffix == ".mp4":
            self._then(path)


def test_what_is_protected_while_older_ones_are_being_deleted_stays(
    database: Database, place: Place, fill: Fill
) -> None:
    """Somebody asks for a span when it is chosen already and only waits for its turn."""
    segments = fill("gate", 300, 200, 100)
    protecting = Meanwhile(lambda _path: protect(database, segments[1]) and None)
    assert Retention(database, protecting, ManualClock(AT)).delete_outdated(place, lambda _camera: 30) == 2
    assert left(database, place) == [segments[1].path]


def test_a_full_disk_spares_what_is_protected_while_room_is_made(
    database: Database, place: Place, fill: Fill
) -> None:
    segments = fill("gate", 5, 4, 3)
    protecting = Meanwhile(lambda _path: protect(database, segments[1]) and None)
    assert Retention(database, protecting, ManualClock(AT)).free(place, 3000) == 2000
    assert left(database, place) == [segments[1].path]


def test_a_disk_unplugged_while_it_is_tidied_loses_no_row(
    database: Database, place: Place, fill: Fill, expected_log: Callable[..., None]
) -> None:
    segments = fill("gate", 300, 200, 100)
    away = place.root.with_name("away")

    def unplug(_path: Path) -> None:
        place.root.rename(away)
        place.root.mkdir()

    expected_log("recording.not_deleted")
    retention = Retention(database, Meanwhile(unplug), ManualClock(AT))
    assert retention.delete_outdated(place, lambda _camera: 30) == 1
    place.root.rmdir()
    away.rename(place.root)
    assert left(database, place) == sorted(one.path for one in segments[1:])


def test_another_disk_in_its_place_loses_none_of_its_rows_either(
    database: Database, place: Place, fill: Fill, expected_log: Callable[..., None]
) -> None:
    segments = fill("gate", 300, 200)
    files = place.root.rename(place.root.with_name("away"))
    prepare(DiskFiles(), place.root)
    expected_log("recording.not_deleted")
    assert Retention(database, DiskFiles(), ManualClock(AT)).delete_outdated(place, lambda _camera: 30) == 0
    (place.root / ID_FILE).unlink()
    place.root.rmdir()
    files.rename(place.root)
    assert left(database, place) == sorted(one.path for one in segments)


def test_what_a_disk_refused_to_delete_is_no_younger_afterwards(
    database: Database, place: Place, fill: Fill, expected_log: Callable[..., None]
) -> None:
    """Else a disk that was read-only for an hour would keep its recordings for another month."""

    class Refusing(DiskFiles):
        is_read_only = True

        def remove(self, path: Path) -> None:
            if self.is_read_only:
                raise OSError(errno.EROFS, "read-only", str(path))
            super().remove(path)

    disk = Refusing()
    fill("gate", 300, 200)
    fill("yard", 1)
    retention = Retention(database, disk, ManualClock(AT))
    expected_log("recording.not_deleted")
    assert retention.delete_outdated(place, lambda _camera: 30) == 0
    disk.is_read_only = False
    assert retention.delete_outdated(place, lambda _camera: 30) == 2


def test_what_went_without_an_answer_gets_its_row_again_and_is_deleted_once_it_is_its_turn(
    database: Database, place: Place, fill: Fill
) -> None:
    class Deaf(Database):
        """Writes, and once the answer is lost."""

        is_deaf = True

        def write(self, work: Callable[[Tx], Result], *, deadline_s: float = 5.0) -> Result:
            result = super().write(work, deadline_s=deadline_s)
            if self.is_deaf:
                self.is_deaf = False
                raise ServiceError("storage.timeout", reason="no answer", outcome="unknown")
            return result

    (segment,) = fill("gate", 5)
    deaf = Deaf(database.url, SystemClock())
    deaf.open()
    try:
        retention = Retention(deaf, DiskFiles(), ManualClock(AT))
        with pytest.raises(ServiceError, match=r"storage\.timeout"):
            retention.free(place, 1)
        assert retention.free(place, 1) == 0
        assert left(database, place) == [segment.path]
        assert retention.free(place, 1) == 1000
    finally:
        deaf.close()
    assert left(database, place) == []
    assert not (place.root / segment.path).exists()


def test_a_killed_retention_leaves_a_file_that_gets_its_row_again(
    database: Database, place: Place, fill: Fill
) -> None:
    class Killed(BaseException):
        pass

    class Dying(DiskFiles):
        def remove(self, path: Path) -> None:
            raise Killed(path)

    (segment,) = fill("gate", 300)
    with pytest.raises(Killed):
        Retention(database, Dying(), ManualClock(AT)).delete_outdated(place, lambda _camera: 30)
    assert database.read(lambda view: view.segments.of_disk(place.disk)) == []
    assert list(found_on(place.root, place.disk)) == [segment]


def test_a_disk_that_dies_while_it_is_tidied_holds_up_no_other(
    database: Database, place: Place, fill: Fill
) -> None:
    """Its files went, and then it does not answer any more."""

    class Dying(DiskFiles):
        def sync_folder(self, folder: Path) -> None:
            raise OSError(errno.EIO, "input/output error", str(folder))

    fill("gate", 300, 200)
    assert Retention(database, Dying(), ManualClock(AT)).delete_outdated(place, lambda _camera: 30) == 2
    assert left(database, place) == []


def test_a_camera_over_its_quota_loses_its_own_oldest_and_nobody_elses(
    database: Database, place: Place, retention: Retention, fill: Fill
) -> None:
    gate, yard = fill("gate", 5, 4, 3, 2, 1), fill("yard", 9, 8)
    protect(database, gate[0])
    assert retention.hold_quotas([place], {"gate": 3000}) == 2
    assert left(database, place) == sorted(one.path for one in (gate[0], *gate[3:], *yard))
    went = database.read(lambda view: view.recording_troubles.made_room())
    assert {camera: (one.began_at, one.ended_at) for camera, one in went.items()} == {
        "gate": (gate[1].begins_at, gate[2].ends_at)
    }
    assert retention.hold_quotas([place], {"gate": 3000}) == 0


def test_what_went_for_room_is_one_row_for_each_camera_that_grows(
    database: Database, place: Place, retention: Retention, fill: Fill
) -> None:
    gate, yard = fill("gate", 9, 5, 1), fill("yard", 8)
    retention.free(place, 2000)
    retention.free(place, 1000)
    went = database.read(lambda view: view.recording_troubles.made_room())
    assert (went["gate"].began_at, went["gate"].ended_at) == (gate[0].begins_at, gate[1].ends_at)
    assert (went["yard"].began_at, went["yard"].ended_at) == (yard[0].begins_at, yard[0].ends_at)
    assert left(database, place) == [gate[2].path]
    assert database.read(lambda view: view.recording_troubles.open()) == []
