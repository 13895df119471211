"""The least monitor that the workstation is made for: no screen takes room from the alarms beside it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QTabBar,
    QToolButton,
    QWidget,
)

from ui.i18n import speak
from ui.shell import Shell
from ui.theme import Size

WIDTH_PX, HEIGHT_PX = 1366, 768
HANDLE_PX = 10
# Frame and padding of a field at both ends, as the style sheet has them.
FIELD_EDGES_PX = 18


def cut_hints(window: QWidget) -> list[str]:
    """What stands in empty fields and is not to be read to its end."""
    fields = [field for field in window.findChildren(QLineEdit) if field.isVisible() and not field.text()]
    return [
        field.placeholderText()
        for field in fields
        if field.fontMetrics().horizontalAdvance(field.placeholderText()) + FIELD_EDGES_PX > field.width()
    ]


def cut_buttons(window: QWidget) -> list[str]:
    """Whose words do not fit between the edges of their button."""
    cut = []
    for button in window.findChildren(QPushButton):
        if not button.isVisible() or not button.text():
            continue
        option = QStyleOptionButton()
        button.initStyleOption(option)
        inside = button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button)
        if button.fontMetrics().horizontalAdvance(button.text()) > inside.width():
            cut.append(button.text())
    return cut


@pytest.mark.parametrize("user", ["wang", "zhao", "admin"])
def test_every_screen_leaves_the_side_column_its_width(user: str, shell_of: Callable[[str], Shell]) -> None:
    shell = shell_of(user)
    shell.resize(WIDTH_PX, HEIGHT_PX)
    room_px = WIDTH_PX - shell.rail.width() - HANDLE_PX - Size.SIDE_WIDTH
    for language in ("zh", "en"):
        speak(language)
        for name in shell.screen_names:
            shell.show_screen(name)
            for _ in range(2):  # what one turn lays out anew may move what is around it
                QApplication.processEvents()
            assert shell.front is not None
            least = shell.front.minimumSizeHint()
            assert least.width() <= room_px, (language, name)
            assert least.height() <= HEIGHT_PX - Size.TOP_BAR - Size.NOTICE, (language, name)
            for bar in shell.front.findChildren(QTabBar):
                assert not bar.isVisible() or bar.sizeHint().width() <= bar.width(), (language, name)
            assert not cut_hints(shell), (language, name)
            assert not cut_buttons(shell), (language, name)
        for button in shell.rail.findChildren(QToolButton):
            # Qt cuts what fills its button to the last pixel.
            assert button.fontMetrics().horizontalAdvance(button.text()) < button.width() - 1, button.text()
    assert (shell.width(), shell.height()) == (WIDTH_PX, HEIGHT_PX)
