"""The steps of one dispatch after it was sent, each with what it does to the guard and the timeline."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from services.core.errors import ServiceError
from services.dispatch.backup import want_again
from services.dispatch.orders import bounded
from services.dispatch.record import Record, moved
from services.domain.incidents import DISPATCH_MOVES, Dispatch, DispatchState, Feedback, Returned
from services.domain.people import GuardStatus

_STEPS = (
    DispatchState.DELIVERED,
    DispatchState.SIGNED,
    DispatchState.EN_ROUTE,
    DispatchState.ON_SCENE,
    DispatchState.DONE,
)
_GUARD_DOES = {
    DispatchState.EN_ROUTE: GuardStatus.EN_ROUTE,
    DispatchState.ON_SCENE: GuardStatus.ON_SCENE,
}
_COUNTS = ("persons_sent", "vehicles_sent", "rescued", "injured", "dead", "caught")
MOST_PERSONS = 100_000
# It beats before it looks, once a second, and a round may be held up.
HUB_LOOKS_WITHIN = timedelta(seconds=5)


def advance(record: Record, dispatch_id: str, to: DispatchState) -> Dispatch:
    """One step along the way; the guards' status follows, and they are free again at DONE."""
    dispatch = record.tx.dispatches.get(dispatch_id)
    if dispatch.state is to:
        return dispatch
    if to not in _STEPS:
        raise ServiceError("dispatch.illegal_move", was=dispatch.state.value, wanted=to.value)
    after = _stepped(dispatch, to, record.now, _unseen_late(record, dispatch))
    saved = record.dispatch(dispatch, after, to.value)
    record.line(saved.incident, f"dispatch.{to.value}", guard=saved.guard_name)
    _move_guards(record, saved, to)
    return saved


def give_feedback(record: Record, feedback: Feedback) -> Dispatch:
    """Written down and closed in one command."""
    assert record.session is not None
    _check_counts(feedback)
    dispatch = record.tx.dispatches.get(feedback.dispatch)
    state = moved(DISPATCH_MOVES, dispatch.state, DispatchState.FEEDBACK)
    state = moved(DISPATCH_MOVES, state, DispatchState.CLOSED)
    loss, evidence = bounded(feedback.loss), bounded(feedback.evidence)
    kept = replace(feedback, loss=loss, evidence=evidence)
    kept = replace(kept, at=record.now, by=record.session.user, by_name=record.session.display_name)
    record.tx.add_feedback(kept)
    saved = record.dispatch(dispatch, replace(dispatch, state=state, feedback_at=record.now), "feedback")
    record.line(saved.incident, "dispatch.feedback", guard=saved.guard_name, result=kept.result)
    return saved


def end(record: Record, dispatch_id: str, to: DispatchState, reason: str) -> Dispatch:
    """RETURNED by the guard or CANCELLED by the operator; the guards are free again."""
    dispatch = record.tx.dispatches.get(dispatch_id)
    if dispatch.state is to:
        return dispatch
    after = replace(dispatch, state=moved(DISPATCH_MOVES, dispatch.state, to), end_reason=reason)
    after = replace(after, ended_at=record.now)
    if to is DispatchState.RETURNED:
        after = replace(after, returns=(*after.returns, Returned(after.sent_at, record.now, reason)))
    saved = record.dispatch(dispatch, after, to.value, reason)
    record.line(saved.incident, f"dispatch.{to.value}", guard=saved.guard_name, reason=reason)
    record.free_guards(saved)
    # What came back was asked for again then; calling it off for good asks for nothing more.
    if saved.is_backup and dispatch.is_running:
        want_again(record, saved.incident)
    return saved


def newly_late(dispatch: Dispatch, now: datetime) -> tuple[str, ...]:
    """Deadlines that have passed unmet and are not flagged yet."""
    deadlines = (
        ("sign", dispatch.sign_due_at, dispatch.signed_at),
        ("arrive", dispatch.arrive_due_at, dispatch.on_scene_at),
        ("done", dispatch.done_due_at, dispatch.done_at),
    )
    return tuple(
        name
        for name, due_at, met_at in deadlines
        if due_at is not None and now > due_at and met_at is None and name not in dispatch.late
    )


def flag_late(record: Record, dispatch: Dispatch, now: datetime) -> Dispatch | None:
    """None when nothing is late. now: what the deadlines are judged by."""
    names = newly_late(dispatch, now) if dispatch.is_running else ()
    if not names:
        return None
    saved = record.dispatch(dispatch, replace(dispatch, late=(*dispatch.late, *names)), "late")
    for name in names:
        record.line(saved.incident, f"dispatch.{name}_late", guard=saved.guard_name)
    return saved


def _unseen_late(record: Record, dispatch: Dispatch) -> tuple[str, ...]:
    """Deadlines that have passed and that no hub looked at since: it flags by what really passed, and what it
    left unflagged is late only by a clock that was set."""
    beat = record.tx.last_hub_beat()
    judged = newly_late(dispatch, beat.at - HUB_LOOKS_WITHIN) if beat is not None else ()
    return tuple(name for name in newly_late(dispatch, record.now) if name not in judged)


def _stepped(dispatch: Dispatch, to: DispatchState, now: datetime, late: tuple[str, ...]) -> Dispatch:
    """`dispatch` one step on; a step taken after its deadline is late even if no clock looked."""
    after = replace(dispatch, state=moved(DISPATCH_MOVES, dispatch.state, to))
    match to:
        case DispatchState.DELIVERED:
            return replace(after, delivered_at=now)
        case DispatchState.SIGNED:
            return replace(after, signed_at=now, late=dispatch.late + _only(late, "sign"))
        case DispatchState.EN_ROUTE:
            return replace(after, en_route_at=now)
        case DispatchState.ON_SCENE:
            return replace(after, on_scene_at=now, late=dispatch.late + _only(late, "arrive"))
        case _:
            return replace(after, done_at=now, late=dispatch.late + _only(late, "done"))


def _only(names: tuple[str, ...], wanted: str) -> tuple[str, ...]:
    return tuple(name for name in names if name == wanted)


def _move_guards(record: Record, dispatch: Dispatch, to: DispatchState) -> None:
    if to is DispatchState.DONE:
        record.free_guards(dispatch)
        return
    if to not in _GUARD_DOES:
        return
    for no in dispatch.guards:
        state = record.tx.guards.get(no)
        # A guard in distress stays so, whatever the dispatch does.
        if state.dispatch == dispatch.id and state.status in (GuardStatus.DISPATCHED, GuardStatus.EN_ROUTE):
            record.guard(state, replace(state, status=_GUARD_DOES[to]))


def _check_counts(feedback: Feedback) -> None:
    for field in _COUNTS:
        if not 0 <= getattr(feedback, field) <= MOST_PERSONS:
            raise ServiceError("dispatch.bad_count", field=field)
