"""The incidents board: columns of cards and the chosen incident beside them."""

from __future__ import annotations

from datetime import UTC

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetrics, QHideEvent, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from services.core.clock import Clock, SystemClock
from services.domain.incidents import Incident
from ui.no_site import NoSiteNote
from ui.text import times
from ui.text.names import name_of
from ui.text.places import local
from ui.theme import ALIGN_LEFT, ALIGN_RIGHT, Size, font, tokens
from views.incidents.columns import Column
from views.incidents.detail import IncidentDetail, order_line
from views.incidents.presenter import IncidentsPresenter

_INCIDENT = Qt.ItemDataRole.UserRole
_ORDERS = Qt.ItemDataRole.UserRole + 1
_CARD_PX = 74
TICK_MS = 1000
_ROOMY_PX = 760


class IncidentsScreen(QWidget):
    """Usable as a whole seat: everything here lives without the watch screen."""

    def __init__(
        self,
        presenter: IncidentsPresenter,
        *,
        has_site: bool = True,
        clock: Clock | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._clock: Clock = clock or SystemClock()
        self.note = NoSiteNote(self)
        self.note.setVisible(not has_site)
        self._titles = {column: QLabel(self) for column in Column}
        self.lists = {column: QListWidget(self) for column in Column}
        self.detail = IncidentDetail(presenter, clock=clock, parent=self)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._build()
        presenter.changed.connect(self.show_present)
        self.show_present()

    def show_present(self) -> None:
        found = self._presenter.columns
        chosen = self._presenter.chosen
        for column, incidents in found.items():
            self._fill(self.lists[column], incidents, chosen)
        self._retitle()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.show_present()

    def _build(self) -> None:
        delegate = _CardDelegate(self._clock, self)
        for column, listed in self.lists.items():
            listed.setItemDelegate(delegate)
            listed.setUniformItemSizes(True)
            listed.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
            listed.itemClicked.connect(self._choose)
            listed.itemActivated.connect(self._choose)
            self._titles[column].setProperty("tone", "title")
            listed.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        board = _ColumnGrid([(self._titles[column], self.lists[column]) for column in Column], self)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(board)
        split.addWidget(self.detail)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([600, 520])
        self.detail.setMinimumWidth(360)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.note)
        outer.addWidget(split, 1)

    def _fill(self, listed: QListWidget, incidents: list[Incident], chosen: Incident | None) -> None:
        while listed.count() > len(incidents):
            listed.takeItem(listed.count() - 1)
        while listed.count() < len(incidents):
            listed.addItem(QListWidgetItem())
        listed.clearSelection()
        for row, incident in enumerate(incidents):
            item = listed.item(row)
            orders = order_line(self._presenter.dispatches_of(incident.id))
            item.setData(_INCIDENT, incident)
            item.setData(_ORDERS, orders)
            item.setText(f"{incident.incident_no} {local(incident.title)} {name_of(incident.state)} {orders}")
            item.setSelected(chosen is not None and incident.id == chosen.id)

    def _choose(self, item: QListWidgetItem) -> None:
        self._presenter.choose(item.data(_INCIDENT).id)

    def _tick(self) -> None:
        """Ages grow."""
        for column in (Column.WAITING, Column.RUNNING, Column.CONTAINED):
            self.lists[column].viewport().update()

    def _retitle(self) -> None:
        names = {
            Column.WAITING: self.tr("待派"),
            Column.RUNNING: self.tr("处置中"),
            Column.CONTAINED: self.tr("已控制"),
            Column.ENDED: self.tr("已办结"),
        }
        for column, name in names.items():
            self._titles[column].setText(f"{name} {self.lists[column].count()}")
            self.lists[column].setAccessibleName(name)


class _ColumnGrid(QWidget):
    """Columns side by side where there is room, else two above two."""

    def __init__(self, columns: list[tuple[QLabel, QListWidget]], parent: QWidget) -> None:
        super().__init__(parent)
        self._columns = columns
        self._across = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(10, 10, 4, 10)
        self._grid.setSpacing(8)
        self._arrange(len(columns))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(len(self._columns) if event.size().width() >= _ROOMY_PX else 2)

    def _arrange(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for number, (label, listed) in enumerate(self._columns):
            row, column = 2 * (number // across), number % across
            self._grid.addWidget(label, row, column)
            self._grid.addWidget(listed, row + 1, column)
        for index in range(4):
            self._grid.setColumnStretch(index, int(index < across))
            self._grid.setRowStretch(index, index % 2)


class _CardDelegate(QStyledItemDelegate):
    def __init__(self, clock: Clock, parent: QWidget) -> None:
        super().__init__(parent)
        self._clock = clock

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, _CARD_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        incident = index.data(_INCIDENT)
        if not isinstance(incident, Incident):
            return
        theme, rect = tokens(), QRect(option.rect).adjusted(2, 2, -2, -2)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, QColor(theme.hover if is_chosen else theme.raised))
        if is_chosen:
            painter.setPen(QColor(theme.accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        inner = rect.adjusted(10, 6, -10, -6)
        third = inner.height() // 3
        top = QRect(inner.x(), inner.y(), inner.width(), third)
        _line(painter, top, local(incident.title), self._age(incident), theme.text, bold=True)
        _line(painter, top.translated(0, third), local(incident.place) or "–", "", theme.text)
        orders = index.data(_ORDERS) or incident.owner_name
        _line(
            painter,
            top.translated(0, 2 * third),
            orders,
            times.clock_time(incident.received_at),
            theme.text_dim,
        )
        painter.restore()

    def _age(self, incident: Incident) -> str:
        if not incident.is_open:
            return ""
        return times.age(times.seconds_since(incident.received_at, self._clock.now().astimezone(UTC)))


def _line(painter: QPainter, box: QRect, left: str, right: str, ink: str, *, bold: bool = False) -> None:
    face = font(Size.TEXT_M if bold else Size.TEXT_S, bold=bold)
    metrics = QFontMetrics(face)
    painter.setFont(face)
    painter.setPen(QColor(ink))
    painter.drawText(box, ALIGN_RIGHT, right)
    room = max(0, box.width() - metrics.horizontalAdvance(right) - 8)
    painter.drawText(box, ALIGN_LEFT, metrics.elidedText(left, Qt.TextElideMode.ElideRight, room))
