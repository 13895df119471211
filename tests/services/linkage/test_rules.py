"""Rules are saved by those who may, versioned for ever, and no file can bring in a rule that is none."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.core.paths import resource
from services.domain.facts import LinkageRuleChanged
from services.domain.linkage import Action, ActionKind, Rule, fault_of_action, fault_of_rule
from services.domain.people import Role, Session
from services.domain.site import Site
from services.domain.triggers import Trigger, TriggerKind
from services.linkage.dryrun import dry_run
from services.linkage.exchange import MOST_BYTES, rules_from_text, rules_to_text
from services.linkage.rules import RuleDesk
from services.storage import Database, verify_audit
from services.storage.feed import decode
from tests.services.linkage.conftest import PANIC, Campus, rule

BOSS = Session("boss", "保卫处长", Role.SUPERVISOR, "SEAT-9")
OPERATOR = Session("wang", "王值班", Role.OPERATOR, "SEAT-1")
DOOR = Action(ActionKind.DOOR, "O1")
SITE = Site("t", "t", "t", 1.0, 1.0)


@pytest.fixture
def desk(database: Database, clock: ManualClock) -> RuleDesk:
    return RuleDesk(database, clock)


def new(name: str = "东门", **more: object) -> Rule:
    return replace(rule(DOOR, **more), id="", name=name)


@pytest.mark.parametrize("kind", [ActionKind.DOOR, ActionKind.BROADCAST])
def test_an_output_is_told_what_it_knows_or_the_usual_for_its_kind(kind: ActionKind) -> None:
    faults = {
        option: fault_of_action(Action(kind, "O1", option)) for option in ("", "on", "off", "pulse", "open")
    }
    assert faults == {"": "", "on": "", "off": "", "pulse": "", "open": "action_incomplete"}


def test_each_saving_is_a_version_and_an_old_one_can_be_brought_back(desk: RuleDesk) -> None:
    first = desk.save(BOSS, new())
    second = desk.save(BOSS, replace(first, cool_down_s=10.0))
    third = desk.restore(BOSS, second, 1)
    assert [one.version for one in (first, second, third)] == [1, 2, 3]
    assert (third.cool_down_s, second.cool_down_s) == (60.0, 10.0)
    assert [kept.version for _at, kept in desk.versions_of(first.id)] == [3, 2, 1]
    assert desk.all() == [third]


def test_any_change_of_the_rules_is_seen_by_their_stamp(desk: RuleDesk, database: Database) -> None:
    def stamp() -> object:
        return database.read(lambda view: view.rules.stamp())

    stamps = [stamp()]
    first = desk.save(BOSS, new("A"))
    stamps.append(stamp())
    # One gone and one come in its place: as many as before, all saved as often.
    desk.remove(BOSS, first)
    second = desk.save(BOSS, new("B"))
    stamps.append(stamp())
    second = desk.set_enabled(BOSS, second, False)
    stamps.append(stamp())
    desk.remove(BOSS, second)
    stamps.append(stamp())
    assert len(set(stamps)) == len(stamps)


def test_only_those_who_may_edit_linkage_change_anything(desk: RuleDesk, database: Database) -> None:
    saved = desk.save(BOSS, new())
    for command in (
        lambda: desk.save(OPERATOR, saved),
        lambda: desk.set_enabled(OPERATOR, saved, False),
        lambda: desk.remove(OPERATOR, saved),
        lambda: desk.restore(OPERATOR, saved, 1),
        lambda: desk.take_file(OPERATOR, rules_to_text([saved])),
    ):
        with pytest.raises(ServiceError, match=r"identity\.forbidden"):
            command()
    assert desk.all() == [saved]
    assert verify_audit(database.url).rows == 1


def test_two_people_cannot_overwrite_each_other(desk: RuleDesk) -> None:
    seen = desk.save(BOSS, new())
    desk.set_enabled(BOSS, seen, False)
    with pytest.raises(ServiceError, match=r"storage\.conflict"):
        desk.save(BOSS, replace(seen, name="别的"))
    with pytest.raises(ServiceError, match=r"linkage\.name_taken"):
        desk.save(BOSS, new("东门"))


def test_every_change_is_told_to_every_process(desk: RuleDesk, database: Database) -> None:
    saved = desk.save(BOSS, new())
    off = desk.set_enabled(BOSS, saved, False)
    desk.remove(BOSS, off)
    facts = [decode(row) for row in database.read(lambda view: view.changes_after(0, 100))]
    changes = [fact.change for fact in facts if isinstance(fact, LinkageRuleChanged)]
    assert changes == ["saved", "disabled", "removed"]


def test_a_rule_that_is_gone_and_comes_back_goes_on_counting_its_versions(desk: RuleDesk) -> None:
    saved = desk.save(BOSS, new())
    text = rules_to_text([saved])
    desk.remove(BOSS, saved)
    (again,) = desk.take_file(BOSS, text)
    assert (again.id, again.version) == (saved.id, 2)


def test_an_exported_file_comes_in_equal_and_whole(desk: RuleDesk) -> None:
    nested = Trigger(
        TriggerKind.COUNT, parts=(PANIC, Trigger(TriggerKind.NOT, parts=(PANIC,))), least=2, within_s=9.0
    )
    rules = [desk.save(BOSS, new("甲", trigger=nested)), desk.save(BOSS, new("乙", in_order=True))]
    came = rules_from_text(rules_to_text(rules))
    assert came == [replace(one, version=1, row_version=1) for one in rules]


@pytest.mark.parametrize(
    ("spoil", "where"),
    [
        (lambda r: r["actions"][0].update(kind="explode"), "rules[0].actions[0].kind"),
        (lambda r: r["actions"][0].update(taget="O1"), "rules[0].actions[0].taget"),
        (lambda r: r["trigger"].update(values="panic"), "rules[0].trigger.values"),
        (lambda r: r["trigger"].update(values=["no such class"]), "rules[0]"),
        (lambda r: r.update(name="\ud800"), "rules[0]"),
        (lambda r: r.update(id="feeds"), "rules[0].id"),
        (lambda r: r.update(cool_down_s="60"), "rules[0].cool_down_s"),
        (lambda r: r.update(actions=[]), "rules[0]"),
        (lambda r: r.update(is_enabled="yes"), "rules[0].is_enabled"),
    ],
)
def test_a_wrong_file_is_refused_whole_and_says_where(desk: RuleDesk, spoil: object, where: str) -> None:
    plain = json.loads(rules_to_text([replace(new(), id="one")]))
    spoil(plain["rules"][0])  # type: ignore[operator]
    plain["rules"].append(json.loads(rules_to_text([replace(new("乙"), id="two")]))["rules"][0])
    with pytest.raises(ServiceError) as refused:
        desk.take_file(BOSS, json.dumps(plain))
    assert refused.value.code in ("linkage.file_invalid", "linkage.rule_invalid")
    assert refused.value.params["where"] == where
    assert desk.all() == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        "null",
        '{"shouwang_linkage": 1}',
        '{"shouwang_linkage": 2, "rules": []}',
        "NaN",
        "[" * 5000,
    ],
)
def test_what_is_no_rule_file_is_refused(text: str) -> None:
    with pytest.raises(ServiceError, match=r"linkage\.file_invalid"):
        rules_from_text(text)


def test_a_huge_file_is_not_even_read() -> None:
    with pytest.raises(ServiceError, match=r"linkage\.file_too_large"):
        rules_from_text(" " * (MOST_BYTES + 1))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)
KEYS = st.sampled_from(
    ["id", "name", "trigger", "actions", "cool_down_s", "is_enabled", "in_order", "version"]
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(key=KEYS, value=JSON)
def test_no_file_brings_in_a_rule_that_is_none(key: str, value: object) -> None:
    plain = json.loads(rules_to_text([replace(new(), id="one")]))
    plain["rules"][0][key] = value
    try:
        came = rules_from_text(json.dumps(plain))
    except ServiceError as refused:
        code = refused.code
    else:
        code = f"linkage.{fault_of_rule(came[0])}" if fault_of_rule(came[0]) else ""
    assert code in ("linkage.file_invalid", "linkage.rule_invalid", "")


def test_a_dry_run_names_the_past_alarms_and_does_nothing(
    campus: Campus, database: Database, clock: ManualClock
) -> None:
    old = campus.press(1)
    clock.advance(8 * 86400.0)
    panic = campus.press(2)
    campus.press(11, "130")
    clock.advance(3600.0)
    before = database.read(lambda view: view.seq)
    found = dry_run(database, clock, SITE, rule(DOOR), days=7)
    assert [alarm.id for alarm in found.hits] == [panic.id]
    assert found.looked_at == 2
    assert [a.id for a in dry_run(database, clock, SITE, rule(DOOR), days=30).hits] == [panic.id, old.id]
    assert database.read(lambda view: view.seq) == before
    assert campus.hands.asked == []


def test_the_shipped_rules_are_rules(desk: RuleDesk) -> None:
    text = resource("linkage", "starter.json").read_text(encoding="utf-8")
    assert len(desk.take_file(BOSS, text)) >= 3


def test_the_shipped_rules_speak_both_languages(desk: RuleDesk) -> None:
    text = resource("linkage", "starter.json").read_text(encoding="utf-8")
    rules = desk.take_file(BOSS, text)
    said = [action for one in rules for action in one.actions if action.text]
    assert len(said) >= 3
    assert all(one.name_en for one in rules)
    assert all(action.text_en.isascii() and action.text_en for action in said)
