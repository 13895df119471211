"""When alarms were first seen is written down, also when the database is slow or away for a while."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.core.jobs import Jobs
from tests.waiting import LIMIT_S
from ui.jobs import UiJobs
from views.watch.reports import MOST_AT_ONCE, DisplayReports, Report

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
Wait = Callable[..., object]


class Record:
    """Takes reports, or refuses them `refusals` times; holds them up until `may_go`."""

    def __init__(self) -> None:
        self.taken: list[Report] = []
        self.parts: list[int] = []
        self.calls = 0
        self.refusals = 0
        self.refused_with = "storage.timeout"
        self.may_go = Event()
        self.may_go.set()

    def log(self, reports: Iterable[Report]) -> None:
        self.calls += 1
        held = list(reports)
        self.parts.append(len(held))
        assert self.may_go.wait(LIMIT_S)
        if self.refusals:
            self.refusals -= 1
            raise ServiceError(self.refused_with)
        self.taken += held


@pytest.fixture
def record() -> Record:
    return Record()


@pytest.fixture
def reports(qtbot: QtBot, record: Record) -> Iterator[DisplayReports]:
    assert qtbot is not None
    pool = Jobs("reports-test", 2)
    jobs = UiJobs(pool)
    yield DisplayReports(record.log, jobs, ManualClock(AT, 1000.0))
    jobs.close()
    pool.stop()


def test_a_burst_is_one_write_with_the_moments_of_the_screen(
    reports: DisplayReports, record: Record, wait_until: Wait
) -> None:
    for number in range(30):
        reports.note_displayed(f"a{number}", 999.0)
    reports.note_filmed("a1", 999.5)
    wait_until(lambda: len(record.taken) == 30)
    assert record.calls == 1
    assert record.taken[1] == ("a1", AT - timedelta(seconds=1), AT - timedelta(seconds=0.5))


@pytest.mark.parametrize("code", ["storage.timeout", "storage.unreachable", "storage.conflict"])
def test_what_the_database_did_not_take_is_written_later(
    reports: DisplayReports, record: Record, code: str, wait_until: Wait
) -> None:
    record.refusals, record.refused_with = 1, code
    reports.note_displayed("a1", 999.0)
    wait_until(lambda: record.calls == 1)
    reports.note_filmed("a1", 999.5)
    wait_until(lambda: record.taken == [("a1", AT - timedelta(seconds=1), AT - timedelta(seconds=0.5))])


def test_a_database_that_stands_holds_up_one_job_and_not_all(
    reports: DisplayReports, record: Record, wait_until: Wait
) -> None:
    record.may_go.clear()
    reports.note_displayed("a1", 999.0)
    wait_until(lambda: record.calls == 1)
    reports.note_displayed("a2", 999.0)
    reports._timer.timeout.emit()
    assert record.calls == 1
    record.may_go.set()
    wait_until(lambda: [report[0] for report in record.taken] == ["a1", "a2"])


def test_a_storm_is_written_in_small_parts_the_oldest_first(
    reports: DisplayReports, record: Record, wait_until: Wait
) -> None:
    ids = [f"a{number}" for number in range(120)]
    for alarm_id in ids:
        reports.note_displayed(alarm_id, 999.0)
    wait_until(lambda: len(record.taken) == 120)
    assert [report[0] for report in record.taken] == ids
    assert max(record.parts) <= MOST_AT_ONCE


def test_the_end_of_the_program_waits_for_no_storm_and_for_no_part_of_it(
    reports: DisplayReports, record: Record, wait_until: Wait
) -> None:
    record.may_go.clear()
    reports.note_displayed("a0", 999.0)
    wait_until(lambda: record.calls == 1)
    for number in range(1, 120):
        reports.note_displayed(f"a{number}", 999.0)
    reports.end()
    record.may_go.set()
    wait_until(lambda: sorted(record.parts) == [1, 119])
