"""Orders that wait on this seat for the record 待发, and those that came back: one line each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.tips import plain_tip


@dataclass(frozen=True, slots=True)
class WaitingOrder:
    """text: to whom and what. trouble: why it came back, "" while it waits."""

    id: str
    text: str
    trouble: str = ""


class WaitingOrders(QFrame):
    """Hidden while nothing waits. Signals: withdraw_asked(order_id)."""

    withdraw_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "raised")
        self._orders: tuple[WaitingOrder, ...] = ()
        self._title = QLabel(self)
        self._title.setProperty("tone", "warn")
        self._title.setWordWrap(True)
        self._rows: list[_Row] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(10, 6, 10, 6)
        self._box.setSpacing(4)
        self._box.addWidget(self._title)
        self.hide()

    def show_orders(self, orders: Sequence[WaitingOrder]) -> None:
        if tuple(orders) == self._orders:
            return
        self._orders = tuple(orders)
        while len(self._rows) > len(orders):
            self._rows.pop().deleteLater()
        while len(self._rows) < len(orders):
            row = _Row(self)
            row.withdraw_asked.connect(self.withdraw_asked)
            self._rows.append(row)
            self._box.addWidget(row)
        for row, order in zip(self._rows, orders, strict=True):
            row.show_order(order)
        self._retranslate()
        self.setVisible(bool(orders))

    def button(self, index: int) -> QPushButton:
        return self._rows[index].button

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            for row, order in zip(self._rows, self._orders, strict=True):
                row.show_order(order)

    def _retranslate(self) -> None:
        waiting = sum(not order.trouble for order in self._orders)
        came_back = len(self._orders) - waiting
        parts = []
        if waiting:
            text = self.tr("待发 {count}：数据库不可用，已存在本机，恢复后按顺序自动送出。请先用对讲机通知。")
            parts.append(text.format(count=waiting))
        if came_back:
            parts.append(self.tr("未送出 {count}：请处理后关闭。").format(count=came_back))
        self._title.setText(" ".join(parts))


class _Row(QWidget):
    withdraw_asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._id = ""
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.button = QPushButton(self)
        self.button.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._text, 1)
        row.addWidget(self.button)

    def show_order(self, order: WaitingOrder) -> None:
        self._id = order.id
        said = f"{order.text}  {order.trouble}".strip()
        self._text.setText(said)
        self._text.setToolTip(plain_tip(said))
        self._text.setProperty("tone", "bad" if order.trouble else "")
        self.button.setText(self.tr("关闭") if order.trouble else self.tr("撤回"))
        self.button.setAccessibleName(f"{self.button.text()} {order.text}")

    def _ask(self) -> None:
        self.withdraw_asked.emit(self._id)
