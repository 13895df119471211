"""Laying an alarm aside for a while, in somebody's name, with a reason and an end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from services.alarms.commits import write_again
from services.alarms.steps import change
from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.typed import typed_text
from services.domain.alarms import Alarm, Shelf
from services.domain.floods import may_be_shelved
from services.domain.people import Permission, Session
from services.identity import authorize
from services.storage import Database, Tx

LEAST_MINUTES = 1
MOST_MINUTES = 24 * 60


class Shelving:
    """Shelved alarms are silent and out of sight; they stay open, go on counting and their clocks go on.
    The hub brings them back with sound."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def shelve(self, session: Session, alarm_id: str, minutes: int, reason: str) -> Alarm:
        """Raises alarm.never_shelved(event_no), alarm.shelf_reason, alarm.shelf_time(least, most) and
        alarm.not_owner(event_no, owner) for an alarm in somebody else's hands, unless by a leader."""
        authorize(session, Permission.HANDLE_ALARM)
        if not typed_text(reason):
            raise ServiceError("alarm.shelf_reason")
        if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
            raise ServiceError("alarm.shelf_time", least=LEAST_MINUTES, most=MOST_MINUTES)

        def work(tx: Tx) -> Alarm:
            alarm = tx.alarms.get(alarm_id)
            if not may_be_shelved(alarm):
                raise ServiceError("alarm.never_shelved", event_no=alarm.event_no)
            is_leader = session.may(Permission.REVIEW)
            if alarm.owner not in ("", session.user) and not is_leader:
                raise ServiceError("alarm.not_owner", event_no=alarm.event_no, owner=alarm.owner_name)
            now = self._clock.now()
            shelf = Shelf(
                session.user, session.display_name, typed_text(reason), now, now + timedelta(minutes=minutes)
            )
            return change(tx, session, alarm, replace(alarm, shelf=shelf), "shelved", reason)

        return write_again(self._database, work)

    def unshelve(self, session: Session, alarm_id: str) -> Alarm:
        """Back before its time, by anyone who handles alarms; it sounds again. Nothing when not shelved."""
        authorize(session, Permission.HANDLE_ALARM)

        def work(tx: Tx) -> Alarm:
            alarm = tx.alarms.get(alarm_id)
            if alarm.shelf is None:
                return alarm
            return change(tx, session, alarm, replace(alarm, shelf=None, silenced_at=None), "unshelved")

        return write_again(self._database, work)
