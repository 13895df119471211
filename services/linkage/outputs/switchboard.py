"""Carries confirmed orders out, each exactly once, and waits for the proof that they did something."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import partial

import structlog

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.jobs import Jobs
from services.domain.outputs import (
    SEND_WITHIN,
    Activity,
    OrderCause,
    OrderState,
    OutputAction,
    OutputOrder,
)
from services.domain.site import Output, PanelProtocol, Site
from services.linkage.outputs import book
from services.linkage.outputs.waits import Waits
from services.linkage.outputs.wire import OutputWire
from services.storage import Database, Tx

# Between the note that an order is sent and the sending; a process that slept longer sends nothing.
CLAIM_HOLDS_S = 3.0
ASK_AGAIN_S = 0.25
DRILL_FEEDBACK_S = 1.0

_CAUSES = {"output.refused": OrderCause.REFUSED, "output.unreachable": OrderCause.UNREACHABLE}

log = structlog.get_logger(__name__)

Wires = Mapping[PanelProtocol, OutputWire]


class Switchboard:
    """The hub's hand on the outputs; `tick` belongs to one thread, wires are used in `jobs`.

    may_send: whether this hub still serves the site. tell: raises the alarm of a failed order; it may be
    called twice for one order and must recognise it.
    """

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        site: Callable[[], Site],
        wires: Wires,
        jobs: Jobs,
        tell: Callable[[OutputOrder, Output], object],
        may_send: Callable[[], bool],
    ) -> None:
        self._database = database
        self._clock = clock
        self._site = site
        self._wires = wires
        self._jobs = jobs
        self._tell = tell
        self._may_send = may_send
        self._waits = Waits(clock)
        self._busy: dict[str, Future[None]] = {}
        self._due_s: dict[str, float] = {}
        self._asked_s: dict[str, float] = {}

    def tick(self) -> bool:
        """Do what is due; True while something is under way.

        Raises ServiceError("storage.*"), or the first mistake with an order when all others had their turn.
        """
        errors = self._collect()
        looked_s = self._clock.monotonic()
        pending = self._database.read(lambda view: view.output_orders.pending())
        self._waits.note(pending, looked_s)
        for order in pending:
            try:
                self._look_at(order)
            except Exception as error:  # noqa: BLE001 — what is wrong with one order is not with the next
                errors.append(error)
        ids = {str(order.id) for order in pending}
        self._due_s = {no: due_s for no, due_s in self._due_s.items() if no in ids}
        self._asked_s = {no: asked_s for no, asked_s in self._asked_s.items() if no in ids}
        if errors:
            raise errors[0]
        return bool(self._busy) or any(order.state is not OrderState.ASKED for order in pending)

    def _look_at(self, order: OutputOrder) -> None:
        match order.state:
            case OrderState.ASKED:
                if self._waits.is_over(order):
                    self._database.write(partial(self._drop_stale, order.id))
            case OrderState.CONFIRMED:
                self._begin(order.output, partial(self._carry_out, order.id))
            case OrderState.SENT:
                # Not under way here, or `_begin` does nothing: somebody died between note and answer.
                self._begin(order.output, partial(self._resume, order.id))
            case OrderState.STARTED:
                self._wait_for_feedback(order)
            case OrderState.FAULT | OrderState.CANCELLED:
                self._tell_of(order)
            case OrderState.FEEDBACK:
                pass

    def _begin(self, output_no: str, work: Callable[[], None]) -> bool:
        """One thing at a time with each output; a silent device holds up no other."""
        if output_no in self._busy:
            return False
        self._busy[output_no] = self._jobs.submit(work)
        return True

    def _collect(self) -> list[Exception]:
        """What went wrong in steps that have ended."""
        errors: list[Exception] = []
        for output_no, work in [(no, work) for no, work in self._busy.items() if work.done()]:
            del self._busy[output_no]
            error = work.exception()
            if isinstance(error, ServiceError):
                log.warning("output.step_failed", output=output_no, code=error.code)
            elif isinstance(error, Exception):
                errors.append(error)
            elif error is not None:
                raise error
        return errors

    def _carry_out(self, order_id: str) -> None:
        """Noted as sent first, then sent: whoever dies in between leaves an order that is never sent again
        without asking the device."""
        noted_s = self._clock.monotonic()
        order = self._database.write(lambda tx: self._claim(tx, order_id))
        if order is None:
            return
        found = self._found(order)
        if order.is_drill:
            self._start(order)
        elif found is None:
            self._fail(order, OrderCause.UNREACHABLE, "output.no_wire")
        elif self._clock.monotonic() - noted_s > CLAIM_HOLDS_S or not self._may_send():
            # Another hub may have judged this order meanwhile.
            self._fail(order, OrderCause.OUTCOME_UNKNOWN, "output.slept")
        else:
            self._switch(order, *found)

    def _claim(self, tx: Tx, order_id: str) -> OutputOrder | None:
        """Judged again now: what was right when it was asked may be wrong by now."""
        order, now = tx.output_orders.get(order_id), self._clock.now()
        if order.state is not OrderState.CONFIRMED:
            return None
        cause: OrderCause | None = None
        if self._waits.is_over(order):
            cause = OrderCause.TOO_LATE
        elif book.is_drill(tx, now) and not order.is_drill:
            cause = OrderCause.DRILL
        elif book.conflict(tx, self._site(), order) is not None:
            cause = OrderCause.INTERLOCKED
        elif not order.is_drill and self._found(order) is None:
            cause = OrderCause.NO_WIRE
        if cause is not None:
            book.cancel(tx, None, order, now, cause)
            return None
        return book.send(tx, order, now)

    def _switch(self, order: OutputOrder, output: Output, wire: OutputWire) -> None:
        try:
            wire.switch(output, order.action)
        except ServiceError as error:
            self._fail(order, _CAUSES.get(error.code, OrderCause.OUTCOME_UNKNOWN), error.code)
        else:
            self._start(order)

    def _resume(self, order_id: str) -> None:
        """Nobody knows whether it was sent: the device is asked, and a dangerous output never sent twice."""
        order = self._database.read(lambda view: view.output_orders.get(order_id))
        found = self._found(order)
        if order.state is not OrderState.SENT:
            return
        if order.is_drill:
            self._start(order)
        elif found is None:
            self._fail(order, OrderCause.OUTCOME_UNKNOWN, "output.no_wire")
        elif order.action is not OutputAction.PULSE and _activity(found[1], found[0]) is order.wanted:
            self._start(order)
        elif self._may_repeat(order, found[0]):
            self._switch(order, *found)
        else:
            self._fail(order, OrderCause.OUTCOME_UNKNOWN, "output.interrupted")

    def _may_repeat(self, order: OutputOrder, output: Output) -> bool:
        """On is on, however often it is said; but not of a pump, and not minutes later."""
        was_just_sent = order.sent_at is not None and abs(self._clock.now() - order.sent_at) < SEND_WITHIN
        is_harmless = order.action is not OutputAction.PULSE and not output.is_dangerous
        is_drill = self._database.read(lambda view: book.is_drill(view, self._clock.now()))
        return is_harmless and was_just_sent and not is_drill and self._may_send()

    def _wait_for_feedback(self, order: OutputOrder) -> None:
        found, now_s = self._found(order), self._clock.monotonic()
        limit_s = found[0].feedback_s if found else DRILL_FEEDBACK_S
        # The wall clock may jump; a hub that has just started gives the whole time once more.
        due_s = self._due_s.setdefault(order.id, now_s + limit_s)
        if order.is_drill:
            if now_s - (due_s - limit_s) >= DRILL_FEEDBACK_S:
                self._database.write(partial(self._prove, order.id))
        elif found is None or now_s >= due_s:
            self._fail(order, OrderCause.NO_FEEDBACK)
        elif not found[0].feedback:
            self._ask_back(order, found[0], found[1], now_s)

    def _ask_back(self, order: OutputOrder, output: Output, wire: OutputWire, now_s: float) -> None:
        is_soon = now_s - self._asked_s.get(order.id, float("-inf")) < ASK_AGAIN_S
        if not is_soon and self._begin(order.output, partial(self._read_back, order, output, wire)):
            self._asked_s[order.id] = now_s

    def _read_back(self, order: OutputOrder, output: Output, wire: OutputWire) -> None:
        """Where no zone tells, the device's own word for its output; a pulse may be over by then."""
        activity = _activity(wire, output)
        is_over = order.action is OutputAction.PULSE and activity is Activity.OFF
        if activity is order.wanted or is_over:
            self._database.write(partial(self._prove, order.id))

    def _prove(self, order_id: str, tx: Tx) -> None:
        order = tx.output_orders.get(order_id)
        if order.state is OrderState.STARTED:
            book.prove(tx, order, self._clock.now())

    def _start(self, order: OutputOrder) -> None:
        output = self._site().output(order.output)
        feedback_s = output.feedback_s if output is not None else 0.0

        def work(tx: Tx) -> None:
            held = tx.output_orders.get(order.id)
            if held.state is OrderState.SENT:
                book.start(tx, held, self._clock.now(), feedback_s)

        self._database.write(work)

    def _fail(self, order: OutputOrder, cause: OrderCause, detail: str = "") -> None:
        def work(tx: Tx) -> None:
            held = tx.output_orders.get(order.id)
            if held.state in (OrderState.SENT, OrderState.STARTED):
                book.fail(tx, held, self._clock.now(), cause, detail)

        self._database.write(work)

    def _drop_stale(self, order_id: str, tx: Tx) -> None:
        order = tx.output_orders.get(order_id)
        if order.state is OrderState.ASKED:
            book.cancel(tx, None, order, self._clock.now(), OrderCause.TOO_LATE)

    def _tell_of(self, order: OutputOrder) -> None:
        """The alarm first: told twice is recognised, told never is a pump that nobody knows stands still."""
        output = self._site().output(order.output)
        if output is not None:
            self._tell(order, output)
        else:
            log.error("output.gone_with_a_fault", output=order.output, order=order.id)
        self._database.write(lambda tx: book.note_told(tx, order.id))

    def _found(self, order: OutputOrder) -> tuple[Output, OutputWire] | None:
        """The output and the way to it, None when the site has none of them any more."""
        site = self._site()
        output = site.output(order.output)
        panel = next((p for p in site.panels if output is not None and p.no == output.panel), None)
        wire = self._wires.get(panel.protocol) if panel is not None else None
        return (output, wire) if output is not None and wire is not None else None


def _activity(wire: OutputWire, output: Output) -> Activity:
    try:
        is_on = wire.is_active(output)
    except ServiceError:
        return Activity.UNKNOWN
    if is_on is None:
        return Activity.UNKNOWN
    return Activity.ON if is_on else Activity.OFF
