"""What is done with an incident between its opening and its end, on a real record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from services.core.errors import ServiceError
from services.core.ids import new_id
from services.dispatch import DispatchDesk, IncidentDesk, IncidentSheet, Order
from services.dispatch.sheet import sheet_of
from services.domain.alarms import Alarm, AlarmState
from services.domain.incidents import (
    Caller,
    CameBy,
    Dispatch,
    DispatchState,
    Feedback,
    Incident,
    IncidentState,
    Peril,
    TargetKind,
)
from services.domain.people import Session
from services.domain.plan_runs import PlanRun, PlanRunId, StepRun, StepState
from services.domain.plan_steps import Step, StepKind
from services.domain.plans import PlanId, PlanText
from services.storage import Database

S, D = IncidentState, DispatchState
SHEET = IncidentSheet(
    "食堂有人打架", "fight", "二食堂", content="十几人", caller=Caller("张同学", "13800000000")
)


def refused(work: Callable[[], object]) -> ServiceError:
    with pytest.raises(ServiceError) as caught:
        work()
    return caught.value


def stored(database: Database, incident_id: str) -> Incident:
    return database.read(lambda view: view.incidents.get(incident_id))


def lines_of(database: Database, incident_id: str) -> list[str]:
    return [entry.what for entry in database.read(lambda view: view.timeline_of(incident_id))]


def put(database: Database, incident_id: str, **changes: object) -> Incident:
    """The stored incident with other fields, whatever the rules say."""
    return database.write(
        lambda tx: tx.incidents.save(replace(tx.incidents.get(incident_id), **changes))  # type: ignore[arg-type]
    )


@pytest.fixture
def taken(incidents: IncidentDesk, operator: Session) -> Incident:
    return incidents.open(operator, new_id(), SHEET)


@pytest.fixture
def worked(desk: DispatchDesk, operator: Session, taken: Incident) -> Dispatch:
    """A guard was there and has reported."""
    dispatch = desk.send(operator, Order("G34", "去", incident_id=taken.id))
    for step in (D.SIGNED, D.EN_ROUTE, D.ON_SCENE, D.DONE):
        dispatch = desk.advance(operator, dispatch.id, step)
    return desk.give_feedback(operator, Feedback(dispatch.id, dispatch.sent_at, "", "", "已劝开"))


def test_a_report_without_an_alarm_is_an_accepted_incident_with_its_caller(
    incidents: IncidentDesk, database: Database, operator: Session
) -> None:
    opened = incidents.open(operator, "a" * 32, replace(SHEET, perils=(Peril.INJURED, Peril.WEAPON)))
    assert (opened.state, opened.came_by, opened.owner_name) == (S.ACCEPTED, CameBy.PHONE, "王某")
    assert opened.caller == Caller("张同学", "13800000000")
    assert opened.perils == (Peril.WEAPON, Peril.INJURED)
    assert incidents.open(operator, "a" * 32, SHEET) == opened
    assert lines_of(database, opened.id) == ["incident.taken"]


def test_an_anonymous_caller_leaves_no_name(incidents: IncidentDesk, operator: Session) -> None:
    sheet = replace(SHEET, caller=Caller("张同学", "13800000000", is_anonymous=True))
    assert incidents.open(operator, new_id(), sheet).caller == Caller("", "13800000000", is_anonymous=True)


def test_a_sheet_without_a_title_or_with_a_fifth_level_is_refused(
    incidents: IncidentDesk, operator: Session, taken: Incident
) -> None:
    before = sheet_of(taken)
    for bad, code in (
        (replace(before, title=" "), "dispatch.title_needed"),
        (replace(before, level=5), "dispatch.bad_level"),
        (replace(before, commander="x" * 121), "dispatch.text_too_long"),
    ):
        assert refused(lambda bad=bad: incidents.edit(operator, taken.id, before, bad)).code == code


def test_two_who_write_in_different_fields_keep_both(
    incidents: IncidentDesk, database: Database, operator: Session, leader: Session, taken: Incident
) -> None:
    seen = sheet_of(taken)
    incidents.edit(operator, taken.id, seen, replace(seen, level=3))
    incidents.edit(leader, taken.id, seen, replace(seen, commander="李某"))
    now = stored(database, taken.id)
    assert (now.level, now.commander) == (3, "李某")
    assert lines_of(database, taken.id)[1:] == ["incident.level", "incident.edited", "incident.edited"]


def test_two_who_write_in_one_field_are_told(
    incidents: IncidentDesk, database: Database, operator: Session, leader: Session, taken: Incident
) -> None:
    seen = sheet_of(taken)
    incidents.edit(operator, taken.id, seen, replace(seen, place="一食堂", loss="玻璃"))
    error = refused(lambda: incidents.edit(leader, taken.id, seen, replace(seen, place="三食堂")))
    assert (error.code, error.params["fields"]) == ("dispatch.edited_meanwhile", "place")
    assert stored(database, taken.id).place == "一食堂"


def test_an_ended_incident_is_not_edited_but_gets_its_number_from_110(
    incidents: IncidentDesk, database: Database, operator: Session, taken: Incident
) -> None:
    seen = sheet_of(taken)
    incidents.dismiss(operator, taken.id, "查无此事")
    error = refused(lambda: incidents.edit(operator, taken.id, seen, replace(seen, level=1)))
    assert error.code == "dispatch.incident_ended"
    incidents.note_police_ref(operator, taken.id, "3701112026112400123")
    assert stored(database, taken.id).police_ref == "3701112026112400123"


# What each command makes of each state, written out from the description; all else is refused.
OUTCOMES: dict[str, dict[IncidentState, IncidentState]] = {
    "contain": dict.fromkeys((S.ACCEPTED, S.RESPONDING, S.REOPENED, S.CONTAINED), S.CONTAINED),
    "close": dict.fromkeys((S.ACCEPTED, S.RESPONDING, S.REOPENED, S.CONTAINED, S.REVIEW, S.CLOSED), S.CLOSED),
    "dismiss": dict.fromkeys((S.NEW, S.ACCEPTED, S.RESPONDING, S.REOPENED), S.UNFOUNDED),
    "transfer": dict.fromkeys((S.NEW, S.ACCEPTED, S.RESPONDING, S.REOPENED), S.TRANSFERRED),
    "merge": dict.fromkeys((S.NEW, S.ACCEPTED, S.RESPONDING, S.REOPENED), S.MERGED),
    "reopen": dict.fromkeys((S.CLOSED, S.UNFOUNDED, S.TRANSFERRED), S.REOPENED),
    "send": dict.fromkeys((S.ACCEPTED, S.RESPONDING, S.CONTAINED, S.REVIEW, S.REOPENED), S.RESPONDING),
}


def test_every_command_in_every_state_does_what_the_description_says(
    desk: DispatchDesk,
    incidents: IncidentDesk,
    database: Database,
    operator: Session,
    leader: Session,
    worked: Dispatch,
) -> None:
    other = incidents.open(operator, new_id(), SHEET)
    id_ = worked.incident

    def send() -> object:
        sent = desk.send(operator, Order("G35", "去", incident_id=id_))
        return desk.cancel(operator, sent.id, "只为试")

    commands: dict[str, Callable[[], object]] = {
        "contain": lambda: incidents.contain_incident(operator, id_),
        "close": lambda: incidents.close_incident(operator, id_, "完"),
        "dismiss": lambda: incidents.dismiss(operator, id_, "无"),
        "transfer": lambda: incidents.transfer(operator, id_, "派出所", "归其管"),
        "merge": lambda: incidents.merge(operator, id_, other.id, "同一起"),
        "reopen": lambda: incidents.reopen(leader, id_, "又来了"),
        "send": send,
    }
    for name, command in commands.items():
        for was in IncidentState:
            put(database, id_, state=was)
            if was in OUTCOMES[name]:
                command()
                assert stored(database, id_).state is OUTCOMES[name][was], (name, was)
                continue
            assert refused(command).code in ("dispatch.illegal_move", "dispatch.incident_ended"), (name, was)
            assert stored(database, id_).state is was


@pytest.mark.parametrize(
    ("state", "is_mandatory", "closes"),
    [
        (StepState.ACTIVE, True, False),
        (StepState.FAILED, True, False),
        (StepState.ACTIVE, False, True),
        (StepState.DONE, True, True),
        (StepState.SKIPPED, True, True),
    ],
)
def test_a_close_waits_for_the_mandatory_steps_of_a_plan(
    incidents: IncidentDesk,
    database: Database,
    operator: Session,
    worked: Dispatch,
    state: StepState,
    *,
    is_mandatory: bool,
    closes: bool,
) -> None:
    step = Step("s1", StepKind.CONFIRM, "清点人数", is_mandatory=is_mandatory)
    run = PlanRun(
        id=PlanRunId(new_id()),
        plan=PlanId("p1"),
        version=1,
        text=PlanText("打架", "Fight", steps=(step,)),
        incident=worked.incident,
        started_by="wang",
        started_by_name="王某",
        started_at=worked.sent_at,
        steps=(StepRun("s1", state, reason="人已散" if state is StepState.SKIPPED else ""),),
    )
    database.write(lambda tx: tx.plan_runs.add(run))
    if closes:
        assert incidents.close_incident(operator, worked.incident, "完").state is S.CLOSED
        return
    error = refused(lambda: incidents.close_incident(operator, worked.incident, "完"))
    assert (error.code, error.params["step"]) == ("dispatch.steps_open", "清点人数")


def test_a_further_guard_of_another_part_can_forbid_the_close(
    database: Database, clock: object, operator: Session, worked: Dispatch
) -> None:
    def forbid(_tx: object, incident: Incident) -> None:
        raise ServiceError("plan.steps_open", incident_no=incident.incident_no)

    strict = IncidentDesk(database, clock, [forbid])  # type: ignore[arg-type]
    assert refused(lambda: strict.close_incident(operator, worked.incident, "完")).code == "plan.steps_open"
    assert stored(database, worked.incident).state is S.RESPONDING


def test_merging_moves_alarms_and_orders_that_are_out_and_points_to_the_survivor(
    desk: DispatchDesk,
    incidents: IncidentDesk,
    database: Database,
    operator: Session,
    taken: Incident,
    alarm: Alarm,
) -> None:
    out = desk.send(operator, Order("G34", "去", alarm_id=alarm.id))
    back = desk.send(operator, Order("G35", "去", alarm_id=alarm.id))
    desk.cancel(operator, back.id, "不用了")
    merged = incidents.merge(operator, out.incident, taken.id, "同一起")
    assert (merged.state, merged.merged_into, merged.is_open) == (S.MERGED, taken.id, False)
    assert database.read(lambda view: view.alarms.get(alarm.id)).incident == taken.id
    assert [one.id for one in database.read(lambda view: view.dispatches.of_incident(taken.id))] == [out.id]
    assert database.read(lambda view: view.dispatches.get(back.id)).incident == merged.id
    assert stored(database, taken.id).state is S.RESPONDING
    assert "incident.took_in" in lines_of(database, taken.id)
    error = refused(lambda: incidents.close_incident(operator, taken.id, "完"))
    assert error.code == "dispatch.still_running"


def test_an_incident_is_not_merged_with_itself_with_a_drill_or_into_an_ended_one(
    incidents: IncidentDesk, database: Database, operator: Session, taken: Incident
) -> None:
    other = incidents.open(operator, new_id(), SHEET)
    for prepare, into, code in (
        (lambda: None, taken.id, "dispatch.same_incident"),
        (lambda: put(database, other.id, is_drill=True), other.id, "dispatch.drill_apart"),
        (
            lambda: put(database, other.id, is_drill=False, state=S.CLOSED),
            other.id,
            "dispatch.incident_ended",
        ),
    ):
        prepare()
        error = refused(lambda into=into: incidents.merge(operator, taken.id, into, "?"))
        assert error.code == code
    assert stored(database, taken.id) == taken


def test_linked_incidents_name_each_other_once(
    incidents: IncidentDesk, database: Database, operator: Session, taken: Incident
) -> None:
    other = incidents.open(operator, new_id(), SHEET)
    incidents.link(operator, taken.id, other.id)
    incidents.link(operator, taken.id, other.id)
    assert stored(database, taken.id).links == (other.id,)
    assert stored(database, other.id).links == (taken.id,)


def test_splitting_takes_some_alarms_and_orders_along(
    desk: DispatchDesk, incidents: IncidentDesk, database: Database, operator: Session, alarm: Alarm
) -> None:
    first = desk.send(operator, Order("G34", "去", alarm_id=alarm.id))
    second = desk.send(operator, Order("G35", "去", alarm_id=alarm.id))
    made = incidents.split(operator, first.incident, "另一处火点", dispatches=(second.id,))
    assert (made.parent, made.state, made.links) == (first.incident, S.RESPONDING, (first.incident,))
    assert stored(database, first.incident).links == (made.id,)
    assert database.read(lambda view: view.dispatches.get(second.id)).incident == made.id
    assert database.read(lambda view: view.dispatches.get(first.id)).incident == first.incident
    error = refused(lambda: incidents.split(operator, made.id, "?", dispatches=(first.id,)))
    assert error.code == "dispatch.not_of_incident"
    assert refused(lambda: incidents.split(operator, made.id, "?")).code == "dispatch.nothing_to_split"


def test_a_transfer_waits_for_our_people_but_not_for_the_police(
    desk: DispatchDesk, incidents: IncidentDesk, operator: Session, taken: Incident
) -> None:
    ours = desk.send(operator, Order("G34", "去", incident_id=taken.id))
    desk.send(operator, Order("", "打架", incident_id=taken.id, target=TargetKind.POLICE))
    give = lambda: incidents.transfer(operator, taken.id, "城关派出所", "治安案件", "110-77")  # noqa: E731
    assert refused(give).params["count"] == 1
    desk.cancel(operator, ours.id, "警察到了")
    given = give()
    assert (given.state, given.transferred_to, given.police_ref) == (S.TRANSFERRED, "城关派出所", "110-77")


def test_reopening_is_for_those_who_review_and_leaves_closed_alarms_closed(
    desk: DispatchDesk,
    incidents: IncidentDesk,
    database: Database,
    operator: Session,
    leader: Session,
    raise_alarm: Callable[..., Alarm],
) -> None:
    alarm = raise_alarm()
    sent = desk.send(operator, Order("G34", "去", alarm_id=alarm.id))
    desk.cancel(operator, sent.id, "误报")
    reset = replace(database.read(lambda view: view.alarms.get(alarm.id)), state=AlarmState.RESET)
    database.write(lambda tx: tx.alarms.save(reset))
    incidents.dismiss(operator, sent.incident, "误报")
    assert refused(lambda: incidents.reopen(operator, sent.incident, "又响")).code == "identity.forbidden"
    again = incidents.reopen(leader, sent.incident, "又响")
    assert (again.state, again.closed_at, again.result) == (S.REOPENED, None, "误报")
    assert database.read(lambda view: view.alarms.get(alarm.id)).state is AlarmState.CLOSED


def test_backup_is_asked_for_until_it_is_sent(
    desk: DispatchDesk, incidents: IncidentDesk, database: Database, operator: Session, taken: Incident
) -> None:
    desk.send(operator, Order("G34", "去", incident_id=taken.id))
    assert incidents.ask_backup(operator, taken.id, 2, "两个人，带盾牌").backup_wanted == 2
    sent = [desk.send(operator, Order(no, "支援", incident_id=taken.id)) for no in ("G35", "G36", "G37")]
    assert [one.is_backup for one in sent] == [True, True, False]
    assert stored(database, taken.id).backup_wanted == 0
    assert refused(lambda: incidents.ask_backup(operator, taken.id, 0, "?")).params == {"field": "units"}


def test_backup_that_does_not_come_is_asked_for_again_once(
    desk: DispatchDesk, incidents: IncidentDesk, database: Database, operator: Session, taken: Incident
) -> None:
    incidents.ask_backup(operator, taken.id, 2, "两个人")
    back, off = (desk.send(operator, Order(no, "支援", incident_id=taken.id)) for no in ("G34", "G35"))
    wanted = lambda: stored(database, taken.id).backup_wanted  # noqa: E731
    assert wanted() == 0
    desk.return_order(operator, back.id, "走不开")
    assert wanted() == 1
    desk.send_again(operator, back.id)
    assert wanted() == 0
    desk.cancel(operator, off.id, "另有任务")
    assert wanted() == 1
    desk.return_order(operator, back.id, "还是走不开")
    desk.cancel(operator, back.id, "不再派")
    assert wanted() == 2


def test_what_an_administrator_may_not_do(
    incidents: IncidentDesk, administrator: Session, taken: Incident
) -> None:
    assert refused(lambda: incidents.open(administrator, new_id(), SHEET)).code == "identity.forbidden"
    assert refused(lambda: incidents.dismiss(administrator, taken.id, "?")).code == "identity.forbidden"
