"""One line of a preset's time table: weekdays, from, to."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTime, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QTimeEdit, QToolButton, QWidget

from services.domain.walls import Slot
from ui.icons import icon
from ui.theme import Size


class SlotRow(QFrame):
    """Signals: remove_asked(SlotRow)."""

    remove_asked = Signal(object)

    def __init__(self, slot: Slot, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "raised")
        self.days = [QToolButton(self) for _ in range(7)]
        self.start = QTimeEdit(_time(slot.start_minute), self)
        self.end = QTimeEdit(_time(slot.end_minute), self)
        self.remove = QPushButton(self)
        for day, button in enumerate(self.days):
            button.setCheckable(True)
            button.setChecked(day in slot.weekdays)
        self._build()
        self._retranslate()

    def slot(self) -> Slot:
        days = tuple(day for day, button in enumerate(self.days) if button.isChecked())
        return Slot(days, _minute(self.start.time()), _minute(self.end.time()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        days = QHBoxLayout()
        days.setSpacing(2)
        for button in self.days:
            days.addWidget(button)
        days.addStretch(1)
        self.remove.setIcon(icon("close"))
        self.remove.setProperty("kind", "chip")
        box = QGridLayout(self)
        box.setContentsMargins(Size.GAP_S, Size.GAP_XS, Size.GAP_S, Size.GAP_XS)
        box.addLayout(days, 0, 0, 1, 3)
        box.addWidget(self.start, 1, 0)
        box.addWidget(self.end, 1, 1)
        box.addWidget(self.remove, 1, 2)
        for edit in (self.start, self.end):
            edit.setDisplayFormat("HH:mm")
            edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.remove.clicked.connect(self._ask_removal)

    def _ask_removal(self) -> None:
        self.remove_asked.emit(self)

    def _retranslate(self) -> None:
        names = (
            (self.tr("一"), self.tr("星期一")),
            (self.tr("二"), self.tr("星期二")),
            (self.tr("三"), self.tr("星期三")),
            (self.tr("四"), self.tr("星期四")),
            (self.tr("五"), self.tr("星期五")),
            (self.tr("六"), self.tr("星期六")),
            (self.tr("日"), self.tr("星期日")),
        )
        for button, (short, long) in zip(self.days, names, strict=True):
            button.setText(short)
            button.setToolTip(long)
            button.setAccessibleName(long)
        self.start.setAccessibleName(self.tr("从"))
        self.end.setAccessibleName(self.tr("到；不晚于开始就是次日"))
        self.end.setToolTip(self.tr("到；不晚于开始就是次日"))
        self.start.setToolTip(self.tr("从"))
        self.remove.setToolTip(self.tr("去掉这个时段"))
        self.remove.setAccessibleName(self.tr("去掉这个时段"))


def _time(minute: int) -> QTime:
    return QTime(minute // 60, minute % 60)


def _minute(time: QTime) -> int:
    return time.hour() * 60 + time.minute()
