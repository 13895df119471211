"""The steps that commands on alarms are made of, each inside a transaction of the caller's."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.core.errors import ServiceError
from services.core.typed import typed_text
from services.domain.alarms import ALARM_MOVES, STATE_OF_VERDICT, Alarm, AlarmState, Verdict
from services.domain.classes import VIEW_BEFORE_FALSE
from services.domain.facts import AlarmChanged
from services.domain.hands import owned_by
from services.domain.moves import check_move
from services.domain.people import Permission, Session, Thing
from services.identity import refuse_barred
from services.storage import Tx, legally


def owned(tx: Tx, session: Session, alarm_id: str) -> Alarm:
    """Raises ServiceError("alarm.not_owner", event_no, owner)."""
    alarm = tx.alarms.get(alarm_id)
    if alarm.owner != session.user:
        raise ServiceError("alarm.not_owner", event_no=alarm.event_no, owner=alarm.owner_name)
    return alarm


def moved(alarm: Alarm, wanted: AlarmState) -> AlarmState:
    """`wanted`, when the table allows it after the alarm's state."""
    with legally("alarm.illegal_move"):
        check_move(ALARM_MOVES, alarm.state, wanted)
    return wanted


def change(tx: Tx, session: Session, before: Alarm, after: Alarm, change: str, reason: str = "") -> Alarm:
    """Save, audit and tell, in the command's own transaction. Whoever works on an alarm takes it off the
    shelf: it is no longer laid aside."""
    refuse_barred(session, Permission.HANDLE_ALARM, Thing(before.place))
    if (after.state, after.owner) != (before.state, before.owner):
        after = replace(after, shelf=None)
    saved = tx.alarms.save(after)
    tx.audit(session, f"alarm.{change}", saved.id, before=before, after=saved, reason=typed_text(reason))
    loser = before.owner if before.owner != saved.owner else ""
    tx.record(AlarmChanged(saved, change, loser))
    return saved


def own(tx: Tx, session: Session, alarm: Alarm, change_name: str, now: datetime, reason: str = "") -> Alarm:
    """Make `session`'s user the owner; an offer and a request to hand over are over then."""
    state = moved(alarm, AlarmState.CLAIMED) if alarm.state is AlarmState.NEW else alarm.state
    if not alarm.is_open:
        raise ServiceError("alarm.illegal_move", was=alarm.state.value, wanted=AlarmState.CLAIMED.value)
    after = replace(owned_by(alarm, session, now), state=state)
    return change(tx, session, alarm, after, change_name, reason)


def decide(tx: Tx, session: Session, alarm: Alarm, verdict: Verdict, now: datetime, reason: str) -> Alarm:
    """A verdict of the owner, whom the caller has checked."""
    state = moved(alarm, STATE_OF_VERDICT[verdict])
    _check_dismissal(alarm, verdict, reason)
    if state is AlarmState.CONFIRMED and alarm.incident:
        check_move(ALARM_MOVES, state, AlarmState.LINKED)
        state = AlarmState.LINKED
    after = replace(alarm, state=state, verdict=verdict, verdict_reason=reason, decided_at=now, ask=None)
    return change(tx, session, alarm, after, "decided", reason)


def _check_dismissal(alarm: Alarm, verdict: Verdict, reason: str) -> None:
    """Any verdict but GENUINE sends nobody, so all of them need what FALSE needs."""
    if verdict is Verdict.GENUINE or alarm.alarm_class not in VIEW_BEFORE_FALSE:
        return
    if alarm.viewed_at is None:
        raise ServiceError("alarm.view_first", event_no=alarm.event_no)
    if not typed_text(reason):
        raise ServiceError("alarm.reason_needed", event_no=alarm.event_no)
