"""Asks how long and why an alarm is laid aside, in the side column; it blocks nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from services.domain.alarms import Alarm
from views.watch.side_panel import SidePanel, chip

MINUTES = (15, 60, 240, 1440)
_USUAL = 1


class ShelfPanel(SidePanel):
    """Signals: given(alarm_id, minutes, reason), left()."""

    given = Signal(str, int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build()
        self._retranslate()

    def ask(self, alarm: Alarm) -> None:
        self._ask(alarm, "shelve", _USUAL)
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _build(self) -> None:
        box = self._begin()
        row = QHBoxLayout()
        row.setSpacing(4)
        for number, _minutes in enumerate(MINUTES):
            row.addWidget(chip(self, self.chips, number))
        row.addStretch(1)
        box.addLayout(row)
        box.addWidget(self.words)
        self._end(box, *self.chips.buttons())

    def _give(self) -> None:
        if self._alarm is None:
            return
        if not self.words.text().strip():
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        minutes = MINUTES[max(0, self.chips.checkedId())]
        self.given.emit(self._alarm.id, minutes, self.words.text().strip())
        self.leave()

    def _retranslate(self) -> None:
        self._title.setText(self.tr("搁置：{place}").format(place=self._place))
        words = (self.tr("15 分钟"), self.tr("1 小时"), self.tr("4 小时"), self.tr("24 小时"))
        for number, word in enumerate(words):
            self.chips.button(number).setText(word)
        self.words.setPlaceholderText(self.tr("原因（必填），例如：树枝晃动，已报修"))
        self.words.setAccessibleName(self.tr("搁置原因"))
        self._hint.setText(self.tr("到时自动取回并鸣响；期间照常计数，升级时限不停。"))
        self._confirm.setText(self.tr("搁置 Enter"))
        self._cancel.setText(self.tr("返回 Esc"))
