"""The column of screens at the left edge; what the window is too low for is behind the last button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from ui.icons import icon
from ui.shell.words import ScreenEntry
from ui.theme import Size

BUTTON_PX = 54
_STEP_PX = BUTTON_PX + Size.GAP_XS

# The longest English name has its letters beside one another.
_EDGE_PX = 2


class Rail(QFrame):
    """screen_chosen(name) when a person picks a screen."""

    screen_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "rail")
        self.setFixedWidth(Size.RAIL_WIDTH)
        self._entries: tuple[ScreenEntry, ...] = ()
        self._buttons: dict[str, QToolButton] = {}
        self._front = ""
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._tell)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_EDGE_PX, Size.GAP_S, _EDGE_PX, Size.GAP_S)
        self._column.setSpacing(Size.GAP_XS)
        self._column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._more = self._made_button()
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._others = QMenu(self._more)
        self._others.triggered.connect(self._choose_other)
        self._more.setMenu(self._others)
        self._column.addWidget(self._more)
        self._column.addStretch(1)
        self._retranslate()

    def set_entries(self, entries: Sequence[ScreenEntry]) -> None:
        for button in self._buttons.values():
            self._group.removeButton(button)
            button.deleteLater()
        self._entries = tuple(entries)
        self._buttons = {entry.name: self._add(index, entry) for index, entry in enumerate(entries)}
        self._fit()

    def label(self, name: str, text: str) -> None:
        """Two characters in Chinese; also the accessible name."""
        button = self._buttons[name]
        button.setText(text)
        button.setAccessibleName(text)
        self._fit()

    def mark(self, name: str) -> None:
        """Show that this screen is in front."""
        self._buttons[name].setChecked(True)
        self._front = name
        self._fit()

    def renew_icons(self) -> None:
        """After a change of theme."""
        for entry in self._entries:
            self._buttons[entry.name].setIcon(icon(entry.icon))
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Any height will do: what has no room is behind the last button."""
        return QSize(Size.RAIL_WIDTH, 2 * _STEP_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _fit(self) -> None:
        """Show as many as there is room for; the one in front is never hidden among the others."""
        names = [entry.name for entry in self._entries]
        room = max(1, (self.height() - 2 * Size.GAP_S + Size.GAP_XS) // _STEP_PX)
        shown = names if len(names) <= room else names[: room - 1]
        if self._front in names and self._front not in shown:
            shown = [*shown[:-1], self._front]
        for name in names:
            self._buttons[name].setVisible(name in shown)
        self._others.clear()
        for entry in self._entries:
            if entry.name not in shown:
                action = self._others.addAction(icon(entry.icon), self._buttons[entry.name].text())
                action.setData(entry.name)
        self._more.setVisible(len(shown) < len(names))

    def _choose_other(self, action: QAction) -> None:
        self.screen_chosen.emit(str(action.data()))

    def _add(self, index: int, entry: ScreenEntry) -> QToolButton:
        button = self._made_button()
        button.setIcon(icon(entry.icon))
        button.setCheckable(True)
        self._group.addButton(button, index)
        self._column.insertWidget(index, button)
        return button

    def _made_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("kind", "rail")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(22, 22))
        button.setFixedSize(Size.RAIL_WIDTH - 2 * _EDGE_PX - 1, BUTTON_PX)
        return button

    def _tell(self, index: int) -> None:
        self.screen_chosen.emit(self._entries[index].name)

    def _retranslate(self) -> None:
        self._more.setText(self.tr("更多"))
        self._more.setAccessibleName(self.tr("更多屏幕"))
        self._more.setIcon(icon("more"))
