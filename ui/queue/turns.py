"""Alarms that the list has no room for are shown below it in turn, until each has been painted once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from services.core.clock import Clock, SystemClock
from services.domain.alarms import Alarm, AlarmId
from services.domain.classes import Priority
from services.domain.floods import grouped
from ui.icons import priority_shape
from ui.queue.lists import Row, Told, alarms_of, told_in
from ui.queue.words import line_words
from ui.settling import SETTLE_S
from ui.text.lists import listed
from ui.theme import ALIGN_LEFT, ALIGN_RIGHT, Size, font, tokens

COLUMNS = 2
MOST_LINES = 5
MOST_AT_ONCE = COLUMNS * MOST_LINES
_LINE_PX = 24
_MARK_PX = 12
_GAP_PX = 6
# So long the rows stay as they are after the mouse has moved over them: somebody is about to choose one.
HOLD_S = 2.0


class TurnStrip(QWidget):
    """Below the list, which therefore never moves under a hand; a turn shows the most urgent first. When
    one turn cannot hold them, those of one class and place share a row, and the last row or two are for
    those that have waited longest.

    Nobody has to touch anything: whoever calls `turn` again and again sees every alarm of a storm, one that
    arrives while the list is scrolled or shows another tab as well.
    Signals: row_painted(alarms) for each paint of a row; alarm_picked(alarm_id) by a click on a row that has
    stood long enough to be read.
    """

    row_painted = Signal(object)
    alarm_picked = Signal(str)

    def __init__(
        self, is_seen: Callable[[str], bool], parent: QWidget | None = None, *, clock: Clock | None = None
    ) -> None:
        super().__init__(parent)
        self._is_seen = is_seen
        self._clock: Clock = clock or SystemClock()
        self._waiting: Sequence[Row] = ()
        self._unseen: Collection[AlarmId] = frozenset()
        self._rows: Sequence[Told] = ()
        self._stands_since_s = self._held_until_s = float("-inf")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setMinimumHeight(2 * _LINE_PX)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)
        self._retranslate()
        self.hide()

    @property
    def rows(self) -> Sequence[Told]:
        """What this turn shows."""
        return self._rows

    @property
    def room(self) -> int:
        """How many rows are to be seen whole: a low window shows fewer in a turn."""
        return COLUMNS * min(MOST_LINES, max(1, self.height() // _LINE_PX - 1))

    @property
    def is_behind(self) -> bool:
        """More had been reached by no paint when this turn began than it has room for."""
        return len(self._unseen) > self.room

    def unseen_of(self, alarms: Iterable[Alarm]) -> set[AlarmId]:
        """Those that no paint has reached yet and nobody else works on."""
        return {
            alarm.id
            for alarm in alarms
            if alarm.shelf is None and not (self._is_seen(alarm.id) or _is_in_hands(alarm))
        }

    def turn(self, alarms: Iterable[Alarm], *, has_groups: bool) -> None:
        """The next of those that no paint has reached yet; away when there are none. While the mouse moves
        over the rows they stay."""
        alarms = [alarm for alarm in alarms if alarm.shelf is None]
        if self._clock.monotonic() < self._held_until_s:
            return
        self._unseen = self.unseen_of(alarms)
        self._waiting = ()
        if self._unseen:
            every: Sequence[Row] = grouped(alarms) if has_groups else alarms
            self._waiting = [row for row in every if any(one.id in self._unseen for one in alarms_of(row))]
        self._fit()
        self._retranslate()
        self.setVisible(bool(self._rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        lines = min(MOST_LINES, -(-len(self._waiting) // COLUMNS))
        return QSize(200, (1 + lines) * _LINE_PX)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hold()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A row that has only just come is not what the hand was meant for: it stays, and is not picked."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        is_read = self._clock.monotonic() - self._stands_since_s >= SETTLE_S
        self._hold()
        for row, area in self._placed() if is_read else ():
            if area.contains(event.position().toPoint()):
                alarms = alarms_of(row)
                first = next((alarm for alarm in alarms if alarm.id in self._unseen), alarms[0])
                self.alarm_picked.emit(first.id)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = tokens()
        painter.fillRect(self.rect(), QColor(theme.bad_fill))
        head = QRect(_GAP_PX, 0, self.width() - 2 * _GAP_PX, _LINE_PX)
        _write(painter, head, self.accessibleName(), theme.on_bad, is_bold=True)
        placed = self._placed()
        for row, area in placed:
            _paint_row(painter, area, row)
        painter.end()
        for row, _area in placed:
            self.row_painted.emit(alarms_of(row))

    def _placed(self) -> list[tuple[Told, QRect]]:
        width = self.width() // COLUMNS
        return [
            (row, QRect(number % COLUMNS * width, (1 + number // COLUMNS) * _LINE_PX, width, _LINE_PX))
            for number, row in enumerate(self._rows)
        ]

    def _hold(self) -> None:
        self._held_until_s = self._clock.monotonic() + HOLD_S

    def _fit(self) -> None:
        oldest = COLUMNS if self.room > COLUMNS else 1
        rows = told_in(self.room, self._waiting, self._unseen, oldest=oldest)
        if rows != self._rows:
            self._rows = rows
            self._stands_since_s = self._clock.monotonic()
            said = [" ".join(line_words(row)).strip() for row in rows]
            self.setAccessibleDescription(listed(said))

    def _retranslate(self) -> None:
        self.setAccessibleName(
            self.tr("尚未显示过的报警 {count} 条，轮流显示").format(count=len(self._unseen))
        )
        self.setToolTip(self.tr("报警比列表能显示的多：没有显示过的在这里轮流显示，点一下选中"))


def _is_in_hands(alarm: Alarm) -> bool:
    """Somebody has seen it at another seat and works on it."""
    return bool(alarm.owner) and alarm.displayed_at is not None


def _priority_of(row: Told) -> Priority:
    return min(alarm.priority for alarm in alarms_of(row))


def _paint_row(painter: QPainter, area: QRect, row: Told) -> None:
    """The number of alarms stands at the right end and is never cut off."""
    priority = _priority_of(row)
    mark = QRectF(area.x() + _GAP_PX, area.center().y() - _MARK_PX / 2, _MARK_PX, _MARK_PX)
    painter.fillPath(priority_shape(priority, mark), QColor(tokens().priority(priority).mark))
    line = area.adjusted(2 * _GAP_PX + _MARK_PX, 0, -_GAP_PX, 0)
    text, count = line_words(row)
    if count:
        painter.setFont(font(Size.TEXT_S, bold=True))
        painter.setPen(QColor(tokens().on_bad))
        painter.drawText(line, ALIGN_RIGHT, count)
        line.setRight(line.right() - painter.fontMetrics().horizontalAdvance(count) - _GAP_PX)
    _write(painter, line, text, tokens().on_bad)


def _write(painter: QPainter, line: QRect, text: str, ink: str, *, is_bold: bool = False) -> None:
    painter.setFont(font(Size.TEXT_S, bold=is_bold))
    painter.setPen(QColor(ink))
    shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, line.width())
    painter.drawText(line, ALIGN_LEFT, shown)
