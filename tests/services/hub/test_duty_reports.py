from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest

from services.core.clock import ManualClock
from services.domain.periods import PeriodKind
from services.hub.duty_reports import AGAIN_AFTER_S, LOOK_EVERY_S, DutyReportTimer

# A Monday, and the first day of a month that begins no quarter.
MONDAY = datetime(2027, 2, 1, 7, 0).astimezone()


class Writing:
    def __init__(self) -> None:
        self.is_over = False

    def stop(self) -> None:
        self.is_over = True


class Office:
    """Writes reports when it is told that one is done."""

    def __init__(self, folder: Path) -> None:
        self.clock = ManualClock(MONDAY)
        self.asked: list[tuple[PeriodKind, date, str]] = []
        self.writing: list[tuple[Writing, Path]] = []
        self.timer = DutyReportTimer(folder, time(7, 30), self.clock, self.start)

    def start(self, kind: PeriodKind, day: date, file: Path) -> Writing:
        self.asked.append((kind, day, file.name))
        self.writing.append((Writing(), file))
        return self.writing[-1][0]

    def end(self, *, succeeds: bool = True) -> None:
        writing, file = self.writing[-1]
        if succeeds:
            file.write_bytes(b"%PDF")
        writing.is_over = True

    def pass_s(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.timer.tick()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_before_the_hour_nothing_is_written_and_then_one_after_the_other(office: Office) -> None:
    office.timer.tick()
    assert office.asked == []
    office.pass_s(1800)
    assert office.asked == [(PeriodKind.DAY, date(2027, 1, 31), "day-2027-01-31.pdf")]
    office.pass_s(LOOK_EVERY_S)
    assert len(office.asked) == 1
    for _ in range(4):
        office.end()
        office.pass_s(1)
    assert office.asked[1:] == [
        (PeriodKind.WEEK, date(2027, 1, 25), "week-2027-01-25.pdf"),
        (PeriodKind.MONTH, date(2027, 1, 1), "month-2027-01-01.pdf"),
        (PeriodKind.QUARTER, date(2026, 10, 1), "quarter-2026-10-01.pdf"),
    ]


def test_the_next_day_brings_only_what_is_new(office: Office) -> None:
    for _ in range(6):
        office.pass_s(1800)
        if office.writing:
            office.end()
    office.asked.clear()
    office.pass_s(24 * 3600)
    office.end()
    office.pass_s(60)
    assert office.asked == [(PeriodKind.DAY, date(2027, 2, 1), "day-2027-02-01.pdf")]


def test_a_hub_that_starts_late_or_anew_writes_what_is_missing_and_no_more(
    office: Office, tmp_path: Path
) -> None:
    for name in ("day-2027-01-31", "month-2027-01-01", "quarter-2026-10-01"):
        (tmp_path / f"{name}.pdf").write_bytes(b"%PDF")
    office.pass_s(5 * 3600)
    office.end()
    office.pass_s(LOOK_EVERY_S)
    assert [kind for kind, _, _ in office.asked] == [PeriodKind.WEEK]


def test_what_failed_is_tried_again_later_and_keeps_nothing_else_waiting(office: Office) -> None:
    office.pass_s(1800)
    office.end(succeeds=False)
    office.pass_s(1)
    assert [kind for kind, _, _ in office.asked] == [PeriodKind.DAY, PeriodKind.WEEK]
    for _ in range(3):
        office.end()
        office.pass_s(LOOK_EVERY_S)
    assert [kind for kind, _, _ in office.asked].count(PeriodKind.DAY) == 1
    office.pass_s(AGAIN_AFTER_S)
    assert office.asked[-1][0] is PeriodKind.DAY


def test_the_end_of_the_hub_ends_what_is_being_written(office: Office) -> None:
    office.pass_s(1800)
    office.timer.stop()
    assert office.writing[0][0].is_over
