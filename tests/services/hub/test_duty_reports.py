from __future__ import annotations

import errno
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from services.core.clock import ManualClock
from services.domain.periods import PeriodKind
from services.hub.duty_reports import AGAIN_AFTER_S, LONGEST_S, LOOK_BACK, LOOK_EVERY_S, DutyReportTimer

DAY_S = 24 * 3600.0
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
        self.trouble: OSError | None = None
        self.writing: list[tuple[Writing, Path]] = []
        self.timer = DutyReportTimer(folder, time(7, 30), self.clock, self.start)

    def start(self, kind: PeriodKind, day: date, file: Path) -> Writing:
        self.asked.append((kind, day, file.name))
        if self.trouble is not None:
            raise self.trouble
        self.writing.append((Writing(), file))
        return self.writing[-1][0]

    def end(self, *, succeeds: bool = True) -> None:
        writing, file = self.writing[-1]
        if succeeds:
            file.write_bytes(b"%PDF")
        writing.is_over = True

    def write_all(self) -> None:
        """Until nothing is due."""
        self.timer.tick()
        while self.writing and not self.writing[-1][0].is_over:
            self.end()
            self.pass_s(LOOK_EVERY_S)

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


def test_a_hub_that_was_away_for_days_makes_up_for_each_of_them(office: Office) -> None:
    office.pass_s(1800)
    office.write_all()
    office.asked.clear()
    office.pass_s(3 * DAY_S)
    office.write_all()
    assert [name for _, _, name in office.asked] == [
        "day-2027-02-03.pdf",
        "day-2027-02-02.pdf",
        "day-2027-02-01.pdf",
    ]


def test_after_a_long_absence_the_way_back_has_an_end(office: Office) -> None:
    office.pass_s(1800)
    office.write_all()
    office.asked.clear()
    office.pass_s(400 * DAY_S)
    office.write_all()
    counts = {kind: [one for one, _, _ in office.asked].count(kind) for kind in PeriodKind}
    assert counts == LOOK_BACK


def test_a_first_day_whose_report_failed_is_made_up_for_as_well(office: Office) -> None:
    office.pass_s(1800)
    office.end(succeeds=False)
    office.write_all()
    office.asked.clear()
    office.pass_s(DAY_S)
    office.write_all()
    assert {name for _, _, name in office.asked} == {"day-2027-02-01.pdf", "day-2027-01-31.pdf"}


@pytest.mark.parametrize(
    "trouble", [BlockingIOError(errno.EAGAIN, "no process"), OSError(errno.ENOMEM, "no memory")]
)
def test_a_machine_that_starts_no_process_is_logged_once_and_tried_again_later(
    office: Office, trouble: OSError, expected_log: Callable[..., None]
) -> None:
    expected_log("report.cannot_begin")
    office.trouble = trouble
    office.clock.advance(1800)
    with capture_logs() as logs:
        for _ in range(4):
            office.pass_s(LOOK_EVERY_S)
    assert [kind for kind, _, _ in office.asked] == list(PeriodKind)
    assert [entry["event"] for entry in logs].count("report.cannot_begin") == 1
    office.trouble = None
    office.asked.clear()
    office.pass_s(AGAIN_AFTER_S)
    office.write_all()
    assert [kind for kind, _, _ in office.asked] == list(PeriodKind)


def test_a_folder_that_cannot_be_looked_at_is_no_reason_to_end(
    tmp_path: Path, expected_log: Callable[..., None]
) -> None:
    expected_log("report.cannot_begin")
    file = tmp_path / "file"
    file.touch()
    for folder in (tmp_path / ("x" * 300), file):
        office = Office(folder)
        with capture_logs() as logs:
            office.pass_s(1800)
            office.pass_s(LOOK_EVERY_S)
        assert office.asked == []
        assert [entry["event"] for entry in logs] == ["report.cannot_begin"]


def test_a_report_that_hangs_is_ended_and_the_next_one_written(
    office: Office, expected_log: Callable[..., None]
) -> None:
    expected_log("report.hangs")
    office.pass_s(1800)
    office.pass_s(LONGEST_S - 1)
    assert len(office.asked) == 1
    office.pass_s(1)
    assert office.writing[0][0].is_over
    assert [kind for kind, _, _ in office.asked] == [PeriodKind.DAY, PeriodKind.WEEK]
