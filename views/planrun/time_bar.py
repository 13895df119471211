"""How much of a step's time is left, as a bar that empties and turns red."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, QTimer
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from services.core.clock import Clock
from services.domain.plan_runs import StepRun, StepState
from services.domain.plan_steps import Step, StepKind
from ui.text import times
from ui.theme import ALIGN_CENTRE, Size, font, tokens
from views.planrun.words import left_s, whole_s

TICK_MS = 500
# The last quarter of a step's time is shown as a warning.
WARN_PART = 0.25
HEIGHT_PX = 20


class TimeBar(QWidget):
    """Hidden where a step has no deadline."""

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._step: Step | None = None
        self._one: StepRun | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_step(self, step: Step | None, one: StepRun | None) -> None:
        self._step, self._one = step, one
        has_time = one is not None and (one.due_at is not None or one.left_s is not None or one.is_late)
        self.setVisible(has_time)
        self._tick()

    @property
    def text(self) -> str:
        """Seconds left, or by how many it is late."""
        step, one = self._step, self._one
        if step is None or one is None:
            return ""
        if one.state is not StepState.ACTIVE:
            return self.tr("曾超过时限") if one.is_late else ""
        left = left_s(one, self._clock.now())
        if left is None:
            return ""
        if one.left_s is not None:
            return self.tr("已暂停，剩 {time}").format(time=times.age(max(0.0, left)))
        if step.kind is StepKind.WAIT:
            return self.tr("等待 {time}").format(time=times.age(max(0.0, left)))
        if left <= 0:
            return self.tr("已超时 {time}").format(time=times.age(-left))
        return self.tr("剩 {time}").format(time=times.age(left))

    def sizeHint(self) -> QSize:
        return QSize(120, HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, HEIGHT_PX)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._tick()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, part = tokens(), self._part()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.raised))
        is_wait = self._step is not None and self._step.kind is StepKind.WAIT
        fill, ink = (theme.accent_fill, theme.text)
        if part <= 0 and not is_wait:
            fill, ink, part = theme.bad_fill, theme.on_bad, 1.0
        elif part <= WARN_PART and not is_wait:
            fill = theme.warn_fill
        painter.fillRect(QRect(0, 0, round(self.width() * part), self.height()), QColor(fill))
        painter.setPen(QColor(theme.line_strong))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.setPen(QColor(ink))
        painter.setFont(font(Size.TEXT_S, bold=True))
        painter.drawText(self.rect(), ALIGN_CENTRE, self.text)
        painter.end()

    def _part(self) -> float:
        """0 to 1: how much is left; 0 once it is late."""
        step, one = self._step, self._one
        if step is None or one is None or (one.is_late and one.state is StepState.ACTIVE):
            return 0.0
        left, whole = left_s(one, self._clock.now()), whole_s(step)
        return 0.0 if left is None or not whole else max(0.0, min(1.0, left / whole))

    def _tick(self) -> None:
        self.setAccessibleName(self.text)
        self.update()
