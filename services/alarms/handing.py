"""Handing an alarm to somebody else, who must agree within 15 seconds; until then it stays with its owner."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from services.alarms.commits import write_again
from services.alarms.steps import change, own, owned
from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.typed import typed_text
from services.domain.alarms import Alarm, Ask
from services.domain.hands import HAND_MOVES, Hand, HandMove, hand_of
from services.domain.people import PERMISSIONS, Permission, Role, Session
from services.identity import authorize
from services.storage import Database, Tx, View

LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person (transfer 转交), or with user "" whoever of a role takes it (forward 转发). name: of the
    person; "" for a role."""

    user: str
    role: Role
    name: str = ""


class Handing:
    """Every command raises identity.forbidden, alarm.not_owner, alarm.ended and alarm.hand_refused, which
    names the `Hand` that does not allow it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def recipients(self, session: Session) -> list[Recipient]:
        """The roles and persons who may handle alarms, without `session`'s own user."""
        users = self._database.read(lambda view: view.users.all())
        roles = [role for role in Role if Permission.HANDLE_ALARM in PERMISSIONS[role]]
        people = [
            Recipient(user.name, user.role, user.display_name)
            for user in users
            if user.is_active and user.role in roles and user.name != session.user
        ]
        return [*(Recipient("", role) for role in roles), *people]

    def ask(self, session: Session, alarm_id: str, to: Recipient, note: str = "") -> Alarm:
        """The owner asks; raises alarm.bad_recipient(name) for one who may not handle alarms, or oneself."""
        authorize(session, Permission.HANDLE_ALARM)

        def work(tx: Tx) -> Alarm:
            alarm = owned(tx, session, alarm_id)
            now = self._clock.now()
            _check(alarm, HandMove.ASK, now)
            _check_recipient(tx, session, to)
            ask = Ask(to.user, to.role, to.name, now, typed_text(note)[:LONGEST_NOTE])
            return change(tx, session, alarm, replace(alarm, ask=ask), "asked", note)

        return write_again(self._database, work)

    def accept(self, session: Session, alarm_id: str) -> Alarm:
        """The one who was asked becomes the owner; raises alarm.not_asked(event_no) for anyone else."""
        authorize(session, Permission.HANDLE_ALARM)

        def work(tx: Tx) -> Alarm:
            alarm, now = tx.alarms.get(alarm_id), self._clock.now()
            _check_asked(alarm, session, HandMove.ACCEPT, now)
            return own(tx, session, alarm, "accepted", now)

        return write_again(self._database, work)

    def decline(self, session: Session, alarm_id: str) -> Alarm:
        """The one who was asked gives it back at once."""
        authorize(session, Permission.HANDLE_ALARM)

        def work(tx: Tx) -> Alarm:
            alarm = tx.alarms.get(alarm_id)
            _check_asked(alarm, session, HandMove.DECLINE, self._clock.now())
            return change(tx, session, alarm, replace(alarm, ask=None), "declined")

        return write_again(self._database, work)

    def withdraw(self, session: Session, alarm_id: str) -> Alarm:
        """The owner asks no longer."""
        authorize(session, Permission.HANDLE_ALARM)

        def work(tx: Tx) -> Alarm:
            alarm = owned(tx, session, alarm_id)
            _check(alarm, HandMove.WITHDRAW, self._clock.now())
            return change(tx, session, alarm, replace(alarm, ask=None), "withdrawn")

        return write_again(self._database, work)


def _check(alarm: Alarm, move: HandMove, now: datetime) -> None:
    if not alarm.is_open:
        raise ServiceError("alarm.ended", event_no=alarm.event_no)
    hand = hand_of(alarm, now)
    if (hand, move) not in HAND_MOVES:
        raise ServiceError("alarm.hand_refused", event_no=alarm.event_no, hand=hand.value)


def _check_asked(alarm: Alarm, session: Session, move: HandMove, now: datetime) -> None:
    if hand_of(alarm, now) is Hand.ASKED:
        assert alarm.ask is not None
        is_owner = alarm.owner == session.user
        if is_owner or not alarm.ask.is_for(session.user, session.role):
            raise ServiceError("alarm.not_asked", event_no=alarm.event_no)
    _check(alarm, move, now)


def _check_recipient(view: View, session: Session, to: Recipient) -> None:
    role, name = to.role, to.name or to.user
    if to.user:
        user = view.users.get(to.user)
        role, name = user.role, user.display_name
        if not user.is_active or user.name == session.user:
            raise ServiceError("alarm.bad_recipient", name=name)
    if Permission.HANDLE_ALARM not in PERMISSIONS[role]:
        raise ServiceError("alarm.bad_recipient", name=name or role.value)
