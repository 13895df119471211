"""A duty check that nobody answers: its time, by an injected clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from services.alarms.center import AlarmCenter
from services.core.clock import ManualClock
from services.core.jobs import Jobs
from services.core.secrets import Secrets
from services.domain.alarms import AlarmSource, AlarmState, Qualifier, Signal
from services.domain.classes import DUTY_CHECK
from services.domain.site import Site
from services.hub.campus import Campus
from services.hub.duty import DutyChecks, operator_number
from services.hub.firelink import FireLink
from services.storage import Database


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    jobs = Jobs("test-duty", threads=1)
    yield jobs
    jobs.stop()


def test_an_unanswered_duty_check_sounds_for_ten_minutes_and_stays_on_the_record(
    database: Database, site: Site, jobs: Jobs, expected_log: Callable[..., None]
) -> None:
    expected_log("duty.missed")
    clock = ManualClock(datetime(2026, 11, 24, 6, 0, tzinfo=UTC))
    campus = Campus(site, Secrets())
    center = AlarmCenter(database, clock, site, campus.choose_feeds)
    checks = DutyChecks(database, clock, campus, FireLink(clock, campus.knows), jobs)
    source, at = AlarmSource.GB26875, clock.now()
    center.receive([Signal(source, "000000000379", DUTY_CHECK, 0, Qualifier.NEW, at, "f1")])

    clock.advance(599)
    checks.tick()
    (alarm,) = database.read(lambda view: view.alarms.open())
    assert alarm.source_active
    clock.advance(1)
    checks.tick()
    (alarm,) = database.read(lambda view: view.alarms.open())
    assert (alarm.source_active, alarm.state, alarm.owner) == (False, AlarmState.NEW, "")


@pytest.mark.parametrize(
    ("user", "number"), [("guard07", 7), ("wang", 0), ("op255", 255), ("op256", 0), ("", 0), ("7号", 0)]
)
def test_an_operators_number_is_that_at_the_end_of_the_name(user: str, number: int) -> None:
    assert operator_number(user) == number
