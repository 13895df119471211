"""An order's way as a row of steps with their times: sent, signed, en route, on scene, done."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from services.domain.incidents import Dispatch, DispatchState
from ui.text.names import name_of
from ui.text.times import clock_time
from ui.theme import ALIGN_CENTRE, Size, font, tokens

STEPS = (
    DispatchState.SENT,
    DispatchState.SIGNED,
    DispatchState.EN_ROUTE,
    DispatchState.ON_SCENE,
    DispatchState.DONE,
)
# A step's moves when the guard reports it by voice.
NEXT_STEP = {
    DispatchState.SENT: DispatchState.SIGNED,
    DispatchState.DELIVERED: DispatchState.SIGNED,
    DispatchState.SIGNED: DispatchState.EN_ROUTE,
    DispatchState.EN_ROUTE: DispatchState.ON_SCENE,
    DispatchState.ON_SCENE: DispatchState.DONE,
}
_DOT_PX = 7.0


def step_times(dispatch: Dispatch) -> list[datetime | None]:
    """When each of STEPS was reached; None for what has not come."""
    return [
        dispatch.sent_at,
        dispatch.signed_at,
        dispatch.en_route_at,
        dispatch.on_scene_at,
        dispatch.done_at,
    ]


class DispatchSteps(QWidget):
    """Paints one order's steps; what is reached is filled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dispatch: Dispatch | None = None
        self.setMinimumSize(240, 52)

    def show_dispatch(self, dispatch: Dispatch) -> None:
        self._dispatch = dispatch
        said = [
            f"{name_of(s)} {clock_time(at)}" for s, at in zip(STEPS, step_times(dispatch), strict=True) if at
        ]
        self.setAccessibleName(", ".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, 52)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._dispatch is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        times = step_times(self._dispatch)
        width = self.width() / len(STEPS)
        reached = max((i for i, at in enumerate(times) if at), default=0)
        centres = [QPointF(width * (i + 0.5), 11.0) for i in range(len(STEPS))]
        for index in range(len(STEPS) - 1):
            ink = QColor(tokens().ok if index < reached else tokens().line_strong)
            painter.setPen(QPen(ink, 2))
            painter.drawLine(centres[index], centres[index + 1])
        for index, (centre, at) in enumerate(zip(centres, times, strict=True)):
            self._paint_dot(painter, centre, at is not None, index == reached)
            self._paint_words(painter, QRect(round(width * index), 20, round(width), 32), index, at)
        painter.end()

    def _paint_dot(self, painter: QPainter, centre: QPointF, is_reached: bool, is_last: bool) -> None:
        theme = tokens()
        painter.setPen(QPen(QColor(theme.ok if is_reached else theme.line_strong), 2))
        painter.setBrush(QColor(theme.ok if is_reached else theme.panel))
        painter.drawEllipse(centre, _DOT_PX if is_last else _DOT_PX - 2, _DOT_PX if is_last else _DOT_PX - 2)

    def _paint_words(self, painter: QPainter, box: QRect, index: int, at: datetime | None) -> None:
        theme = tokens()
        half = box.height() // 2
        painter.setFont(font(Size.TEXT_S, bold=at is not None))
        painter.setPen(QColor(theme.text if at else theme.text_dim))
        painter.drawText(QRect(box.x(), box.y(), box.width(), half), ALIGN_CENTRE, name_of(STEPS[index]))
        painter.setFont(font(Size.TEXT_XS))
        painter.setPen(QColor(theme.text_dim))
        line = QRect(box.x(), box.y() + half, box.width(), half)
        painter.drawText(line, ALIGN_CENTRE | Qt.TextFlag.TextSingleLine, clock_time(at))
