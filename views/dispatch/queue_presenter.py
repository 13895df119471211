"""Orders that wait on this seat's disk for the record: shown, handed over again and again, taken back."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from services.core.errors import ServiceError
from services.dispatch.orders import Order
from services.dispatch.outbox import Delivery, QueuedOrder
from services.domain.incidents import Dispatch
from services.domain.people import Session
from ui.jobs import UiJobs

TRY_AGAIN_MS = 1500
Kept = tuple[list[QueuedOrder], list[QueuedOrder]]


class OrderBox(Protocol):
    """Of `services.dispatch.outbox.OrderOutbox`; all block."""

    def send(self, session: Session, order: Order) -> Dispatch | QueuedOrder: ...
    def deliver(self) -> Delivery: ...
    def waiting(self) -> list[QueuedOrder]: ...
    def refused(self) -> list[QueuedOrder]: ...
    def withdraw(self, order_id: str) -> bool: ...


class QueuePresenter(QObject):
    """Signals: changed(); delivered(Dispatch) for each that went out late; failed(ServiceError) when the
    record refused one, or this seat's own disk does not work.
    """

    changed = Signal()
    delivered = Signal(object)
    failed = Signal(object)

    def __init__(self, box: OrderBox, jobs: UiJobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.box = box
        self._jobs = jobs
        self._is_delivering = False
        self.waiting: list[QueuedOrder] = []
        self.refused: list[QueuedOrder] = []
        self._timer = QTimer(self)
        self._timer.setInterval(TRY_AGAIN_MS)
        self._timer.timeout.connect(self.deliver)
        jobs.crashed.connect(self._forget_jobs)

    def start(self) -> None:
        """What an earlier run of this seat left goes out now."""
        self.look()

    def stop(self) -> None:
        self._timer.stop()

    def look(self) -> None:
        """Read again what waits."""
        self._jobs.run(partial(_kept, self.box), self._take, self._fail)

    def deliver(self) -> None:
        """One round; nothing while one is on its way."""
        if not self._is_delivering:
            self._is_delivering = True
            self._jobs.run(self.box.deliver, self._on_delivery, self._on_undelivered)

    def withdraw(self, order_id: str) -> None:
        """Take back one that waits, put away one that came back."""
        self._jobs.run(partial(self.box.withdraw, order_id), self._on_withdrawn, self._on_not_withdrawn)

    def _take(self, kept: Kept) -> None:
        self.waiting, self.refused = kept
        if not self.waiting:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()
        self.changed.emit()

    def _on_delivery(self, delivery: Delivery) -> None:
        self._is_delivering = False
        for dispatch in delivery.sent:
            self.delivered.emit(dispatch)
        for queued in delivery.refused:
            self.failed.emit(ServiceError("dispatch.queued_refused", guard=queued.order.guard))
        if delivery.sent or delivery.refused or delivery.waiting != len(self.waiting):
            self.look()

    def _on_undelivered(self, error: ServiceError) -> None:
        self._is_delivering = False
        self._fail(error)

    def _on_withdrawn(self, _was_here: bool) -> None:
        self.look()

    def _on_not_withdrawn(self, error: ServiceError) -> None:
        """It waits no longer all the same."""
        self.look()
        self._fail(error)

    def _forget_jobs(self, _error: object) -> None:
        self._is_delivering = False

    def _fail(self, error: ServiceError) -> None:
        self.failed.emit(error)


def _kept(box: OrderBox) -> Kept:
    return box.waiting(), box.refused()
