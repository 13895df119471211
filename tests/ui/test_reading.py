"""A paper on the screen is read from its beginning."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from services.domain.documents import Document, Paragraph, Table
from ui.reading import DocumentPage

LONG = tuple(Paragraph(f"第 {number} 段") for number in range(200))


def test_a_paper_opens_at_its_beginning_and_stays_there_when_its_room_changes(qtbot: QtBot) -> None:
    page = DocumentPage()
    qtbot.addWidget(page)
    page.resize(400, 300)
    page.show()
    page.show_document(Document("火灾处置预案"))
    page.show_document(Document("火灾处置预案", blocks=LONG))
    page.resize(500, 200)
    page.ensureCursorVisible()
    assert page.verticalScrollBar().value() == 0


def test_a_paper_in_a_narrower_room_is_broken_anew_without_a_bar_below_it(qtbot: QtBot) -> None:
    page = DocumentPage()
    qtbot.addWidget(page)
    rows = tuple((f"{number}", "一直看着现场画面 " * 9, "值班员", "20 秒") for number in range(5))
    tables = (Table(("步骤", "内容", "谁", "时限"), rows),) * 15
    page.show_document(Document("火灾处置预案", blocks=tables))
    page.resize(900, 600)
    page.show()
    QApplication.processEvents()
    for width_px in (480, 900, 480):
        page.resize(width_px, 600)
        QApplication.processEvents()
    assert not page.horizontalScrollBar().isVisible()
    assert page.document().size().width() <= page.viewport().width() + 1


def test_the_same_paper_in_another_language_stays_where_it_was_read(qtbot: QtBot) -> None:
    page = DocumentPage()
    qtbot.addWidget(page)
    page.resize(400, 300)
    page.show()
    page.show_document(Document("火灾处置预案", blocks=LONG))
    page.verticalScrollBar().setValue(500)
    page.show_document(Document("火灾处置预案", blocks=LONG))
    assert page.verticalScrollBar().value() == 500
