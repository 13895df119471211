"""The chosen shift of the roster: which, where, with what note; kept, swapped or cancelled."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from services.domain.roster import RosterSlot, Shift
from services.domain.site import Guard, Site
from ui.i18n import is_english
from ui.text.places import local_name


class SlotBar(QWidget):
    """Signals: put(Shift, post number, note); removed(); swap_wanted()."""

    put = Signal(object, str, str)
    removed = Signal()
    swap_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shifts: list[Shift] = []
        self._posts: list[str] = []
        self.title = QLabel(self)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.shift = QComboBox(self)
        self.post = QComboBox(self)
        for choice in (self.shift, self.post):
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.note = QLineEdit(self)
        self.note.setMaxLength(200)
        self.keep = QPushButton(self)
        self.swap = QPushButton(self)
        self.remove = QPushButton(self)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        for part in (self.title, self.shift, self.post):
            box.addWidget(part)
        box.addWidget(self.note, 1)
        for button in (self.keep, self.swap, self.remove):
            box.addWidget(button)
        self.keep.clicked.connect(self._put)
        self.swap.clicked.connect(self.swap_wanted)
        self.remove.clicked.connect(self.removed)
        self._retranslate()

    def open(self, site: Site, shifts: list[Shift], guard: Guard, day: date, slot: RosterSlot | None) -> None:
        """slot None: a free day of this guard."""
        self._shifts, self._posts = shifts, ["", *(str(post.no) for post in site.posts)]
        self.title.setText(f"{guard.no} {local_name(guard)} {day:%m-%d}")
        self.shift.clear()
        self.shift.addItems(
            [f"{local_name(s) if is_english() else s.code} {s.begins}–{s.ends}" for s in shifts]
        )
        self.post.clear()
        self.post.addItems([self.tr("机动"), *(local_name(post) for post in site.posts)])
        codes = [shift.code for shift in shifts]
        if slot is not None and slot.shift in codes:
            self.shift.setCurrentIndex(codes.index(slot.shift))
        post = slot.post if slot else str(guard.post or "")
        self.post.setCurrentIndex(self._posts.index(post) if post in self._posts else 0)
        self.note.setText(slot.note if slot else "")
        self.swap.setEnabled(slot is not None)
        self.remove.setEnabled(slot is not None)
        self.keep.setEnabled(bool(shifts))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _put(self) -> None:
        if self._shifts:
            post = self._posts[max(0, self.post.currentIndex())]
            self.put.emit(self._shifts[max(0, self.shift.currentIndex())], post, self.note.text())

    def _retranslate(self) -> None:
        self.shift.setAccessibleName(self.tr("班次"))
        self.post.setAccessibleName(self.tr("岗位"))
        self.note.setAccessibleName(self.tr("备注"))
        self.note.setPlaceholderText(self.tr("备注"))
        self.keep.setText(self.tr("排这个班"))
        self.swap.setText(self.tr("换班 X"))
        self.swap.setToolTip(self.tr("先在一个班上按 X，再在另一名保安的班上按 X"))
        self.remove.setText(self.tr("取消这个班 Del"))
