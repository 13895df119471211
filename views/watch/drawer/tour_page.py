"""Making a tour: what is there to choose on top, the stops in their order below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QWidget,
)

from services.domain.walls import (
    LEAST_DWELL_S,
    MOST_DWELL_S,
    Stop,
    StopKind,
    Tour,
    WallItem,
    WallItemKind,
)
from ui.icons import icon
from ui.search import matches
from views.watch.drawer.page import EditorPage

_TARGET = Qt.ItemDataRole.UserRole
_DWELL = Qt.ItemDataRole.UserRole + 1
USUAL_DWELL_S = 10
_KINDS = tuple(StopKind)
# (target, its name) of one kind, asked anew whenever they are shown.
Targets = Callable[[StopKind], list[tuple[str, str]]]


class TourPage(EditorPage):
    def __init__(self, targets: Targets, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._targets = targets
        self._edited = WallItem("", WallItemKind.TOUR, "", "", "")
        self._kind = StopKind.CAMERA
        self._kinds = QButtonGroup(self)
        self.filter = QLineEdit(self)
        self.offered = QListWidget(self)
        self.stops = QListWidget(self)
        self.dwell = QSpinBox(self)
        self.add = QPushButton(self)
        self.remove = QPushButton(self)
        self.up = QPushButton(self)
        self.down = QPushButton(self)
        self._build()
        self._connect()
        self.retranslate()

    def edit(self, item: WallItem | None) -> None:
        self._edited = item or WallItem("", WallItemKind.TOUR, "", "", "")
        self.name.setText(self._edited.name)
        self.stops.clear()
        stops = self._edited.tour.stops if self._edited.tour is not None else ()
        self._kind = stops[0].kind if stops else StopKind.CAMERA
        for stop in stops:
            self._append(stop.kind, stop.target, stop.dwell_s)
        self.retranslate()
        self.name.setFocus()

    def item(self) -> WallItem:
        rows = [self.stops.item(row) for row in range(self.stops.count())]
        stops = tuple(
            Stop(StopKind(r.data(_TARGET)[0]), r.data(_TARGET)[1], int(r.data(_DWELL))) for r in rows
        )
        return replace(self._edited, name=self.name.text(), tour=Tour(stops))

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show:
            self._offer()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.stops.hasFocus():
            self._remove()
            return
        super().keyPressEvent(event)

    def retranslate(self) -> None:
        super().retranslate()
        self._title.setText(self.tr("修改轮巡") if self._edited.id else self.tr("新建轮巡"))
        for kind, name in zip(_KINDS, (self.tr("摄像机"), self.tr("预设"), self.tr("布局")), strict=True):
            self._kinds.button(_KINDS.index(kind)).setText(name)
        self.filter.setPlaceholderText(self.tr("筛选"))
        self.filter.setAccessibleName(self.tr("筛选"))
        self.offered.setAccessibleName(self.tr("可选的站"))
        self.stops.setAccessibleName(self.tr("轮巡的站"))
        self.add.setText(self.tr("加入所选"))
        self.dwell.setSuffix(self.tr(" 秒"))
        self.dwell.setAccessibleName(self.tr("停留秒数"))
        self.dwell.setToolTip(self.tr("停留秒数"))
        for button, name in (
            (self.remove, self.tr("去掉这一站（Delete）")),
            (self.up, self.tr("上移（Ctrl+Shift+Up）")),
            (self.down, self.tr("下移（Ctrl+Shift+Down）")),
        ):
            button.setToolTip(name)
            button.setAccessibleName(name)
        self._offer()
        self._rename_stops()

    def _build(self) -> None:
        kinds = QHBoxLayout()
        for at in range(len(_KINDS)):
            chip = QPushButton(self)
            chip.setCheckable(True)
            chip.setProperty("kind", "chip")
            self._kinds.addButton(chip, at)
            kinds.addWidget(chip)
        kinds.addStretch(1)
        adding = QHBoxLayout()
        adding.addWidget(self.dwell)
        adding.addWidget(self.add, 1)
        moving = QHBoxLayout()
        moving.addStretch(1)
        for button, name in ((self.up, "up"), (self.down, "down"), (self.remove, "close")):
            button.setIcon(icon(name))
            button.setProperty("kind", "chip")
            moving.addWidget(button)
        # Ctrl+Up and Ctrl+Down walk through the alarms in every window; a second owner would silence both.
        self.up.setShortcut("Ctrl+Shift+Up")
        self.down.setShortcut("Ctrl+Shift+Down")
        self.offered.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.stops.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.dwell.setRange(LEAST_DWELL_S, MOST_DWELL_S)
        self.dwell.setValue(USUAL_DWELL_S)
        self.dwell.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body.addLayout(kinds)
        self.body.addWidget(self.filter)
        self.body.addWidget(self.offered, 3)
        self.body.addLayout(adding)
        self.body.addWidget(self.stops, 3)
        self.body.addLayout(moving)

    def _connect(self) -> None:
        self._kinds.idClicked.connect(self._choose_kind)
        self.filter.textChanged.connect(self._offer)
        self.offered.itemActivated.connect(self._add_chosen)
        self.add.clicked.connect(self._add_chosen)
        self.remove.clicked.connect(self._remove)
        self.up.clicked.connect(self._move_up)
        self.down.clicked.connect(self._move_down)
        self.stops.currentRowChanged.connect(self._show_dwell)
        self.dwell.valueChanged.connect(self._set_dwell)

    def _choose_kind(self, at: int) -> None:
        self._kind = _KINDS[at]
        self._offer()

    def _offer(self) -> None:
        self._kinds.button(_KINDS.index(self._kind)).setChecked(True)
        self.offered.clear()
        for target, name in self._targets(self._kind):
            if matches(self.filter.text(), name):
                row = QListWidgetItem(name)
                row.setData(_TARGET, (self._kind.value, target))
                self.offered.addItem(row)

    def _add_chosen(self) -> None:
        for row in range(self.offered.count()):
            offered = self.offered.item(row)
            if offered.isSelected():
                kind, target = offered.data(_TARGET)
                self._append(StopKind(kind), target, self.dwell.value())

    def _append(self, kind: StopKind, target: str, dwell_s: int) -> None:
        row = QListWidgetItem()
        row.setData(_TARGET, (kind.value, target))
        row.setData(_DWELL, dwell_s)
        self.stops.addItem(row)
        self._rename_stops()

    def _rename_stops(self) -> None:
        names = {(kind.value, target): name for kind in _KINDS for target, name in self._targets(kind)}
        for number in range(self.stops.count()):
            row = self.stops.item(number)
            kind, target = row.data(_TARGET)
            text = self.tr("{name} · {seconds} 秒")
            row.setText(text.format(name=names.get((kind, target), target), seconds=row.data(_DWELL)))

    def _show_dwell(self, row: int) -> None:
        if row >= 0:
            self.dwell.setValue(int(self.stops.item(row).data(_DWELL)))

    def _set_dwell(self, seconds: int) -> None:
        """Of the marked stop, and of those that are added from now on."""
        if self.stops.selectedItems():
            self.stops.currentItem().setData(_DWELL, seconds)
            self._rename_stops()

    def _remove(self) -> None:
        if self.stops.currentRow() >= 0:
            self.stops.takeItem(self.stops.currentRow())

    def _move_up(self) -> None:
        self._move(-1)

    def _move_down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        row = self.stops.currentRow()
        if row >= 0 and 0 <= row + by < self.stops.count():
            self.stops.insertItem(row + by, self.stops.takeItem(row))
            self.stops.setCurrentRow(row + by)
