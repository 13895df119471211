"""How one alarm looks in the queue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from services.core.clock import Clock, SystemClock
from services.domain.alarms import Alarm, AlarmState
from services.domain.classes import Priority
from services.domain.clocks import DEFAULT_CLOCKS, Clocks
from services.domain.floods import AlarmGroup
from ui.icons import priority_shape
from ui.queue.lists import Row
from ui.queue.model import ALARM_ROLE, MEMBER_ROLE, OPEN_ROLE
from ui.queue.words import CardWords, age_tone, card_words, group_words
from ui.text import times
from ui.theme import ALIGN_CENTRE, ALIGN_LEFT, ALIGN_RIGHT, Size, font, tokens

CARD_PX = 72
_STRIPE_PX = 5
_MARK_PX = 22
_RIM_PX = 2
_MEMBER_PX = 18
# Some lists full of cards: what is older is made anew when it comes back.
_MOST_IMAGES = 100
# A triangle's middle lies below that of the square round it.
_DIGIT_DOWN_PX = {Priority.P2: 4}


@dataclass(frozen=True, slots=True)
class _Look:
    """All that can be seen of one row. tone: of its age."""

    words: CardWords
    priority: Priority
    is_new: bool
    is_group: bool
    has_owner: bool = False
    age: str = ""
    tone: str = "dim"
    at: str = ""


class CardDelegate(QStyledItemDelegate):
    """Paints cards. Signals: card_painted(alarm_id, monotonic s) once per alarm."""

    card_painted = Signal(str, float)

    def __init__(self, parent: QObject | None = None, *, clock: Clock | None = None) -> None:
        super().__init__(parent)
        self._clock: Clock = clock or SystemClock()
        self._told: set[str] = set()
        self._limits: Mapping[Priority, Clocks] = DEFAULT_CLOCKS
        self._images: dict[tuple[object, ...], QImage] = {}

    def use_limits(self, limits: Mapping[Priority, Clocks]) -> None:
        """When an age turns yellow and red."""
        self._limits = limits

    def forget_all_but(self, alarm_ids: set[str]) -> None:
        """Alarms that are gone need not be remembered as painted."""
        self._told &= alarm_ids

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        return QSize(200, CARD_PX)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row = index.data(ALARM_ROLE)
        if not isinstance(row, (Alarm, AlarmGroup)):
            return
        rect, state = QRect(option.rect), option.state
        if index.data(MEMBER_ROLE):
            rect.adjust(_MEMBER_PX, 0, 0, 0)
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        look = self._look_of(row, is_open=bool(index.data(OPEN_ROLE)))
        ratio = painter.device().devicePixelRatioF()
        painter.drawImage(rect.topLeft(), self._image(look, rect.size(), ratio, is_selected=is_selected))
        if _is_whole(option):
            self.tell(row.alarms if isinstance(row, AlarmGroup) else (row,))

    def is_told(self, alarm_id: str) -> bool:
        return alarm_id in self._told

    def tell(self, alarms: Iterable[Alarm]) -> None:
        """Whoever sees a group sees that its alarms are there."""
        for alarm in alarms:
            if alarm.id not in self._told:
                self._told.add(alarm.id)
                self.card_painted.emit(alarm.id, self._clock.monotonic())

    def _look_of(self, row: Row, *, is_open: bool) -> _Look:
        if isinstance(row, AlarmGroup):
            is_new = any(member.state is AlarmState.NEW for member in row.alarms)
            return _Look(group_words(row, is_open=is_open), row.priority, is_new, is_group=True)
        age_s = times.seconds_since(row.received_at, self._clock.now().astimezone(UTC))
        return _Look(
            card_words(row),
            row.priority,
            row.state is AlarmState.NEW,
            is_group=False,
            has_owner=bool(row.owner),
            age=times.age(age_s),
            tone=age_tone(row, age_s, self._limits[row.priority]),
            at=times.clock_time(row.received_at),
        )

    def _image(self, look: _Look, size: QSize, ratio: float, *, is_selected: bool) -> QImage:
        """A card changes once a second; in a storm the list is painted ten times in it."""
        key = (look, size.width(), size.height(), ratio, is_selected, tokens())
        image = self._images.get(key)
        if image is None:
            if len(self._images) >= _MOST_IMAGES:
                self._images.clear()
            image = self._images[key] = _card_image(look, size, ratio, is_selected=is_selected)
        return image


def _card_image(look: _Look, size: QSize, ratio: float, *, is_selected: bool) -> QImage:
    image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rect = QRect(QPoint(0, 0), size)
    _paint_ground(painter, rect, look, is_selected)
    if look.is_group:
        _paint_group(painter, rect, look)
    else:
        _paint_text(painter, rect, look)
    painter.end()
    return image


def _paint_ground(painter: QPainter, rect: QRect, look: _Look, is_selected: bool) -> None:
    theme, colours = tokens(), tokens().priority(look.priority)
    card = rect.adjusted(2, 1, -2, -1)
    painter.fillRect(card, QColor(theme.hover if is_selected else theme.raised))
    painter.fillRect(QRect(card.x(), card.y(), _STRIPE_PX, card.height()), QColor(colours.mark))
    if is_selected:
        painter.setPen(QColor(theme.accent))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5))
    _paint_mark(painter, QRectF(card.x() + 12, card.y() + 8, _MARK_PX, _MARK_PX), look)


def _paint_group(painter: QPainter, rect: QRect, look: _Look) -> None:
    theme, words = tokens(), look.words
    top, middle, bottom = _lines(rect)
    big = font(Size.TEXT_M, bold=True)
    used = _right(painter, top, words.count, big, theme.warn)
    _left(painter, top, used, f"P{look.priority:d} {words.title}", big, theme.priority(look.priority).mark)
    _left(painter, middle, 0, words.place, font(Size.TEXT_M), theme.text)
    _left(painter, bottom, 0, words.state, font(Size.TEXT_S), theme.text_dim)


def _paint_text(painter: QPainter, rect: QRect, look: _Look) -> None:
    theme, words = tokens(), look.words
    top, middle, bottom = _lines(rect)
    big, small = font(Size.TEXT_M, bold=True), font(Size.TEXT_S)
    tone = {"dim": theme.text_dim, "warn": theme.warn, "bad": theme.bad}[look.tone]
    used = _right(painter, top, look.age, big, tone)
    _left(painter, top, used, f"P{look.priority:d} {words.title}", big, theme.priority(look.priority).mark)
    used = _right(painter, middle, words.count, big, theme.warn)
    _left(painter, middle, used, words.place, font(Size.TEXT_M), theme.text)
    used = _right(painter, bottom, look.at, small, theme.text_dim)
    _left(painter, bottom, used, words.state, small, theme.accent if look.has_owner else theme.text_dim)


def _is_whole(option: QStyleOptionViewItem) -> bool:
    """A card cut off by the list's edge has not been shown to anybody."""
    view = option.widget
    return not isinstance(view, QAbstractItemView) or view.viewport().rect().contains(option.rect)


