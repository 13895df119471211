"""Every pair of every transition table against the moves as the domain's description has them."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from enum import Enum

import pytest

from services.domain.alarms import ALARM_MOVES, OPEN_STATES, STATE_OF_VERDICT, AlarmState, Verdict
from services.domain.classes import (
    NEVER_DISARMED,
    PRIORITY_OF_CLASS,
    VIEW_BEFORE_FALSE,
    AlarmClass,
    Priority,
)
from services.domain.clocks import DEFAULT_CLOCKS
from services.domain.fire_requests import FIRE_REQUEST_MOVES, OPEN_REQUEST_STATES, FireRequestState
from services.domain.handovers import HANDOVER_MOVES, LENT_MOVES, HandoverState, LentState
from services.domain.incidents import (
    DISPATCH_MOVES,
    INCIDENT_MOVES,
    OPEN_INCIDENT_STATES,
    RUNNING_DISPATCH_STATES,
    DispatchState,
    IncidentState,
)
from services.domain.moves import IllegalMove, check_move
from services.domain.outputs import OPEN_ORDER_STATES, ORDER_MOVES, OrderState
from services.domain.people import GUARD_MOVES, PERMISSIONS, READY, GuardStatus, Permission, Role

# Written out from the description of the control room's work, one line per state: "was: may become".
ALARM = """
new: claimed
claimed: verifying confirmed false test duplicate fault
verifying: confirmed false test duplicate fault
confirmed: linked reset
linked: reset
false: reset
test: reset
duplicate: reset
fault: reset
reset: closed
closed:
"""
FIRE_REQUEST = """
asked: sent failed
sent: ringing done failed
ringing: done unmanned
done:
failed:
unmanned:
"""
INCIDENT = """
new: accepted merged unfounded transferred
accepted: responding contained merged unfounded transferred
responding: contained merged unfounded transferred
contained: responding review closed
review: responding closed
closed: reopened
merged:
unfounded: reopened
transferred: reopened
reopened: responding contained merged unfounded transferred
"""
DISPATCH = """
draft: sent cancelled
sent: delivered signed returned cancelled
delivered: signed returned cancelled
signed: en_route returned cancelled
en_route: on_scene cancelled
on_scene: done cancelled
done: feedback
feedback: closed
closed:
returned: sent cancelled
cancelled:
"""
ORDER = """
asked: confirmed cancelled
confirmed: sent cancelled
sent: started fault
started: feedback fault cancelled
feedback:
fault:
cancelled:
"""
GUARD = """
off: available on_post patrolling duress
available: on_post patrolling dispatched off break out_of_service duress
on_post: available patrolling dispatched off break out_of_service duress
patrolling: available on_post dispatched off break out_of_service duress
dispatched: en_route available on_post patrolling out_of_service duress
en_route: on_scene available on_post patrolling out_of_service duress
on_scene: available on_post patrolling out_of_service duress
break: available on_post patrolling off out_of_service duress
out_of_service: available off duress
duress: available on_post patrolling out_of_service
"""

HANDOVER = """
prepared: out_signed
out_signed: in_signed
in_signed:
"""

LENT = """
lent: returned
returned:
"""

TABLES: list[tuple[type[Enum], Mapping[Enum, frozenset[Enum]], str]] = [
    (AlarmState, ALARM_MOVES, ALARM),
    (IncidentState, INCIDENT_MOVES, INCIDENT),
    (DispatchState, DISPATCH_MOVES, DISPATCH),
    (GuardStatus, GUARD_MOVES, GUARD),
    (OrderState, ORDER_MOVES, ORDER),
    (FireRequestState, FIRE_REQUEST_MOVES, FIRE_REQUEST),
    (HandoverState, HANDOVER_MOVES, HANDOVER),
    (LentState, LENT_MOVES, LENT),
]


def pairs(text: str) -> set[tuple[str, str]]:
    lines = (line.partition(":") for line in text.split("\n") if line)
    return {(was, wanted) for was, _, follow in lines for wanted in follow.split()}


@pytest.mark.parametrize(("states", "table", "written"), TABLES, ids=lambda v: getattr(v, "__name__", ""))
def test_each_pair_of_states_is_allowed_or_refused_as_written(
    states: type[Enum], table: Mapping[Enum, frozenset[Enum]], written: str
) -> None:
    allowed = pairs(written)
    assert {was for was, *_ in (line.partition(":") for line in written.split())} >= {s.value for s in states}

    for was, wanted in itertools.product(states, states):
        if (was.value, wanted.value) in allowed:
            check_move(table, was, wanted)
        else:
            with pytest.raises(IllegalMove):
                check_move(table, was, wanted)


def reachable(table: Mapping[Enum, frozenset[Enum]], start: Enum) -> set[Enum]:
    seen, edge = {start}, {start}
    while edge:
        edge = {after for state in edge for after in table[state]} - seen
        seen |= edge
    return seen


@pytest.mark.parametrize(
    ("table", "start"),
    [
        (ALARM_MOVES, AlarmState.NEW),
        (INCIDENT_MOVES, IncidentState.NEW),
        (DISPATCH_MOVES, DispatchState.DRAFT),
        (GUARD_MOVES, GuardStatus.OFF),
        (ORDER_MOVES, OrderState.ASKED),
    ],
)
def test_every_state_can_be_reached(table: Mapping[Enum, frozenset[Enum]], start: Enum) -> None:
    assert reachable(table, start) == set(table)


def test_every_alarm_ends_closed_and_only_by_way_of_a_reset() -> None:
    for state in AlarmState:
        assert AlarmState.CLOSED in reachable(ALARM_MOVES, state)
    assert [was for was, after in ALARM_MOVES.items() if AlarmState.CLOSED in after] == [AlarmState.RESET]


def test_an_order_reaches_a_wire_only_confirmed_and_ends_where_nothing_follows() -> None:
    assert [was for was, after in ORDER_MOVES.items() if OrderState.SENT in after] == [OrderState.CONFIRMED]
    assert {was for was, after in ORDER_MOVES.items() if not after} == set(OrderState) - OPEN_ORDER_STATES


def test_no_alarm_is_reset_before_a_verdict() -> None:
    before = {AlarmState.NEW, AlarmState.CLAIMED, AlarmState.VERIFYING}

    assert not any(AlarmState.RESET in ALARM_MOVES[state] for state in before)


def test_an_illegal_move_names_both_states() -> None:
    with pytest.raises(IllegalMove, match="AlarmState: new -> closed") as refused:
        check_move(ALARM_MOVES, AlarmState.NEW, AlarmState.CLOSED)

    assert (refused.value.was, refused.value.wanted) == (AlarmState.NEW, AlarmState.CLOSED)


def test_every_verdict_leads_to_a_state_of_its_kind() -> None:
    assert {verdict: state.value for verdict, state in STATE_OF_VERDICT.items()} == {
        Verdict.GENUINE: "confirmed",
        Verdict.FALSE_REPORT: "false",
        Verdict.ACCIDENTAL: "false",
        Verdict.TEST: "test",
        Verdict.DEVICE_FAULT: "fault",
        Verdict.DUPLICATE: "duplicate",
    }


def test_what_is_open_is_all_that_still_needs_someone() -> None:
    assert set(AlarmState) - OPEN_STATES == {AlarmState.RESET, AlarmState.CLOSED}
    assert set(IncidentState) - OPEN_INCIDENT_STATES == {
        IncidentState.CLOSED,
        IncidentState.MERGED,
        IncidentState.UNFOUNDED,
        IncidentState.TRANSFERRED,
    }
    assert set(DispatchState) - RUNNING_DISPATCH_STATES == {
        DispatchState.DRAFT,
        DispatchState.FEEDBACK,
        DispatchState.CLOSED,
        DispatchState.RETURNED,
        DispatchState.CANCELLED,
    }


def test_only_a_guard_who_is_free_can_be_dispatched() -> None:
    senders = {status for status, after in GUARD_MOVES.items() if GuardStatus.DISPATCHED in after}

    assert senders == READY == {GuardStatus.AVAILABLE, GuardStatus.ON_POST, GuardStatus.PATROLLING}


def test_panic_fire_and_tamper_can_never_be_disarmed() -> None:
    assert {AlarmClass.PANIC, AlarmClass.FIRE, AlarmClass.TAMPER} <= NEVER_DISARMED
    assert {AlarmClass.PANIC, AlarmClass.FIRE} == VIEW_BEFORE_FALSE


def test_every_class_has_a_priority_and_people_in_danger_come_first() -> None:
    assert set(PRIORITY_OF_CLASS) == set(AlarmClass)
    first = {kind for kind, priority in PRIORITY_OF_CLASS.items() if priority is Priority.P1}
    assert first == {AlarmClass.PANIC, AlarmClass.FIRE, AlarmClass.MEDICAL}


def test_the_default_clocks_are_those_of_the_table() -> None:
    assert {int(p): (c.claim_s, c.escalate_s, c.dispatch_s, c.sign_s) for p, c in DEFAULT_CLOCKS.items()} == {
        1: (10, (20, 60, 180), 60, 20),
        2: (30, (60, 3 * 60), 2 * 60, 60),
        3: (3 * 60, (10 * 60,), None, None),
        4: (30 * 60, (8 * 60 * 60,), None, None),
    }
    assert {int(p): (c.arrive_s, c.offer_again_s) for p, c in DEFAULT_CLOCKS.items()} == {
        1: (3 * 60, 120),
        2: (5 * 60, 5 * 60),
        3: (None, 15 * 60),
        4: (None, None),
    }


def test_each_role_may_do_its_own_work_and_no_more() -> None:
    desk = {
        Permission.WATCH,
        Permission.LOOK_BACK,
        Permission.HANDLE_ALARM,
        Permission.RESET_ALARM,
        Permission.DISPATCH,
        Permission.ARM,
        Permission.TEST_ZONES,
        Permission.CONTROL_OUTPUTS,
        Permission.HAND_OVER,
        Permission.RUN_PLANS,
        Permission.WRITE_REVIEW,
        Permission.REQUEST_EVIDENCE,
    }
    lead = {
        Permission.ISOLATE,
        Permission.REVIEW,
        Permission.SHARE_WALL,
        Permission.SET_OUTPUT_MODE,
        Permission.RUN_DRILLS,
        Permission.PROTECT,
        Permission.APPROVE_EVIDENCE,
        Permission.EXPORT_EVIDENCE,
    }
    office = {
        Permission.EDIT_PEOPLE,
        Permission.EDIT_ROSTER,
        Permission.EDIT_LINKAGE,
        Permission.SET_CLOCKS,
        Permission.READ_AUDIT,
    }

    assert {
        Role.OPERATOR: desk,
        Role.SHIFT_LEADER: desk | lead,
        Role.SUPERVISOR: {
            Permission.WATCH,
            Permission.LOOK_BACK,
            Permission.RELEASE,
            Permission.EDIT_PLANS,
            Permission.WRITE_REVIEW,
            Permission.REQUEST_EVIDENCE,
        }
        | lead
        | office,
        Role.ADMINISTRATOR: {
            Permission.WATCH,
            Permission.TEST_ZONES,
            Permission.SHARE_WALL,
            Permission.EDIT_SITE,
            Permission.EDIT_USERS,
            *office,
        },
        Role.GUARD: {Permission.ANSWER_ORDER},
    } == PERMISSIONS


def test_a_request_that_may_still_move_is_open() -> None:
    assert {state for state, after in FIRE_REQUEST_MOVES.items() if after} == OPEN_REQUEST_STATES
