"""A box for a length of time, shown and typed as people say it: 20 秒, 3 分, 8 时."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QSpinBox, QWidget

_MINUTE_S, _HOUR_S = 60, 3600
# What is shown in seconds up to here steps by five of them.
_FINE_S, _MIDDLE_S = 60, 600
_TYPED = re.compile(r"\s*(\d{1,6})\s*(\D*)\s*")
_SECONDS = frozenset({"", "秒", "s", "sec"})
_MINUTES = frozenset({"分", "分钟", "min", "m"})
_HOURS = frozenset({"时", "小时", "h"})


class DurationBox(QSpinBox):
    """value() is whole seconds; a bare number is seconds. 0 is shown as the special value text, where the
    range allows it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setKeyboardTracking(False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            # Writes the text anew though the value is the same.
            self.setSuffix(self.suffix())

    def textFromValue(self, value: int) -> str:
        if value >= 2 * _HOUR_S and value % _HOUR_S == 0:
            return self.tr("{count} 时").format(count=value // _HOUR_S)
        if value >= 2 * _MINUTE_S and value % _MINUTE_S == 0:
            return self.tr("{count} 分").format(count=value // _MINUTE_S)
        return self.tr("{count} 秒").format(count=value)

    def valueFromText(self, text: str) -> int:
        if self.specialValueText() and text.strip() == self.specialValueText():
            return self.minimum()
        seconds = seconds_of(text)
        return self.value() if seconds is None else seconds

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Whatever becomes a length of time when typing is over; nothing is taken away while it goes on."""
        is_special = bool(self.specialValueText()) and text.strip() == self.specialValueText()
        seconds = seconds_of(text)
        is_done = is_special or (seconds is not None and self.minimum() <= seconds <= self.maximum())
        state = QValidator.State.Acceptable if is_done else QValidator.State.Intermediate
        return state, text, position

    def stepBy(self, steps: int) -> None:
        """By what the eye expects at this length, to a round value."""
        now = self.value()
        step = 5 if now < _FINE_S else _MINUTE_S // 2 if now < _MIDDLE_S else 5 * _MINUTE_S
        if now >= 2 * _HOUR_S:
            step = _HOUR_S
        self.setValue((now // step + steps) * step)


def seconds_of(text: str) -> int | None:
    """None for what is no length of time."""
    found = _TYPED.fullmatch(text)
    if found is None:
        return None
    count, unit = int(found[1]), found[2].strip().lower()
    for words, unit_s in ((_SECONDS, 1), (_MINUTES, _MINUTE_S), (_HOURS, _HOUR_S)):
        if unit in words:
            return count * unit_s
    return None
