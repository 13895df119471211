"""A plan is written by keyboard and mouse, its faults are named, and no edit is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from services.domain.plan_steps import StepKind
from services.domain.plans import Plan, PlanState
from tests.views.plans.conftest import CHEN, LIN, WANG, Office, Wait
from tests.views.plans.test_library_screen import choose
from views.plans.screen import PlansScreen

FIRE = "火灾处置预案"


def stored(office: Office, plan_id: str = "fire") -> Plan:
    return next(plan for plan in office.library.all() if plan.id == plan_id)


@pytest.fixture
def editor(office: Office, wait_until: Wait) -> PlansScreen:
    """The fire plan, open to be written."""
    screen = office.as_(CHEN)
    choose(screen, FIRE, wait_until)
    screen.reader.edit.click()
    wait_until(lambda: office.jobs.is_idle)
    screen.editor.tabs.setCurrentIndex(1)
    return screen


def titles(screen: PlansScreen) -> list[str]:
    return [step.title for step in screen.editor._presenter.text.steps]


def faults(screen: PlansScreen) -> list[str]:
    lines = screen.editor.faults
    return [lines.item(row).text() for row in range(lines.count())]


def test_what_is_typed_is_saved_as_a_draft_beside_the_version_in_force(
    office: Office, editor: PlansScreen, wait_until: Wait
) -> None:
    form = editor.editor.steps.form
    editor.editor.steps.list.setCurrentRow(3)
    form.deadline.setText("半分钟")
    form.deadline.editingFinished.emit()
    assert form.deadline.text() == "30 秒"
    form.text.setPlainText("先报警再救火")
    assert "未保存" in editor.editor.title.text()
    editor.editor.save.click()
    wait_until(lambda: "已保存草稿。可以送审了" in editor.editor.message.text())

    plan = stored(office)
    assert (plan.state, plan.version) == (PlanState.DRAFT, 1)
    assert (plan.text.steps[3].deadline_s, plan.text.steps[3].text) == (30.0, "先报警再救火")
    assert office.library.in_force()[0].text != plan.text


def test_what_is_no_span_of_time_is_put_back(editor: PlansScreen) -> None:
    form = editor.editor.steps.form
    editor.editor.steps.list.setCurrentRow(3)
    form.deadline.setText("尽快")
    form.deadline.editingFinished.emit()

    assert form.deadline.text() == "1 分钟"
    assert not editor.editor._presenter.is_edited


def test_steps_move_by_keyboard_and_by_mouse_and_come_back(editor: PlansScreen) -> None:
    before = titles(editor)
    lines = editor.editor.steps.list
    lines.setFocus()
    lines.setCurrentRow(1)
    QTest.keyClick(lines, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert titles(editor) == [before[1], before[0], *before[2:]]
    assert lines.currentRow() == 0
    # Let go below the third line: what Qt tells when a line was dragged there.
    lines.model().moveRow(QModelIndex(), 0, QModelIndex(), 3)
    assert titles(editor) == [before[0], before[2], before[1], *before[3:]]
    editor.editor.undo.click()
    editor.editor.undo.click()
    assert titles(editor) == before
    editor.editor.redo.click()
    assert titles(editor) == [before[1], before[0], *before[2:]]


def test_a_step_is_added_named_and_removed_by_keyboard(editor: PlansScreen) -> None:
    before = titles(editor)
    lines, form = editor.editor.steps.list, editor.editor.steps.form
    lines.setFocus()
    lines.setCurrentRow(0)
    QTest.keyClick(lines, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is form.title
    assert faults(editor) == ["第 2 步：没有标题，或标题超过 120 个字。"]
    QTest.keyClicks(form.title, "Look")
    assert titles(editor) == [before[0], "Look", *before[1:]]
    assert faults(editor) == []
    lines.setFocus()
    QTest.keyClick(lines, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert titles(editor) == before


def test_a_word_typed_in_one_go_is_undone_in_one_go(editor: PlansScreen) -> None:
    form = editor.editor.steps.form
    editor.editor.steps.list.setCurrentRow(0)
    before = form.title.text()
    form.title.end(False)
    QTest.keyClicks(form.title, " now")
    editor.editor.undo.click()

    assert form.title.text() == before


def test_a_fault_names_the_step_and_leads_to_it(editor: PlansScreen) -> None:
    lines = editor.editor.steps.list
    lines.setCurrentRow(3)
    editor.editor.steps.remove.click()
    assert faults(editor) == ["第 3 步“现场怎么说”：下一步“call_119”已经没有了。请重新选择。"]
    editor.editor.tabs.setCurrentIndex(0)
    editor.editor.faults.itemActivated.emit(editor.editor.faults.item(0))

    assert editor.editor.tabs.currentIndex() == 1
    assert lines.currentRow() == 2


def test_a_draft_with_faults_is_saved_but_cannot_go_to_review(
    office: Office, editor: PlansScreen, wait_until: Wait
) -> None:
    editor.editor.steps.list.setCurrentRow(3)
    editor.editor.steps.remove.click()
    editor.editor.save.click()
    wait_until(
        lambda: (
            "还有 2 处要改" in editor.editor.message.text() or "还有 1 处要改" in editor.editor.message.text()
        )
    )
    editor.editor.back.click()
    wait_until(lambda: editor.reader.send.isVisible())
    editor.reader.send.click()
    wait_until(lambda: office.refused)

    assert office.refused[0].code == "plans.not_ready"


def test_another_kind_of_step_shows_other_fields(editor: PlansScreen) -> None:
    form = editor.editor.steps.form
    editor.editor.steps.list.setCurrentRow(3)
    for kind, shown in (
        (StepKind.FORM, form.fields),
        (StepKind.WAIT, form.wait),
        (StepKind.CHOICE, form.choices),
        (StepKind.DISPATCH, form.units),
    ):
        form.kind.setCurrentIndex(form.kind.findData(kind))
        form.kind.activated.emit(form.kind.currentIndex())
        assert editor.editor._presenter.text.steps[3].kind is kind
        others = {form.fields, form.wait, form.choices, form.units} - {shown}
        assert shown.isVisible()
        assert not any(widget.isVisible() for widget in others)


def test_two_writers_are_told_of_each_other_and_neither_loses_a_word(
    office: Office, editor: PlansScreen, wait_until: Wait
) -> None:
    office.desk.save(LIN, stored(office), replace(stored(office).text, purpose="林科长的改动"))
    editor.editor.head.purpose.setPlainText("陈处长的改动")
    editor.editor.save.click()
    wait_until(lambda: editor.editor.conflict.isVisible())
    lines = editor.editor.differences
    assert [lines.item(row).text() for row in range(lines.count())] == [
        "目的：“林科长的改动” → “陈处长的改动”"
    ]
    assert "林科长" in editor.editor._conflict_text.text()
    assert stored(office).text.purpose == "林科长的改动"
    assert not editor.editor.save.isEnabled()
    editor.editor.mine.click()
    assert not editor.editor.conflict.isVisible()
    editor.editor.save.click()
    wait_until(lambda: "已保存草稿" in editor.editor.message.text())

    assert stored(office).text.purpose == "陈处长的改动"


def test_the_other_ones_text_can_be_taken(office: Office, editor: PlansScreen, wait_until: Wait) -> None:
    office.desk.save(LIN, stored(office), replace(stored(office).text, purpose="林科长的改动"))
    editor.editor.head.purpose.setPlainText("陈处长的改动")
    editor.editor.save.click()
    wait_until(lambda: editor.editor.conflict.isVisible())
    editor.editor.theirs.click()

    assert editor.editor.head.purpose.toPlainText() == "林科长的改动"
    assert not editor.editor._presenter.is_edited


def test_what_was_typed_and_not_saved_is_there_after_a_crash(
    office: Office, editor: PlansScreen, wait_until: Wait
) -> None:
    editor.editor.head.purpose.setPlainText("还没有保存的话")
    editor.editor._presenter.keep()
    wait_until(lambda: office.jobs.is_idle)
    # Another start of the seat: nothing of the first window is asked.
    again = office.as_(CHEN)
    choose(again, FIRE, wait_until)
    again.reader.edit.click()
    wait_until(lambda: "已恢复" in again.editor.message.text())

    assert again.editor.head.purpose.toPlainText() == "还没有保存的话"
    assert again.editor.save.isEnabled()


def test_a_draft_kept_from_an_older_state_is_a_conflict_at_once(
    office: Office, editor: PlansScreen, wait_until: Wait
) -> None:
    editor.editor.head.purpose.setPlainText("旧稿里的话")
    editor.editor.back.click()
    wait_until(lambda: office.jobs.is_idle)
    office.desk.save(LIN, stored(office), replace(stored(office).text, purpose="林科长的改动"))
    again = office.as_(CHEN)
    choose(again, FIRE, wait_until)
    again.reader.edit.click()
    wait_until(lambda: again.editor.conflict.isVisible())

    assert again.editor.head.purpose.toPlainText() == "旧稿里的话"
    assert not again.editor.save.isEnabled()


def test_a_new_plan_is_begun_and_saved(office: Office, wait_until: Wait) -> None:
    screen = office.as_(CHEN)
    wait_until(lambda: screen.list.table.rowCount() == 10)
    screen.list.new.click()
    assert faults(screen) == ["还没有步骤。请至少写一步。"]
    screen.editor.head.name.setText("")
    QTest.keyClicks(screen.editor.head.name, "Snow")
    screen.editor.save.click()
    wait_until(lambda: "已保存草稿" in screen.editor.message.text())
    screen.editor.back.click()
    wait_until(lambda: screen.list.table.rowCount() == 11)

    assert "Snow" in [plan.name for plan in office.library.all()]
    assert screen.list._presenter.chosen is not None
    assert screen.list._presenter.chosen.name == "Snow"


def test_rows_of_people_are_written_into_the_table(editor: PlansScreen) -> None:
    table = editor.editor.people.table("call_tree")
    row = table.table.rowCount()
    table.add.click()
    item = table.table.item(row, 0)
    assert item is not None
    item.setText("校医")
    within = table.table.item(row, 5)
    assert within is not None
    within.setText("2 分钟")
    call = editor.editor._presenter.text.call_tree[row]
    assert (call.who, call.within_s) == ("校医", 120.0)
    within = table.table.item(row, 5)
    assert within is not None
    within.setText("很快")

    assert editor.editor._presenter.text.call_tree[row].within_s == 120.0
    shown = table.table.item(row, 5)
    assert shown is not None
    assert shown.text() == "2 分钟"


def test_an_operator_is_offered_neither_new_nor_edit(office: Office, wait_until: Wait) -> None:
    screen = office.as_(WANG)
    choose(screen, FIRE, wait_until)

    assert not screen.list.new.isVisible()
    assert not screen.reader.edit.isVisible()


def test_a_step_is_given_to_the_program_with_words_that_fit(editor: PlansScreen) -> None:
    form, presenter = editor.editor.steps.form, editor.editor._presenter
    editor.editor.steps.list.setCurrentRow(3)
    box = form.action
    assert not box.target.isVisible()
    box.kind.setCurrentIndex(box.kind.findText("通知席位"))
    box.kind.activated.emit(box.kind.currentIndex())
    action = presenter.text.steps[3].action
    assert action is not None
    assert (action.kind.value, action.target, action.text) == ("notify", "operator", "拨打 119")
    assert box.target.isVisible()
    assert faults(editor) == []
    box.text.clear()
    box.text.textEdited.emit("")
    assert faults(editor) == ["第 4 步“拨打 119”：自动动作没有填全。请补全，或改为由人来做。"]
    box.kind.setCurrentIndex(0)
    box.kind.activated.emit(0)

    assert presenter.text.steps[3].action is None


def test_what_was_typed_is_given_up_by_the_second_press_and_typing_on_takes_the_question_back(
    editor: PlansScreen,
) -> None:
    page = editor.editor
    page.head.purpose.setPlainText("第一句")
    page.give_up.click()
    assert "再按一次放弃修改" in page.message.text()
    page.head.purpose.setPlainText("第二句")
    page.give_up.click()
    assert page._presenter.text.purpose == "第二句"
    page.give_up.click()
    assert page._presenter.text.purpose != "第二句"
    assert not page._presenter.is_edited
