"""Real small disks: full ones, locked ones, ones that are unplugged and swapped. Needs the right to mount."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from services.alarms.center import AlarmCenter
from services.alarms.meaning import RECORDING_STOPPED
from services.core.clock import ManualClock, SystemClock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.core.secrets import Secrets
from services.domain.recording_days import DiskCondition
from services.domain.recording_troubles import GapCause
from services.domain.recordings import Cause, Protection, RecordingMode, Segment
from services.domain.site import Site
from services.hub.recording import HubRecording
from services.recording.disks import ID_FILE, Room, prepare
from services.recording.files import DiskFiles
from services.recording.keeping import DiskKeeper
from services.recording.naming import Begun, finished_path
from services.recording.plans import CameraPlan, Place
from services.recording.recorder import Recorder
from services.recording.retention import Retention
from services.storage import Database, care, sqlite_url
from tests.services.recording.conftest import AT, CLIP, pictures_in
from tests.services.video.conftest import GstServer
from tests.waiting import until

MB = 2**20
SMALL = Room(least_free_bytes=2 * MB)
DAY = timedelta(days=1)
LIMIT_S = 60.0
Mount = Callable[..., Path]
Wait = Callable[..., object]


def _may_mount() -> bool:
    return os.name == "posix" and os.geteuid() == 0 and shutil.which("mkfs.ext4") is not None


pytestmark = pytest.mark.skipif(not _may_mount(), reason="only root may mount a disk")


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Mount]:
    """`mount(name, image, mb)`: an ext4 disk of so many MB at `tmp_path/name`; the image outlives it."""
    mounted: list[Path] = []

    def mounted_at(name: str, image: str = "", mb: int = 24) -> Path:
        folder, file = tmp_path / name, tmp_path / f"{image or name}.img"
        folder.mkdir(exist_ok=True)
        if not file.exists():
            with file.open("wb") as out:
                out.truncate(mb * MB)
            _run("mkfs.ext4", "-q", "-F", "-m", "0", "-O", "^has_journal", str(file))
        done = subprocess.run(
            ["mount", "-o", "loop", str(file), str(folder)], check=False, capture_output=True
        )
        if done.returncode:
            pytest.skip("this machine has no loop devices to spare")
        mounted.append(folder)
        return folder

    yield mounted_at
    for folder in mounted:
        subprocess.run(["umount", "-l", str(folder)], check=False, capture_output=True)


def unplug(folder: Path) -> None:
    _run("umount", "-l", str(folder))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture
def keep(database: Database) -> Iterator[Callable[..., DiskKeeper]]:
    begun: list[DiskKeeper] = []

    def start(*folders: Path) -> DiskKeeper:
        keeper = DiskKeeper(
            folders,
            database,
            DiskFiles(),
            ManualClock(AT),
            lambda _camera: 30,
            rooms=dict.fromkeys(folders, SMALL),
        )
        keeper.start()
        begun.append(keeper)
        return keeper

    yield start
    for keeper in begun:
        keeper.stop(10.0)


def fill(database: Database, place: Place, count: int, size_mb: int = 2) -> list[Segment]:
    """Pieces of so many MB with their rows, the oldest first, each an hour after the one before."""
    made = []
    for number in range(count):
        at = AT - DAY + number * timedelta(hours=1)
        begun = Begun("C01", "main", at, Cause.CONTINUOUS)
        path = finished_path(begun, at + timedelta(minutes=1))
        (place.root / path).parent.mkdir(parents=True, exist_ok=True)
        (place.root / path).write_bytes(os.urandom(size_mb * MB))
        made.append(
            Segment(
                "C01",
                "main",
                at,
                at + timedelta(minutes=1),
                Cause.CONTINUOUS,
                place.disk,
                str(path),
                size_mb * MB,
            )
        )
    database.write(lambda tx: tx.segments.add_all(made))
    return made


def lock(database: Database, segment: Segment) -> Protection:
    protection = Protection(
        new_id(), "C01", segment.begins_at, segment.ends_at, "取证", "li", "李班长", AT, AT + 90 * DAY
    )
    return database.write(lambda tx: tx.protections.add(protection))


def there(place: Place, segments: list[Segment]) -> list[bool]:
    return [(place.root / one.path).exists() for one in segments]


def test_a_full_disk_loses_the_oldest_unlocked_and_never_a_locked_piece(
    keep: Callable[..., DiskKeeper], mount: Mount, database: Database, wait_until: Wait
) -> None:
    folder = mount("rec")
    keeper = keep(folder)
    place = wait_until(lambda: keeper.seen.place, timeout_s=LIMIT_S)
    assert isinstance(place, Place)
    pieces = fill(database, place, 9)
    lock(database, pieces[0])
    # Twenty of twenty-four MB hold the pieces; with this less than two are free.
    _fill_up(folder)
    wait_until(lambda: not all(there(place, pieces)), timeout_s=LIMIT_S)
    wait_until(lambda: keeper.seen.disks[0].free_bytes > 0, timeout_s=LIMIT_S)
    assert there(place, pieces)[0]
    assert not there(place, pieces)[1]
    went = database.read(lambda view: view.recording_troubles.made_room())["C01"]
    assert (went.cause, went.began_at) == (GapCause.MADE_ROOM, pieces[1].begins_at)


def test_a_disk_full_of_locked_pieces_is_an_alarm_that_ends_with_the_release(
    mount: Mount, database: Database, wait_until: Wait
) -> None:
    folder, clock = mount("rec"), ManualClock(AT)
    site = Site("t", "t", "t", 100.0, 100.0)
    center = AlarmCenter(database, clock, site, lambda _place: ())
    recording = HubRecording(
        (folder,), database, clock, lambda: site, Secrets(), lambda: center, rooms={folder: SMALL}
    )
    recording.start()

    def state() -> DiskCondition | None:
        recording.tick()
        said = database.read(lambda view: view.recording_disks())
        return said.disks[0].condition if said is not None and said.disks else None

    wait_until(lambda: state() is DiskCondition.WELL, timeout_s=LIMIT_S)
    place = Place(database.read(lambda view: view.recording_folders())[str(folder)], folder)
    (piece,) = fill(database, place, 1, 16)
    locked = lock(database, piece)
    _fill_up(folder)
    wait_until(lambda: state() is DiskCondition.STUCK, timeout_s=LIMIT_S)
    clock.advance(29)
    recording.tick()
    assert _stopped(database) == []
    clock.advance(2)
    recording.tick()
    assert _stopped(database) == [True]
    assert (folder / piece.path).exists()
    database.write(lambda tx: tx.protections.save(replace(locked, ended_at=clock.now())))
    wait_until(lambda: state() is DiskCondition.WELL, timeout_s=LIMIT_S)
    assert _stopped(database) == [False]
    assert not (folder / piece.path).exists()
    recording.stop(10.0)


def _stopped(database: Database) -> list[bool]:
    """Of each open alarm that recording has stopped, whether it still is so."""
    alarms = database.read(lambda view: view.alarms.open())
    return [alarm.source_active for alarm in alarms if alarm.code_raw == RECORDING_STOPPED]


def _fill_up(folder: Path, leave_bytes: int = MB) -> None:
    """With something that is none of ours."""
    free = shutil.disk_usage(folder).free
    (folder / "ballast").write_bytes(os.urandom(max(0, free - leave_bytes)))


def _fill_to_the_last_byte(folder: Path) -> None:
    """The file system's own needs count too, so it is written until it refuses."""
    with suppress(OSError), (folder / "ballast").open("wb", buffering=0) as out:
        while out.write(bytes(1024)):
            pass


