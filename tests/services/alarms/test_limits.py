"""The site's own response limits: laid down by who may, within the law, in force at once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.alarms.center import AlarmCenter
from services.alarms.limits import LimitDesk
from services.alarms.response import ResponseClocks
from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.domain.alarms import Signal
from services.domain.classes import Priority
from services.domain.clocks import (
    CLAIM_MOST_S,
    DEFAULT_CLOCKS,
    FIRST_TOLD_MOST_S,
    ClockFault,
    ClockField,
    Clocks,
    complaint_of,
)
from services.domain.facts import SiteEdited
from services.domain.people import Role, Session
from services.domain.site import Site
from services.storage import Database
from services.storage.feed import decode

BOSS = Session("boss", "保卫处长", Role.SUPERVISOR, "SEAT-9")
ADMINISTRATOR = Session("admin", "管理员", Role.ADMINISTRATOR, "SEAT-9")
LEADER = Session("li", "李班长", Role.SHIFT_LEADER, "SEAT-1")
P1 = DEFAULT_CLOCKS[Priority.P1]
Limits = Mapping[Priority, Clocks]


def with_p1(**fields: object) -> Limits:
    return {**DEFAULT_CLOCKS, Priority.P1: replace(P1, **fields)}  # type: ignore[arg-type]


@pytest.fixture
def desk(database: Database, site: Site) -> LimitDesk:
    database.write(lambda tx: tx.replace_site(site))
    return LimitDesk(database)


def refusal(call: Callable[[], object]) -> ServiceError:
    with pytest.raises(ServiceError) as refused:
        call()
    return refused.value


def level(database: Database) -> int:
    (alarm,) = database.read(lambda view: view.alarms.open())
    return alarm.escalation_level


@pytest.mark.parametrize(
    ("fields", "fault", "field"),
    [
        ({"claim_s": 0.0}, ClockFault.RANGE, ClockField.CLAIM),
        ({"claim_s": 61.0, "escalate_s": (70.0,)}, ClockFault.RANGE, ClockField.CLAIM),
        ({"claim_s": float("inf")}, ClockFault.RANGE, ClockField.CLAIM),
        ({"claim_s": float("nan")}, ClockFault.RANGE, ClockField.CLAIM),
        ({"escalate_s": ()}, ClockFault.LEVELS, ClockField.ESCALATE),
        ({"escalate_s": (20.0, 30.0, 40.0, 50.0)}, ClockFault.LEVELS, ClockField.ESCALATE),
        ({"escalate_s": (121.0,)}, ClockFault.RANGE, ClockField.ESCALATE),
        ({"escalate_s": (9.0,)}, ClockFault.BEFORE_CLAIM, ClockField.ESCALATE),
        ({"escalate_s": (20.0, 20.0)}, ClockFault.RISING, ClockField.ESCALATE),
        ({"sign_s": 4.0}, ClockFault.RANGE, ClockField.SIGN),
        ({"offer_again_s": -1.0}, ClockFault.RANGE, ClockField.OFFER_AGAIN),
    ],
)
def test_what_no_site_may_lay_down_for_p1(
    desk: LimitDesk, fields: dict[str, object], fault: ClockFault, field: ClockField
) -> None:
    complaint = complaint_of(Priority.P1, with_p1(**fields)[Priority.P1])
    assert complaint is not None
    assert (complaint.fault, complaint.field) == (fault, field)
    error = refusal(lambda: desk.lay_down(BOSS, DEFAULT_CLOCKS, with_p1(**fields)))
    assert (error.code, error.params["field"]) == (f"clocks.{fault.value}", field.value)
    assert desk.read() == DEFAULT_CLOCKS


seconds = st.floats(allow_nan=True, allow_infinity=True)


@given(
    st.sampled_from(Priority),
    st.builds(
        Clocks,
        claim_s=seconds,
        escalate_s=st.lists(seconds, max_size=5).map(tuple),
        dispatch_s=st.none() | seconds,
        sign_s=st.none() | seconds,
        arrive_s=st.none() | seconds,
        offer_again_s=st.none() | seconds,
    ),
)
def test_whatever_is_allowed_claims_and_tells_within_the_law(priority: Priority, clocks: Clocks) -> None:
    if complaint_of(priority, clocks) is None:
        assert 5 <= clocks.claim_s <= CLAIM_MOST_S[priority]
        assert clocks.claim_s <= clocks.escalate_s[0] <= FIRST_TOLD_MOST_S[priority]
        assert list(clocks.escalate_s) == sorted(set(clocks.escalate_s))


@pytest.mark.parametrize("priority", Priority)
def test_the_defaults_are_allowed(priority: Priority) -> None:
    assert complaint_of(priority, DEFAULT_CLOCKS[priority]) is None


def test_supervisors_and_administrators_lay_down_and_nobody_else(desk: LimitDesk) -> None:
    first = desk.lay_down(BOSS, DEFAULT_CLOCKS, with_p1(claim_s=15.0))
    assert first[Priority.P1] == replace(P1, claim_s=15.0)
    assert desk.lay_down(ADMINISTRATOR, first, DEFAULT_CLOCKS) == DEFAULT_CLOCKS
    assert refusal(lambda: desk.lay_down(LEADER, DEFAULT_CLOCKS, with_p1())).code == "identity.forbidden"


def test_what_somebody_else_laid_down_meanwhile_is_not_overwritten(desk: LimitDesk) -> None:
    desk.lay_down(BOSS, DEFAULT_CLOCKS, with_p1(claim_s=15.0))
    error = refusal(lambda: desk.lay_down(ADMINISTRATOR, DEFAULT_CLOCKS, with_p1(sign_s=30.0)))
    assert error.code == "storage.conflict"
    assert desk.read()[Priority.P1].claim_s == 15.0


def test_each_change_is_in_the_audit_and_told_to_every_seat(
    desk: LimitDesk, database: Database, tmp_path: Path
) -> None:
    desk.lay_down(BOSS, DEFAULT_CLOCKS, with_p1(claim_s=15.0))
    facts = [decode(row) for row in database.read(lambda view: view.changes_after(0, 10))]
    assert facts == [SiteEdited("clocks", "change")]
    (file,) = tmp_path.glob("*.db")
    connection = sqlite3.connect(file)
    (row,) = connection.execute("SELECT actor, action, before, after FROM audit").fetchall()
    connection.close()
    assert row[:2] == ("boss", "alarm.clocks_laid_down")
    assert (json.loads(row[2]), json.loads(row[3])[0]["claim_s"]) == ([], 15.0)


def test_laying_down_what_holds_already_writes_nothing(desk: LimitDesk, database: Database) -> None:
    desk.lay_down(BOSS, DEFAULT_CLOCKS, DEFAULT_CLOCKS)
    assert database.read(lambda view: view.changes_after(0, 10)) == []


def test_a_waiting_alarm_is_judged_by_the_new_limits_and_no_level_is_taken_back(
    center: AlarmCenter, database: Database, clock: ManualClock, signal: Callable[..., Signal]
) -> None:
    response = ResponseClocks(database, clock)
    center.receive([signal("120", 1)])
    clock.advance(15)
    response.tick()
    assert level(database) == 0
    response.use_limits(with_p1(escalate_s=(12.0, 60.0)))
    response.tick()
    assert level(database) == 1
    response.use_limits(with_p1(escalate_s=(100.0,)))
    response.tick()
    assert level(database) == 1
    clock.advance(60)
    response.tick()
    assert level(database) == 1
