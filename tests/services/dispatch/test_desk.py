"""The journey of a dispatch from the alarm to the closed incident, on a real record."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from services.campus.routes import Routes
from services.core.bus import Bus
from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.dispatch import IncidentDesk
from services.dispatch.deadlines import DeadlineClock
from services.dispatch.desk import DispatchDesk, Order
from services.domain.alarms import Alarm, AlarmState
from services.domain.board import Board
from services.domain.incidents import (
    DISPATCH_MOVES,
    Dispatch,
    DispatchState,
    Feedback,
    Incident,
    IncidentState,
)
from services.domain.people import GuardState, GuardStatus, Session
from services.domain.reviews import Review, ReviewState
from services.domain.site import Site
from services.storage import ChangeFeed, Database, verify_audit

S = DispatchState
WALK = (S.DELIVERED, S.SIGNED, S.EN_ROUTE, S.ON_SCENE, S.DONE)


def refused(work: Callable[[], object]) -> ServiceError:
    with pytest.raises(ServiceError) as caught:
        work()
    return caught.value


def guard_of(database: Database, no: str) -> GuardState:
    return database.read(lambda view: view.guards.get(no))


def alarm_of(database: Database, alarm: Alarm) -> Alarm:
    return database.read(lambda view: view.alarms.get(alarm.id))


def incident_of(database: Database, dispatch: Dispatch) -> Incident:
    return database.read(lambda view: view.incidents.get(dispatch.incident))


def lines_of(database: Database, dispatch: Dispatch) -> list[str]:
    return [entry.what for entry in database.read(lambda view: view.timeline_of(dispatch.incident))]


def feedback(dispatch: Dispatch, result: str = "误触，已复位") -> Feedback:
    return Feedback(dispatch.id, dispatch.sent_at, "", "", result)


def walk(desk: DispatchDesk, session: Session, dispatch: Dispatch, *to: DispatchState) -> Dispatch:
    for state in to or WALK:
        dispatch = desk.advance(session, dispatch.id, state)
    return dispatch


def test_sending_to_a_claimed_alarm_opens_its_incident(
    desk: DispatchDesk, database: Database, operator: Session, alarm: Alarm
) -> None:
    dispatch = desk.send(operator, Order("G34", "前往东门核实", alarm_id=alarm.id, why="最近"))
    incident = incident_of(database, dispatch)
    assert incident.incident_no == "JQ20261124-0001"
    assert dispatch.dispatch_no == "PJ20261124-0001"
    assert incident.category == "panic"
    assert incident.state is IncidentState.RESPONDING
    assert incident.alarm == alarm.id
    assert incident.accepted_at is not None
    after = alarm_of(database, alarm)
    assert (after.state, after.incident) == (AlarmState.VERIFYING, incident.id)
    assert (dispatch.state, dispatch.sent_by_name, dispatch.why) == (S.SENT, "王某", "最近")
    assert guard_of(database, "G34").status is GuardStatus.DISPATCHED
    assert lines_of(database, dispatch) == ["incident.opened", "dispatch.sent"]


def test_a_second_guard_goes_to_the_same_incident(
    desk: DispatchDesk, database: Database, operator: Session, alarm: Alarm
) -> None:
    first = desk.send(operator, Order("G34", "去", alarm_id=alarm.id))
    second = desk.send(operator, Order("G35", "支援", alarm_id=alarm.id))
    third = desk.send(operator, Order("G36", "支援", incident_id=first.incident))
    assert first.incident == second.incident == third.incident
    assert len(database.read(lambda view: view.incidents.open())) == 1


def test_a_confirmed_alarm_becomes_linked_by_sending(
    desk: DispatchDesk, database: Database, operator: Session, raise_alarm: Callable[..., Alarm]
) -> None:
    alarm = raise_alarm(state=AlarmState.CONFIRMED)
    desk.send(operator, Order("G34", "去", alarm_id=alarm.id))
    assert alarm_of(database, alarm).state is AlarmState.LINKED


def test_the_deadlines_are_those_of_the_alarms_priority(
    desk: DispatchDesk, operator: Session, raise_alarm: Callable[..., Alarm], clock: ManualClock
) -> None:
    panic = desk.send(operator, Order("G34", "去", alarm_id=raise_alarm("Z01").id))
    beam = desk.send(operator, Order("G35", "去", alarm_id=raise_alarm("Z11").id))
    door = desk.send(operator, Order("G36", "去", alarm_id=raise_alarm("Z40").id))
    # domain.md: P1 signs within 20 s, arrives within 3 min; P2 60 s and 5 min; P3 has neither.
    assert panic.sign_due_at == clock.now() + timedelta(seconds=20)
    assert panic.arrive_due_at == clock.now() + timedelta(minutes=3)
    assert beam.sign_due_at == clock.now() + timedelta(seconds=60)
    assert beam.arrive_due_at == clock.now() + timedelta(minutes=5)
    assert (door.sign_due_at, door.arrive_due_at) == (None, None)


def test_the_same_order_sent_twice_sends_once(
    desk: DispatchDesk, database: Database, operator: Session, alarm: Alarm
) -> None:
    order = Order("G34", "去", alarm_id=alarm.id)
    assert desk.send(operator, order) == desk.send(operator, order)
    assert len(database.read(lambda view: view.dispatches.running())) == 1


def test_of_many_racing_sends_of_one_guard_exactly_one_wins(
    desk: DispatchDesk, database: Database, operator: Session, alarm: Alarm
) -> None:
    def send(number: int) -> Dispatch | ServiceError:
        try:
            return desk.send(operator, Order("G34", f"去 {number}", alarm_id=alarm.id))
        except ServiceError as error:
            return error

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(send, range(16)))
    losers = [result for result in results if isinstance(result, ServiceError)]
    assert len(losers) == 15
    assert {loser.code for loser in losers} == {"dispatch.guard_busy"}
    assert losers[0].params["by"] == "王某"
    assert len(database.read(lambda view: view.dispatches.running())) == 1
    assert len(database.read(lambda view: view.incidents.open())) == 1


def test_two_workstations_cannot_send_one_guard_twice(
    desk: DispatchDesk,
    operator: Session,
    alarm: Alarm,
    url: str,
    clock: ManualClock,
    site: Site,
) -> None:
    other = Database(url, clock)
    other.open()
    try:
        elsewhere = DispatchDesk(other, clock, Routes(site), site)
        desk.send(operator, Order("G34", "去", alarm_id=alarm.id))
        error = refused(lambda: elsewhere.send(operator, Order("G34", "去", alarm_id=alarm.id)))
    finally:
        other.close()
    assert (error.code, error.params["by"]) == ("dispatch.guard_busy", "王某")


def test_an_alarm_must_be_claimed_and_ones_own(
    desk: DispatchDesk,
    database: Database,
    operator: Session,
    leader: Session,
    raise_alarm: Callable[..., Alarm],
) -> None:
    fresh = raise_alarm(state=AlarmState.NEW, owner="", owner_name="")
    mine, over = raise_alarm(), raise_alarm(state=AlarmState.CLOSED)
    assert refused(lambda: desk.send(operator, Order("G34", "去", alarm_id=fresh.id))).code == (
        "dispatch.claim_first"
    )
    error = refused(lambda: desk.send(leader, Order("G34", "去", alarm_id=mine.id)))
    assert (error.code, error.params["owner"]) == ("dispatch.not_owner", "王某")
    assert refused(lambda: desk.send(operator, Order("G34", "去", alarm_id=over.id))).code == (
        "dispatch.alarm_ended"
    )
    assert database.read(lambda view: view.incidents.open()) == []
    assert guard_of(database, "G34").status is GuardStatus.AVAILABLE


def test_nobody_without_the_permission_sends(
    desk: DispatchDesk, administrator: Session, alarm: Alarm
) -> None:
    error = refused(lambda: desk.send(administrator, Order("G34", "去", alarm_id=alarm.id)))
    assert error.code == "identity.forbidden"


def test_an_unknown_guard_an_absent_guard_and_an_empty_order_are_refused(
    desk: DispatchDesk, database: Database, operator: Session, alarm: Alarm
) -> None:
    absent = replace(guard_of(database, "G35"), status=GuardStatus.BREAK)
    database.write(lambda tx: tx.guards.save(absent))
    for guard, text, code in (
        ("G99", "去", "dispatch.unknown_guard"),
        ("G35", "去", "dispatch.guard_unavailable"),
        ("G34", "  ", "dispatch.text_needed"),
    ):
        order = Order(guard, text, alarm_id=alarm.id)
        assert refused(lambda order=order: desk.send(operator, order)).code == code


def test_the_guards_status_follows_the_dispatch(
    desk: DispatchDesk, database: Database, operator: Session, alarm: Alarm, clock: ManualClock
) -> None:
    dispatch = desk.send(operator, Order("G34", "去", alarm_id=alarm.id))
    seen = []
    for to in WALK:
        clock.advance(2)
        dispatch = desk.advance(operator, dispatch.id, to)
        seen.append(guard_of(database, "G34").status)
    assert seen == [
        GuardStatus.DISPATCHED,
        GuardStatus.DISPATCHED,
        GuardStatus.EN_ROUTE,
        GuardStatus.ON_SCENE,
        GuardStatus.AVAILABLE,
    ]
    times = (
        dispatch.delivered_at,
        dispatch.signed_at,
        dispatch.en_route_at,
        dispatch.on_scene_at,
        dispatch.done_at,
    )
    assert times == tuple(dispatch.sent_at + timedelta(seconds=2 * n) for n in (1, 2, 3, 4, 5))
    assert guard_of(database, "G34").dispatch == ""


def test_only_the_moves_of_the_table_are_possible(
    desk: DispatchDesk, database: Database, operator: Session, alarm: Alarm
) -> None:
    dispatch = desk.send(operator, Order("G34", "去", alarm_id=alarm.id))
    for was in DispatchState:
        for wanted in WALK:
            if wanted is was or wanted in DISPATCH_MOVES[was]:
                continue
            stored = database.read(lambda view: view.dispatches.get(dispatch.id))
            database.write(lambda tx, stored=stored, was=was: tx.dispatches.save(replace(stored, state=was)))
            error = refused(lambda wanted=wanted: desk.advance(operator, dispatch.id, wanted))
            assert (error.code, error.params) == (
                "dispatch.illegal_move",
                {"was": was.value, "wanted": wanted.value},
            )


def test_an_order_given_back_or_called_off_frees_the_guard(
    desk: DispatchDesk, database: Database, operator: Session, alarm: Alarm
) -> None:
    first = desk.send(operator, Order("G34", "去", alarm_id=alarm.id))
    assert refused(lambda: desk.cancel(operator, first.id, " ")).code == "dispatch.text_needed"
    assert desk.return_order(operator, first.id, "对讲机故障").state is S.RETURNED
    second = walk(desk, operator, desk.send(operator, Order("G34", "去", alarm_id=alarm.id)), *WALK[:3])
    assert desk.cancel(operator, second.id, "误报").end_reason == "误报"
    assert guard_of(database, "G34").status is GuardStatus.AVAILABLE
    assert guard_of(database, "G34").dispatch == ""
    assert lines_of(database, first)[-1] == "dispatch.cancelled"


def test_a_guard_in_distress_stays_so_when_called_off(
    desk: DispatchDesk, database: Database, operator: Session, alarm: Alarm
) -> None:
    dispatch = desk.send(operator, Order("G34", "去", alarm_id=alarm.id))
    distress = replace(guard_of(database, "G34"), status=GuardStatus.DURESS)
    database.write(lambda tx: tx.guards.save(distress))
    desk.cancel(operator, dispatch.id, "已另派")
    assert guard_of(database, "G34").status is GuardStatus.DURESS


def test_lateness_is_flagged_once_for_each_deadline(
    desk: DispatchDesk,
    deadlines: DeadlineClock,
    database: Database,
    operator: Session,
    alarm: Alarm,
    clock: ManualClock,
) -> None:
    dispatch = desk.send(operator, Order("G34", "去", alarm_id=alarm.id))
    clock.advance(20)
    assert deadlines.tick() == []
    clock.advance(0.1)
    assert [one.late for one in deadlines.tick()] == [("sign",)]
    assert deadlines.tick() == []
    walk(desk, operator, dispatch, S.SIGNED, S.EN_ROUTE)
    clock.advance(200)
    assert [one.late for one in deadlines.tick()] == [("sign", "arrive")]
    assert deadlines.tick() == []
    assert lines_of(database, dispatch).count("dispatch.sign_late") == 1


def test_a_step_taken_after_its_deadline_is_late_though_no_clock_looked(
    desk: DispatchDesk, deadlines: DeadlineClock, operator: Session, alarm: Alarm, clock: ManualClock
) -> None:
    dispatch = desk.send(operator, Order("G34", "去", alarm_id=alarm.id))
    clock.advance(21)
    assert desk.advance(operator, dispatch.id, S.SIGNED).late == ("sign",)
    assert deadlines.tick() == []


@pytest.mark.parametrize("set_by_s", [600.0, -600.0])
def test_a_clock_that_is_set_makes_no_order_late_and_hides_none(
    desk: DispatchDesk,
    deadlines: DeadlineClock,
    operator: Session,
    alarm: Alarm,
    clock: ManualClock,
    expected_log: Callable[..., None],
    set_by_s: float,
) -> None:
    expected_log("clock.was_set")
    desk.send(operator, Order("G34", "去", alarm_id=alarm.id))  # to sign within 20 s
    deadlines.tick()
    clock.set_wall(set_by_s)
    clock.advance(20)
    assert deadlines.tick() == []
    clock.advance(0.1)
    assert [one.late for one in deadlines.tick()] == [("sign",)]


def test_a_step_is_not_late_by_a_clock_that_was_set_while_a_hub_looked(
    desk: DispatchDesk, database: Database, operator: Session, alarm: Alarm, clock: ManualClock
) -> None:
    dispatch = desk.send(operator, Order("G34", "去", alarm_id=alarm.id))
    clock.set_wall(600)
    database.write(lambda tx: tx.beat("hub", clock.now()))
    assert desk.advance(operator, dispatch.id, S.SIGNED).late == ()


def test_a_guard_in_time_is_never_flagged(
    desk: DispatchDesk, deadlines: DeadlineClock, operator: Session, alarm: Alarm, clock: ManualClock
) -> None:
    walk(desk, operator, desk.send(operator, Order("G34", "去", alarm_id=alarm.id)))
    clock.advance(100_000)
    assert deadlines.tick() == []


def test_an_incident_closes_only_when_all_are_back_and_have_reported(
    desk: DispatchDesk, incidents: IncidentDesk, database: Database, operator: Session, alarm: Alarm
) -> None:
    dispatch = desk.send(operator, Order("G34", "去", alarm_id=alarm.id))
    incident = dispatch.incident
    assert (
        refused(lambda: incidents.close_incident(operator, incident, "完")).code == "dispatch.still_running"
    )
    walk(desk, operator, dispatch)
    assert (
        refused(lambda: incidents.close_incident(operator, incident, "完")).code == "dispatch.still_running"
    )
    closed = desk.give_feedback(operator, feedback(dispatch))
    assert closed.state is S.CLOSED
    kept = database.read(lambda view: view.feedback_of(dispatch.id))
    assert [(one.result, one.by_name) for one in kept] == [("误触，已复位", "王某")]
    assert incidents.contain_incident(operator, incident).state is IncidentState.CONTAINED
    ended = incidents.close_incident(operator, incident, "已处置")
    assert (ended.state, ended.result) == (IncidentState.CLOSED, "已处置")
    assert lines_of(database, dispatch) == [
        "incident.opened",
        "dispatch.sent",
        "dispatch.delivered",
        "dispatch.signed",
        "dispatch.en_route",
        "dispatch.on_scene",
        "dispatch.done",
        "dispatch.feedback",
        "incident.contained",
        "incident.closed",
    ]


def test_an_incident_without_any_feedback_does_not_close(
    desk: DispatchDesk, incidents: IncidentDesk, operator: Session, alarm: Alarm
) -> None:
    dispatch = desk.send(operator, Order("G34", "去", alarm_id=alarm.id))
    desk.cancel(operator, dispatch.id, "误报")
    error = refused(lambda: incidents.close_incident(operator, dispatch.incident, "完"))
    assert error.code == "dispatch.feedback_missing"
    ended = incidents.dismiss(operator, dispatch.incident, "误报")
    assert ended.state is IncidentState.UNFOUNDED


def test_closing_an_incident_closes_its_reset_alarms_and_no_others(
    desk: DispatchDesk,
    incidents: IncidentDesk,
    database: Database,
    operator: Session,
    raise_alarm: Callable[..., Alarm],
) -> None:
    reset, other = raise_alarm("Z01"), raise_alarm("Z02")
    dispatch = desk.send(operator, Order("G34", "去", alarm_id=reset.id))
    for alarm, state in ((reset, AlarmState.RESET), (other, AlarmState.VERIFYING)):
        stored = replace(alarm_of(database, alarm), state=state, incident=dispatch.incident)
        database.write(lambda tx, stored=stored: tx.alarms.save(stored))
    walk(desk, operator, dispatch)
    desk.give_feedback(operator, feedback(dispatch))
    incidents.close_incident(operator, dispatch.incident, "完")
    assert alarm_of(database, reset).state is AlarmState.CLOSED
    assert alarm_of(database, other).state is AlarmState.VERIFYING


def reviews_of(database: Database, incident_id: str) -> list[Review]:
    return database.read(lambda view: view.reviews.of(incident_id))


def judge(database: Database, incident_id: str, state: ReviewState) -> None:
    (review,) = reviews_of(database, incident_id)
    database.write(lambda tx: tx.reviews.save(replace(review, state=state)))


def test_a_review_opens_by_itself_when_an_incident_is_contained_and_only_once(
    desk: DispatchDesk, incidents: IncidentDesk, database: Database, operator: Session, alarm: Alarm
) -> None:
    dispatch = desk.send(operator, Order("G34", "去", alarm_id=alarm.id))
    assert reviews_of(database, dispatch.incident) == []
    contained = incidents.contain_incident(operator, dispatch.incident)
    (review,) = reviews_of(database, dispatch.incident)
    assert (review.state, review.incident_no) == (ReviewState.PREPARED, contained.incident_no)
    assert review.handled_by == (operator.user,)
    desk.send(operator, Order("G33", "又起", incident_id=dispatch.incident))
    incidents.contain_incident(operator, dispatch.incident)
    assert [known.id for known in reviews_of(database, dispatch.incident)] == [review.id]


def test_an_incident_contained_only_by_its_close_is_reviewed_too(
    desk: DispatchDesk, incidents: IncidentDesk, database: Database, operator: Session, alarm: Alarm
) -> None:
    dispatch = walk(desk, operator, desk.send(operator, Order("G34", "去", alarm_id=alarm.id)))
    desk.give_feedback(operator, feedback(dispatch))
    incidents.close_incident(operator, dispatch.incident, "完")
    assert [review.state for review in reviews_of(database, dispatch.incident)] == [ReviewState.PREPARED]


def test_an_incident_contained_anew_after_its_review_was_approved_is_reviewed_anew(
    desk: DispatchDesk, incidents: IncidentDesk, database: Database, operator: Session, alarm: Alarm
) -> None:
    dispatch = desk.send(operator, Order("G34", "去", alarm_id=alarm.id))
    incidents.contain_incident(operator, dispatch.incident)
    judge(database, dispatch.incident, ReviewState.APPROVED)
    since = incident_of(database, dispatch).contained_at
    assert since is not None
    assert database.read(lambda view: view.reviews.is_approved(dispatch.incident, since))
    desk.send(operator, Order("G33", "又起", incident_id=dispatch.incident))
    assert incident_of(database, dispatch).contained_at is None
    incidents.contain_incident(operator, dispatch.incident)
    states = {known.state for known in reviews_of(database, dispatch.incident)}
    assert states == {ReviewState.APPROVED, ReviewState.PREPARED}


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_grave_incident_is_not_closed_until_its_review_is_approved(
    desk: DispatchDesk,
    incidents: IncidentDesk,
    database: Database,
    operator: Session,
    leader: Session,
    alarm: Alarm,
    level: int,
) -> None:
    dispatch = desk.send(operator, Order("G34", "去", alarm_id=alarm.id))
    grave = replace(incident_of(database, dispatch), level=level)
    database.write(lambda tx: tx.incidents.save(grave))
    walk(desk, operator, dispatch)
    desk.give_feedback(operator, feedback(dispatch))
    incidents.contain_incident(operator, grave.id)
    for state in (ReviewState.SUBMITTED, ReviewState.SENT_BACK):
        judge(database, grave.id, state)
        assert (
            refused(lambda: incidents.close_incident(leader, grave.id, "完")).code == "dispatch.review_needed"
        )
    judge(database, grave.id, ReviewState.APPROVED)
    assert incidents.close_incident(operator, grave.id, "完").state is IncidentState.CLOSED


def test_feedback_needs_a_result_and_sensible_counts(
    desk: DispatchDesk, operator: Session, alarm: Alarm
) -> None:
    dispatch = walk(desk, operator, desk.send(operator, Order("G34", "去", alarm_id=alarm.id)))
    assert refused(lambda: desk.give_feedback(operator, feedback(dispatch, " "))).code == (
        "dispatch.text_needed"
    )
    negative = replace(feedback(dispatch), injured=-1)
    assert refused(lambda: desk.give_feedback(operator, negative)).params == {"field": "injured"}


def test_a_note_is_a_line_in_the_timeline(
    desk: DispatchDesk, incidents: IncidentDesk, database: Database, operator: Session, alarm: Alarm
) -> None:
    dispatch = desk.send(operator, Order("G34", "去", alarm_id=alarm.id))
    incidents.add_note(operator, dispatch.incident, " 家属已联系 ")
    last = database.read(lambda view: view.timeline_of(dispatch.incident))[-1]
    assert (last.what, last.params, last.actor_name) == ("note", {"text": "家属已联系"}, "王某")
    assert refused(lambda: incidents.add_note(operator, "nothing", "?")).code == "storage.not_found"


def test_a_reader_of_the_feed_ends_with_the_same_board_as_the_record(
    desk: DispatchDesk,
    incidents: IncidentDesk,
    database: Database,
    operator: Session,
    alarm: Alarm,
    wait_until: Callable[..., object],
) -> None:
    board = database.read(lambda view: view.board())
    bus, heard = Bus(), Board(board.seq, *_parts(board))
    bus.subscribe(object, heard.apply)  # type: ignore[arg-type]
    feed = ChangeFeed(database, bus)
    feed.start(board.seq)
    try:
        dispatch = walk(desk, operator, desk.send(operator, Order("G34", "去", alarm_id=alarm.id)))
        desk.report_position("G34", (450.0, 180.0), "sim")
        desk.give_feedback(operator, feedback(dispatch))
        incidents.close_incident(operator, dispatch.incident, "完")
        wanted = database.read(lambda view: view.board())
        wait_until(lambda: feed.seq >= wanted.seq)
    finally:
        feed.stop()
    assert _parts(heard) == _parts(wanted)


def test_the_audit_chain_holds_after_a_whole_journey(
    desk: DispatchDesk, incidents: IncidentDesk, operator: Session, alarm: Alarm, url: str
) -> None:
    dispatch = walk(desk, operator, desk.send(operator, Order("G34", "去", alarm_id=alarm.id)))
    desk.give_feedback(operator, feedback(dispatch))
    incidents.close_incident(operator, dispatch.incident, "完")
    report = verify_audit(url)
    assert report.first_broken is None
    # import, opened, dispatched, sent, responding, five steps, feedback, closed, review opened
    assert report.rows == 13


def _parts(board: Board) -> tuple[dict, dict, dict, dict, dict]:  # type: ignore[type-arg]
    return board.alarms, board.incidents, board.dispatches, board.guards, board.timeline