def test_a_record_on_the_full_disk_itself_gets_its_room_from_the_oldest_recordings(mount: Mount) -> None:
    """One machine, one disk, filled by something else to the last byte: no row can be taken away first."""
    folder = mount("rec")
    url = sqlite_url(folder / "shouwang.db")
    care.upgrade(url)
    database = Database(url, SystemClock())
    database.open()
    try:
        place = prepare(DiskFiles(), folder / "disk")
        pieces = fill(database, place, 4)
        lock(database, pieces[0])
        _fill_to_the_last_byte(folder)
        with pytest.raises(ServiceError, match="full"):
            database.write(lambda tx: tx.put_recording_folders({"x" * 100_000: ""}))
        assert Retention(database, DiskFiles(), ManualClock(AT)).free(place, 3 * MB) == 4 * MB
        assert there(place, pieces) == [True, False, False, True]
        rows = database.read(lambda view: view.segments.of_disk(place.disk))
        assert [one.path for one in rows] == [pieces[0].path, pieces[3].path]
    finally:
        database.close()


def test_a_recorder_on_a_disk_without_room_says_so_and_goes_on_by_itself(
    mount: Mount, expected_log: Callable[..., None]
) -> None:
    expected_log("recording.disk_full", "recording.not_mended", "video.ended", "video.timeout")
    expected_log("video.refused", "video.unreachable")
    folder = mount("rec", mb=16)
    (folder / ID_FILE).write_text('{"disk": "small"}')
    _fill_up(folder, leave_bytes=200_000)
    place, segments = Place("small", folder), list[Segment]()
    server, recorder = GstServer(CLIP), Recorder(segments.append)
    recorder.start()
    try:
        plan = CameraPlan("C01", "main", server.address(), RecordingMode.CONTINUOUS, before_s=3.0)
        recorder.use((plan,), (place,), place)
        until(lambda: _error(recorder) == "recording.disk_full")
        (folder / "ballast").unlink()
        count = len(segments)
        until(lambda: _error(recorder) == "" and _is_writing(recorder))
        until(lambda: len(segments) > count)
    finally:
        recorder.stop()
        server.kill()
    assert all(pictures_in(folder / one.path) > 0 for one in segments)


