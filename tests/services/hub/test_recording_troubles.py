"""Why there is no recording is written down when it begins and when it ends, also over a dead hub."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.core.clock import ManualClock
from services.domain.recording_days import DiskCondition, DiskState
from services.domain.recording_troubles import (
    ExplainedGap,
    GapCause,
    RecordingTrouble,
    explain,
)
from services.domain.recordings import Gap, RecordingMode
from services.hub.recording_causes import Condition, causes_of, has_changed, states_of
from services.hub.recording_troubles import ALIVE_EVERY_S, QUIET_S, TroubleBook
from services.recording.disks import Disk
from services.recording.keeping import Seen
from services.recording.plans import CameraReport, Place, Report
from services.storage import Database
from tests.records import new_record

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
AWAY = ("C01", GapCause.CAMERA_AWAY)
CONTINUOUS, ALARM, OFF = RecordingMode.CONTINUOUS, RecordingMode.ALARM, RecordingMode.OFF


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with new_record(tmp_path / "shouwang.db") as database:
        yield database


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOW)


def told(database: Database) -> list[RecordingTrouble]:
    week = timedelta(days=7)
    return database.read(lambda view: view.recording_troubles.between(NOW - week, NOW + week))


def test_a_trouble_has_the_times_at_which_it_was_seen(database: Database, clock: ManualClock) -> None:
    book = TroubleBook(database, clock)
    book.note({})
    clock.advance(5)
    book.note({AWAY: "video.timeout"})
    clock.advance(60)
    book.note({AWAY: "video.timeout"})
    for _ in range(round(QUIET_S) + 1):
        clock.advance(1)
        book.note({})
    (one,) = told(database)
    assert (one.camera, one.cause, one.detail) == ("C01", GapCause.CAMERA_AWAY, "video.timeout")
    assert one.began_at == NOW + timedelta(seconds=5)
    assert one.ended_at == NOW + timedelta(seconds=65)


def test_a_camera_that_comes_and_goes_is_one_trouble(database: Database, clock: ManualClock) -> None:
    book = TroubleBook(database, clock)
    for second in range(100):
        book.note({AWAY: ""} if second % 5 == 0 else {})
        clock.advance(1)
    (one,) = told(database)
    assert one.ended_at is None


def test_nothing_is_written_while_nothing_changes(database: Database, clock: ManualClock) -> None:
    book = TroubleBook(database, clock)
    book.note({AWAY: ""})
    before = database.read(lambda view: view.recording_alive_at())
    clock.advance(ALIVE_EVERY_S - 1)
    book.note({AWAY: ""})
    assert database.read(lambda view: view.recording_alive_at()) == before
    clock.advance(1)
    book.note({AWAY: ""})
    assert database.read(lambda view: view.recording_alive_at()) == clock.now()


def test_the_time_without_a_hub_is_a_trouble_of_all_and_what_still_is_so_goes_on(
    database: Database, clock: ManualClock
) -> None:
    gone = ("C02", GapCause.CAMERA_AWAY)
    killed = TroubleBook(database, clock)
    killed.note({AWAY: "", gone: ""})
    clock.advance(600)
    again = TroubleBook(database, clock)
    for _ in range(round(QUIET_S) + 2):
        again.note({AWAY: ""})
        clock.advance(1)
    found = {(one.camera, one.cause): one for one in told(database)}
    down = found["", GapCause.HUB_DOWN]
    assert (down.began_at, down.ended_at) == (NOW, NOW + timedelta(seconds=600))
    assert found[AWAY].ended_at is None
    assert found[gone].ended_at == NOW


def test_a_hub_that_ended_in_good_order_says_from_when_on(database: Database, clock: ManualClock) -> None:
    first = TroubleBook(database, clock)
    first.note({})
    clock.advance(20)
    first.close()
    clock.advance(1)
    TroubleBook(database, clock).note({})
    assert told(database) == []
    clock.advance(60)
    TroubleBook(database, clock).note({})
    (down,) = told(database)
    assert down.began_at == NOW + timedelta(seconds=21)


def condition(mode: RecordingMode, said: CameraReport | None, **changes: object) -> Condition:
    values: dict[str, object] = {
        "modes": {"C01": mode},
        "scheduled": frozenset(),
        "report": Report((said,) if said else (), (), 0.0),
        "has_disk": True,
        "is_stuck": False,
        "is_new": False,
    }
    return Condition(**{**values, **changes})  # type: ignore[arg-type]


def report(error: str = "", *, is_writing: bool = False) -> CameraReport:
    return CameraReport("C01", error, is_writing, 0, 0, 0.0)


@pytest.mark.parametrize(
    ("now", "causes"),
    [
        (condition(CONTINUOUS, report(is_writing=True)), set()),
        (condition(CONTINUOUS, report()), {GapCause.STARTING}),
        (condition(CONTINUOUS, None), {GapCause.STARTING}),
        (condition(CONTINUOUS, report("video.timeout")), {GapCause.CAMERA_AWAY}),
        (condition(CONTINUOUS, report("recording.disk_full")), {GapCause.DISK_FULL}),
        (condition(CONTINUOUS, report("recording.disk_failed")), {GapCause.DISK_FAILED}),
        (condition(CONTINUOUS, report("recording.no_disk")), {GapCause.DISK_AWAY}),
        (condition(CONTINUOUS, report("recording.bad_piece")), {GapCause.BAD_STREAM}),
        (condition(CONTINUOUS, None, report=None), {GapCause.RECORDER_DOWN}),
        (condition(CONTINUOUS, None, report=None, is_new=True), {GapCause.STARTING}),
        (condition(CONTINUOUS, report(is_writing=True), has_disk=False), {GapCause.DISK_AWAY}),
        (condition(CONTINUOUS, report(is_writing=True), is_stuck=True), {GapCause.DISK_FULL}),
        (condition(ALARM, report()), {GapCause.QUIET}),
        (condition(ALARM, report("video.refused")), {GapCause.QUIET, GapCause.CAMERA_AWAY}),
        (condition(OFF, None, report=None), {GapCause.SWITCHED_OFF}),
        (condition(OFF, None, scheduled=frozenset({"C01"})), {GapCause.SCHEDULE_OFF}),
        (condition(ALARM, report(), scheduled=frozenset({"C01"})), {GapCause.SCHEDULE_OFF}),
        (condition(CONTINUOUS, report(is_writing=True), scheduled=frozenset({"C01"})), set()),
    ],
)
def test_each_condition_has_its_cause(now: Condition, causes: set[GapCause]) -> None:
    assert {cause for _, cause in causes_of(now)} == causes


def test_a_gap_has_the_cause_that_covers_most_of_it_and_says_how_much() -> None:
    gap = Gap(NOW, NOW + timedelta(minutes=10))
    short = RecordingTrouble("1", "", GapCause.HUB_DOWN, NOW, NOW + timedelta(minutes=2))
    long = RecordingTrouble(
        "2", "C01", GapCause.CAMERA_AWAY, NOW + timedelta(minutes=4), None, "video.timeout"
    )
    assert explain(gap, [short, long]) == ExplainedGap(
        # Six of ten minutes, and twenty seconds beyond the end.
        gap,
        GapCause.CAMERA_AWAY,
        pytest.approx(380 / 600),  # type: ignore[arg-type]
        "video.timeout",
    )


def test_a_gap_of_which_nobody_noted_anything_is_unknown() -> None:
    gap = Gap(NOW, NOW + timedelta(minutes=10))
    elsewhere = RecordingTrouble(
        "1", "", GapCause.HUB_DOWN, NOW - timedelta(hours=2), NOW - timedelta(hours=1)
    )
    assert explain(gap, [elsewhere]) == ExplainedGap(gap, GapCause.UNKNOWN, 0.0)


def test_disks_are_told_with_those_that_are_away(tmp_path: Path) -> None:
    written, full = Disk(Place("d1", tmp_path / "1"), 100, 1000), Disk(Place("d2", tmp_path / "2"), -5, 1000)
    seen = Seen((written, full), written.place, False, ((tmp_path / "3", "d3"),), 1.0)
    assert states_of(seen) == (
        DiskState(str(tmp_path / "1"), "d1", DiskCondition.WELL, 100, 1000, True),
        DiskState(str(tmp_path / "2"), "d2", DiskCondition.FULL, 0, 1000, False),
        DiskState(str(tmp_path / "3"), "d3", DiskCondition.AWAY),
    )
    stuck = Seen((full,), full.place, True, (), 1.0)
    assert [state.condition for state in states_of(stuck)] == [DiskCondition.STUCK]


def test_a_trifle_of_room_is_not_told_again() -> None:
    def at(free_bytes: int) -> tuple[DiskState, ...]:
        return (DiskState("/r", "d", DiskCondition.WELL, free_bytes, 1000, True),)

    assert not has_changed(at(500), at(510))
    assert has_changed(at(500), at(511))
    assert has_changed((), at(500))
