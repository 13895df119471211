"""The answers to a step as buttons, each with its digit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalMapper, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from services.domain.plan_steps import MOST_CHOICES

# Around a button's words.
_PADDING_PX = 34


class AnswerRow(QWidget):
    """As many side by side as their words have room for. Signals: pressed(number) from 1."""

    pressed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._across = 0
        self._mapper = QSignalMapper(self)
        self._mapper.mappedInt.connect(self.pressed)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)
        self.buttons = [QPushButton(self) for _ in range(MOST_CHOICES)]
        for number, button in enumerate(self.buttons, 1):
            button.setProperty("kind", "primary")
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self._mapper.setMapping(button, number)
            button.clicked.connect(self._mapper.map)
            button.hide()

    def show_answers(self, answers: Sequence[str], *, is_enabled: bool) -> None:
        for number, button in enumerate(self.buttons):
            button.setVisible(number < len(answers))
            if number < len(answers):
                button.setText(f"{number + 1}  {answers[number]}".replace("&", "&&"))
                button.setAccessibleName(answers[number])
                button.setEnabled(is_enabled)
        self.setVisible(bool(answers))
        self._across = 0
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        shown = [button for button in self.buttons if not button.isHidden()]
        if not shown:
            return
        widest = max(button.fontMetrics().horizontalAdvance(button.text()) for button in shown)
        across = max(1, min(len(shown), self.width() // (widest + _PADDING_PX)))
        if across == self._across:
            return
        self._across = across
        for number, button in enumerate(shown):
            self._grid.addWidget(button, number // across, number % across)
        for column in range(MOST_CHOICES):
            self._grid.setColumnStretch(column, int(column < across))
