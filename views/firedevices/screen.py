"""The screen of fire transmission devices: the devices, what may be asked, and what was answered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from services.core.errors import ServiceError
from services.domain.fire_requests import COMPONENT_KINDS, SYSTEM_KINDS, FireRequestKind
from ui.empty_words import EmptyWords
from ui.front_screen import FrontScreen
from ui.line_table import show_as_lines
from ui.text import sentence
from ui.text.names import name_of
from ui.tips import plain_tip
from ui.tone import restyle
from views.firedevices.cells import device_cells, device_headings, request_cells, request_headings
from views.firedevices.presenter import FireDevicesPresenter

DEVICES_PX = 190
POINT_SIGNS = 16
_KEYS = {
    FireRequestKind.DUTY_CHECK: "Ctrl+D",
    FireRequestKind.SET_CLOCK: "Ctrl+T",
    FireRequestKind.READ_STATE: "Ctrl+R",
}


class FireDevicesScreen(FrontScreen):
    """Shows the presenter's devices and requests."""

    def __init__(self, presenter: FireDevicesPresenter, parent: QWidget | None = None) -> None:
        super().__init__(presenter, parent)
        self._presenter = presenter
        self._title = QLabel(self)
        self._title.setProperty("tone", "heading")
        self._asked_title = QLabel(self)
        self._asked_title.setProperty("tone", "title")
        self.devices = _table(len(device_headings()), self)
        self.requests = _table(len(request_headings()), self)
        self._no_requests = EmptyWords(self.requests)
        self.requests.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.empty = QLabel(self)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.buttons = {kind: QPushButton(self) for kind in FireRequestKind}
        self.point = QComboBox(self)
        self._point_label = QLabel(self)
        self.message = QLabel(self)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        # Initialising loses what the device holds, so it is asked once more, on the button itself.
        self._is_sure = False
        self._build()
        self._connect()
        self._retranslate()

    def show_present(self) -> None:
        rows = self._presenter.devices()
        _fill(self.devices, [device_cells(row) for row in rows])
        self.devices.blockSignals(True)
        numbers = [str(row.panel.no) for row in rows]
        self.devices.clearSelection()
        if self._presenter.chosen in numbers:
            self.devices.selectRow(numbers.index(self._presenter.chosen))
        self.devices.blockSignals(False)
        panel_of = self._presenter.panel
        _fill(self.requests, [request_cells(r, panel_of(r.panel)) for r in self._presenter.requests()])
        self._offer_points()
        for widget in (self.devices, self.requests, self._asked_title, self.point, self._point_label):
            widget.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        for kind, button in self.buttons.items():
            button.setEnabled(self._presenter.may_ask(kind))
            button.setVisible(self._presenter.is_permitted(kind))

    def _offer_points(self) -> None:
        """What is being typed stays; another device's points are no choice."""
        points = self._presenter.points()
        if points != [self.point.itemText(index) for index in range(self.point.count())]:
            self.point.blockSignals(True)
            typed = self.point.currentText()
            self.point.clear()
            self.point.addItems(points)
            self.point.setEditText(typed)
            self.point.blockSignals(False)

    def _build(self) -> None:
        self.devices.setFixedHeight(DEVICES_PX)
        self.point.setEditable(True)
        self.point.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.point.setMinimumContentsLength(POINT_SIGNS)
        self._point_label.setBuddy(self.point)
        for kind, key in _KEYS.items():
            self.buttons[kind].setShortcut(QKeySequence(key))
        self.buttons[FireRequestKind.DUTY_CHECK].setProperty("kind", "primary")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 10, 14, 10)
        outer.setSpacing(8)
        outer.addWidget(self._title)
        outer.addWidget(self.devices)
        own = [kind for kind in FireRequestKind if kind not in SYSTEM_KINDS | COMPONENT_KINDS]
        systems = [kind for kind in FireRequestKind if kind in SYSTEM_KINDS]
        components = [kind for kind in FireRequestKind if kind in COMPONENT_KINDS]
        # Four to a row: English words are long, and a window may be 1024 pixels wide.
        for first in range(0, len(own), 4):
            outer.addLayout(self._row(*self._buttons_of(own[first : first + 4])))
        outer.addLayout(self._row(self._point_label, self.point))
        outer.addLayout(self._row(*self._buttons_of(components)))
        outer.addLayout(self._row(*self._buttons_of(systems)))
        outer.addWidget(self._asked_title)
        outer.addWidget(self.requests, 1)
        outer.addWidget(self.empty, 1)
        outer.addWidget(self.message)

    def _buttons_of(self, kinds: list[FireRequestKind]) -> list[QPushButton]:
        return [self.buttons[kind] for kind in kinds]

    def _row(self, *widgets: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        for widget in widgets:
            row.addWidget(widget)
        row.addStretch(1)
        return row

    def _connect(self) -> None:
        self._presenter.changed.connect(self.show_present)
        self._presenter.refused.connect(self._refuse)
        self.devices.itemSelectionChanged.connect(self._choose)
        self.point.editTextChanged.connect(self._presenter.use_point)
        for button in self.buttons.values():
            button.clicked.connect(self._ask)

    def _choose(self) -> None:
        rows = self.devices.selectionModel().selectedRows()
        item = self.devices.item(rows[0].row(), 0) if rows else None
        self._be_sure(False)
        self._presenter.choose(item.text() if item is not None else "")

    def _ask(self) -> None:
        kind = next(kind for kind, button in self.buttons.items() if button is self.sender())
        self.message.clear()
        if kind is FireRequestKind.INITIALISE and not self._is_sure:
            self._be_sure(True)
            return
        self._be_sure(False)
        self._presenter.ask(kind)

    def _be_sure(self, is_sure: bool) -> None:
        self._is_sure = is_sure
        button = self.buttons[FireRequestKind.INITIALISE]
        button.setText(self.tr("再按一次：初始化") if is_sure else name_of(FireRequestKind.INITIALISE))
        restyle(button, "kind", "danger" if is_sure else "")

    def _refuse(self, error: ServiceError) -> None:
        self.message.setText(sentence(error))

    def _retranslate(self) -> None:
        self._title.setText(self.tr("消防传输装置"))
        self._asked_title.setText(self.tr("指令与回答"))
        self._point_label.setText(self.tr("点位（系统 1.1，部件 1.1.10.2）"))
        self.point.setAccessibleName(self.tr("点位（系统 1.1，部件 1.1.10.2）"))
        self.devices.setAccessibleName(self.tr("消防传输装置"))
        self.requests.setAccessibleName(self.tr("指令与回答"))
        self._no_requests.say(self.tr("还没有问过。选一台装置，再按上面的按钮。"))
        self.empty.setText(self.tr("校区里没有消防传输装置。请管理员在校区文件中加一台，协议为 gb26875。"))
        self.devices.setHorizontalHeaderLabels(device_headings())
        self.requests.setHorizontalHeaderLabels(request_headings())
        for kind, button in self.buttons.items():
            button.setText(name_of(kind))
            button.setToolTip(plain_tip(_KEYS.get(kind, "")))
            # A text resets the key.
            if kind in _KEYS:
                button.setShortcut(QKeySequence(_KEYS[kind]))
        self._be_sure(False)
        self.show_present()


def _table(columns: int, parent: QWidget) -> QTableWidget:
    table = QTableWidget(0, columns, parent)
    show_as_lines(table)
    header = table.horizontalHeader()
    header.setStretchLastSection(True)
    return table


def _fill(table: QTableWidget, lines: Sequence[Sequence[str]]) -> None:
    table.blockSignals(True)
    table.setRowCount(len(lines))
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            item = QTableWidgetItem(text)
            item.setToolTip(plain_tip(text))
            table.setItem(row, column, item)
    table.blockSignals(False)