def _lines(rect: QRect) -> tuple[QRect, QRect, QRect]:
    """The three lines of a card beside its mark."""
    inner = rect.adjusted(12 + _MARK_PX + 10, 6, -10, -6)
    third = inner.height() // 3
    top = QRect(inner.x(), inner.y(), inner.width(), third)
    middle = top.translated(0, third)
    return top, middle, middle.translated(0, third)


def _paint_mark(painter: QPainter, area: QRectF, look: _Look) -> None:
    """The priority's shape and digit: full while nobody has claimed, hollow after."""
    theme = tokens()
    mark = QColor(theme.priority(look.priority).mark)
    if look.is_new:
        painter.fillPath(priority_shape(look.priority, area), mark)
        ink = QColor(theme.raised)
    else:
        painter.setPen(QPen(mark, _RIM_PX))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(priority_shape(look.priority, area.adjusted(1, 1, -1, -1)))
        ink = mark
    painter.setFont(font(Size.TEXT_S, bold=True))
    painter.setPen(ink)
    box = area.translated(0, _DIGIT_DOWN_PX.get(look.priority, 0))
    painter.drawText(box, ALIGN_CENTRE, f"{look.priority:d}")


def _right(painter: QPainter, line: QRect, text: str, face: QFont, ink: str) -> int:
    """Draw at the right end; returns the pixels used, a gap included."""
    if not text:
        return 0
    painter.setFont(face)
    painter.setPen(QColor(ink))
    painter.drawText(line, ALIGN_RIGHT, text)
    return painter.fontMetrics().horizontalAdvance(text) + 8


def _left(painter: QPainter, line: QRect, used_px: int, text: str, face: QFont, ink: str) -> None:
    painter.setFont(face)
    painter.setPen(QColor(ink))
    room = max(0, line.width() - used_px)
    shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, room)
    painter.drawText(line, ALIGN_LEFT, shown)
