"""Rules are read in plain words, written, tried on the past, restored and exchanged on one screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTreeWidgetItem

from services.core.errors import ServiceError
from services.core.jobs import Jobs
from services.core.paths import resource
from services.domain.linkage import ActionKind, Rule
from services.domain.people import Role, Session
from services.domain.triggers import Trigger, TriggerKind
from services.linkage.dryrun import dry_run
from services.linkage.rules import RuleDesk
from tests.views.seat import Campus
from ui.board import LiveBoard
from ui.i18n import speak
from ui.jobs import UiJobs
from ui.linkage.plan_names import learn_plans
from ui.linkage.sentence import rule_sentence
from views.linkage.draft import first_trigger, new_rule, part_at, with_added, with_part
from views.linkage.presenter import LinkagePresenter
from views.linkage.screen import LinkageScreen
from views.linkage.values import ValueFields

BOSS = Session("boss", "处长", Role.SUPERVISOR, "SEAT-9")
Wait = Callable[..., object]


class Desk:
    """The screen over a real record."""

    def __init__(self, campus: Campus) -> None:
        self.campus = campus
        self.rules = RuleDesk(campus.database, campus.clock)
        self.rules.take_file(BOSS, resource("linkage", "starter.json").read_text(encoding="utf-8"))
        self.pool = Jobs("linkage-screen")
        self.jobs = UiJobs(self.pool)
        self.refused: list[ServiceError] = []
        self.presenter = LinkagePresenter(
            live=LiveBoard(campus.database.read(lambda view: view.board())),
            commands=self.rules,
            dry_run=partial(dry_run, campus.database, campus.clock),
            session=BOSS,
            site=campus.site,
            jobs=self.jobs,
        )
        self.presenter.refused.connect(self.refused.append)
        self.screen = LinkageScreen(self.presenter)
        self.screen.resize(1366, 768)
        self.screen.show()

    def close(self) -> None:
        self.screen.close()
        self.screen.deleteLater()
        self.jobs.close()
        self.pool.stop()
        QApplication.processEvents()


@pytest.fixture
def desk(qapp: QApplication, campus: Campus, wait_until: Wait) -> Iterator[Desk]:
    qapp.processEvents()
    desk = Desk(campus)
    wait_until(lambda: desk.screen.list.count() == 4)
    yield desk
    desk.close()
    speak("zh")


def stored(desk: Desk, rule_id: str) -> Rule:
    return next(rule for rule in desk.rules.all() if rule.id == rule_id)


def test_a_rule_reads_as_a_sentence_in_both_languages(desk: Desk) -> None:
    rule = stored(desk, "starter-panic")
    zh = rule_sentence(rule, desk.campus.site)
    assert zh.startswith("当发生一键报警时，则报警声、")
    speak("en")
    assert rule_sentence(rule, desk.campus.site).startswith("When there is: Panic alarm: Alarm sound, ")
    night = Trigger(
        TriggerKind.ALL,
        parts=(
            Trigger(TriggerKind.ZONE, ("Z01",)),
            Trigger(TriggerKind.NOT, parts=(Trigger(TriggerKind.SCHEDULE, ("daily 08:00-18:00",)),)),
        ),
    )
    speak("zh")
    said = rule_sentence(Rule("", "夜间", "", night, ()), desk.campus.site)
    assert "来自防区 Z01" in said
    assert "且 不是（时间在 daily 08:00-18:00）" in said


def test_what_is_typed_is_saved_as_the_next_version(desk: Desk, wait_until: Wait) -> None:
    desk.screen.list.setCurrentRow(0)
    wait_until(lambda: desk.presenter.draft is not None)
    draft = desk.presenter.draft
    assert draft is not None
    assert not desk.screen.save.isEnabled()
    desk.screen.form.cool_down.setValue(15)
    assert desk.screen.save.isEnabled()
    # What is not saved cannot be switched: it would take along what was typed.
    assert not desk.screen.enable.isEnabled()
    desk.screen.save.click()
    wait_until(lambda: stored(desk, draft.id).version == 2)
    assert stored(desk, draft.id).cool_down_s == 15.0
    wait_until(lambda: not desk.presenter.is_edited)


def test_a_condition_is_added_and_ticked_and_an_action_changed(desk: Desk, wait_until: Wait) -> None:
    desk.presenter.begin("东门夜间")
    form = desk.screen.form
    menu = next(a for a in form.conditions.add.menu().actions() if a.data() == TriggerKind.ZONE)
    menu.trigger()
    item = next(
        form.conditions.values.ticks.item(row)
        for row in range(form.conditions.values.ticks.count())
        if form.conditions.values.ticks.item(row).text().startswith("Z01")
    )
    item.setCheckState(Qt.CheckState.Checked)
    fields = form.action_list.fields
    fields.kind.setCurrentIndex(fields.kind.findData(ActionKind.NOTIFY.value))
    fields.kind.activated.emit(fields.kind.currentIndex())
    fields.text.setText("去看")
    fields.text.textEdited.emit("去看")
    draft = desk.presenter.draft
    assert draft is not None
    assert draft.trigger.parts[1] == Trigger(TriggerKind.ZONE, ("Z01",))
    assert (draft.actions[0].kind, draft.actions[0].target, draft.actions[0].text) == (
        ActionKind.NOTIFY,
        "all",
        "去看",
    )
    assert "去看" in form.preview.text()
    desk.screen.save.click()
    wait_until(lambda: any(rule.name == "东门夜间" for rule in desk.rules.all()))


def test_a_time_of_day_is_typed_and_saved(desk: Desk, wait_until: Wait) -> None:
    values = begun(desk, "夜间", TriggerKind.SCHEDULE)
    values.line.selectAll()
    QTest.keyClicks(values.line, "mon-fri 22:00-06:00; sat,sun 00:00-24:00")
    hours = ("mon-fri 22:00-06:00", "sat,sun 00:00-24:00")
    assert saved(desk, "夜间", wait_until) == Trigger(TriggerKind.SCHEDULE, hours)
    assert "mon-fri 22:00-06:00" in desk.screen.form.preview.text()


def test_the_groups_that_must_be_armed_are_ticked_and_saved(desk: Desk, wait_until: Wait) -> None:
    values = begun(desk, "布防时", TriggerKind.ARMED)
    groups = [group.no for group in desk.campus.site.arm_groups]
    shown = [values.ticks.item(row) for row in range(values.ticks.count())]
    assert [item.text().split()[0] for item in shown] == groups
    for item in shown[:2]:
        item.setCheckState(Qt.CheckState.Checked)
    assert saved(desk, "布防时", wait_until) == Trigger(TriggerKind.ARMED, tuple(groups[:2]))
    # The rule is open again as it was saved, and a tick taken away is gone from the next version.
    values.ticks.item(0).setCheckState(Qt.CheckState.Unchecked)
    desk.screen.save.click()
    wait_until(lambda: named(desk, "布防时").version == 2)
    assert named(desk, "布防时").trigger.parts[-1] == Trigger(TriggerKind.ARMED, (groups[1],))


def test_the_corners_of_an_area_are_typed_and_saved(desk: Desk, wait_until: Wait) -> None:
    values = begun(desk, "东门外", TriggerKind.AREA)
    QTest.keyClicks(values.corners, "470,170; 500,170;500.5 200; x")
    corners = ((470.0, 170.0), (500.0, 170.0), (500.5, 200.0))
    assert saved(desk, "东门外", wait_until) == Trigger(TriggerKind.AREA, area=corners)


def test_an_area_of_the_plan_is_taken_and_saved(desk: Desk, wait_until: Wait) -> None:
    values = begun(desk, "平面图", TriggerKind.AREA)
    areas = desk.campus.site.areas
    assert values.areas.count() == len(areas) + 1
    values.areas.setCurrentIndex(2)
    values.areas.activated.emit(2)
    assert saved(desk, "平面图", wait_until) == Trigger(TriggerKind.AREA, area=areas[1].outline)


def test_three_of_four_conditions_within_half_a_minute_are_set_and_saved(
    desk: Desk, wait_until: Wait
) -> None:
    values = begun(desk, "四取三", TriggerKind.COUNT)
    conditions = desk.screen.form.conditions
    for kind in (TriggerKind.PRIORITY, TriggerKind.CLASS, TriggerKind.SCHEDULE, TriggerKind.PRIORITY):
        add_condition(desk, kind)
        conditions.tree.setCurrentItem(last_of_top(desk))
    values.least.setValue(3)
    values.within.setValue(30)
    parts = (
        Trigger(TriggerKind.PRIORITY, ("1",)),
        Trigger(TriggerKind.CLASS, ("panic",)),
        Trigger(TriggerKind.SCHEDULE, ("mon-fri 22:00-06:00",)),
        Trigger(TriggerKind.PRIORITY, ("1",)),
    )
    assert saved(desk, "四取三", wait_until) == Trigger(
        TriggerKind.COUNT, parts=parts, least=3, within_s=30.0
    )


def begun(desk: Desk, name: str, kind: TriggerKind) -> ValueFields:
    """A new rule with one more condition of this kind, which is the chosen one; its fields."""
    desk.presenter.begin(name)
    add_condition(desk, kind)
    return desk.screen.form.conditions.values


def add_condition(desk: Desk, kind: TriggerKind) -> None:
    menu = desk.screen.form.conditions.add.menu()
    assert menu is not None
    next(action for action in menu.actions() if action.data() == kind).trigger()


def last_of_top(desk: Desk) -> QTreeWidgetItem:
    top = desk.screen.form.conditions.tree.topLevelItem(0)
    assert top is not None
    last = top.child(top.childCount() - 1)
    assert last is not None
    return last


def named(desk: Desk, name: str) -> Rule:
    return next(rule for rule in desk.rules.all() if rule.name == name)


def saved(desk: Desk, name: str, wait_until: Wait) -> Trigger:
    """The last condition of the rule as the record has it, after the save button."""
    desk.screen.save.click()
    wait_until(lambda: any(rule.name == name for rule in desk.rules.all()) or desk.refused)
    assert [error.code for error in desk.refused] == []
    wait_until(lambda: not desk.presenter.is_edited)
    return named(desk, name).trigger.parts[-1]


def test_a_wrong_rule_is_refused_and_what_was_typed_stays(desk: Desk, wait_until: Wait) -> None:
    desk.presenter.begin("火灾联动")
    desk.screen.save.click()
    wait_until(lambda: desk.refused)
    assert desk.refused[0].code == "linkage.name_taken"
    assert "火灾联动" in desk.screen.message.text()
    assert desk.presenter.draft is not None
    assert desk.presenter.draft.name == "火灾联动"


def test_a_dry_run_shows_the_past_alarms_it_would_have_run_for(desk: Desk, wait_until: Wait) -> None:
    for zone in ("Z01", "Z11"):
        desk.campus.ring(zone)
    desk.presenter.choose("starter-intrusion")
    desk.screen.trial.run.click()
    wait_until(lambda: desk.screen.trial.list.count() == 1)
    assert "2" in desk.screen.trial.sum.text()
    # Another rule: what was found says nothing about it.
    desk.presenter.choose("starter-fire")
    assert desk.screen.trial.list.count() == 0


def test_an_earlier_version_comes_back_as_a_new_one(desk: Desk, wait_until: Wait) -> None:
    desk.presenter.choose("starter-fire")
    desk.screen.form.cool_down.setValue(5)
    desk.presenter.save()
    wait_until(lambda: stored(desk, "starter-fire").version == 2 and not desk.presenter.is_edited)
    desk.screen.tabs.setCurrentWidget(desk.screen.versions)
    wait_until(lambda: desk.screen.versions.list.count() == 2)
    desk.screen.versions.list.setCurrentRow(1)
    desk.screen.versions.restore.click()
    wait_until(lambda: stored(desk, "starter-fire").version == 3)
    assert stored(desk, "starter-fire").cool_down_s == 60.0


def test_a_version_stays_chosen_when_the_versions_are_read_again(desk: Desk, wait_until: Wait) -> None:
    desk.presenter.choose("starter-fire")
    desk.screen.form.cool_down.setValue(5)
    desk.presenter.save()
    wait_until(lambda: stored(desk, "starter-fire").version == 2 and not desk.presenter.is_edited)
    desk.screen.tabs.setCurrentWidget(desk.screen.versions)
    wait_until(lambda: desk.screen.versions.list.count() == 2)
    desk.screen.versions.list.setCurrentRow(1)
    read: list[object] = []
    desk.presenter.versions_read.connect(read.append)
    desk.presenter.read_versions()
    wait_until(lambda: read)
    assert desk.screen.versions.list.currentRow() == 1
    assert desk.screen.versions.restore.isEnabled()


def test_a_command_goes_by_what_the_last_one_wrote(desk: Desk, wait_until: Wait) -> None:
    desk.presenter.choose("starter-fire")
    desk.screen.form.cool_down.setValue(5)
    desk.presenter.save()
    wait_until(lambda: not desk.presenter.is_edited)
    desk.presenter.set_enabled(False)
    wait_until(lambda: not stored(desk, "starter-fire").is_enabled or desk.refused)
    assert not desk.refused


def test_files_go_out_and_come_in_and_a_wrong_one_says_where(
    desk: Desk, wait_until: Wait, tmp_path: Path
) -> None:
    path = tmp_path / "rules.json"
    desk.presenter.export_to(path)
    wait_until(lambda: desk.jobs.is_idle and path.exists())
    desk.presenter.import_from(path)
    wait_until(lambda: desk.jobs.is_idle and stored(desk, "starter-fire").version == 2)
    path.write_text(path.read_text(encoding="utf-8").replace('"sound"', '"explode"'), encoding="utf-8")
    desk.presenter.import_from(path)
    wait_until(lambda: desk.refused)
    assert desk.refused[0].code == "linkage.file_invalid"
    assert "rules[0]" in desk.screen.message.text()
    wait_until(lambda: desk.jobs.is_idle)
    desk.refused.clear()
    desk.presenter.import_from(tmp_path / "none.json")
    wait_until(lambda: desk.refused)
    assert desk.refused[0].code == "linkage.file_unreadable"


def test_a_new_condition_goes_where_it_can_be() -> None:
    top = new_rule("x").trigger
    negated, path = with_added(top, (), first_trigger(TriggerKind.NOT))
    inside, inner = with_added(negated, path, first_trigger(TriggerKind.CLASS))
    assert inner == (*path, 0)
    # "Not" holds one condition only: the next one goes beside it.
    grown, beside = with_added(inside, inner, first_trigger(TriggerKind.CODE))
    assert beside == (len(inside.parts),)
    assert part_at(with_part(grown, beside, None), beside) is None


def test_the_screen_says_everything_in_english_too(desk: Desk, qapp: QApplication) -> None:
    desk.presenter.choose("starter-panic")
    speak("en")
    qapp.processEvents()
    form = desk.screen.form
    texts = [form.preview.text(), form.conditions.add.text(), desk.screen.save.text()]
    texts.append(desk.screen.list.item(0).text())
    texts.append(form.action_list.fields.kind.currentText())
    rule_words = "一键报警：{place}，{name}"  # the rule's own text is not ours to translate
    assert all(ord(letter) < 0x2E80 for text in texts for letter in text.replace(rule_words, ""))


def test_a_plan_is_chosen_by_name_and_read_by_name(desk: Desk) -> None:
    learn_plans({"0193af": ("宿舍火灾", "Dormitory fire"), "flood": ("内涝", "")})
    desk.presenter.begin("火灾开预案")
    fields = desk.screen.form.action_list.fields
    fields.kind.setCurrentIndex(fields.kind.findData(ActionKind.PLAN))
    fields.kind.activated.emit(fields.kind.currentIndex())
    offered = [fields.target.itemText(row) for row in range(fields.target.count())]
    assert sorted(offered) == ["内涝", "宿舍火灾"]
    fields.target.setCurrentIndex(offered.index("宿舍火灾"))
    fields.target.activated.emit(fields.target.currentIndex())
    draft = desk.presenter.draft
    assert draft is not None
    assert (draft.actions[0].kind, draft.actions[0].target) == (ActionKind.PLAN, "0193af")
    assert "宿舍火灾" in rule_sentence(draft, desk.campus.site)
    speak("en")
    assert "Dormitory fire" in rule_sentence(draft, desk.campus.site)
    learn_plans({})
    assert "0193af" in rule_sentence(draft, desk.campus.site)


def test_a_rule_is_removed_by_the_second_press_and_anything_between_takes_it_back(
    desk: Desk, wait_until: Wait
) -> None:
    desk.screen.list.setCurrentRow(0)
    wait_until(lambda: desk.presenter.draft is not None and desk.jobs.is_idle)
    count = len(desk.rules.all())
    desk.screen.remove.click()
    assert "再按一次删除" in desk.screen.message.text()
    desk.screen.list.setCurrentRow(1)
    desk.screen.remove.click()
    wait_until(lambda: desk.jobs.is_idle)
    assert len(desk.rules.all()) == count
    desk.screen.remove.click()
    wait_until(lambda: len(desk.rules.all()) == count - 1)


def test_what_was_typed_is_left_by_the_second_press_only(desk: Desk, wait_until: Wait) -> None:
    desk.presenter.begin("东门夜间")
    desk.screen.form.cool_down.setValue(15)
    desk.screen.new.click()
    assert "再按一次放弃" in desk.screen.message.text()
    assert desk.presenter.draft is not None
    assert desk.presenter.draft.name == "东门夜间"
    desk.screen.new.click()
    wait_until(lambda: desk.presenter.draft is not None and desk.presenter.draft.name == "新规则")
