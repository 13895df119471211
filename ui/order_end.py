"""Ending an order before it is done: given back by the guard 退单 or called off 取消, each with a reason."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from services.domain.incidents import DISPATCH_MOVES, Dispatch, DispatchState

CAN_END = frozenset(state for state, after in DISPATCH_MOVES.items() if DispatchState.CANCELLED in after) - {
    DispatchState.DRAFT
}


class OrderEnd(QWidget):
    """Signals: return_asked(reason), cancel_asked(reason)."""

    return_asked = Signal(str)
    cancel_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reason = QLineEdit(self)
        self.reason.setMaxLength(400)
        self.give_back = QPushButton(self)
        self.call_off = QPushButton(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.reason, 1)
        row.addWidget(self.give_back)
        row.addWidget(self.call_off)
        self.reason.textChanged.connect(self._check)
        self.give_back.clicked.connect(self._give_back)
        self.call_off.clicked.connect(self._call_off)
        self._can_return = True
        self._retranslate()

    def show_dispatch(self, dispatch: Dispatch) -> None:
        """The reason stays until the order has ended: what was asked may be refused."""
        self._can_return = DispatchState.RETURNED in DISPATCH_MOVES[dispatch.state]
        if dispatch.state not in CAN_END:
            self.reason.clear()
        self._check()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _check(self) -> None:
        has_reason = bool(self.reason.text().strip())
        self.give_back.setEnabled(has_reason and self._can_return)
        self.call_off.setEnabled(has_reason)

    def _give_back(self) -> None:
        self.return_asked.emit(self.reason.text().strip())

    def _call_off(self) -> None:
        self.cancel_asked.emit(self.reason.text().strip())

    def _retranslate(self) -> None:
        self.reason.setPlaceholderText(self.tr("退单或取消的原因"))
        self.reason.setAccessibleName(self.tr("退单或取消的原因"))
        self.give_back.setText(self.tr("退单"))
        self.give_back.setToolTip(self.tr("保安退回这张派警单"))
        self.call_off.setText(self.tr("取消派警"))
        self._check()
