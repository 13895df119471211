"""Plans are found, read, printed, reviewed and published on one screen."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtGui import QColor

from services.domain.people import Session
from services.domain.plans import PlanCategory, PlanState
from tests.ui.test_i18n import HAN
from tests.views.plans.conftest import CHEN, LEADER, LIN, WANG, Office, Wait
from ui.i18n import speak
from ui.theme import tokens
from views.plans.screen import PlansScreen


def names(screen: PlansScreen) -> list[str]:
    table = screen.list.table
    items = [table.item(row, 0) for row in range(table.rowCount())]
    return [item.text() for item in items if item is not None]


def choose(screen: PlansScreen, name: str, wait_until: Wait) -> None:
    wait_until(lambda: name in names(screen))
    screen.list.table.setCurrentCell(names(screen).index(name), 0)
    wait_until(lambda: screen.reader.page.toPlainText().startswith(name))
    wait_until(lambda: "正在读取" not in screen.reader.page.toPlainText())


def test_an_empty_library_offers_the_samples_to_those_who_write_plans(
    empty_office: Office, wait_until: Wait
) -> None:
    screen = empty_office.as_(CHEN)
    wait_until(lambda: screen.list.samples.isVisible())
    screen.list.samples.click()
    wait_until(lambda: screen.list.table.rowCount() == 10)

    assert {plan.state for plan in empty_office.library.all()} == {PlanState.REVIEW}
    assert not screen.list.samples.isVisible()


def test_an_operator_sees_an_empty_library_and_what_to_do(empty_office: Office, wait_until: Wait) -> None:
    screen = empty_office.as_(WANG)
    wait_until(lambda: "还没有预案" in screen.list.empty.text())

    assert not screen.list.samples.isVisible()


@pytest.mark.parametrize("query", ["火灾", "huozai", "hz", "冒烟", "Fire"])
def test_a_plan_is_found_by_name_pinyin_and_the_words_that_call_it(
    office: Office, wait_until: Wait, query: str
) -> None:
    screen = office.as_(WANG)
    wait_until(lambda: screen.list.table.rowCount() == 10)
    screen.list.search.setText(query)

    assert "火灾处置预案" in names(screen)
    assert len(names(screen)) < 10


def test_filters_narrow_together(office: Office, wait_until: Wait) -> None:
    screen = office.as_(WANG)
    wait_until(lambda: screen.list.table.rowCount() == 10)
    box = screen.list
    box.level.setCurrentIndex(box.level.findData(1))
    assert set(names(screen)) == {"火灾处置预案", "危险化学品事故处置预案", "爆炸威胁处置预案"}
    box.category.setCurrentIndex(box.category.findData(PlanCategory.FIRE))
    assert names(screen) == ["火灾处置预案"]
    box.state.setCurrentIndex(box.state.findData(PlanState.DRAFT))
    assert names(screen) == []
    assert "没有符合条件的预案" in box.empty.text()


def test_a_drill_overdue_stands_first_and_red(office: Office, wait_until: Wait) -> None:
    # 180 days for fire, 365 for flood: on day 200 only the first kind is overdue.
    office.clock.advance(timedelta(days=200).total_seconds())
    screen = office.as_(WANG)
    wait_until(lambda: screen.list.table.rowCount() == 10)
    first, last = screen.list.table.item(0, 3), screen.list.table.item(9, 3)
    assert first is not None
    assert last is not None
    assert first.text().endswith("已过期")
    assert first.foreground().color() == QColor(tokens().bad)
    assert "已过期" not in last.text()
    screen.list.only_overdue.setChecked(True)

    assert len(names(screen)) == 5
    assert "暴雨内涝处置预案" not in names(screen)


def test_a_plan_is_read_whole_in_both_languages(office: Office, wait_until: Wait) -> None:
    screen = office.as_(WANG)
    choose(screen, "火灾处置预案", wait_until)
    page = screen.reader.page.toPlainText()
    for said in ("拨打 119", "不乘电梯", "确认起火 → 第 4 步“拨打 119”", "微型消防站", "请您先挂断", "40 秒"):
        assert said in page
    speak("en")
    wait_until(lambda: 'Fire confirmed → Step 4 "Call 119"' in screen.reader.page.toPlainText())
    english = screen.reader.page.toPlainText().splitlines()
    # People's names, and the words that callers use, stay as they are.
    chinese = [line for line in english if HAN.search(line)]

    assert len(chinese) == 2, chinese
    assert chinese[0].startswith("陈处长")
    assert chinese[1].startswith("起火, 着火")


def test_text_that_looks_like_markup_is_read_as_text(office: Office, wait_until: Wait) -> None:
    plan = office.library.all()[0]
    office.desk.save(CHEN, plan, replace(plan.text, name="<b>火</b>", purpose="<img src=x>"))
    screen = office.as_(CHEN)
    choose(screen, "<b>火</b>", wait_until)

    assert "<img src=x>" in screen.reader.page.toPlainText()


@pytest.mark.parametrize(("name", "begins"), [("a.pdf", b"%PDF"), ("a.docx", b"PK"), ("a.xlsx", b"PK")])
def test_a_plan_is_written_as_paper(office: Office, wait_until: Wait, name: str, begins: bytes) -> None:
    screen = office.as_(WANG)
    choose(screen, "火灾处置预案", wait_until)
    path = office.folder / name
    screen.reader.export_to(str(path))
    wait_until(lambda: "已写入" in screen.reader.message.text(), timeout_s=60)

    assert path.read_bytes().startswith(begins)
    if name == "a.docx":
        with zipfile.ZipFile(path) as parts:
            assert "不乘电梯" in parts.read("word/document.xml").decode()


def test_one_writes_another_publishes_and_the_change_is_said_in_words(
    office: Office, wait_until: Wait
) -> None:
    plan = next(plan for plan in office.library.all() if plan.id == "fire")
    call = replace(plan.text.steps[3], deadline_s=30.0)
    draft = office.desk.save(
        CHEN, plan, replace(plan.text, steps=(*plan.text.steps[:3], call, *plan.text.steps[4:]))
    )
    office.desk.send(CHEN, draft)
    own = office.as_(CHEN)
    choose(own, "火灾处置预案", wait_until)
    assert not own.reader.publish.isEnabled()
    assert "另一位" in own.reader.hint.text()

    screen = office.as_(LIN)
    choose(screen, "火灾处置预案", wait_until)
    wait_until(lambda: screen.reader.history.versions.count() == 2)
    changes = screen.reader.history.changes
    assert [changes.item(row).text().strip() for row in range(changes.count())] == [
        "步骤有改动：第 4 步“拨打 119”",
        "时限：“1 分钟” → “30 秒”",
    ]
    screen.reader.note.setText("消防处要求 30 秒")
    screen.reader.publish.click()
    wait_until(lambda: "已发布" in screen.reader.message.text())
    wait_until(
        lambda: screen.reader.history.versions.count() == 2 and "第 2 版" in screen.reader.page.toPlainText()
    )

    assert office.library.versions_of("fire")[0].note == "消防处要求 30 秒"
    assert office.refused == []


def test_an_operator_reads_what_is_in_force_not_the_draft(office: Office, wait_until: Wait) -> None:
    plan = next(plan for plan in office.library.all() if plan.id == "fire")
    office.desk.save(CHEN, plan, replace(plan.text, purpose="草稿里的话"))
    screen = office.as_(WANG)
    choose(screen, "火灾处置预案", wait_until)
    page = screen.reader.page.toPlainText()

    assert "第 1 版" in page
    assert "草稿里的话" not in page
    assert not screen.reader.edit.isVisible()


def test_giving_back_needs_a_reason(office: Office, wait_until: Wait) -> None:
    plan = next(plan for plan in office.library.all() if plan.id == "fire")
    office.desk.send(CHEN, office.desk.save(CHEN, plan, replace(plan.text, purpose="改了")))
    screen = office.as_(LIN)
    choose(screen, "火灾处置预案", wait_until)
    screen.reader.give_back.click()
    wait_until(lambda: office.refused)
    assert office.refused[0].code == "plans.note_needed"
    screen.reader.note.setText("话术没写")
    wait_until(lambda: screen.reader.give_back.isEnabled())
    screen.reader.give_back.click()
    wait_until(lambda: screen.reader.hint.text() == "审核退回：话术没写")


def test_running_and_drilling_are_offered_once_somebody_listens(office: Office, wait_until: Wait) -> None:
    screen = office.as_(LEADER)
    choose(screen, "火灾处置预案", wait_until)
    assert not screen.reader.run.isVisible()
    wanted: list[str] = []
    screen.run_wanted.connect(wanted.append)
    screen.drill_wanted.connect(wanted.append)
    screen.offer_runs()
    screen.reader.run.click()
    screen.reader.drill.click()

    assert wanted == ["fire", "fire"]


@pytest.mark.parametrize(("session", "offered"), [(WANG, (True, False)), (CHEN, (False, True))])
def test_each_role_is_offered_what_it_may(
    office: Office, wait_until: Wait, session: Session, offered: tuple[bool, bool]
) -> None:
    screen = office.as_(session)
    screen.offer_runs()
    choose(screen, "火灾处置预案", wait_until)

    assert (screen.reader.run.isVisible(), screen.reader.drill.isVisible()) == offered


def test_a_plan_is_retired_with_a_reason_and_found_again_under_retired(
    office: Office, wait_until: Wait
) -> None:
    screen = office.as_(CHEN)
    choose(screen, "火灾处置预案", wait_until)
    assert not screen.reader.note.isVisible()
    screen.reader.more.chosen.emit("retire")
    assert screen.reader.note.isVisible()
    screen.reader.note.setText("并入综合预案")
    screen.reader.retire.click()
    wait_until(lambda: len(names(screen)) == 9)
    box = screen.list
    box.state.setCurrentIndex(box.state.findData(PlanState.RETIRED))

    assert names(screen) == ["火灾处置预案"]
    assert screen.reader.hint.text() == "停用原因：并入综合预案"
    assert not screen.reader.retire.isVisible()


def test_the_first_plan_is_open_at_once_and_names_stand_as_in_a_dictionary(
    office: Office, wait_until: Wait
) -> None:
    screen = office.as_(WANG)
    wait_until(lambda: "正在读取" not in screen.reader.page.toPlainText() and len(names(screen)) == 10)

    # baoyu, baozha, dajia, feifa, huozai, renyuan, tingdian, tufa, weixian, xuesheng
    assert [name[0] for name in names(screen)] == list("暴爆打非火人停突危学")
    assert screen.reader.page.toPlainText().startswith("暴雨内涝处置预案")
