"""Orders that outlive the database's absence and the seat's: written down first, then sent, each once.

An order goes onto the seat's disk before anything else is tried; where that disk is full or its file damaged,
straight to the record or to nobody. What the record takes leaves the disk; while
the record is away it waits there, and goes out in the order of sending when it is back. Its id makes a second
delivery harmless, so a seat killed at any moment neither loses an order nor sends it twice.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock

import structlog

from services.core.clock import Clock
from services.core.codec import from_plain, to_plain
from services.core.errors import ServiceError
from services.dispatch.desk import DispatchDesk
from services.dispatch.orders import Order
from services.domain.incidents import Dispatch
from services.domain.people import Session
from services.storage.outbox import KeptText, Outbox

# The record's word on the order itself; the rest of storage.* is about the record, and the order waits.
ANSWERS = frozenset({"storage.not_found", "storage.conflict", "storage.too_long"})
FAULT = "dispatch.order_fault"
# An operator must not look at "sending" longer than this before it says that the order waits.
TRY_S = 2.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class QueuedOrder:
    """why: the refusal of one that came back, "" while it waits; params: what its sentence needs."""

    order: Order
    session: Session
    queued_at: datetime
    why: str = ""
    params: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one round of delivering came to; waiting: how many are left."""

    sent: tuple[Dispatch, ...] = ()
    refused: tuple[QueuedOrder, ...] = ()
    waiting: int = 0


class OrderOutbox:
    """One seat's orders. Methods block; may be called from any thread."""

    def __init__(self, desk: DispatchDesk, outbox: Outbox, clock: Clock) -> None:
        self._desk = desk
        self._outbox = outbox
        self._clock = clock
        # Held by whoever hands orders to the record: they must not overtake each other.
        self._delivering = Lock()
        self._is_ill = False

    def send(self, session: Session, order: Order) -> Dispatch | QueuedOrder:
        """Sent, or queued because the record is away or earlier orders still wait.

        Raises what `DispatchDesk.send` raises when the record refuses; then nothing stays here. Raises
        dispatch.order_fault(guard) for a mistake of ours; then the order is set aside. Raises storage.* when
        neither this seat's disk nor the record takes it.
        """
        queued = QueuedOrder(order, session, self._clock.now())
        try:
            self._outbox.keep(KeptText(order.id, json.dumps(to_plain(queued), ensure_ascii=False)))
        except ServiceError as error:
            return self._send_unkept(queued, error)
        if not self._delivering.acquire(blocking=False):
            return queued
        try:
            if [text.id for text in self._outbox.waiting()] != [order.id]:
                return queued
            return self._try(queued)
        finally:
            self._delivering.release()

    def deliver(self) -> Delivery:
        """Hand over what waits, oldest first, until all is gone or the record is away."""
        with self._delivering:
            sent: list[Dispatch] = []
            refused: list[QueuedOrder] = []
            for queued in self.waiting():
                late = replace(queued, order=replace(queued.order, queued_at=queued.queued_at))
                try:
                    dispatch = self._hand_over(late)
                except ServiceError as error:
                    if _is_away(error):
                        break
                    refused.append(self._set_aside(late, error))
                    continue
                self._forget_sent(late.order.id)
                sent.append(dispatch)
            return Delivery(tuple(sent), tuple(refused), len(self._outbox.waiting()))

    def waiting(self) -> list[QueuedOrder]:
        """In the order of sending."""
        return [queued for text in self._outbox.waiting() if (queued := _read(text)) is not None]

    def refused(self) -> list[QueuedOrder]:
        """What came back and nobody has looked at yet."""
        return [queued for text in self._outbox.aside() if (queued := _read(text)) is not None]

    def withdraw(self, order_id: str) -> bool:
        """Take back one that waits, or put away one that was refused; False when it is no longer here.

        Either way it is not tried again. Raises dispatch.sent_already when an earlier try reached the record
        though its answer did not come back, dispatch.withdrawn_unsure when the record cannot be asked.
        """
        with self._delivering:
            may_be_sent = any(text.id == order_id for text in self._outbox.waiting())
            was_here = self._outbox.forget(order_id)
            if may_be_sent and self._is_sent(order_id):
                raise ServiceError("dispatch.sent_already")
            return was_here

    def close(self) -> None:
        self._outbox.close()

    def _send_unkept(self, queued: QueuedOrder, error: ServiceError) -> Dispatch:
        """An ill disk of the seat must keep no guard from being sent. What waits already is not overtaken."""
        with self._delivering:
            if self._has_waiting():
                raise error
            self._say_ill(error)
            return self._hand_over(queued)

    def _has_waiting(self) -> bool:
        try:
            return bool(self._outbox.waiting())
        except ServiceError:
            return False

    def _forget_sent(self, order_id: str) -> None:
        """The record has it. One that cannot be struck out here is delivered again, which does nothing."""
        try:
            self._outbox.forget(order_id)
        except ServiceError as error:
            self._say_ill(error)
        else:
            self._is_ill = False

    def _say_ill(self, error: ServiceError) -> None:
        if not self._is_ill:
            log.error("order.not_kept", code=error.code, **error.params)
        self._is_ill = True

    def _try(self, queued: QueuedOrder) -> Dispatch | QueuedOrder:
        try:
            dispatch = self._hand_over(queued)
        except ServiceError as error:
            if _is_away(error):
                return queued
            if error.code == FAULT:
                self._set_aside(queued, error)
            else:
                self._outbox.forget(queued.order.id)
            raise
        self._forget_sent(queued.order.id)
        return dispatch

    def _hand_over(self, queued: QueuedOrder) -> Dispatch:
        """A mistake of ours undid the transaction: said of this one order, it holds up no other."""
        try:
            return self._desk.send(queued.session, queued.order, deadline_s=TRY_S)
        except ServiceError:
            raise
        except Exception as error:
            log.exception("order.fault", order=queued.order.id)
            raise ServiceError(FAULT, guard=queued.order.guard) from error

    def _is_sent(self, order_id: str) -> bool:
        try:
            return self._desk.is_sent(order_id, deadline_s=TRY_S)
        except ServiceError as error:
            raise ServiceError("dispatch.withdrawn_unsure") from error

    def _set_aside(self, queued: QueuedOrder, error: ServiceError) -> QueuedOrder:
        params = {key: str(value) for key, value in error.params.items()}
        self._outbox.set_aside(queued.order.id, json.dumps([error.code, params], ensure_ascii=False))
        return replace(queued, why=error.code, params=params)


def _is_away(error: ServiceError) -> bool:
    return error.code.startswith("storage.") and error.code not in ANSWERS


def _read(text: KeptText) -> QueuedOrder | None:
    """None for what this version cannot read; it stays on the disk."""
    try:
        queued = from_plain(QueuedOrder, json.loads(text.body))
        if not text.why:
            return queued
        code, params = json.loads(text.why)
    except (ValueError, TypeError, KeyError):
        return None
    return replace(queued, why=str(code), params=dict(params))
