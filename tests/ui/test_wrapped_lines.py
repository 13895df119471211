"""A line that is broken is shown whole, in a list of whatever width."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QListWidget

from ui.theme import NIGHT, wear
from ui.wrapped_lines import wrap_lines

TEXT = "2026-11-28 17:23:02\nA man with a red bag at the north wall\nDemo operator  C05 C06 C19"
# Of the style sheet, left and right.
PADDING_PX = 12


def test_a_line_is_as_high_as_its_text_between_the_paddings(qapp: QApplication) -> None:
    wear(qapp, NIGHT)
    lines = QListWidget()
    wrap_lines(lines)
    lines.addItem(TEXT)
    lines.show()
    for width_px in range(150, 320, 4):
        lines.resize(width_px, 300)
        QApplication.processEvents()
        room = QRect(0, 0, lines.viewport().width() - PADDING_PX, 900)
        needed = lines.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, TEXT)
        assert lines.visualItemRect(lines.item(0)).height() >= needed.height(), width_px
