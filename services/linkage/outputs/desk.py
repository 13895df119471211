"""What people and linkage rules may ask of outputs; the hub carries it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.domain.facts import OutputChanged, OutputOrderChanged
from services.domain.outputs import (
    LONGEST_DRILL,
    NEW_SITE_STATE,
    WHOLE_SITE,
    OrderCause,
    OrderId,
    OrderState,
    OutputAction,
    OutputMode,
    OutputOrder,
    OutputState,
    mode_of,
)
from services.domain.people import Permission, Session, Thing
from services.domain.site import Output, Site
from services.identity import authorize
from services.linkage.outputs import book
from services.storage import Database, Tx

MOST_REASON = 200
PERSONS_FOR_DANGER = 2


class Vouching(Protocol):
    """What is asked of `services.identity.Accounts`."""

    def vouch(self, name: str, password: str, workstation: str, purpose: str) -> Session: ...


class Outputs:
    """Commands on outputs; each is one transaction and blocks the caller.

    Every command raises ServiceError: identity.forbidden, output.unknown(output), storage.* beside what its
    own text names. An order is carried out by the hub within half a second; its facts tell how it goes on.
    """

    def __init__(
        self, database: Database, clock: Clock, site: Callable[[], Site], vouching: Vouching
    ) -> None:
        self._database = database
        self._clock = clock
        self._site = site
        self._vouching = vouching

    def switch(
        self, output_no: str, action: OutputAction, reason: str, run: str, *, is_drill: bool = False
    ) -> OutputOrder:
        """An order of a linkage run: goes at once in automatic mode, else waits for persons, as dangerous
        outputs always do. The same run asking the same again gets the order it has.

        What a drill's alarm asks for is a drill's order. An output already proved to be so, or under way to
        it, gets the order that did it.
        Raises output.interlocked(output, other, reason), output.busy(output): a person is switching it.
        """
        output = self._output(output_no)

        def work(tx: Tx) -> OutputOrder:
            now = self._clock.now()
            had = self._same(tx, output, action, run)
            if had is not None:
                return had
            needs = PERSONS_FOR_DANGER if output.is_dangerous else 1
            is_practice = is_drill or _is_of_drill(tx, run)
            order = self._new_order(output, action, reason, now, needs, is_drill=is_practice, run=run)
            order = self._put(tx, None, output, order)
            mode = mode_of(tx.output_states.all(), output.no)
            if output.is_dangerous or mode is OutputMode.MANUAL:
                return order
            confirmed = replace(order, state=OrderState.CONFIRMED, confirmed_at=now)
            return book.move(tx, None, order, confirmed)

        return self._database.write(work)

    def order(
        self,
        session: Session,
        output_no: str,
        action: OutputAction,
        reason: str = "",
        *,
        order_id: str | None = None,
    ) -> OutputOrder:
        """An order of a person, who has confirmed it; a dangerous one still waits for two persons.

        order_id: the same id twice is the same order. Raises output.interlocked(output, other, reason),
        output.busy(output): an order is being sent this moment.
        """
        output = self._output(output_no)
        authorize(session, Permission.CONTROL_OUTPUTS, Thing(output.place))

        def work(tx: Tx) -> OutputOrder:
            had = tx.output_orders.find(order_id) if order_id else None
            if had is not None:
                return had
            now = self._clock.now()
            needs = PERSONS_FOR_DANGER if output.is_dangerous else 1
            order = self._new_order(output, action, reason, now, needs, session=session, order_id=order_id)
            order = self._put(tx, session, output, order)
            return order if output.is_dangerous else book.confirm(tx, session, order, now)

        return self._database.write(work)

    def confirm(self, session: Session, order_id: str) -> OutputOrder:
        """Let an order that a rule asked for in manual mode go.

        Raises output.two_persons(output) for a dangerous one, output.illegal_move, output.interlocked.
        """
        authorize(session, Permission.CONTROL_OUTPUTS)
        return self._database.write(lambda tx: self._confirm(tx, session, order_id, has_password=False))

    def vouch(self, order_id: str, name: str, password: str, workstation: str) -> OutputOrder:
        """Stand for a dangerous order by name and password; the second person lets it go.

        Raises output.same_person(name), output.illegal_move, output.interlocked, and what
        `Accounts.vouch` does for a wrong password.
        """
        session = self._vouching.vouch(name, password, workstation, f"output order {order_id}")
        authorize(session, Permission.CONTROL_OUTPUTS)
        return self._database.write(lambda tx: self._confirm(tx, session, order_id, has_password=True))

    def cancel(self, session: Session, order_id: str) -> OutputOrder:
        """Take an order back that was not sent yet; raises output.illegal_move otherwise."""
        authorize(session, Permission.CONTROL_OUTPUTS)

        def work(tx: Tx) -> OutputOrder:
            order = tx.output_orders.get(order_id)
            output = self._site().output(order.output)
            place = output.place if output is not None else ""
            authorize(session, Permission.CONTROL_OUTPUTS, Thing(place))
            if order.state not in book.NOT_SENT:
                wanted = OrderState.CANCELLED.value
                raise ServiceError("output.illegal_move", was=order.state.value, wanted=wanted)
            detail = session.display_name
            return book.cancel(tx, session, order, self._clock.now(), OrderCause.BY_PERSON, detail)

        return self._database.write(work)

    def set_mode(self, session: Session, output_no: str, mode: OutputMode) -> OutputState:
        """Of one output, or of the whole site with WHOLE_SITE."""
        authorize(session, Permission.SET_OUTPUT_MODE)
        if output_no != WHOLE_SITE:
            self._output(output_no)

        def work(tx: Tx) -> OutputState:
            before = _held(tx, output_no)
            if before.mode is mode:
                return before
            after = replace(
                before,
                mode=mode,
                mode_by=session.user,
                mode_by_name=session.display_name,
                mode_at=self._clock.now(),
            )
            return _put_state(tx, session, before, after, "mode")

        return self._database.write(work)

    def start_drill(self, session: Session, lasts: timedelta) -> OutputState:
        """From now on orders move nothing, for `lasts` at most. Raises output.drill_too_long(hours)."""
        if not timedelta() < lasts <= LONGEST_DRILL:
            raise ServiceError("output.drill_too_long", hours=LONGEST_DRILL.seconds // 3600)
        return self._set_drill(session, lasts)

    def end_drill(self, session: Session) -> OutputState:
        return self._set_drill(session, None)

    def history(self, limit: int, output_no: str = "") -> list[OutputOrder]:
        """Newest first; output_no "": of all outputs."""

        def read_all(limit: int) -> list[OutputOrder]:
            return self._database.read(lambda view: view.output_orders.page(limit))

        if not output_no:
            return read_all(limit)
        return self._database.read(lambda view: view.output_orders.of_output(output_no, limit))

    def _set_drill(self, session: Session, lasts: timedelta | None) -> OutputState:
        """Its end is told in the hub's time, by whose clock it is judged: a seat that is an hour behind would
        else start a drill that is over."""
        authorize(session, Permission.SET_OUTPUT_MODE)

        def work(tx: Tx) -> OutputState:
            beat, now = tx.last_hub_beat(), self._clock.now()
            until = None if lasts is None else max(now, beat.at if beat else now) + lasts
            before = _held(tx, WHOLE_SITE)
            after = replace(before, drill_until=until, drill_by_name=session.display_name if until else "")
            return _put_state(tx, session, before, after, "drill" if until else "drill_ended")

        return self._database.write(work)

    def _confirm(self, tx: Tx, session: Session, order_id: str, *, has_password: bool) -> OutputOrder:
        order, now, site = tx.output_orders.get(order_id), self._clock.now(), self._site()
        output = self._output(order.output)
        authorize(session, Permission.CONTROL_OUTPUTS, Thing(output.place))
        if order.needs > 1 and not has_password:
            raise ServiceError("output.two_persons", output=output.name)
        if order.cause is OrderCause.TOO_LATE:
            # How long it waited is the hub's to judge: the clocks of two seats may be far apart.
            raise ServiceError("output.too_late", output=output.name)
        line = book.conflict(tx, site, order)
        if line is not None:
            book.refuse_interlocked(site, output, line)
        return book.confirm(tx, session, order, now)

    def _same(self, tx: Tx, output: Output, action: OutputAction, run: str) -> OutputOrder | None:
        """The order that already does what a run asks for."""
        for order in tx.output_orders.of_output(output.no, 20):
            if order.run == run and order.action is action:
                return order
        pending = tx.output_orders.pending_of(output.no)
        under_way = next((o for o in pending if o.is_open and o.action is action and not o.is_drill), None)
        if under_way is not None or action is OutputAction.PULSE:
            return under_way
        held = book.state_of(tx, output.no)
        last = tx.output_orders.find(held.order) if held.order else None
        is_proved = last is not None and last.state is OrderState.FEEDBACK and held.activity is last.wanted
        return last if is_proved and last is not None and last.action is action else None

    def _put(self, tx: Tx, session: Session | None, output: Output, order: OutputOrder) -> OutputOrder:
        """Checked against the interlock table and what is under way, then written."""
        now, site = order.asked_at, self._site()
        if book.is_drill(tx, now):
            order = replace(order, is_drill=True)
        line = book.conflict(tx, site, order)
        if line is not None:
            book.refuse_interlocked(site, output, line)
        for other in tx.output_orders.pending_of(output.no):
            is_unsent = other.state in book.NOT_SENT
            if other.state is OrderState.SENT or (is_unsent and session is None and not other.is_automatic):
                raise ServiceError("output.busy", output=output.name)
            if is_unsent:
                book.cancel(tx, session, other, now, OrderCause.SUPERSEDED)
        tx.output_orders.add(order)
        tx.audit(session, "output.asked", order.id, after=order, reason=order.reason)
        tx.record(OutputOrderChanged(order, OrderState.ASKED.value))
        return order

    def _new_order(
        self,
        output: Output,
        action: OutputAction,
        reason: str,
        now: datetime,
        needs: int,
        *,
        session: Session | None = None,
        order_id: str | None = None,
        is_drill: bool = False,
        run: str = "",
    ) -> OutputOrder:
        return OutputOrder(
            id=OrderId(order_id or new_id()),
            output=output.no,
            action=action,
            reason=" ".join(reason.split())[:MOST_REASON],
            asked_at=now,
            needs=needs,
            run=run,
            asked_by=session.user if session else "",
            asked_by_name=session.display_name if session else "",
            is_drill=is_drill,
        )

    def _output(self, output_no: str) -> Output:
        output = self._site().output(output_no)
        if output is None:
            raise ServiceError("output.unknown", output=output_no)
        return output


def _is_of_drill(tx: Tx, run: str) -> bool:
    """Whether a drill's alarm set the run off; one that is not on record counts as real."""
    try:
        return tx.linkage_runs.get(run).is_drill
    except ServiceError as error:
        if error.code != "storage.not_found":
            raise
        return False


def _held(tx: Tx, output_no: str) -> OutputState:
    new = NEW_SITE_STATE if output_no == WHOLE_SITE else OutputState(output_no)
    return tx.output_states.find(output_no) or new


def _put_state(tx: Tx, session: Session, before: OutputState, after: OutputState, change: str) -> OutputState:
    saved = tx.output_states.put(after)
    tx.audit(session, f"output.{change}", saved.output or "site", before=before, after=saved)
    tx.record(OutputChanged(saved, change))
    return saved
