"""Disks come, go, hang and fill up; nothing is written where a disk should be and is not."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.core.clock import ManualClock, SystemClock
from services.recording.disklock import DiskLock
from services.recording.disks import ID_FILE
from services.recording.files import DiskFiles
from services.recording.keeping import KEEP_EVERY_S, DiskKeeper
from services.storage import Database

Wait = Callable[..., object]


@pytest.fixture
def keep(database: Database) -> Iterator[Callable[..., DiskKeeper]]:
    """`keep(folder, ...)`: a keeper that has begun."""
    begun: list[DiskKeeper] = []

    def start(*folders: Path) -> DiskKeeper:
        keeper = DiskKeeper(folders, database, DiskFiles(), SystemClock(), lambda _camera: 30)
        keeper.start()
        begun.append(keeper)
        return keeper

    yield start
    for keeper in begun:
        keeper.stop(10.0)


def test_a_new_folder_becomes_a_disk(
    keep: Callable[..., DiskKeeper], tmp_path: Path, wait_until: Wait
) -> None:
    keeper = keep(tmp_path / "rec")
    wait_until(lambda: keeper.seen.place is not None)
    assert (tmp_path / "rec" / ID_FILE).exists()


def test_a_mount_point_without_its_disk_stays_empty_over_a_new_start(
    keep: Callable[..., DiskKeeper], tmp_path: Path, wait_until: Wait
) -> None:
    folder = tmp_path / "rec"
    first = keep(folder)
    wait_until(lambda: first.seen.place is not None)
    first.stop(10.0)
    shutil.rmtree(folder)
    folder.mkdir()
    second = keep(folder)
    wait_until(lambda: second.seen.at_s > 0)
    assert second.seen.place is None
    assert list(folder.iterdir()) == []


def test_one_bad_folder_does_not_take_the_others_away(
    keep: Callable[..., DiskKeeper], tmp_path: Path, wait_until: Wait, expected_log: Callable[..., None]
) -> None:
    expected_log("recording.no_disk")
    (tmp_path / "file").write_text("no folder")
    keeper = keep(tmp_path / "file", tmp_path / "rec")
    place = wait_until(lambda: keeper.seen.place)
    assert place.root == tmp_path / "rec"  # type: ignore[attr-defined]


def test_a_mistake_of_ours_is_told_once_with_its_traceback_and_the_looking_goes_on(
    database: Database,
    wait_until: Wait,
    expected_log: Callable[..., None],
    log_events: list[dict[str, object]],
) -> None:
    expected_log("recording.disks_failing")
    clock = ManualClock(datetime(2026, 12, 1, tzinfo=UTC))
    looks: list[float] = []

    def mistaken() -> dict[str, int]:
        looks.append(clock.monotonic())
        clock.advance(KEEP_EVERY_S)  # so that the next look asks again
        raise KeyError("mistake")

    keeper = DiskKeeper((), database, DiskFiles(), clock, lambda _camera: 30, mistaken)
    keeper.start()
    wait_until(lambda: len(looks) >= 2)
    keeper.stop(10.0)
    told = [event for event in log_events if event["event"] == "recording.disks_failing"]
    assert len(told) == 1
    assert isinstance(told[0]["exc_info"], KeyError)


def test_a_disk_belongs_to_one_recorder_at_a_time(tmp_path: Path, expected_log: Callable[..., None]) -> None:
    expected_log("recording.disk_in_use")
    first = DiskLock.taken(tmp_path, 1.0)
    assert first is not None
    assert DiskLock.taken(tmp_path, 0.3) is None
    first.release()
    second = DiskLock.taken(tmp_path, 1.0)
    assert second is not None
    second.release()
