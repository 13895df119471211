"""What a feedback zone says is proof of an order, not an alarm, as long as somebody ordered it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from services.domain.alarms import Qualifier, Signal
from services.domain.outputs import Activity, Feedback, OrderState, OutputAction, OutputOrder, OutputState
from services.domain.site import Output, Site, Zone
from services.linkage.outputs import book
from services.storage import Tx

_SAYS = {
    Qualifier.NEW: Activity.ON,
    Qualifier.STILL: Activity.ON,
    Qualifier.RESTORE: Activity.OFF,
}


class Feedbacks:
    """Takes feedback out of the stream of signals, inside the batch's own transaction.

    So it is stored with its signal or not at all, and no order waits longer than the signal itself took.
    """

    def __init__(self, site: Callable[[], Site]) -> None:
        self._site = site

    def take(self, tx: Tx, zone: Zone, signal: Signal, qualifier: Qualifier) -> Feedback:
        """Of several outputs with one zone, the one that moved by itself counts."""
        activity = _SAYS.get(qualifier)
        outputs = [output for output in self._site().outputs if output.feedback == zone.no]
        if activity is None or not outputs:
            return Feedback.NONE
        taken = {self._take(tx, output, activity, signal) for output in outputs}
        return next(iter(taken - {Feedback.EXPECTED}), Feedback.EXPECTED)

    def _take(self, tx: Tx, output: Output, activity: Activity, signal: Signal) -> Feedback:
        held = book.state_of(tx, output.no)
        order = self._waiting(tx, output, activity)
        judged = Feedback.EXPECTED if order is not None else _judge(tx, held, activity)
        if order is not None and order.state in (OrderState.SENT, OrderState.STARTED):
            book.prove(tx, order, signal.received_at)
        elif order is not None:
            self._note_late(tx, order, signal)
        if order is None or order.state is not OrderState.SENT:
            # What moved by itself is no order's doing, or its next signal would pass for ordered.
            by = order.id if order else held.order if judged is Feedback.EXPECTED else ""
            book.settle(tx, output.no, activity, signal.received_at, by)
        return judged

    def _waiting(self, tx: Tx, output: Output, activity: Activity) -> OutputOrder | None:
        """The order that this proves: under way, or the last one although it was given up."""
        newest = tx.output_orders.of_output(output.no, 3)
        orders = [order for order in newest if order.wanted is activity and not order.is_drill]
        for order in orders:
            if order.state in (OrderState.SENT, OrderState.STARTED) and order.feedback_at is None:
                return order
        last = next((order for order in newest if not order.is_drill and order.sent_at is not None), None)
        is_late = last is not None and last.state is OrderState.FAULT and last.feedback_at is None
        return last if is_late and last is not None and last.wanted is activity else None

    def _note_late(self, tx: Tx, order: OutputOrder, signal: Signal) -> None:
        """A fault stays one: somebody was told of it. When it came after all is kept."""
        book.move(tx, None, order, replace(order, feedback_at=signal.received_at), "feedback_late")


def _judge(tx: Tx, held: OutputState, activity: Activity) -> Feedback:
    """What no order waits for: on is expected of what was ordered on, off of all but that."""
    last = tx.output_orders.find(held.order) if held.order else None
    was_on = held.activity is Activity.ON
    if activity is Activity.OFF:
        is_trip = was_on and last is not None and last.action is OutputAction.ON
        return Feedback.STOPPED if is_trip else Feedback.EXPECTED
    is_known = was_on and last is not None and last.wanted is Activity.ON
    return Feedback.EXPECTED if is_known else Feedback.STARTED