def test_the_other_disk_takes_over_and_one_that_comes_back_is_known_by_its_id(
    keep: Callable[..., DiskKeeper], mount: Mount, wait_until: Wait
) -> None:
    small, large = mount("one", mb=16), mount("two", mb=32)
    keeper = keep(small, large)
    wait_until(lambda: keeper.seen.place is not None, timeout_s=LIMIT_S)
    wait_until(lambda: len(keeper.seen.disks) == 2, timeout_s=LIMIT_S)
    place = keeper.seen.place
    assert place is not None
    assert place.root == large
    known = place.disk
    unplug(large)
    wait_until(lambda: keeper.seen.place is not None and keeper.seen.place.root == small, timeout_s=LIMIT_S)
    assert keeper.seen.away == ((large, known),)
    assert list(large.iterdir()) == []  # nothing was written into the empty mount point
    mount("two", "stranger", mb=32)
    _look_again(keeper, wait_until)
    assert keeper.seen.away == ((large, known),)
    assert not (large / ID_FILE).exists()  # a disk nobody made a recording disk of is left alone
    unplug(large)
    mount("two")
    wait_until(lambda: keeper.seen.place is not None and keeper.seen.place.disk == known, timeout_s=LIMIT_S)
    assert keeper.seen.away == ()


def test_two_disks_that_changed_places_are_still_themselves(
    keep: Callable[..., DiskKeeper], mount: Mount, wait_until: Wait, database: Database
) -> None:
    first, second = mount("one"), mount("two")
    keeper = keep(first, second)
    wait_until(lambda: len(keeper.seen.disks) == 2, timeout_s=LIMIT_S)
    before = {disk.place.root: disk.place.disk for disk in keeper.seen.disks}
    pieces = fill(database, Place(before[first], first), 2)
    unplug(first)
    unplug(second)
    mount("one", "two")
    mount("two", "one")
    wait_until(
        lambda: (
            {disk.place.root: disk.place.disk for disk in keeper.seen.disks}
            == {first: before[second], second: before[first]}
        ),
        timeout_s=LIMIT_S,
    )
    moved = next(disk.place for disk in keeper.seen.disks if disk.place.disk == pieces[0].disk)
    assert there(moved, pieces) == [True, True]


def test_a_quota_keeps_room_for_what_else_lies_on_the_disk(
    mount: Mount, database: Database, wait_until: Wait
) -> None:
    folder = mount("rec", mb=32)
    keeper = DiskKeeper(
        (folder,),
        database,
        DiskFiles(),
        SystemClock(),
        lambda _camera: 30_000,
        rooms={folder: Room(2 * MB, quota_bytes=9 * MB)},
    )
    keeper.start()
    place = wait_until(lambda: keeper.seen.place, timeout_s=LIMIT_S)
    assert isinstance(place, Place)
    assert keeper.seen.disks[0].total_bytes == 9 * MB
    keeper.stop(10.0)
    pieces = fill(database, place, 6)
    again = DiskKeeper(
        (folder,),
        database,
        DiskFiles(),
        SystemClock(),
        lambda _camera: 30_000,
        rooms={folder: Room(2 * MB, quota_bytes=9 * MB)},
    )
    again.start()
    wait_until(lambda: not all(there(place, pieces)), timeout_s=LIMIT_S)
    again.stop(10.0)
    assert shutil.disk_usage(folder).free > 10 * MB


def _look_again(keeper: DiskKeeper, wait_until: Wait) -> None:
    """Two looks later: the first may have begun before."""
    for _ in range(2):
        seen = keeper.seen
        wait_until(lambda seen=seen: keeper.seen is not seen, timeout_s=LIMIT_S)


def _error(recorder: Recorder) -> str | None:
    report = recorder.report
    return report.cameras[0].error if report and report.cameras else None


def _is_writing(recorder: Recorder) -> bool:
    report = recorder.report
    return bool(report and report.cameras and report.cameras[0].is_writing)
