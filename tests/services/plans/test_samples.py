"""The plans that come with the program are whole, in two languages, and keep the clocks of the house."""

from __future__ import annotations

import tomllib

import pytest

from services.core.errors import ServiceError
from services.core.paths import resource
from services.domain.classes import AlarmClass, Priority
from services.domain.clocks import DEFAULT_CLOCKS
from services.domain.people import Role
from services.domain.plan_checks import faults_of_text
from services.domain.plan_steps import ASKING, Step, StepKind, followers
from services.domain.plans import PlanCategory, PlanText
from services.plans.samples import SAMPLES, sample_plans
from services.plans.textfile import MOST_BYTES, plan_from_toml

PLANS = sample_plans()
# The numbers that a campus dials outside, with what their script must say.
OUTSIDE = {"110", "119", "120"}


def english_words(part: object, key: str = "") -> list[str]:
    """Every text of a plan's file whose key ends in "_en"."""
    if isinstance(part, dict):
        return [word for name, inner in part.items() for word in english_words(inner, name)]
    if isinstance(part, list):
        return [word for inner in part for word in english_words(inner, key)]
    return [part] if isinstance(part, str) and key.endswith("_en") else []


@pytest.fixture(params=SAMPLES)
def plan(request: pytest.FixtureRequest) -> PlanText:
    return PLANS[str(request.param)]


def test_there_is_one_for_each_of_ten_emergencies() -> None:
    named = set(PlanCategory) - {PlanCategory.TRAFFIC, PlanCategory.WEATHER, PlanCategory.OTHER}

    assert [len(PLANS), {text.category for text in PLANS.values()}] == [10, named]


def test_every_file_of_the_folder_is_shipped() -> None:
    folder = resource("plans")

    assert sorted(path.stem for path in folder.glob("*.toml")) == sorted(SAMPLES)


def test_it_could_be_published_as_it_is(plan: PlanText) -> None:
    assert faults_of_text(plan) == ()


def test_everything_people_read_is_there_in_both_languages(plan: PlanText) -> None:
    pairs = [(plan.name, plan.name_en), (plan.purpose, plan.purpose_en)]
    pairs += [pair for role in plan.roles for pair in ((role.name, role.name_en), (role.duty, role.duty_en))]
    pairs += [
        pair for call in plan.call_tree for pair in ((call.who, call.who_en), (call.script, call.script_en))
    ]
    pairs += [(one.name, one.name_en) for one in plan.resources]
    pairs += [(line.text, line.text_en) for line in (*plan.documents, *plan.donts)]
    for step in plan.steps:
        pairs += [(step.title, step.title_en), (step.text, step.text_en)]
        pairs += [(choice.label, choice.label_en) for choice in step.choices]
        pairs += [(field.label, field.label_en) for field in step.fields]
        assert all(len(field.options) == len(field.options_en) for field in step.fields)

    assert [pair for pair in pairs if bool(pair[0].strip()) != bool(pair[1].strip())] == []


@pytest.mark.parametrize("name", SAMPLES)
def test_english_words_have_no_sign_as_wide_as_a_chinese_one(name: str) -> None:
    words = english_words(tomllib.loads(resource("plans", f"{name}.toml").read_text(encoding="utf-8")))

    assert len(words) > 50
    assert [word for word in words if set(word) & set("“”‘’，。；：！？（）、／")] == []


def test_it_says_who_what_with_and_what_not(plan: PlanText) -> None:
    assert len(plan.roles) >= 4
    assert len(plan.resources) >= 2
    assert len(plan.donts) >= 3
    assert plan.documents
    assert plan.purpose
    used = {step.role for step in plan.steps}
    assert used == {role.id for role in plan.roles}, "a role without a task, or a task without a role"


def test_calls_outside_have_their_words(plan: PlanText) -> None:
    outside = [call for call in plan.call_tree if call.number in OUTSIDE]

    assert outside, "nobody outside is called"
    # Whoever answers needs to know who calls, where to come in, and how to ring back.
    for call in outside:
        assert all(word in call.script for word in ("学院", "门")), call.who
        assert "电话" in call.script or "座机" in call.script, call.who
        assert "gate" in call.script_en, call.who


def test_every_step_that_must_be_done_has_a_deadline(plan: PlanText) -> None:
    assert [step.id for step in plan.steps if step.is_mandatory and step.deadline_s <= 0] == []


def test_who_is_told_is_a_role_of_the_program(plan: PlanText) -> None:
    told = {step.target for step in plan.steps if step.kind in (StepKind.NOTIFY, StepKind.REPORT)}

    assert told <= {role.value for role in Role}


def first_dispatches_s(steps: tuple[Step, ...]) -> list[float]:
    """The deadlines up to and with the first dispatch, summed along every way that has one."""
    places = {step.id: at for at, step in enumerate(steps)}

    def walk(step_id: str, before_s: float, seen: frozenset[str]) -> list[float]:
        if step_id not in places or step_id in seen:
            return []
        step = steps[places[step_id]]
        until_s = before_s + step.deadline_s
        if step.kind is StepKind.DISPATCH:
            return [until_s]
        after = followers(steps, places[step_id])
        return [found for name in after for found in walk(name, until_s, seen | {step_id})]

    return walk(steps[0].id, 0.0, frozenset())


@pytest.mark.parametrize(
    ("name", "priority"),
    [
        ("fire", Priority.P1),
        ("fight", Priority.P1),
        ("medical", Priority.P1),
        ("intrusion", Priority.P2),
        ("dangerous_goods", Priority.P1),
    ],
)
def test_the_first_unit_is_sent_within_the_clock_of_its_priority(name: str, priority: Priority) -> None:
    """P1: 10 s to claim and 60 s to the first dispatch leave 50 s; P2: 30 s and 120 s leave 90 s."""
    clocks = DEFAULT_CLOCKS[priority]
    assert clocks.dispatch_s is not None
    found = first_dispatches_s(PLANS[name].steps)

    assert found
    assert max(found) <= clocks.dispatch_s - clocks.claim_s


@pytest.mark.parametrize(
    ("alarm_class", "name"),
    [
        (AlarmClass.FIRE, "fire"),
        (AlarmClass.INTRUSION, "intrusion"),
        (AlarmClass.PANIC, "fight"),
        (AlarmClass.MEDICAL, "medical"),
    ],
)
def test_each_alarm_that_needs_people_has_its_plan(alarm_class: AlarmClass, name: str) -> None:
    assert [key for key, text in PLANS.items() if alarm_class in text.trigger.classes] == [name]


def test_answers_of_a_question_lead_somewhere_of_their_own(plan: PlanText) -> None:
    for at, step in enumerate(plan.steps):
        if step.kind in ASKING:
            assert len(followers(plan.steps, at)) >= 2 or len(step.choices) > 2, step.id


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("name = ", "1"),
        ('name = "x"\ncolour = "red"', "colour"),
        ('name = "x"\n[[step]]\nid = "a"\nkind = "wait"\ntitle = "等"\ncolour = 1', "steps[0].colour"),
        ('name = "x"\n[[step]]\nid = "a"\nkind = "dance"\ntitle = "跳"', "1"),
        ('name = ""', "name"),
        ('name = "x"\nlevel = "three"', "1"),
        ("#" * (MOST_BYTES + 1), "1"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_with_the_place(text: str, where: str) -> None:
    with pytest.raises(ServiceError) as caught:
        plan_from_toml(text, "mine.toml")

    assert caught.value.code == "plans.file_invalid"
    assert (caught.value.params["file"], caught.value.params["where"]) == ("mine.toml", where)
