"""Every camera with its days: a bar of what is there against what is wanted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidgetItem,
    QWidget,
)

from services.domain.recording_days import CameraDays, DaysState
from services.domain.site import Camera
from ui.line_table import LineTable
from ui.theme import tokens
from ui.tips import plain_tip
from views.custody.words import camera_headings, camera_line

STATE_COLUMN, DAYS_COLUMN = 0, 2
DAYS_PX, TEXT_PX = 180, 100
_DAYS = Qt.ItemDataRole.UserRole + 1
_BAR_PX = 8
_URGENCY = {state: place for place, state in enumerate(DaysState)}


class CameraTable(LineTable):
    """Several lines may be chosen: a span is protected on all of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._delegate = _DaysBar(self)
        self.setItemDelegateForColumn(DAYS_COLUMN, self._delegate)
        self._cameras: list[str] = []

    def show_cameras(self, cameras: Sequence[tuple[CameraDays, Camera | None]]) -> None:
        """The worst first, in their order otherwise; what was chosen stays chosen."""
        chosen = set(self.chosen())
        ordered = sorted(cameras, key=lambda one: _URGENCY[one[0].state])
        self.show_lines([camera_headings(), *(camera_line(*one) for one in ordered)])
        self._cameras = [one.camera for one, _ in ordered]
        self.blockSignals(True)
        for row, (one, _) in enumerate(ordered):
            self._mark(row, one)
        self._choose_again(chosen)
        self.blockSignals(False)
        self.horizontalHeader().setSectionResizeMode(DAYS_COLUMN, QHeaderView.ResizeMode.Fixed)
        self.setColumnWidth(DAYS_COLUMN, DAYS_PX)

    def chosen(self) -> list[str]:
        """Numbers of the chosen cameras, the line of the keyboard's first."""
        rows = sorted({item.row() for item in self.selectedItems()})
        current = self.currentRow()
        rows.sort(key=lambda row: row != current)
        return [self._cameras[row] for row in rows if row < len(self._cameras)]

    def _mark(self, row: int, one: CameraDays) -> None:
        state, days = self.item(row, STATE_COLUMN), self.item(row, DAYS_COLUMN)
        if state is not None:
            state.setForeground(ink_of(one.state))
        if days is not None:
            days.setData(_DAYS, (one.days, float(one.wanted_days), one.state))
        for column in range(self.columnCount()):
            item = self.item(row, column)
            if item is not None:
                item.setToolTip(plain_tip(item.text()))

    def _choose_again(self, chosen: set[str]) -> None:
        self.clearSelection()
        for row, camera in enumerate(self._cameras):
            if camera in chosen:
                for column in range(self.columnCount()):
                    item: QTableWidgetItem | None = self.item(row, column)
                    if item is not None:
                        item.setSelected(True)


class _DaysBar(QStyledItemDelegate):
    """The text, and beside it how far the days reach towards those that are wanted."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        value = index.data(_DAYS)
        if value is None:
            return
        days, wanted, state = value
        theme = tokens()
        area = QRectF(option.rect).adjusted(TEXT_PX, 0, -8, 0)
        bar = QRectF(area.left(), area.center().y() - _BAR_PX / 2, area.width(), _BAR_PX)
        share = min(1.0, days / wanted) if wanted > 0 else 0.0
        painter.save()
        painter.fillRect(bar, QColor(theme.line))
        painter.fillRect(QRectF(bar.left(), bar.top(), bar.width() * share, _BAR_PX), ink_of(state))
        painter.restore()


def ink_of(state: DaysState) -> QColor:
    theme = tokens()
    match state:
        case DaysState.MISSED | DaysState.NOTHING:
            return QColor(theme.bad)
        case DaysState.WILL_MISS:
            return QColor(theme.warn)
        case DaysState.WELL | DaysState.GROWING:
            return QColor(theme.ok)
        case DaysState.OFF:
            return QColor(theme.text_dim)
