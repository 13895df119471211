"""Carries orders about alarms to their desk: those about one alarm one after another, each only once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from services.core.errors import ServiceError
from services.domain.alarms import Alarm
from ui.jobs import UiJobs

Order = Callable[[], Alarm]


class AlarmOrders(QObject):
    """Signals: accepted(alarm_id, action), refused(ServiceError). What an order has done comes with the
    facts, as for every other seat.
    """

    accepted = Signal(str, str)
    refused = Signal(object)

    def __init__(self, jobs: UiJobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._lines: dict[str, _Line] = {}

    def give(self, alarm_id: str, action: str, order: Order) -> None:
        """After what was asked about this alarm before; nothing while the same is still to be answered: a key
        held down must not ask twice."""
        line = self._lines.get(alarm_id) or self._new_line(alarm_id)
        line.join(action, order)

    def _new_line(self, alarm_id: str) -> _Line:
        line = self._lines[alarm_id] = _Line(alarm_id, self._jobs, self)
        line.accepted.connect(self.accepted)
        line.refused.connect(self.refused)
        line.ended.connect(self._drop)
        return line

    def _drop(self, alarm_id: str) -> None:
        self._lines.pop(alarm_id).deleteLater()


class _Line(QObject):
    """Orders about one alarm, the first of them under way.

    Signals: as those of all orders; ended(alarm_id) when nothing is asked any more.
    """

    accepted = Signal(str, str)
    refused = Signal(object)
    ended = Signal(str)

    def __init__(self, alarm_id: str, jobs: UiJobs, parent: QObject) -> None:
        super().__init__(parent)
        self._alarm_id = alarm_id
        self._jobs = jobs
        self._asked: deque[tuple[str, Order]] = deque()

    def join(self, action: str, order: Order) -> None:
        if all(action != asked for asked, _ in self._asked):
            self._asked.append((action, order))
            if len(self._asked) == 1:
                self._begin()

    def _begin(self) -> None:
        _, order = self._asked[0]
        self._jobs.run(order, self._done, self._refuse, self._go_on)

    def _done(self, _alarm: Alarm) -> None:
        self.accepted.emit(self._alarm_id, self._go_on())

    def _refuse(self, error: ServiceError) -> None:
        self._go_on()
        self.refused.emit(error)

    def _go_on(self, _crash: Exception | None = None) -> str:
        """The next is under way, also after one that died of our own mistake; returns the action that is
        over."""
        action, _ = self._asked.popleft()
        if self._asked:
            self._begin()
        else:
            self.ended.emit(self._alarm_id)
        return action
