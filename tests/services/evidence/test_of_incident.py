"""What is asked for of an incident: what its alarms showed, from before them until it was contained."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.domain.people import Limit, Permission
from services.evidence.desk import EvidenceDesk
from tests.services.evidence.test_desk import ADMINISTRATOR, SUPERVISOR
from tests.services.review.night import START_AT, Night, contain, open_night, send_guard


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    with open_night(tmp_path, ManualClock(START_AT)) as night:
        yield night


def test_from_half_a_minute_before_the_alarm_to_a_minute_after_it_was_contained(night: Night) -> None:
    review = contain(night, send_guard(night))
    night.clock.advance(3600)
    found = EvidenceDesk(night.database, night.clock).of_incident(SUPERVISOR, review.incident)
    # The alarm at START_AT, contained 315 s later: 15 s to the order, then 300 s; see `night`.
    assert found.since == START_AT - timedelta(seconds=30)
    assert found.until == START_AT + timedelta(seconds=15 + 300 + 60)
    assert found.cameras == ("C01",)


def test_until_now_while_it_goes_on(night: Night) -> None:
    sent = send_guard(night)
    night.clock.advance(100)
    found = EvidenceDesk(night.database, night.clock).of_incident(SUPERVISOR, sent.incident)
    assert found.until == night.clock.now()


def test_three_days_at_most(night: Night) -> None:
    sent = send_guard(night)
    night.clock.advance(timedelta(days=30).total_seconds())
    found = EvidenceDesk(night.database, night.clock).of_incident(SUPERVISOR, sent.incident)
    assert found.until - found.since == timedelta(hours=72)


def test_without_the_cameras_that_one_may_not_watch(night: Night) -> None:
    sent = send_guard(night)
    desk = EvidenceDesk(night.database, night.clock)
    barred = replace(SUPERVISOR, limits=(Limit(Permission.WATCH, cameras=("C01",)),))
    assert desk.of_incident(barred, sent.incident).cameras == ()
    with pytest.raises(ServiceError):
        desk.of_incident(ADMINISTRATOR, sent.incident)
