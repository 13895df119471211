"""The response clocks: they raise an alarm's escalation and offer it again, and never move its state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from services.core.clock import Clock
from services.domain.alarms import Alarm, AlarmState
from services.domain.classes import Priority
from services.domain.clocks import DEFAULT_CLOCKS, Clocks
from services.domain.facts import AlarmChanged
from services.storage import Database, Tx

# Once a verdict stands or somebody is on the way, the first response has happened.
_UNANSWERED = frozenset({AlarmState.NEW, AlarmState.CLAIMED, AlarmState.VERIFYING})
_OWNED = frozenset({AlarmState.CLAIMED, AlarmState.VERIFYING})


def escalation_level(alarm: Alarm, clocks: Clocks, now: datetime) -> int:
    """How many of the escalation limits an unanswered alarm has passed; never below its level.

    Silencing or claiming does not stop the clock; a verdict or an incident does.
    """
    if alarm.state not in _UNANSWERED or alarm.incident:
        return alarm.escalation_level
    waited_s = (now - alarm.received_at).total_seconds()
    return max(alarm.escalation_level, sum(waited_s >= limit_s for limit_s in clocks.escalate_s))


def is_owner_silent(alarm: Alarm, clocks: Clocks, now: datetime) -> bool:
    """The owner has neither looked nor sent anyone for `offer_again_s` since the last sign of them."""
    if clocks.offer_again_s is None or alarm.state not in _OWNED or alarm.incident:
        return False
    signs = [at for at in (alarm.claimed_at, alarm.viewed_at) if at is not None]
    return bool(signs) and (now - max(signs)).total_seconds() >= clocks.offer_again_s


class ResponseClocks:
    """Looks at the open alarms and writes down what the passing time has made true."""

    def __init__(
        self, database: Database, clock: Clock, limits: Mapping[Priority, Clocks] = DEFAULT_CLOCKS
    ) -> None:
        self._database = database
        self._clock = clock
        self._limits = limits

    def tick(self) -> int:
        """How many alarms changed; one read, and one write only when something is due."""
        due = [alarm.id for alarm in self._database.read(lambda view: view.alarms.open()) if self._due(alarm)]
        if not due:
            return 0
        return self._database.write(lambda tx: sum(self._apply(tx, alarm_id) for alarm_id in due))

    def _due(self, alarm: Alarm) -> tuple[Alarm, str] | None:
        """The alarm as the clock makes it and the change's name, None when nothing is due."""
        limits, now = self._limits[alarm.priority], self._clock.now()
        level = escalation_level(alarm, limits, now)
        if level > alarm.escalation_level:
            return replace(alarm, escalation_level=level), "escalated"
        if alarm.offered_at is None and is_owner_silent(alarm, limits, now):
            return replace(alarm, offered_at=now), "offered"
        return None

    def _apply(self, tx: Tx, alarm_id: str) -> bool:
        """Judged again inside the transaction: somebody may just have answered."""
        due = self._due(tx.alarms.get(alarm_id))
        if due is None:
            return False
        after, change = due
        saved = tx.alarms.save(after)
        tx.audit(None, f"alarm.{change}", saved.id, after={"level": saved.escalation_level})
        tx.record(AlarmChanged(saved, change))
        return True
