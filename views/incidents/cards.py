"""Incidents as cards in a lane: number, level, age in colour and words, who is on it; guards drop on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC

from PySide6.QtCore import (
    QCoreApplication,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QDragEnterEvent, QDragMoveEvent, QDropEvent, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from services.core.clock import Clock
from services.domain.classes import Priority
from services.domain.incidents import Incident, IncidentState
from ui.empty_words import EmptyWords
from ui.text import times
from ui.text.names import name_of
from ui.text.places import local
from ui.text.titles import incident_title
from ui.theme import ALIGN_LEFT, ALIGN_RIGHT, Size, font, tokens
from views.incidents.ageing import Ageing

GUARD_MIME = "application/x-shouwang-guard"
_CARD = Qt.ItemDataRole.UserRole
_CARD_PX = 78
_BAR_PX = 5


@dataclass(frozen=True, slots=True)
class Card:
    """orders: who is on it and how far, in words. note: what is missing."""

    incident: Incident
    orders: str
    ageing: Ageing
    note: str = ""


class CardList(QListWidget):
    """Signals: incident_chosen(id); guard_dropped(incident_id, guard_no)."""

    incident_chosen = Signal(str)
    guard_dropped = Signal(str, str)

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_CardDelegate(clock, self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(True)
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)
        self.currentItemChanged.connect(self._choose)
        self.empty = EmptyWords(self)
        self._is_filling = False

    def show_cards(self, cards: Sequence[Card], chosen: str) -> None:
        self._is_filling = True
        while self.count() > len(cards):
            self.takeItem(self.count() - 1)
        while self.count() < len(cards):
            self.addItem(QListWidgetItem())
        self.clearSelection()
        for row, card in enumerate(cards):
            item, incident = self.item(row), card.incident
            item.setData(_CARD, card)
            spoken = (f"#{incident.short_no}", incident_title(incident), name_of(incident.state))
            item.setText(" ".join((*spoken, card.orders, card.note, ageing_words(card.ageing))).strip())
            if incident.id == chosen:
                item.setSelected(True)
                self.setCurrentItem(item)
        self._is_filling = False

    def incident_at(self, row: int) -> Incident:
        return _card(self.item(row)).incident

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(GUARD_MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        if item is not None and event.mimeData().hasFormat(GUARD_MIME) and _card(item).incident.is_open:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        guard_no = guard_of(event.mimeData())
        if item is not None and guard_no:
            event.acceptProposedAction()
            self.guard_dropped.emit(_card(item).incident.id, guard_no)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None and not self._is_filling:
            self.incident_chosen.emit(_card(item).incident.id)


def guard_of(mime: QMimeData) -> str:
    """The number of the guard who is dragged; "" for anything else."""
    return bytes(mime.data(GUARD_MIME).data()).decode("utf-8", "replace")


def ageing_words(ageing: Ageing) -> str:
    """Colour is never the only sign."""
    match ageing:
        case Ageing.FRESH:
            return ""
        case Ageing.AGED:
            return QCoreApplication.translate("IncidentCard", "久")
        case Ageing.OVERDUE:
            return QCoreApplication.translate("IncidentCard", "超时")


def _card(item: QListWidgetItem) -> Card:
    card = item.data(_CARD)
    assert isinstance(card, Card)
    return card


class _CardDelegate(QStyledItemDelegate):
    def __init__(self, clock: Clock, parent: QWidget) -> None:
        super().__init__(parent)
        self._clock = clock

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, _CARD_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        card = index.data(_CARD)
        if not isinstance(card, Card):
            return
        incident, theme = card.incident, tokens()
        rect = QRect(option.rect).adjusted(2, 2, -2, -2)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, QColor(theme.hover if is_chosen else theme.raised))
        level = theme.priority(Priority(incident.level)).mark
        painter.fillRect(QRect(rect.x(), rect.y(), _BAR_PX, rect.height()), QColor(level))
        if is_chosen:
            painter.setPen(QColor(theme.accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        inner = rect.adjusted(_BAR_PX + 8, 6, -10, -6)
        third = inner.height() // 3
        top = QRect(inner.x(), inner.y(), inner.width(), third)
        inks = {Ageing.FRESH: theme.text, Ageing.AGED: theme.warn, Ageing.OVERDUE: theme.bad}
        title = f"{incident.short_no}  {incident_title(incident)}"
        _line(painter, top, title, self._age(card), theme.text, right_ink=inks[card.ageing], bold=True)
        state = name_of(incident.state) if incident.state is not IncidentState.RESPONDING else ""
        second = top.translated(0, third)
        note_ink = theme.warn if card.note else theme.text_dim
        _line(painter, second, local(incident.place) or "–", card.note or state, theme.text, note_ink)
        orders = card.orders or incident.owner_name
        at = times.clock_time(incident.received_at)
        _line(painter, top.translated(0, 2 * third), orders, at, theme.text_dim)
        painter.restore()

    def _age(self, card: Card) -> str:
        if not card.incident.is_open:
            return ""
        age = times.age(times.seconds_since(card.incident.received_at, self._clock.now().astimezone(UTC)))
        return f"{ageing_words(card.ageing)} {age}".strip()


def _line(
    painter: QPainter, box: QRect, left: str, right: str, ink: str, right_ink: str = "", *, bold: bool = False
) -> None:
    face = font(Size.TEXT_M if bold else Size.TEXT_S, bold=bold)
    metrics = QFontMetrics(face)
    painter.setFont(face)
    painter.setPen(QColor(right_ink or ink))
    painter.drawText(box, ALIGN_RIGHT, right)
    painter.setPen(QColor(ink))
    room = max(0, box.width() - metrics.horizontalAdvance(right) - 8)
    painter.drawText(box, ALIGN_LEFT, metrics.elidedText(left, Qt.TextElideMode.ElideRight, room))
