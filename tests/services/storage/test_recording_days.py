"""What each camera has of each day, counted by the database itself, on both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from services.domain.recording_troubles import GapCause, RecordingTrouble
from services.domain.recordings import Cause, Segment
from services.storage import Database

Open = Callable[[str], Database]
AT = datetime(2026, 11, 24, 2, 0, 0, 123456, tzinfo=UTC)
DAY = timedelta(days=1)


def test_days_are_counted_back_from_now(url: str, open_database: Open) -> None:
    database = open_database(url)
    ages = [timedelta(minutes=1), DAY - timedelta(seconds=1), DAY, 2 * DAY, timedelta(minutes=-5)]
    pieces = [
        Segment("gate", "main", AT - age, AT - age + timedelta(seconds=60), Cause.CONTINUOUS, "d", f"{no}", 7)
        for no, age in enumerate(ages)
    ]
    database.write(lambda tx: tx.segments.add_all(pieces))
    found = database.read(lambda view: view.segments.by_day(AT))
    assert [(day.ago, round(day.seconds), day.size_bytes) for day in found] == [
        (0, 180, 21),
        (1, 60, 7),
        (2, 60, 7),
    ]
    assert found[0].begins_at == AT - DAY + timedelta(seconds=1)


def test_troubles_of_a_camera_and_of_all_are_found_by_the_time_they_touch(
    url: str, open_database: Open
) -> None:
    database = open_database(url)

    def trouble(no: str, camera: str, since: int, until: int | None) -> RecordingTrouble:
        ended_at = None if until is None else AT + timedelta(minutes=until)
        return RecordingTrouble(no, camera, GapCause.CAMERA_AWAY, AT + timedelta(minutes=since), ended_at)

    told = [
        trouble("before", "gate", -10, 0),
        trouble("into", "gate", -10, 1),
        trouble("all", "", 2, 3),
        trouble("open", "gate", 4, None),
        trouble("after", "gate", 10, 12),
        trouble("other", "yard", 0, 10),
    ]
    database.write(lambda tx: [tx.recording_troubles.add(one) for one in told])
    found = database.read(
        lambda view: view.recording_troubles.touching(["gate"], AT, AT + timedelta(minutes=10))
    )
    assert [one.id for one in found] == ["into", "all", "open"]
    assert [one.id for one in database.read(lambda view: view.recording_troubles.open())] == ["open"]
