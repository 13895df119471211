"""Who takes a package away: asked in a window beside the others, never in front of an alarm."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from services.domain.evidence import EvidenceRequest
from services.evidence.desk import Receiver
from services.evidence.steps import MOST_TEXT

WIDTH_PX = 460


class HandOverDialog(QDialog):
    """Never modal. Signals: confirmed(Receiver)."""

    confirmed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(False)
        self._intro = QLabel(self)
        self._intro.setTextFormat(Qt.TextFormat.PlainText)
        self._intro.setWordWrap(True)
        self.unit, self.name, self.document = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.place, self.medium = QLineEdit(self), QLineEdit(self)
        self._number = ""
        self.confirm, self.leave = QPushButton(self), QPushButton(self)
        self.confirm.setProperty("kind", "primary")
        form = QFormLayout()
        self._labels = {}
        for field in (self.unit, self.name, self.document, self.place, self.medium):
            field.setMaxLength(MOST_TEXT)
            label = QLabel(self)
            label.setBuddy(field)
            self._labels[field] = label
            form.addRow(label, field)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.confirm)
        buttons.addWidget(self.leave)
        box = QVBoxLayout(self)
        box.addWidget(self._intro)
        box.addLayout(form)
        box.addLayout(buttons)
        self.setMinimumWidth(WIDTH_PX)
        self.confirm.clicked.connect(self._confirm)
        self.leave.clicked.connect(self.close)
        self._retranslate()

    def open_for(self, request: EvidenceRequest, place: str) -> None:
        """Filled with who asked: mostly the same person comes for it."""
        asker = request.asker
        self._number = request.number
        self.unit.setText(asker.unit)
        self.name.setText(asker.person)
        self.document.setText(asker.document)
        self.place.setText(place)
        self.medium.clear()
        self._retranslate()
        self.show()
        self.raise_()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _confirm(self) -> None:
        self.confirmed.emit(
            Receiver(
                self.name.text(),
                self.unit.text(),
                self.document.text(),
                self.place.text(),
                self.medium.text(),
            )
        )
        self.close()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("移交 {number}").format(number=self._number))
        self._intro.setText(
            self.tr("请核对接收人的证件。确认后打印移交单，双方签字；录像再锁定 30 天后解锁。")
        )
        named = {
            self.unit: self.tr("接收单位"),
            self.name: self.tr("接收人"),
            self.document: self.tr("接收人证件"),
            self.place: self.tr("交接地点"),
            self.medium: self.tr("介质"),
        }
        for field, text in named.items():
            self._labels[field].setText(text)
            field.setAccessibleName(text)
        self.medium.setPlaceholderText(self.tr("U 盘、光盘的编号"))
        self.confirm.setText(self.tr("确认移交"))
        self.leave.setText(self.tr("取消"))
