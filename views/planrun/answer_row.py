"""The answers to a step as buttons, each with its digit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalMapper, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from services.domain.plan_steps import MOST_CHOICES

# Longer answers stand one below the other.
_SHORT = 12


class AnswerRow(QWidget):
    """Signals: pressed(number) from 1."""

    pressed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mapper = QSignalMapper(self)
        self._mapper.mappedInt.connect(self.pressed)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)
        self.buttons = [QPushButton(self) for _ in range(MOST_CHOICES)]
        for number, button in enumerate(self.buttons, 1):
            button.setProperty("kind", "primary")
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.setMinimumWidth(80)
            self._mapper.setMapping(button, number)
            button.clicked.connect(self._mapper.map)
            button.hide()

    def show_answers(self, answers: Sequence[str], *, is_enabled: bool) -> None:
        across = 2 if len(answers) > 1 and max(map(len, answers)) <= _SHORT else 1
        for number, button in enumerate(self.buttons):
            is_shown = number < len(answers)
            button.setVisible(is_shown)
            if is_shown:
                button.setText(f"{number + 1}  {answers[number]}".replace("&", "&&"))
                button.setAccessibleName(answers[number])
                button.setEnabled(is_enabled)
                self._grid.addWidget(button, number // across, number % across)
        self.setVisible(bool(answers))
