"""The ledger of lent items: who has what, since when, and back again."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QDateTime, QEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDateTimeEdit,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from services.domain.handovers import LentItem, LentState
from ui.line_table import LineTable
from views.handover.presenter import HandoverPresenter
from views.handover.words import lent_lines

_LONGEST = 60
_DUE_AFTER_S = 4 * 3600


class LentPage(QWidget):
    """Shows the presenter's lent items, newest first."""

    def __init__(self, presenter: HandoverPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.table = LineTable(self)
        self.only_out = QCheckBox(self)
        self.only_out.setChecked(True)
        self.name, self.borrower, self.contact = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.count = QSpinBox(self)
        self.count.setRange(1, 999)
        self.has_due = QCheckBox(self)
        self.due = QDateTimeEdit(self)
        self.due.setDisplayFormat("MM-dd HH:mm")
        self.lend_button, self.back_button = QPushButton(self), QPushButton(self)
        self.note = QLineEdit(self)
        self._shown: list[LentItem] = []
        self._build()
        self._connect()
        self._reset()
        self._retranslate()

    def show_present(self) -> None:
        items = self._presenter.lent_items
        if self.only_out.isChecked():
            items = [item for item in items if item.state is LentState.LENT]
        self._shown = items
        self.table.show_lines(lent_lines(items), range(len(items)))
        self.lend_button.setEnabled(self._presenter.may_hand_over)
        self._offer_return()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        for field in (self.name, self.borrower, self.contact):
            field.setMaxLength(_LONGEST)
        self.note.setMaxLength(200)
        lending = QHBoxLayout()
        for widget in (self.name, self.count, self.borrower, self.contact, self.has_due, self.due):
            lending.addWidget(widget)
        lending.addWidget(self.lend_button)
        returning = QHBoxLayout()
        returning.addWidget(self.only_out)
        returning.addStretch(1)
        returning.addWidget(self.note, 1)
        returning.addWidget(self.back_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 6, 0, 0)
        box.addLayout(lending)
        box.addWidget(self.table, 1)
        box.addLayout(returning)

    def _connect(self) -> None:
        self._presenter.changed.connect(self.show_present)
        self._presenter.lent.connect(self._reset)
        self.only_out.toggled.connect(self.show_present)
        self.has_due.toggled.connect(self.due.setEnabled)
        self.table.itemSelectionChanged.connect(self._offer_return)
        self.lend_button.clicked.connect(self._lend)
        self.back_button.clicked.connect(self._take_back)
        for field in (self.name, self.borrower, self.contact):
            field.returnPressed.connect(self._lend)

    def _lend(self) -> None:
        due_at: datetime | None = None
        if self.has_due.isChecked():
            due_at = datetime.fromtimestamp(self.due.dateTime().toSecsSinceEpoch(), UTC)
        self._presenter.lend(
            self.name.text(), self.borrower.text(), self.count.value(), self.contact.text(), due_at
        )

    def _take_back(self) -> None:
        item = self._chosen()
        if item is not None:
            self._presenter.take_back(item, self.note.text())

    def _chosen(self) -> LentItem | None:
        number = self.table.key()
        return self._shown[number] if number is not None and number < len(self._shown) else None

    def _offer_return(self) -> None:
        item = self._chosen()
        is_out = item is not None and item.state is LentState.LENT
        self.back_button.setEnabled(is_out and self._presenter.may_hand_over)

    def _reset(self) -> None:
        for field in (self.name, self.borrower, self.contact, self.note):
            field.clear()
        self.count.setValue(1)
        self.has_due.setChecked(False)
        self.due.setEnabled(False)
        self.due.setDateTime(QDateTime.currentDateTime().addSecs(_DUE_AFTER_S))

    def _retranslate(self) -> None:
        for field, text in (
            (self.name, self.tr("物品")),
            (self.borrower, self.tr("借用人")),
            (self.contact, self.tr("联系方式")),
            (self.note, self.tr("归还情况（可不填）")),
        ):
            field.setPlaceholderText(text)
            field.setAccessibleName(text)
        self.count.setAccessibleName(self.tr("件数"))
        self.has_due.setText(self.tr("应还"))
        self.due.setAccessibleName(self.tr("应还时间"))
        self.only_out.setText(self.tr("只看没有归还的"))
        self.lend_button.setText(self.tr("借出（回车）"))
        self.back_button.setText(self.tr("收回选中的"))
        self.table.setAccessibleName(self.tr("借出物品"))
        self.show_present()
