"""The small switches above the queue: put together by cause, only what chatters, only what is stale."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from services.domain.alarms import Alarm
from services.domain.floods import FLOOD_WINDOW, has_groups, is_chattering, is_flood, is_stale
from ui.queue.lists import Only


class QueueChips(QWidget):
    """Grouping switches itself on in a flood and off after it, until a person has chosen otherwise.

    Signals: changed() when what is chosen is another.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_flood = False
        self._wants_groups: bool | None = None
        self._alarms: Sequence[Alarm] = ()
        self._now: datetime | None = None
        self.flood = QLabel(self)
        self.flood.setProperty("tone", "warn")
        self.groups = _chip(self)
        self.only = {Only.CHATTERING: _chip(self), Only.STALE: _chip(self)}
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for chip in (self.groups, *self.only.values()):
            row.addWidget(chip)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 0, 4, 0)
        box.setSpacing(2)
        box.addWidget(self.flood)
        box.addLayout(row)
        self.groups.clicked.connect(self._choose_groups)
        self.only[Only.CHATTERING].clicked.connect(self._choose_chattering)
        self.only[Only.STALE].clicked.connect(self._choose_stale)
        self._retranslate()

    @property
    def has_groups(self) -> bool:
        """Alarms of one cause are shown together."""
        return self._is_flood if self._wants_groups is None else self._wants_groups

    @property
    def chosen(self) -> Only | None:
        return next((which for which, chip in self.only.items() if chip.isChecked()), None)

    def look(self, alarms: Sequence[Alarm], now: datetime) -> bool:
        """Judge the open alarms that are not shelved; True when what is shown must change."""
        before = (self.has_groups, self.chosen)
        self._alarms, self._now = [alarm for alarm in alarms if alarm.shelf is None], now
        was, self._is_flood = self._is_flood, is_flood(self._alarms, now, was_flood=self._is_flood)
        if was and not self._is_flood:
            self._wants_groups = None
        self._retranslate()
        return before != (self.has_groups, self.chosen)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _choose_groups(self, is_checked: bool) -> None:
        self._wants_groups = is_checked
        self.changed.emit()

    def _choose_chattering(self) -> None:
        self.only[Only.STALE].setChecked(False)
        self.changed.emit()

    def _choose_stale(self) -> None:
        self.only[Only.CHATTERING].setChecked(False)
        self.changed.emit()

    def _retranslate(self) -> None:
        self._show_flood()
        now = self._now
        counts = dict.fromkeys(Only, 0)
        if now is not None:
            counts[Only.CHATTERING] = sum(is_chattering(alarm, now) for alarm in self._alarms)
            counts[Only.STALE] = sum(is_stale(alarm, now) for alarm in self._alarms)
        words = {Only.CHATTERING: self.tr("频发 {count}"), Only.STALE: self.tr("滞留 {count}")}
        for which, chip in self.only.items():
            chip.setText(words[which].format(count=counts[which]))
            if not counts[which]:
                chip.setChecked(False)
            chip.setVisible(bool(counts[which]))
        self.only[Only.CHATTERING].setToolTip(self.tr("一分钟内响过三次及以上的报警，可以搁置并报修"))
        self.only[Only.STALE].setToolTip(self.tr("超过 24 小时没有办结的报警"))
        self.groups.setText(self.tr("按原因归并"))
        self.groups.setToolTip(self.tr("同一主机、同一类的报警合成一行；特急报警永远单列在最前"))
        self.groups.setChecked(self.has_groups)
        can_group = has_groups(self._alarms)
        self.groups.setVisible(can_group or self.has_groups)
        self.setVisible(self._is_flood or not self.groups.isHidden() or any(counts.values()))

    def _show_flood(self) -> None:
        self.flood.setVisible(self._is_flood)
        if self._is_flood and self._now is not None:
            count = sum(self._now - alarm.received_at < FLOOD_WINDOW for alarm in self._alarms)
            self.flood.setText(self.tr("报警潮：10 分钟内 {count} 条").format(count=count))


def _chip(parent: QWidget) -> QPushButton:
    chip = QPushButton(parent)
    chip.setCheckable(True)
    chip.setProperty("kind", "chip")
    return chip
