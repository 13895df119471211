"""The manual opens at the chapter of the screen that asks, shows what else there is, and finds words."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.views_table import SCREENS
from services.core.paths import resource
from ui.i18n import speak
from views.manual.chapters import Chapter, Manual, read_manual
from views.manual.screen import ManualWindow

NAMES = [spec.name for spec, _ in SCREENS]


def manual(language: str) -> Manual:
    return read_manual(resource("manual", language, "index.md").read_text(encoding="utf-8"))


@pytest.fixture
def window(qapp: QApplication) -> Iterator[ManualWindow]:
    speak("zh")
    made = ManualWindow()
    made.resize(900, 500)
    yield made
    made.close()
    made.deleteLater()
    speak("zh")
    qapp.processEvents()


def top_words(window: ManualWindow) -> str:
    """The heading at the upper edge."""
    cursor = window.browser.cursorForPosition(QPoint(40, 10))
    cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
    return cursor.selectedText().strip()


def test_chapters_and_the_screens_they_are_about_are_read_and_code_is_not() -> None:
    text = "# Manual\n## One\n<!-- watch map -->\nwords\n```\n## no heading\n<!-- no mark -->\n```\n### Two\n"
    read = read_manual(text)
    assert read.chapters == (Chapter("One", 2, ("watch", "map")), Chapter("Two", 3))
    assert read.text == "# Manual\n## One\nwords\n```\n## no heading\n<!-- no mark -->\n```\n### Two"
    assert (read.about("map"), read.about("nowhere")) == (0, 0)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_screen_has_one_chapter(language: str) -> None:
    about = [name for chapter in manual(language).chapters for name in chapter.screens]
    assert sorted(about) == sorted(NAMES)


def test_both_languages_have_the_same_chapters_in_the_same_order() -> None:
    chinese, english = manual("zh").chapters, manual("en").chapters
    assert [(one.level, one.screens) for one in chinese] == [(one.level, one.screens) for one in english]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.usefixtures("qapp")
def test_a_chapter_calls_its_screen_by_the_name_on_the_rail(language: str) -> None:
    speak(language)
    read = manual(language)
    parts = re.split(r"^#{2,3} ", read.text, flags=re.MULTILINE)[1:]
    unnamed = [title() for spec, title in SCREENS if title() not in parts[read.about(spec.name)]]
    speak("zh")
    assert (len(parts), unnamed) == (len(read.chapters), [])


def test_it_opens_at_the_chapter_of_the_screen_in_either_language(
    window: ManualWindow, qapp: QApplication
) -> None:
    window.open_at("handover")
    qapp.processEvents()
    assert top_words(window) == "交接班（F9）"
    assert window.contents.currentItem().text() == "交接班（F9）"
    speak("en")
    qapp.processEvents()
    assert top_words(window) == "Handover (F9)"
    window.open_at("zones")
    qapp.processEvents()
    assert top_words(window) == "Zones: arming, isolation, tests"


def test_the_same_screen_finds_the_page_where_it_was_read(window: ManualWindow, qapp: QApplication) -> None:
    window.open_at("zones")
    qapp.processEvents()
    bar = window.browser.verticalScrollBar()
    bar.setValue(bar.value() + 120)
    read_at = bar.value()
    window.close()
    window.open_at("zones")
    qapp.processEvents()
    assert bar.value() == read_at


def test_a_line_of_the_contents_leads_there_and_the_contents_follow_the_reading(
    window: ManualWindow, qapp: QApplication
) -> None:
    window.open_at("watch")
    qapp.processEvents()
    window.contents.setFocus()
    QTest.keyClick(window.contents, Qt.Key.Key_Down)
    assert top_words(window) == manual("zh").chapters[1].title
    bar = window.browser.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert window.contents.currentRow() >= len(manual("zh").chapters) - 2


def test_ctrl_f_finds_forwards_backwards_and_round_the_end(window: ManualWindow, qapp: QApplication) -> None:
    window.open_at("review")
    qapp.processEvents()
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.finder.field.hasFocus()
    window.finder.field.insert("守望 使用手册")
    QTest.keyClick(window.finder.field, Qt.Key.Key_Return)
    assert window.browser.textCursor().selectedText() == "守望 使用手册"
    window.finder.field.setText("交接班")
    window.finder.after()
    first = window.browser.textCursor().position()
    window.finder.after()
    assert window.browser.textCursor().position() > first
    QTest.keyClick(window.finder.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert window.browser.textCursor().position() == first
    window.finder.field.setText("没有这样的词")
    window.finder.after()
    assert window.finder.word.text() == "没有找到"
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert window.browser.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
