"""Whom an order may go to, what it does to them, and what it keeps of why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.dispatch import DispatchDesk, IncidentDesk, IncidentSheet, Order
from services.dispatch.deadlines import DeadlineClock
from services.domain.alarms import Alarm
from services.domain.classes import AlarmClass
from services.domain.incidents import (
    DISPATCH_MOVES,
    OUTSIDE,
    DispatchState,
    Feedback,
    Incident,
    Ranked,
    TargetKind,
)
from services.domain.people import READY, GuardStatus, Session
from services.domain.site import PostKind, Site
from services.storage import Database

S = DispatchState


def refused(work: Callable[[], object]) -> ServiceError:
    with pytest.raises(ServiceError) as caught:
        work()
    return caught.value


def statuses(database: Database, *guards: str) -> list[GuardStatus]:
    return [database.read(lambda view, no=no: view.guards.get(no)).status for no in guards]


@pytest.fixture
def taken(incidents: IncidentDesk, operator: Session) -> Incident:
    sheet = IncidentSheet("打架", "fight", "二食堂", at=(250.0, 180.0), level=2)
    return incidents.open(operator, new_id(), sheet)


def test_an_order_to_a_post_takes_its_free_guards_and_frees_them_together(
    desk: DispatchDesk, database: Database, operator: Session, taken: Incident, site: Site
) -> None:
    post = next(p for p in site.posts if sum(g.post == p.no for g in site.guards) >= 2)
    own = [guard.no for guard in site.guards if guard.post == post.no]
    away = replace(database.read(lambda view: view.guards.get(own[0])), status=GuardStatus.BREAK)
    database.write(lambda tx: tx.guards.save(away))
    order = Order(post.no, "全组支援", incident_id=taken.id, target=TargetKind.POST)
    sent = desk.send(operator, order)
    assert (sent.guard, sent.guard_name, sent.guards) == (post.no, post.name, tuple(own[1:]))
    assert statuses(database, *own) == [GuardStatus.BREAK] + [GuardStatus.DISPATCHED] * (len(own) - 1)
    for step in (S.SIGNED, S.EN_ROUTE):
        desk.advance(operator, sent.id, step)
    assert statuses(database, *own[1:]) == [GuardStatus.EN_ROUTE] * (len(own) - 1)
    desk.cancel(operator, sent.id, "够了")
    assert statuses(database, *own[1:]) == [GuardStatus.AVAILABLE] * (len(own) - 1)


def test_a_team_is_whom_the_operator_names_and_goes_all_or_not_at_all(
    desk: DispatchDesk, database: Database, operator: Session, taken: Incident
) -> None:
    order = Order(
        "",
        "带防暴器材",
        incident_id=taken.id,
        target=TargetKind.TEAM,
        name="应急分队",
        members=("G34", "G35"),
    )
    busy = desk.send(operator, Order("G35", "去", incident_id=taken.id))
    assert refused(lambda: desk.send(operator, order)).code == "dispatch.guard_busy"
    assert statuses(database, "G34") == [GuardStatus.AVAILABLE]
    desk.cancel(operator, busy.id, "改派")
    sent = desk.send(operator, order)
    assert (sent.guard_name, sent.guards) == ("应急分队", ("G34", "G35"))
    empty = replace(order, id=new_id(), members=())
    assert refused(lambda: desk.send(operator, empty)).code == "dispatch.unit_empty"


@pytest.mark.parametrize("target", sorted(OUTSIDE))
def test_those_outside_have_steps_but_no_clock_and_no_guard(
    desk: DispatchDesk, database: Database, operator: Session, taken: Incident, target: TargetKind
) -> None:
    before = database.read(lambda view: view.guards.all())
    order = Order("", "请求出警", incident_id=taken.id, target=target, name="后勤处")
    sent = desk.send(operator, order)
    assert (sent.guards, sent.sign_due_at, sent.arrive_due_at, sent.done_due_at) == ((), None, None, None)
    for step in (S.SIGNED, S.EN_ROUTE, S.ON_SCENE, S.DONE):
        desk.advance(operator, sent.id, step)
    done = desk.give_feedback(operator, Feedback(sent.id, sent.sent_at, "", "", "已移交"))
    assert done.state is S.CLOSED
    assert database.read(lambda view: view.guards.all()) == before


def test_unknown_posts_and_nameless_departments_are_refused(
    desk: DispatchDesk, operator: Session, taken: Incident
) -> None:
    for target, guard in ((TargetKind.POST, "P99"), (TargetKind.DEPARTMENT, "")):
        order = Order(guard, "去", incident_id=taken.id, target=target)
        assert refused(lambda order=order: desk.send(operator, order)).code == "dispatch.unknown_unit"


def test_the_one_three_five_rule(
    desk: DispatchDesk, incidents: IncidentDesk, operator: Session, clock: ManualClock, site: Site
) -> None:
    corner = (10.0, 10.0)
    taken = incidents.open(operator, new_id(), IncidentSheet("打架", "fight", "", at=corner, level=2))
    kind_of = {post.no: post.kind for post in site.posts}
    standing = [
        candidate
        for candidate in desk.candidates(corner, 99)
        if candidate.guard.post and kind_of[candidate.guard.post] is not PostKind.MOBILE
    ]
    near = [one.guard.no for one in standing if one.distance_m <= 240]
    far = [one.guard.no for one in standing if one.distance_m > 240]
    limits = {}
    for name, no, is_backup in (("post", near[0], False), ("far", far[0], False), ("backup", near[1], True)):
        sent = desk.send(operator, Order(no, "去", incident_id=taken.id, is_backup=is_backup))
        assert sent.arrive_due_at is not None
        limits[name] = (sent.arrive_due_at - clock.now()).total_seconds()
    # Level Ⅱ counts as P1: a post within a minute's run 60 s, else like a patrol 3 min, backup 5 min.
    assert limits == {"post": 60, "far": 180, "backup": 300}


def test_an_order_not_done_in_time_is_late(
    desk: DispatchDesk, deadlines: DeadlineClock, operator: Session, taken: Incident, clock: ManualClock
) -> None:
    sent = desk.send(operator, Order("G34", "去", incident_id=taken.id))
    for step in (S.SIGNED, S.EN_ROUTE, S.ON_SCENE):
        desk.advance(operator, sent.id, step)
    assert sent.done_due_at == clock.now() + timedelta(minutes=30)
    clock.advance(1800)
    assert deadlines.tick() == []
    clock.advance(0.1)
    assert [one.late for one in deadlines.tick()] == [("done",)]
    assert deadlines.tick() == []
    assert desk.advance(operator, sent.id, S.DONE).late == ("done",)


def test_an_order_that_came_back_is_sent_again_with_new_clocks_and_keeps_what_was(
    desk: DispatchDesk, database: Database, operator: Session, taken: Incident, clock: ManualClock
) -> None:
    first = desk.send(operator, Order("G34", "去", incident_id=taken.id))
    clock.advance(21)
    desk.advance(operator, first.id, S.SIGNED)
    back = desk.return_order(operator, first.id, "对讲机故障")
    assert (back.state, back.returns[0].reason, back.late) == (S.RETURNED, "对讲机故障", ("sign",))
    clock.advance(60)
    again = desk.send_again(operator, first.id)
    assert (again.state, again.signed_at, again.late, len(again.returns)) == (S.SENT, None, (), 1)
    assert again.sign_due_at == clock.now() + timedelta(seconds=20)
    assert again.returns[0].sent_at == first.sent_at
    assert statuses(database, "G34") == [GuardStatus.DISPATCHED]
    assert desk.send_again(operator, first.id) == again


def test_an_order_sent_again_has_the_clocks_of_its_first_sending_and_no_end(
    desk: DispatchDesk, incidents: IncidentDesk, operator: Session, site: Site
) -> None:
    gates = {post.no for post in site.posts if post.kind is PostKind.GATE}
    guard = next(guard for guard in site.guards if guard.post in gates)
    sheet = IncidentSheet("打架", "fight", "门口", at=guard.at, level=1)
    near = incidents.open(operator, new_id(), sheet)
    first = desk.send(operator, Order(guard.no, "去", incident_id=near.id))
    desk.return_order(operator, first.id, "对讲机故障")
    again = desk.send_again(operator, first.id)
    clocks = (again.sign_due_at, again.arrive_due_at, again.done_due_at)
    assert clocks == (first.sign_due_at, first.arrive_due_at, first.done_due_at)
    assert (again.ended_at, again.end_reason) == (None, "")


def test_sending_again_needs_a_guard_who_is_free(
    desk: DispatchDesk, operator: Session, taken: Incident
) -> None:
    first = desk.send(operator, Order("G34", "去", incident_id=taken.id))
    desk.return_order(operator, first.id, "肚子疼")
    desk.send(operator, Order("G34", "另一件", incident_id=taken.id))
    assert refused(lambda: desk.send_again(operator, first.id)).code == "dispatch.guard_busy"


def test_returning_cancelling_and_sending_again_in_every_state(
    desk: DispatchDesk, database: Database, operator: Session, taken: Incident
) -> None:
    sent = desk.send(operator, Order("G34", "去", incident_id=taken.id))
    free = replace(
        database.read(lambda view: view.guards.get("G34")), status=GuardStatus.AVAILABLE, dispatch=""
    )
    commands: dict[DispatchState, Callable[[], object]] = {
        S.RETURNED: lambda: desk.return_order(operator, sent.id, "退"),
        S.CANCELLED: lambda: desk.cancel(operator, sent.id, "撤"),
        S.SENT: lambda: desk.send_again(operator, sent.id),
    }
    for wanted, command in commands.items():
        for was in DispatchState:
            database.write(
                lambda tx: tx.guards.save(replace(free, row_version=tx.guards.get("G34").row_version))
            )
            database.write(
                lambda tx, was=was: tx.dispatches.save(replace(tx.dispatches.get(sent.id), state=was))
            )
            if was is wanted or wanted in DISPATCH_MOVES[was]:
                command()
                assert database.read(lambda view: view.dispatches.get(sent.id)).state is wanted
            else:
                assert refused(command).code == "dispatch.illegal_move", (was, wanted)


def test_the_record_keeps_what_the_program_had_recommended_and_the_ranks(
    desk: DispatchDesk, database: Database, operator: Session, alarm: Alarm
) -> None:
    ranks = (Ranked("G34", "甲", 40.0, "步行 40 米"), Ranked("G35", "乙", 90.0, "步行 90 米"))
    order = Order("G35", "去", alarm_id=alarm.id, why="步行 90 米", ranks=ranks, recommended="G34")
    sent = desk.send(operator, order)
    kept = database.read(lambda view: view.dispatches.get(sent.id))
    assert (kept.ranks, kept.recommended, kept.is_as_recommended) == (ranks, "G34", False)
    last = database.read(lambda view: view.timeline_of(sent.incident))[-1]
    assert (last.what, last.params["recommended"]) == ("dispatch.sent_other", "甲")


def test_a_guard_who_had_orders_lately_stands_a_little_farther_back(
    desk: DispatchDesk, operator: Session, taken: Incident, clock: ManualClock
) -> None:
    def reasons(no: str) -> dict[str, dict[str, str]]:
        ranked = desk.candidates((250.0, 180.0), 99)
        return next({r.code: r.params for r in c.reasons} for c in ranked if c.guard.no == no)

    assert "load" not in reasons("G34")
    for _ in range(2):
        sent = desk.send(operator, Order("G34", "去", incident_id=taken.id))
        for step in (S.SIGNED, S.EN_ROUTE, S.ON_SCENE, S.DONE):
            desk.advance(operator, sent.id, step)
        desk.give_feedback(operator, Feedback(sent.id, sent.sent_at, "", "", "完"))
    called_off = desk.send(operator, Order("G34", "去", incident_id=taken.id))
    desk.cancel(operator, called_off.id, "不用")
    assert reasons("G34")["load"] == {"count": "2"}
    clock.advance(4 * 3600 + 1)
    assert "load" not in reasons("G34")


def test_each_candidate_says_what_coverage_would_remain(desk: DispatchDesk, site: Site) -> None:
    ranked = desk.candidates((250.0, 180.0), 99, AlarmClass.FIRE)
    assert {c.state.status for c in ranked} <= READY
    for candidate in ranked:
        codes = {reason.code for reason in candidate.reasons}
        assert bool(codes & {"leaves_post", "leaves_post_short"}) == (candidate.guard.post is not None)
    least = {post.no: post.min_staff for post in site.posts}
    for candidate in ranked:
        for reason in candidate.reasons:
            if reason.code.startswith("leaves_post"):
                assert candidate.guard.post is not None
                is_short = int(reason.params["left"]) < least[candidate.guard.post]
                assert is_short == (reason.code == "leaves_post_short") == candidate.leaves_post_short


def test_without_a_place_on_the_map_the_guards_are_listed_without_distances(
    desk: DispatchDesk, database: Database
) -> None:
    states = database.read(lambda view: view.guards.all())
    ranked = desk.rank_known(states, [], None, 99, AlarmClass.FIRE)
    assert len(ranked) == sum(state.status in READY for state in states)
    assert all(reason.code != "distance" for one in ranked for reason in one.reasons)
    # Whoever leaves no post short stands before whoever does.
    shorts = [one.leaves_post_short for one in ranked]
    assert shorts == sorted(shorts)
