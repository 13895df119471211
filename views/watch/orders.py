"""Carries orders about alarms to their desk, one at a time for each alarm."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

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
        self._under_way: set[str] = set()
        jobs.crashed.connect(self._free_all)

    def give(self, alarm_id: str, action: str, order: Order) -> None:
        """Nothing while another about this alarm is under way: a key held down must not ask twice."""
        if alarm_id not in self._under_way:
            self._under_way.add(alarm_id)
            self._jobs.run(partial(_tagged, alarm_id, action, order), self._done)

    def _done(self, outcome: tuple[str, str, ServiceError | None]) -> None:
        alarm_id, action, error = outcome
        self._under_way.discard(alarm_id)
        if error is not None:
            self.refused.emit(error)
        else:
            self.accepted.emit(alarm_id, action)

    def _free_all(self, _error: object) -> None:
        """A job died of our own mistake; nobody will say which order is over."""
        self._under_way.clear()


def _tagged(alarm_id: str, action: str, order: Order) -> tuple[str, str, ServiceError | None]:
    """Carry it out; a refusal comes back with the alarm it was about."""
    try:
        order()
    except ServiceError as error:
        return alarm_id, action, error
    return alarm_id, action, None
