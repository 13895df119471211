"""Alarms that the list has no room for are shown below it in turn, until each has been painted once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from services.domain.alarms import Alarm, AlarmId
from services.domain.floods import AlarmGroup, by_place, grouped
from ui.icons import priority_shape
from ui.queue.lists import Row
from ui.queue.words import line_words
from ui.theme import ALIGN_LEFT, Size, font, tokens

COLUMNS = 2
MOST_LINES = 5
MOST_AT_ONCE = COLUMNS * MOST_LINES
_LINE_PX = 24
_MARK_PX = 12
_GAP_PX = 6


class TurnStrip(QWidget):
    """Below the list, which therefore never moves under a hand; a turn shows the most urgent first. When
    one turn cannot hold them, those of one cause and place share a row: a hundred buttons pressed in a second
    would else flicker past unread.

    Nobody has to touch anything: whoever calls `turn` again and again sees every alarm of a storm, one that
    arrives while the list is scrolled or shows another tab as well.
    Signals: row_painted(alarms) for each paint of a row; alarm_picked(alarm_id) by a click.
    """

    row_painted = Signal(object)
    alarm_picked = Signal(str)

    def __init__(self, is_seen: Callable[[str], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_seen = is_seen
        self._rows: Sequence[Row] = ()
        self._waiting = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setMinimumHeight(2 * _LINE_PX)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._retranslate()
        self.hide()

    @property
    def rows(self) -> Sequence[Row]:
        """What this turn shows."""
        return self._rows

    @property
    def waiting(self) -> int:
        """How many no paint had reached when this turn began."""
        return self._waiting

    def turn(self, alarms: Iterable[Alarm], *, has_groups: bool) -> None:
        """The next of those that no paint has reached yet; away when there are none."""
        waiting = [alarm for alarm in alarms if alarm.shelf is None]
        unseen = {alarm.id for alarm in waiting if not (self._is_seen(alarm.id) or _is_in_hands(alarm))}
        rows: Sequence[Row] = ()
        if unseen:
            every: Sequence[Row] = grouped(waiting) if has_groups else waiting
            rows = [row for row in every if any(alarm.id in unseen for alarm in _alarms_of(row))]
        if len(rows) > MOST_AT_ONCE:
            rows = _next_of(by_place(rows), unseen)
        self._rows, self._waiting = rows, len(unseen)
        self._retranslate()
        self.setVisible(bool(rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        lines = -(-len(self._rows) // COLUMNS)
        return QSize(200, (1 + lines) * _LINE_PX)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for row, area in self._placed():
            if area.contains(event.position().toPoint()):
                self.alarm_picked.emit(_alarms_of(row)[0].id)

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
            self.row_painted.emit(_alarms_of(row))

    def _placed(self) -> list[tuple[Row, QRect]]:
        """Only rows that are to be seen whole: a low window shows fewer in a turn."""
        lines = max(0, self.height() // _LINE_PX - 1)
        width = self.width() // COLUMNS
        return [
            (row, QRect(number % COLUMNS * width, (1 + number // COLUMNS) * _LINE_PX, width, _LINE_PX))
            for number, row in enumerate(self._rows[: lines * COLUMNS])
        ]

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("尚未显示过的报警 {count} 条，轮流显示").format(count=self._waiting))
        self.setToolTip(self.tr("报警比列表能显示的多：没有显示过的在这里轮流显示，点一下选中"))


def _next_of(rows: Sequence[Row], unseen: Collection[AlarmId]) -> Sequence[Row]:
    """The last line is for those that waited longest: the less urgent would else wait for a flood's end."""
    first, rest = rows[: MOST_AT_ONCE - COLUMNS], rows[MOST_AT_ONCE - COLUMNS :]

    def since(row: Row) -> datetime:
        return min(alarm.received_at for alarm in _alarms_of(row) if alarm.id in unseen)

    return [*first, *sorted(rest, key=since)[:COLUMNS]]


def _is_in_hands(alarm: Alarm) -> bool:
    """Somebody has seen it at another seat and works on it."""
    return bool(alarm.owner) and alarm.displayed_at is not None


def _alarms_of(row: Row) -> tuple[Alarm, ...]:
    return row.alarms if isinstance(row, AlarmGroup) else (row,)


def _paint_row(painter: QPainter, area: QRect, row: Row) -> None:
    mark = QRectF(area.x() + _GAP_PX, area.center().y() - _MARK_PX / 2, _MARK_PX, _MARK_PX)
    painter.fillPath(priority_shape(row.priority, mark), QColor(tokens().priority(row.priority).mark))
    line = area.adjusted(2 * _GAP_PX + _MARK_PX, 0, -_GAP_PX, 0)
    _write(painter, line, line_words(row), tokens().on_bad)


def _write(painter: QPainter, line: QRect, text: str, ink: str, *, is_bold: bool = False) -> None:
    painter.setFont(font(Size.TEXT_S, bold=is_bold))
    painter.setPen(QColor(ink))
    shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, line.width())
    painter.drawText(line, ALIGN_LEFT, shown)
