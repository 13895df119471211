"""A shift pattern of the college's own, written as people write it: 早 08:00-16:00, 早早中中夜夜休休."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from services.core.ids import new_id
from services.domain.roster import Shift, ShiftPattern

OFF = "休"
_SHIFT = re.compile(r"(\S+?)\s*(\d{1,2}[:：]\d{2})\s*[-–~～至]\s*(\d{1,2}[:：]\d{2})")


class PatternForm(QWidget):
    """Signals: saved(ShiftPattern); left()."""

    saved = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen: ShiftPattern | None = None
        self._id = ""
        self.name = QLineEdit(self)
        self.shifts = QLineEdit(self)
        self.cycle = QLineEdit(self)
        self.follows_holidays = QCheckBox(self)
        self.save = QPushButton(self)
        self.save.setProperty("kind", "primary")
        self.leave = QPushButton(self)
        self._labels = [QLabel(self) for _ in range(3)]
        first, second = QHBoxLayout(), QHBoxLayout()
        for label, field in zip(self._labels, (self.name, self.shifts, self.cycle), strict=True):
            label.setBuddy(field)
        first.addWidget(self._labels[0])
        first.addWidget(self.name, 1)
        first.addWidget(self._labels[1])
        first.addWidget(self.shifts, 3)
        second.addWidget(self._labels[2])
        second.addWidget(self.cycle, 2)
        second.addWidget(self.follows_holidays)
        second.addWidget(self.leave)
        second.addWidget(self.save)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(first)
        box.addLayout(second)
        self.save.clicked.connect(self._save)
        self.leave.clicked.connect(self.left)
        self._retranslate()

    def open(self, pattern: ShiftPattern | None) -> None:
        """None: a new one."""
        self._seen = pattern
        self._id = pattern.id if pattern else new_id()
        self.name.setText(pattern.name if pattern else "")
        self.shifts.setText(
            "  ".join(f"{s.code} {s.begins}-{s.ends}" for s in pattern.shifts) if pattern else ""
        )
        self.cycle.setText(" ".join(code or OFF for code in pattern.cycle) if pattern else "")
        self.follows_holidays.setChecked(pattern.follows_holidays if pattern else False)
        self.name.setFocus()

    def pattern(self) -> ShiftPattern:
        """As it is written now; the service says what is wrong with it."""
        shifts = tuple(map(self._named, read_shifts(self.shifts.text())))
        name, seen = self.name.text().strip(), self._seen
        return ShiftPattern(
            id=self._id,
            name=name,
            name_en=seen.name_en if seen is not None and seen.name == name else name,
            shifts=shifts,
            cycle=read_cycle(self.cycle.text(), {shift.code for shift in shifts}),
            follows_holidays=self.follows_holidays.isChecked(),
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _named(self, shift: Shift) -> Shift:
        """A shift that the pattern had keeps its names; only its hours are written here."""
        known = self._seen.shift(shift.code) if self._seen else None
        return shift if known is None else replace(shift, name=known.name, name_en=known.name_en)

    def _save(self) -> None:
        self.saved.emit(self.pattern())

    def _retranslate(self) -> None:
        words = (self.tr("模板名称"), self.tr("班次"), self.tr("轮班次序"))
        for label, field, text in zip(self._labels, (self.name, self.shifts, self.cycle), words, strict=True):
            label.setText(text)
            field.setAccessibleName(text)
        self.shifts.setPlaceholderText(self.tr("早 08:00-16:00  中 16:00-00:00  夜 00:00-08:00"))
        self.cycle.setPlaceholderText(self.tr("早 早 中 中 夜 夜 休 休"))
        self.follows_holidays.setText(self.tr("按法定节假日和调休"))
        self.save.setText(self.tr("保存模板"))
        self.leave.setText(self.tr("不保存"))


def read_shifts(text: str) -> tuple[Shift, ...]:
    """Every "code begin-end" in `text`; what is none is left out, so that the service finds it missing."""
    found = _SHIFT.findall(text.replace("；", " ").replace(";", " ").replace("，", " "))
    return tuple(Shift(code, code, code, _clock(begins), _clock(ends)) for code, begins, ends in found)


def read_cycle(text: str, codes: set[str]) -> tuple[str, ...]:
    """With blanks between the codes, or without where each is one character."""
    words = text.split()
    if len(words) == 1 and all(len(code) == 1 for code in codes):
        words = list(words[0])
    return tuple("" if word in (OFF, "-", "–") else word for word in words)


def _clock(text: str) -> str:
    hour, minute = text.replace("：", ":").split(":")
    return f"{0 if int(hour) == 24 else int(hour):02d}:{minute}"
