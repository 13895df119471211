"""What may be changed about a guard by hand, pair by pair; and calls for help."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.dispatch.desk import DispatchDesk
from services.domain.alarms import AlarmState
from services.domain.classes import AlarmClass, Priority
from services.domain.incidents import Dispatch, DispatchState
from services.domain.lanes import LANE_OF, Lane, Wish, hindrance, status_in
from services.domain.people import GUARD_MOVES, WORKING, GuardState, GuardStatus, Session
from services.people.calls import Caller, DuressLine
from services.people.statuses import StatusDesk
from services.storage import Database

S = GuardStatus


def put(database: Database, guard: str, **changes: object) -> GuardState:
    def work(tx):  # type: ignore[no-untyped-def]
        return tx.guards.save(replace(tx.guards.get(guard), **changes))

    return database.write(work)


def state_of(database: Database, guard: str) -> GuardState:
    return database.read(lambda view: view.guards.get(guard))


@pytest.mark.parametrize(("was", "wanted"), list(itertools.permutations(GuardStatus, 2)))
def test_each_pair_without_an_order_is_done_or_refused_with_its_reason(
    database: Database, desk: StatusDesk, operator: Session, was: GuardStatus, wanted: GuardStatus
) -> None:
    put(database, "G34", status=was)
    if wanted is not S.DURESS and wanted in WORKING:
        refusal = "people.order_first"
    elif wanted is S.DURESS or wanted in GUARD_MOVES[was]:
        refusal = ""
    else:
        refusal = "people.illegal_move"

    if not refusal:
        assert desk.set_status(operator, "G34", wanted, "已当面确认").status is wanted
        return
    with pytest.raises(ServiceError) as refused:
        desk.set_status(operator, "G34", wanted, "已当面确认")
    assert refused.value.code == refusal
    assert state_of(database, "G34").status is was


@pytest.mark.parametrize("wanted", [status for status in S if status is not S.DISPATCHED])
def test_who_has_an_order_goes_its_steps_or_is_told_to_end_it_first(
    database: Database,
    desk: StatusDesk,
    operator: Session,
    send: Callable[[str], Dispatch],
    wanted: GuardStatus,
) -> None:
    sent = send("G34")
    if wanted in (S.EN_ROUTE, S.ON_SCENE, S.DURESS, S.OUT_OF_SERVICE):
        # On scene lies behind en route: one press walks both steps only from there.
        if wanted is S.ON_SCENE:
            desk.set_status(operator, "G34", S.EN_ROUTE)
        assert desk.set_status(operator, "G34", wanted).status is wanted
        assert state_of(database, "G34").dispatch == sent.id
        return
    with pytest.raises(ServiceError) as refused:
        desk.set_status(operator, "G34", wanted)
    assert refused.value.code in ("people.on_dispatch", "people.illegal_move")
    assert state_of(database, "G34").status is S.DISPATCHED


def test_on_scene_by_hand_takes_the_steps_of_the_order_with_their_times(
    database: Database,
    clock: ManualClock,
    desk: StatusDesk,
    operator: Session,
    send: Callable[[str], Dispatch],
) -> None:
    sent = send("G34")
    desk.set_status(operator, "G34", S.EN_ROUTE)
    clock.advance(40)
    desk.set_status(operator, "G34", S.ON_SCENE)

    dispatch = database.read(lambda view: view.dispatches.get(sent.id))
    assert dispatch.state is DispatchState.ON_SCENE
    assert dispatch.signed_at is not None
    assert dispatch.en_route_at is not None
    assert dispatch.on_scene_at == dispatch.en_route_at + timedelta(seconds=40)


def test_distress_is_a_p1_alarm_at_the_guards_place_in_the_same_transaction(
    database: Database, desk: StatusDesk, operator: Session
) -> None:
    put(database, "G05", at=(245.0, 15.0), position_source="feed")
    before = database.read(lambda view: view.seq)

    state = desk.set_status(operator, "G05", S.DURESS, "对讲机里喊救命")

    alarm = database.read(lambda view: view.alarms.get(state.duress_alarm))
    assert (alarm.alarm_class, alarm.priority, alarm.is_latched) == (AlarmClass.PANIC, Priority.P1, True)
    assert (alarm.at, alarm.place, alarm.name) == ((245.0, 15.0), "南门岗", "保安遇险：周五")
    assert alarm.state is AlarmState.NEW
    assert alarm.feeds
    kinds = [row.kind for row in database.read(lambda view: view.changes_after(before, 10))]
    assert kinds == ["AlarmRaised", "GuardChanged"]


def test_no_status_is_saved_when_its_alarm_cannot_be(
    database: Database, clock: ManualClock, site, operator: Session
) -> None:  # type: ignore[no-untyped-def]
    class Broken:
        def report(self, *_args: object, **_named: object) -> None:
            raise ServiceError("storage.full")

    line = DuressLine(database, clock, lambda: site, lambda: Broken())  # type: ignore[arg-type,return-value]
    with pytest.raises(ServiceError):
        line.call("G05", Caller("seat", operator))
    assert state_of(database, "G05").status is S.ON_POST


def test_a_call_that_is_still_open_is_one_alarm_and_one_after_it_is_another(
    database: Database, duress: DuressLine
) -> None:
    first = duress.call("G05", Caller("feed", by="Q1"))
    assert duress.call("G05", Caller("feed", by="Q1")) == first
    assert len(database.read(lambda view: view.alarms.open())) == 1

    def end(tx):  # type: ignore[no-untyped-def]
        alarm = tx.alarms.get(first.duress_alarm)
        tx.alarms.save(replace(alarm, state=AlarmState.CLOSED))

    database.write(end)
    again = duress.call("G05", Caller("feed", by="Q1"))
    assert again.duress_alarm != first.duress_alarm


def test_nobody_walks_out_of_distress_without_a_reason_that_is_kept(
    database: Database, desk: StatusDesk, operator: Session
) -> None:
    desk.set_status(operator, "G05", S.DURESS)
    with pytest.raises(ServiceError) as refused:
        desk.set_status(operator, "G05", S.ON_POST, "   ")
    assert (refused.value.code, refused.value.params["guard"]) == ("people.reason_needed", "周五")

    state = desk.set_status(operator, "G05", S.ON_POST, "李班长当面确认，误触")
    assert (state.status, state.duress_alarm) == (S.ON_POST, "")
    # The alarm is not ended by it: it latches until somebody resets it.
    assert len(database.read(lambda view: view.alarms.open())) == 1


def test_a_guard_in_distress_stays_so_when_the_order_is_cancelled(
    database: Database,
    desk: StatusDesk,
    dispatches: DispatchDesk,
    operator: Session,
    send: Callable[[str], Dispatch],
) -> None:
    sent = send("G34")
    desk.set_status(operator, "G34", S.DURESS)
    dispatches.cancel(operator, sent.id, "换人")
    state = state_of(database, "G34")
    assert (state.status, state.dispatch) == (S.DURESS, "")


def test_supervisors_do_not_act_for_the_watch(desk: StatusDesk, supervisor: Session) -> None:
    with pytest.raises(ServiceError) as refused:
        desk.set_status(supervisor, "G05", S.BREAK)
    assert refused.value.code == "identity.forbidden"


def test_every_status_has_a_lane_and_a_press_into_it_asks_for_a_status_of_it() -> None:
    assert set(LANE_OF) == set(GuardStatus)
    for lane, status in itertools.product(Lane, GuardStatus):
        state = GuardState("G05", status, (0.0, 0.0), "post", None)  # type: ignore[arg-type]
        for at_post in (S.ON_POST, S.PATROLLING, S.AVAILABLE):
            assert LANE_OF[status_in(lane, state, at_post)] is lane


def test_a_reason_is_asked_for_nothing_but_the_end_of_distress() -> None:
    for was, wanted in itertools.permutations(GuardStatus, 2):
        state = GuardState("G05", was, (0.0, 0.0), "post", None)  # type: ignore[arg-type]
        needs = hindrance(state, Wish(wanted)) == "reason_needed"
        assert needs == (was is S.DURESS and wanted in GUARD_MOVES[was])
