"""The steps of an order inside a transaction: state, audit row and fact together."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NoReturn

from services.core.errors import ServiceError
from services.domain.facts import OutputChanged, OutputOrderChanged
from services.domain.moves import check_move
from services.domain.outputs import (
    ORDER_MOVES,
    WHOLE_SITE,
    Activity,
    Confirmation,
    OrderCause,
    OrderState,
    OutputOrder,
    OutputState,
    conflict_of,
)
from services.domain.people import Session
from services.domain.site import Interlock, Output, Site
from services.storage import Tx, View, legally

NOT_SENT = frozenset({OrderState.ASKED, OrderState.CONFIRMED})


def move(
    tx: Tx, session: Session | None, before: OutputOrder, after: OutputOrder, change: str = ""
) -> OutputOrder:
    """Save `after`; raises output.illegal_move(was, wanted) when the table does not hold it."""
    if after.state is not before.state:
        with legally("output.illegal_move"):
            check_move(ORDER_MOVES, before.state, after.state)
    saved = tx.output_orders.save(after)
    word = change or saved.state.value
    tx.audit(session, f"output.{word}", saved.id, before=before, after=saved, reason=saved.reason)
    tx.record(OutputOrderChanged(saved, word))
    return saved


def confirm(tx: Tx, session: Session, order: OutputOrder, now: datetime) -> OutputOrder:
    """One person more stands for it; with the last one it goes to the hub.

    Raises output.same_person(name): two persons are two.
    """
    if order.state is not OrderState.ASKED:
        raise ServiceError("output.illegal_move", was=order.state.value, wanted=OrderState.CONFIRMED.value)
    if any(given.user == session.user for given in order.confirmations):
        raise ServiceError("output.same_person", name=session.display_name)
    given = Confirmation(session.user, session.display_name, session.workstation, now)
    after = replace(order, confirmations=(*order.confirmations, given))
    if len(after.confirmations) >= order.needs:
        after = replace(after, state=OrderState.CONFIRMED, confirmed_at=now)
    return move(tx, session, order, after, "confirmed")


def cancel(
    tx: Tx, session: Session | None, order: OutputOrder, now: datetime, cause: OrderCause, detail: str = ""
) -> OutputOrder:
    after = replace(order, state=OrderState.CANCELLED, ended_at=now, cause=cause, detail=detail)
    return move(tx, session, order, after)


def send(tx: Tx, order: OutputOrder, now: datetime) -> OutputOrder:
    """Written before the wire is touched; what it leaves until the feedback is UNKNOWN."""
    for other in tx.output_orders.pending_of(order.output):
        if other.state is OrderState.STARTED and other.id != order.id:
            cancel(tx, None, other, now, OrderCause.SUPERSEDED)
    held = state_of(tx, order.output)
    sent = move(tx, None, order, replace(order, state=OrderState.SENT, sent_at=now, was=held.activity))
    if not order.is_drill:
        settle(tx, order.output, Activity.UNKNOWN, now, order.id)
    return sent


def start(tx: Tx, order: OutputOrder, now: datetime, feedback_s: float) -> OutputOrder:
    """The device took it. A feedback that was faster than its answer counts."""
    started = replace(
        order, state=OrderState.STARTED, started_at=now, due_at=now + timedelta(seconds=feedback_s)
    )
    saved = move(tx, None, order, started)
    return saved if saved.feedback_at is None else prove(tx, saved, saved.feedback_at)


def prove(tx: Tx, order: OutputOrder, at: datetime) -> OutputOrder:
    """Its feedback is there."""
    if order.state is OrderState.SENT:
        return move(tx, None, order, replace(order, feedback_at=at), "feedback_early")
    after = replace(order, state=OrderState.FEEDBACK, feedback_at=at, ended_at=at)
    saved = move(tx, None, order, after)
    if not order.is_drill:
        settle(tx, order.output, order.wanted, at, order.id)
    return saved


def fail(tx: Tx, order: OutputOrder, now: datetime, cause: OrderCause, detail: str = "") -> OutputOrder:
    """Whether it moved is unknown, unless the device refused or was never asked."""
    after = replace(order, state=OrderState.FAULT, ended_at=now, cause=cause, detail=detail)
    saved = move(tx, None, order, after)
    if not order.is_drill and cause in (OrderCause.REFUSED, OrderCause.UNREACHABLE):
        settle(tx, order.output, order.was, now, order.id)
    return saved


def note_told(tx: Tx, order_id: str) -> None:
    """Its alarm is raised; nothing that anybody sees changes."""
    tx.output_orders.save(replace(tx.output_orders.get(order_id), is_told=True))


def settle(tx: Tx, output_no: str, activity: Activity, at: datetime, order_id: str) -> OutputState:
    """What the output is now; told only when it is another."""
    before = state_of(tx, output_no)
    if before.activity is activity and before.order == order_id:
        return before
    after = replace(before, activity=activity, order=order_id, since_at=at)
    saved = tx.output_states.put(after)
    tx.record(OutputChanged(saved, "activity"))
    return saved


def state_of(tx: Tx, output_no: str) -> OutputState:
    return tx.output_states.find(output_no) or OutputState(output_no)


def is_drill(view: View, now: datetime) -> bool:
    site = view.output_states.find(WHOLE_SITE)
    return site is not None and site.is_drill(now)


def end_drill(tx: Tx) -> None:
    """Something real came: from now on orders move outputs again."""
    before = tx.output_states.find(WHOLE_SITE)
    if before is None or before.drill_until is None:
        return
    saved = tx.output_states.put(replace(before, drill_until=None, drill_by_name=""))
    tx.audit(None, "output.drill_ended", "site", before=before, after=saved)
    tx.record(OutputChanged(saved, "drill_ended"))


def conflict(tx: Tx, site: Site, order: OutputOrder) -> Interlock | None:
    return conflict_of(site.interlocks, tx.output_states.all(), order.output, order.action)


def refuse_interlocked(site: Site, output: Output, line: Interlock) -> NoReturn:
    other_no = line.other if line.output == output.no else line.output
    other = site.output(other_no)
    raise ServiceError(
        "output.interlocked",
        output=output.name,
        other=other.name if other else other_no,
        reason=line.reason,
    )
