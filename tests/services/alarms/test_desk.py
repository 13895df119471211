"""What a person may do with an alarm, and what nobody may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest

from services.alarms.center import AlarmCenter
from services.alarms.desk import AlarmDesk, Display
from services.alarms.response import ResponseClocks
from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.domain.alarms import Alarm, AlarmId, AlarmState, Qualifier, Signal, Verdict
from services.domain.classes import DUTY_CHECK
from services.domain.incidents import Incident, IncidentId, IncidentState
from services.domain.people import Role, Session
from services.storage import Database

MakeSignal = Callable[..., Signal]


def seat(name: str, role: Role = Role.OPERATOR) -> Session:
    return Session(name, f"{name} 值班员", role, f"SEAT-{name}")


WANG, LI = seat("wang"), seat("li")


@pytest.fixture
def desk(database: Database, clock: ManualClock) -> AlarmDesk:
    return AlarmDesk(database, clock)


@pytest.fixture
def panic(center: AlarmCenter, signal: MakeSignal) -> str:
    return center.receive([signal("120", 1)])[0].alarm


@pytest.fixture
def beam(center: AlarmCenter, signal: MakeSignal) -> str:
    return center.receive([signal("131", 11, account="1002")])[0].alarm


def stored(database: Database, alarm: str) -> Alarm:
    return database.read(lambda view: view.alarms.get(alarm))


def with_incident(database: Database, alarm_id: str, state: IncidentState = IncidentState.RESPONDING) -> str:
    alarm = stored(database, alarm_id)
    incident = Incident(
        id=IncidentId(new_id()),
        incident_no=f"JQ-{new_id()[:8]}",
        title="t",
        category="c",
        place="p",
        at=None,
        content="",
        owner="wang",
        owner_name="wang",
        received_at=alarm.received_at,
        state=state,
        alarm=alarm_id,
    )
    database.write(lambda tx: tx.incidents.add(incident))
    database.write(lambda tx: tx.alarms.save(replace(tx.alarms.get(alarm_id), incident=incident.id)))
    return incident.id


def refusal(action: Callable[[], object]) -> ServiceError:
    with pytest.raises(ServiceError) as caught:
        action()
    return caught.value


def test_the_first_to_claim_owns_and_the_second_is_told_who(
    desk: AlarmDesk, panic: str, clock: ManualClock
) -> None:
    mine = desk.claim(WANG, panic)
    assert (mine.state, mine.owner, mine.claimed_at) == (AlarmState.CLAIMED, "wang", clock.now())
    told = refusal(lambda: desk.claim(LI, panic))
    assert told.code == "alarm.already_claimed"
    assert told.params == {"owner": "wang 值班员", "at": clock.now()}


def test_claiming_ones_own_alarm_again_changes_nothing(desk: AlarmDesk, panic: str) -> None:
    assert desk.claim(WANG, panic) == desk.claim(WANG, panic)


def test_of_many_who_claim_at_once_exactly_one_wins(desk: AlarmDesk, panic: str, database: Database) -> None:
    people = [seat(f"p{number}") for number in range(8)]
    start, winners, losers = Barrier(len(people)), [], []

    def race(session: Session) -> None:
        start.wait()
        try:
            winners.append(desk.claim(session, panic).owner)
        except ServiceError as error:
            losers.append(error.params["owner"])

    threads = [Thread(target=race, args=(session,)) for session in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(winners) == 1
    assert set(losers) == {f"{winners[0]} 值班员"}
    assert stored(database, panic).owner == winners[0]


def test_only_the_owner_verifies_and_decides(desk: AlarmDesk, panic: str) -> None:
    desk.claim(WANG, panic)
    assert refusal(lambda: desk.verify(LI, panic)).code == "alarm.not_owner"
    assert refusal(lambda: desk.decide(LI, panic, Verdict.GENUINE)).code == "alarm.not_owner"


def test_a_supervisor_and_an_administrator_do_not_handle_alarms(desk: AlarmDesk, panic: str) -> None:
    for role in (Role.SUPERVISOR, Role.ADMINISTRATOR):
        assert refusal(lambda role=role: desk.claim(seat("x", role), panic)).code == "identity.forbidden"
        assert refusal(lambda role=role: desk.reset(seat("x", role), panic)).code == "identity.forbidden"


def test_a_shift_leader_takes_over_and_an_operator_may_not(desk: AlarmDesk, panic: str) -> None:
    desk.claim(WANG, panic)
    assert refusal(lambda: desk.take_over(LI, panic)).code == "identity.forbidden"
    taken = desk.take_over(seat("zhao", Role.SHIFT_LEADER), panic, "值班员离岗")
    assert (taken.owner, taken.state) == ("zhao", AlarmState.CLAIMED)


@pytest.mark.parametrize("verdict", [v for v in Verdict if v is not Verdict.GENUINE])
def test_panic_is_dismissed_only_with_the_pictures_viewed_and_a_reason(
    desk: AlarmDesk, panic: str, verdict: Verdict
) -> None:
    desk.claim(WANG, panic)
    assert refusal(lambda: desk.decide(WANG, panic, verdict, "学生误按")).code == "alarm.view_first"
    desk.verify(WANG, panic)
    assert refusal(lambda: desk.decide(WANG, panic, verdict, "  ")).code == "alarm.reason_needed"
    assert desk.decide(WANG, panic, verdict, "学生误按").verdict is verdict


def test_a_beam_may_be_dismissed_without_a_reason(desk: AlarmDesk, beam: str) -> None:
    desk.claim(WANG, beam)
    assert desk.decide(WANG, beam, Verdict.FALSE_REPORT).state is AlarmState.FALSE


def test_a_genuine_alarm_with_an_incident_is_linked_at_once(
    desk: AlarmDesk, panic: str, database: Database
) -> None:
    desk.claim(WANG, panic)
    with_incident(database, panic)
    assert desk.decide(WANG, panic, Verdict.GENUINE).state is AlarmState.LINKED


def test_silencing_is_not_resetting_and_a_repeat_sounds_again(
    desk: AlarmDesk, panic: str, center: AlarmCenter, signal: MakeSignal, database: Database
) -> None:
    quiet = desk.silence(WANG, panic)
    assert (quiet.state, quiet.silenced_at is None) == (AlarmState.NEW, False)
    center.receive([signal("120", 1)])
    assert stored(database, panic).silenced_at is None


def test_a_duty_check_is_not_silenced_before_somebody_answers_it(
    desk: AlarmDesk, center: AlarmCenter, signal: MakeSignal, database: Database
) -> None:
    check = center.receive([signal(DUTY_CHECK, 0)])[0].alarm
    assert refusal(lambda: desk.silence(WANG, check)).code == "alarm.not_owner"
    assert stored(database, check).silenced_at is None
    desk.claim(LI, check)
    desk.silence(WANG, check)


def test_an_alarm_is_reset_only_after_its_verdict(desk: AlarmDesk, panic: str) -> None:
    assert refusal(lambda: desk.reset(WANG, panic)).code == "alarm.verdict_needed"
    desk.claim(WANG, panic)
    desk.verify(WANG, panic)
    assert refusal(lambda: desk.reset(WANG, panic, "r")).code == "alarm.verdict_needed"


def test_a_latched_alarm_whose_source_is_active_needs_a_reason_to_be_reset(
    desk: AlarmDesk, panic: str, clock: ManualClock
) -> None:
    desk.claim(WANG, panic)
    desk.decide(WANG, panic, Verdict.GENUINE)
    assert refusal(lambda: desk.reset(WANG, panic)).code == "alarm.source_active"
    done = desk.reset(WANG, panic, "按钮已人工复位")
    assert (done.state, done.reset_by, done.reset_at) == (AlarmState.CLOSED, "wang", clock.now())


def test_a_latched_alarm_whose_panel_restored_is_reset_without_more(
    desk: AlarmDesk, panic: str, center: AlarmCenter, signal: MakeSignal
) -> None:
    desk.claim(WANG, panic)
    desk.decide(WANG, panic, Verdict.GENUINE)
    center.receive([signal("120", 1, Qualifier.RESTORE)])
    assert desk.reset(WANG, panic).state is AlarmState.CLOSED


def test_an_alarm_with_an_open_incident_is_reset_but_not_closed(
    desk: AlarmDesk, beam: str, database: Database
) -> None:
    desk.claim(WANG, beam)
    with_incident(database, beam)
    desk.decide(WANG, beam, Verdict.GENUINE)
    assert desk.reset(WANG, beam).state is AlarmState.RESET


def test_the_first_display_report_wins_and_gives_the_linkage_time(
    desk: AlarmDesk, panic: str, clock: ManualClock
) -> None:
    shown_at = clock.now() + timedelta(milliseconds=180)
    (first,) = desk.report_displays([Display(AlarmId(panic), shown_at)])
    assert (first.displayed_at, first.linkage_ms) == (shown_at, None)
    framed_at = clock.now() + timedelta(milliseconds=740)
    later_at = shown_at + timedelta(seconds=1)
    (second,) = desk.report_displays([Display(AlarmId(panic), later_at, framed_at)])
    assert (second.displayed_at, second.first_frame_at, second.linkage_ms) == (shown_at, framed_at, 740)
    last = Display(AlarmId(panic), framed_at, framed_at + timedelta(seconds=9))
    assert desk.report_displays([last]) == [second]


def test_a_report_about_an_alarm_that_is_gone_costs_no_other_its_moment(
    desk: AlarmDesk, panic: str, beam: str, clock: ManualClock
) -> None:
    reports = [Display(AlarmId(one), clock.now()) for one in (panic, "gone", beam)]
    assert [alarm.id for alarm in desk.report_displays(reports)] == [panic, beam]
    assert [alarm.displayed_at for alarm in desk.report_displays(reports)] == [clock.now()] * 2


def test_every_command_leaves_an_audit_row_and_a_fact(
    desk: AlarmDesk, panic: str, database: Database
) -> None:
    before = database.read(lambda view: view.seq)
    desk.claim(WANG, panic)
    desk.verify(WANG, panic)
    desk.decide(WANG, panic, Verdict.GENUINE)
    desk.silence(WANG, panic)
    desk.reset(WANG, panic, "r")
    rows = database.read(lambda view: view.changes_after(before, 100))
    assert [row.kind for row in rows] == ["AlarmChanged"] * 5


def test_the_clock_escalates_and_offers_again_but_moves_nothing(
    desk: AlarmDesk, panic: str, database: Database, clock: ManualClock
) -> None:
    response = ResponseClocks(database, clock)
    desk.claim(WANG, panic)
    levels = []
    for _ in range(4):
        clock.advance(60)
        response.tick()
        response.tick()
        levels.append(stored(database, panic).escalation_level)
    after = stored(database, panic)
    assert levels == [2, 2, 3, 3]
    assert (after.state, after.owner) == (AlarmState.CLAIMED, "wang")
    assert after.offered_at is not None


def test_an_alarm_of_a_silent_owner_may_be_claimed_by_another(
    desk: AlarmDesk, panic: str, database: Database, clock: ManualClock
) -> None:
    desk.claim(WANG, panic)
    clock.advance(119)
    ResponseClocks(database, clock).tick()
    assert refusal(lambda: desk.claim(LI, panic)).code == "alarm.already_claimed"
    clock.advance(1)
    ResponseClocks(database, clock).tick()
    taken = desk.claim(LI, panic)
    assert (taken.owner, taken.offered_at, taken.state) == ("li", None, AlarmState.CLAIMED)


def test_looking_at_the_pictures_shows_that_the_owner_is_there(
    desk: AlarmDesk, panic: str, database: Database, clock: ManualClock
) -> None:
    desk.claim(WANG, panic)
    clock.advance(100)
    desk.verify(WANG, panic)
    clock.advance(100)
    ResponseClocks(database, clock).tick()
    assert stored(database, panic).offered_at is None
