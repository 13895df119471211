"""A file is shown line by line with what became of it before anything of it is a plan."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from PySide6.QtGui import QColor

from tests.views.plans.conftest import CHEN, WANG, Office, Wait
from ui.theme import tokens
from views.plans.screen import PlansScreen


def book(folder: Path) -> Path:
    made = docx.Document()
    made.add_heading("冰雪天气预案", 0)
    made.add_heading("处置步骤", 1)
    made.add_paragraph("1. 广播提醒，时限：5 分钟，责任人：值班员")
    made.add_paragraph("2. 派人撒盐")
    made.add_heading("其他", 1)
    made.add_paragraph("本预案由保卫处解释。")
    path = folder / "冰雪.docx"
    made.save(str(path))
    return path


@pytest.fixture
def screen(office: Office, wait_until: Wait) -> PlansScreen:
    shown = office.as_(CHEN)
    wait_until(lambda: shown.list.table.rowCount() == 10)
    return shown


def lines(screen: PlansScreen) -> list[tuple[str, str]]:
    table = screen.import_page.table
    rows = [[table.item(row, column) for column in (1, 2)] for row in range(table.rowCount())]
    return [(one.text(), other.text()) for one, other in rows if one is not None and other is not None]


def test_each_line_says_what_became_of_it(office: Office, screen: PlansScreen, wait_until: Wait) -> None:
    screen.read_file(str(book(office.folder)))
    wait_until(lambda: screen.import_page.isVisible())

    assert lines(screen) == [
        ("冰雪天气预案", "预案名称"),
        ("处置步骤", "标题"),
        ("1. 广播提醒，时限：5 分钟，责任人：值班员", "步骤 1"),
        ("2. 派人撒盐", "步骤 2"),
        ("其他", "标题"),
        ("本预案由保卫处解释。", "⚠ 没有理解"),
    ]
    last = screen.import_page.table.item(5, 2)
    assert last is not None
    assert last.foreground().color() == QColor(tokens().warn)
    assert "没有理解 1 行" in screen.import_page.summary.text()
    assert "5 分钟" in screen.import_page.page.toPlainText()
    screen.import_page.only_left_out.setChecked(True)
    assert lines(screen) == [("本预案由保卫处解释。", "⚠ 没有理解")]
    assert len(office.library.all()) == 10


def test_what_was_understood_goes_on_in_the_editor(
    office: Office, screen: PlansScreen, wait_until: Wait
) -> None:
    screen.read_file(str(book(office.folder)))
    wait_until(lambda: screen.import_page.isVisible())
    screen.import_page.take.click()
    assert screen.editor.isVisible()
    assert screen.editor.save.isEnabled()
    screen.editor.save.click()
    wait_until(lambda: "可以送审了" in screen.editor.message.text())

    plan = next(plan for plan in office.library.all() if plan.name == "冰雪天气预案")
    assert [step.title for step in plan.text.steps] == ["广播提醒", "派人撒盐"]


def test_it_can_be_left_without_a_trace(office: Office, screen: PlansScreen, wait_until: Wait) -> None:
    screen.read_file(str(book(office.folder)))
    wait_until(lambda: screen.import_page.isVisible())
    screen.import_page.cancel.click()

    assert screen.library.isVisible()
    assert len(office.library.all()) == 10


def test_a_file_that_is_none_is_refused_in_words(
    office: Office, screen: PlansScreen, wait_until: Wait
) -> None:
    path = office.folder / "旧.docx"
    path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(512))
    screen.read_file(str(path))
    wait_until(lambda: "旧格式" in screen.reader.message.text())

    assert screen.library.isVisible()


def test_only_those_who_write_plans_may_import(office: Office, wait_until: Wait) -> None:
    shown = office.as_(WANG)
    wait_until(lambda: shown.list.table.rowCount() == 10)

    assert not shown.list.take_in.isVisible()
