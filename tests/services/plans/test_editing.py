"""A plan comes into force only when somebody else has read it, and no edit overwrites another unseen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from services.core.errors import ServiceError
from services.domain.facts import PlanPublished, PlanSaved
from services.domain.people import Session
from services.domain.plans import PLAN_MOVES, Plan, PlanState
from services.plans.editing import PROGRAM, PlanDesk
from services.plans.library import PlanLibrary, version_in_force
from services.storage import Database, verify_audit
from services.storage.feed import decode
from tests.services.plans.conftest import ADMINISTRATOR, CHEN, FIRE, LEADER, LIN, START_AT, WANG

SECOND = replace(FIRE, purpose="先报警，再灭火。")


def refused(work: Callable[[], object]) -> tuple[str, dict[str, object]]:
    with pytest.raises(ServiceError) as caught:
        work()
    return caught.value.code, dict(caught.value.params)


def published(desk: PlanDesk, library: PlanLibrary) -> Plan:
    plan = desk.send(CHEN, desk.make(CHEN, FIRE))
    desk.publish(LIN, plan)
    return library.all()[0]


def test_a_plan_is_written_by_one_and_let_out_by_another(desk: PlanDesk, library: PlanLibrary) -> None:
    draft = desk.make(CHEN, FIRE)
    sent = desk.send(CHEN, draft)
    version = desk.publish(LIN, sent, "第一版")

    assert (version.version, version.text, version.note) == (1, FIRE, "第一版")
    assert (version.by, version.reviewed_by) == ("chen", "lin")
    (plan,) = library.all()
    assert (plan.state, plan.version, plan.is_runnable) == (PlanState.PUBLISHED, 1, True)
    assert library.versions_of(plan.id) == [version]


@pytest.mark.parametrize("reader", [CHEN, LIN])
def test_neither_who_wrote_it_nor_who_sent_it_may_let_it_out(desk: PlanDesk, reader: Session) -> None:
    sent = desk.send(LIN, desk.make(CHEN, FIRE))

    assert refused(lambda: desk.publish(reader, sent)) == ("plans.same_person", {"name": "宿舍火灾"})


def test_an_edit_of_a_published_plan_leaves_the_version_in_force(
    desk: PlanDesk, library: PlanLibrary, database: Database
) -> None:
    plan = published(desk, library)
    draft = desk.save(LIN, plan, SECOND)

    assert (draft.state, draft.version, draft.text) == (PlanState.DRAFT, 1, SECOND)
    assert [version.text for version in library.in_force()] == [FIRE]
    desk.publish(CHEN, desk.send(LIN, draft))
    assert [version.version for version in library.versions_of(plan.id)] == [2, 1]
    assert [version.text for version in library.in_force()] == [SECOND]
    assert database.read(lambda view: version_in_force(view, plan.id)).version == 2


def test_a_draft_can_be_given_up_for_the_version_in_force(desk: PlanDesk, library: PlanLibrary) -> None:
    draft = desk.save(CHEN, published(desk, library), SECOND)
    kept = desk.give_up_draft(CHEN, draft)

    assert (kept.state, kept.text, kept.version) == (PlanState.PUBLISHED, FIRE, 1)
    assert refused(lambda: desk.give_up_draft(CHEN, kept))[0] == "plans.illegal_move"


def test_a_first_draft_has_nothing_to_go_back_to(desk: PlanDesk) -> None:
    draft = desk.make(CHEN, FIRE)

    assert refused(lambda: desk.give_up_draft(CHEN, draft))[0] == "plans.not_in_force"


def test_what_is_in_review_is_not_edited_and_comes_back_with_a_reason(desk: PlanDesk) -> None:
    sent = desk.send(CHEN, desk.make(CHEN, FIRE))

    assert refused(lambda: desk.save(CHEN, sent, SECOND))[0] == "plans.in_review"
    assert refused(lambda: desk.give_back(LIN, sent, "  "))[0] == "plans.note_needed"
    back = desk.give_back(LIN, sent, "119 的话术没写")
    assert (back.state, back.note, back.sent_by) == (PlanState.DRAFT, "119 的话术没写", "")
    assert desk.save(CHEN, back, SECOND).note == ""


def test_a_plan_with_a_fault_stays_a_draft(desk: PlanDesk) -> None:
    broken = replace(FIRE, steps=(replace(FIRE.steps[1], next="nowhere", role="king"),))
    draft = desk.make(CHEN, broken)

    code, params = refused(lambda: desk.send(CHEN, draft))
    # Two: a step that is not there, and a role that is not there.
    assert (code, params["count"]) == ("plans.not_ready", 2)


def test_the_second_of_two_edits_is_told_and_overwrites_nothing(desk: PlanDesk, library: PlanLibrary) -> None:
    draft = desk.make(CHEN, FIRE)
    desk.save(LIN, draft, SECOND)

    code, params = refused(lambda: desk.save(CHEN, draft, replace(FIRE, purpose="另一个改法")))
    assert (code, params) == ("storage.conflict", {"kind": "plan", "id": draft.id})
    assert library.all()[0].text == SECOND


def test_a_retired_plan_is_not_run_until_it_is_revived(
    desk: PlanDesk, library: PlanLibrary, database: Database
) -> None:
    plan = published(desk, library)
    retired = desk.retire(CHEN, plan, "楼已拆除")

    assert library.in_force() == []
    assert refused(lambda: database.read(lambda view: version_in_force(view, plan.id)))[0] == (
        "plans.not_in_force"
    )
    assert desk.revive(CHEN, retired).is_runnable
    assert [version.version for version in library.in_force()] == [1]


def in_state(state: PlanState, desk: PlanDesk, library: PlanLibrary) -> Plan:
    """A plan with a version in force that stands in `state` now."""
    plan = published(desk, library)
    if state is PlanState.RETIRED:
        return desk.retire(CHEN, plan, "停用")
    if state is PlanState.PUBLISHED:
        return plan
    draft = desk.save(CHEN, plan, SECOND)
    return draft if state is PlanState.DRAFT else desk.send(CHEN, draft)


Command = Callable[[PlanDesk, Plan], object]
# What each command makes of which state; of every other it is refused.
COMMANDS: dict[str, tuple[Command, dict[PlanState, PlanState]]] = {
    "save": (
        lambda desk, plan: desk.save(CHEN, plan, SECOND),
        {PlanState.DRAFT: PlanState.DRAFT, PlanState.PUBLISHED: PlanState.DRAFT},
    ),
    "send": (lambda desk, plan: desk.send(CHEN, plan), {PlanState.DRAFT: PlanState.REVIEW}),
    "give_back": (lambda desk, plan: desk.give_back(LIN, plan, "再改"), {PlanState.REVIEW: PlanState.DRAFT}),
    "publish": (lambda desk, plan: desk.publish(LIN, plan), {PlanState.REVIEW: PlanState.PUBLISHED}),
    "give_up": (lambda desk, plan: desk.give_up_draft(CHEN, plan), {PlanState.DRAFT: PlanState.PUBLISHED}),
    "retire": (
        lambda desk, plan: desk.retire(CHEN, plan, "停用"),
        {PlanState.DRAFT: PlanState.RETIRED, PlanState.PUBLISHED: PlanState.RETIRED},
    ),
    "revive": (lambda desk, plan: desk.revive(CHEN, plan), {PlanState.RETIRED: PlanState.DRAFT}),
}


def test_the_commands_make_the_moves_of_the_table_and_no_other() -> None:
    made = {(was, to) for _, moves in COMMANDS.values() for was, to in moves.items() if was is not to}

    assert made == {(was, to) for was, after in PLAN_MOVES.items() for to in after}


@pytest.mark.parametrize("was", PlanState)
@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_does_to_each_state_what_the_table_says(
    desk: PlanDesk, library: PlanLibrary, was: PlanState, name: str
) -> None:
    plan = in_state(was, desk, library)
    command, moves = COMMANDS[name]

    if was in moves:
        command(desk, plan)
        assert library.all()[0].state is moves[was]
    else:
        assert refused(lambda: command(desk, plan))[0] in ("plans.illegal_move", "plans.in_review")
        assert library.all()[0] == plan


@pytest.mark.parametrize("session", [WANG, LEADER, ADMINISTRATOR])
def test_only_the_security_office_writes_plans(desk: PlanDesk, session: Session) -> None:
    plan = desk.make(CHEN, FIRE)
    commands: list[Callable[[], object]] = [
        lambda: desk.make(session, replace(FIRE, name="另一个")),
        lambda: desk.save(session, plan, SECOND),
        lambda: desk.send(session, plan),
        lambda: desk.give_back(session, plan, "不行"),
        lambda: desk.publish(session, plan),
        lambda: desk.give_up_draft(session, plan),
        lambda: desk.retire(session, plan, "停用"),
        lambda: desk.revive(session, plan),
        lambda: desk.take_samples(session, {"fire": FIRE}),
    ]

    assert {refused(command)[0] for command in commands} == {"identity.forbidden"}


def test_two_plans_do_not_have_one_name(desk: PlanDesk) -> None:
    desk.make(CHEN, FIRE)

    assert refused(lambda: desk.make(LIN, replace(FIRE, name=" 宿舍火灾 "))) == (
        "plans.name_taken",
        {"name": "宿舍火灾"},
    )


@pytest.mark.parametrize("name", ["", "   ", "火" * 61, "两\n行"])
def test_a_plan_has_a_name_that_fits_on_a_line(desk: PlanDesk, name: str) -> None:
    assert refused(lambda: desk.make(CHEN, replace(FIRE, name=name)))[0] == "plans.name_invalid"


def test_the_next_drill_is_due_half_a_year_after_it_came_into_force(
    desk: PlanDesk, library: PlanLibrary
) -> None:
    plan = published(desk, library)

    assert plan.drill_due_at == START_AT + timedelta(days=180)
    assert not plan.is_drill_overdue(START_AT + timedelta(days=180))
    assert plan.is_drill_overdue(START_AT + timedelta(days=180, seconds=1))


def test_each_command_is_in_the_audit_and_in_the_feed(
    desk: PlanDesk, library: PlanLibrary, database: Database
) -> None:
    plan = published(desk, library)
    desk.retire(CHEN, plan, "楼已拆除")

    facts = [decode(row) for row in database.read(lambda view: view.changes_after(0, 100))]
    told = [fact.change if isinstance(fact, PlanSaved) else "published" for fact in facts
            if isinstance(fact, PlanSaved | PlanPublished)]  # fmt: skip
    assert told == ["made", "sent", "published", "retired"]
    assert verify_audit(database).fault == ""


def test_samples_wait_for_a_reader_and_leave_the_sites_own_plans_alone(
    desk: PlanDesk, library: PlanLibrary
) -> None:
    own = desk.make(CHEN, replace(FIRE, name="本校防汛"))
    samples = {"fire": FIRE, "flood": replace(FIRE, name="本校防汛")}

    (taken,) = desk.take_samples(CHEN, samples)
    assert (taken.id, taken.state, taken.sent_by) == ("fire", PlanState.REVIEW, PROGRAM)
    assert desk.publish(CHEN, taken).version == 1
    assert desk.take_samples(CHEN, samples) == []
    assert {plan.name: plan.id for plan in library.all()} == {"宿舍火灾": "fire", "本校防汛": own.id}


def test_a_demo_has_its_samples_in_force_at_once(desk: PlanDesk, library: PlanLibrary) -> None:
    (taken,) = desk.take_samples(CHEN, {"fire": FIRE}, in_force=True)

    assert (taken.state, taken.version, taken.is_runnable) == (PlanState.PUBLISHED, 1, True)
    assert [version.plan for version in library.in_force()] == ["fire"]
