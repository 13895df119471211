"""What is put aside or goes into other hands: handing over, shelving, verdicts on groups, notices read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from services.alarms.handing import Recipient
from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.alarms import Alarm, Verdict
from services.domain.facts import AlarmChanged, Fact
from services.domain.floods import cause_of
from services.domain.hands import Hand, consent_left_s, hand_of
from services.domain.notices import Notice
from services.domain.people import Session
from ui.board import LiveBoard
from ui.jobs import UiJobs, answering
from ui.queue.words import is_unanswered
from views.watch.plates import is_in_group


class HandCommands(Protocol):
    """`services.alarms.handing.Handing`; blocks."""

    def recipients(self, session: Session) -> list[Recipient]: ...
    def ask(self, session: Session, alarm_id: str, to: Recipient, note: str = "") -> Alarm: ...
    def accept(self, session: Session, alarm_id: str) -> Alarm: ...
    def decline(self, session: Session, alarm_id: str) -> Alarm: ...
    def withdraw(self, session: Session, alarm_id: str) -> Alarm: ...


class ShelfCommands(Protocol):
    """`services.alarms.shelving.Shelving`; blocks."""

    def shelve(self, session: Session, alarm_id: str, minutes: int, reason: str) -> Alarm: ...
    def unshelve(self, session: Session, alarm_id: str) -> Alarm: ...


class DeskCommands(Protocol):
    """`services.alarms.desk.AlarmDesk`, as far as alarms go into other hands or end in groups; blocks."""

    def take_over(self, session: Session, alarm_id: str, reason: str = "") -> Alarm: ...

    def decide_group(
        self, session: Session, alarm_ids: Sequence[str], verdict: Verdict, reason: str
    ) -> list[Alarm]: ...


class NoticeCommands(Protocol):
    """`services.alarms.orders.OrdersDesk`, as far as a seat reads notices; blocks."""

    def note_seen(self, session: Session, alarm_id: str, level: int) -> None: ...


class HandsPresenter(QObject):
    """Signals: changed() when asks or notices are others; recipients_found(alarm id, list of Recipient);
    shelf_wanted(Alarm); group_wanted(list of Alarm); take_over_wanted(Alarm) of one that somebody else has;
    refused(ServiceError); accepted(alarm_id, action) of what is asked with words; returned(Alarm) when nobody
    took what this user wanted to hand over; lost(Alarm) when somebody took this user's over.
    """

    changed = Signal()
    recipients_found = Signal(str, list)
    shelf_wanted = Signal(object)
    group_wanted = Signal(list)
    take_over_wanted = Signal(object)
    refused = Signal(object)
    accepted = Signal(str, str)
    returned = Signal(object)
    lost = Signal(object)

    def __init__(
        self,
        *,
        live: LiveBoard,
        hands: HandCommands,
        shelf: ShelfCommands,
        desk: DeskCommands,
        notices: NoticeCommands,
        session: Session,
        jobs: UiJobs,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._live = live
        self._hands = hands
        self._shelf = shelf
        self._desk = desk
        self._notices = notices
        self._session = session
        self._jobs = jobs
        self._clock = clock
        live.applied.connect(self._apply)

    @property
    def asked_of_me(self) -> list[Alarm]:
        """What others want to hand to this user now, the oldest request first."""
        user, role = self._session.user, self._session.role
        found = [
            (alarm.ask.at, alarm)
            for alarm in self._asked()
            if alarm.ask is not None and alarm.owner != user and alarm.ask.is_for(user, role)
        ]
        return [alarm for _, alarm in sorted(found, key=lambda pair: pair[0])]

    @property
    def asked_by_me(self) -> list[Alarm]:
        return [alarm for alarm in self._asked() if alarm.owner == self._session.user]

    @property
    def notices(self) -> list[tuple[Notice, Alarm]]:
        """What this user is told of and nobody has read yet, while it is unanswered; the newest first."""
        user, role = self._session.user, self._session.role
        found = [
            (notice, alarm)
            for alarm_id, levels in self._live.board.notices.items()
            for notice in levels.values()
            for alarm in (self._live.board.alarms.get(alarm_id),)
            if alarm is not None and is_unanswered(alarm)
            if notice.seen_at is None and notice.is_for(user, role)
        ]
        return sorted(found, key=lambda pair: (pair[0].at, pair[0].level), reverse=True)

    def is_mine(self, alarm: Alarm) -> bool:
        return alarm.owner == self._session.user

    def left_s(self, alarm: Alarm) -> float:
        return consent_left_s(alarm, self._clock.now())

    def begin(self, alarm: Alarm, action: str) -> None:
        """A key of the watch: transfer, shelve (or back from the shelf) or group."""
        match action:
            case "transfer" if not self.is_mine(alarm):
                self.take_over_wanted.emit(alarm)
            case "transfer":
                find = partial(_found, alarm.id, partial(self._hands.recipients, self._session))
                self._jobs.run(find, self._offer_recipients, self._refuse)
            case "shelve" if alarm.shelf is not None:
                self._run(partial(self._shelf.unshelve, self._session, alarm.id))
            case "shelve":
                self.shelf_wanted.emit(alarm)
            case "group":
                self.group_wanted.emit(self.group_of(alarm))

    def group_of(self, alarm: Alarm) -> list[Alarm]:
        """Those of its cause on which this user may decide together with it."""
        return [
            other
            for other in self._live.board.queue()
            if cause_of(other) == cause_of(alarm) and is_in_group(other, self._session.user)
        ]

    def ask(self, alarm_id: str, to: Recipient, note: str) -> None:
        ask = partial(self._hands.ask, self._session, alarm_id, to, note)
        self._answer(alarm_id, "transfer", ask)

    def accept_first(self) -> bool:
        """F6 while somebody asks; False when nobody does."""
        waiting = self.asked_of_me
        if waiting:
            self.accept(waiting[0].id)
        return bool(waiting)

    def accept(self, alarm_id: str) -> None:
        self._run(partial(self._hands.accept, self._session, alarm_id))

    def decline(self, alarm_id: str) -> None:
        self._run(partial(self._hands.decline, self._session, alarm_id))

    def withdraw(self, alarm_id: str) -> None:
        self._run(partial(self._hands.withdraw, self._session, alarm_id))

    def take_over(self, alarm_id: str, reason: str) -> None:
        take_over = partial(self._desk.take_over, self._session, alarm_id, reason)
        self._answer(alarm_id, "transfer", take_over)

    def shelve(self, alarm_id: str, minutes: int, reason: str) -> None:
        shelve = partial(self._shelf.shelve, self._session, alarm_id, minutes, reason)
        self._answer(alarm_id, "shelve", shelve)

    def decide_group(self, alarm_ids: list[str], verdict: Verdict, reason: str) -> None:
        """The first of them is the one that was asked about."""
        decide = partial(self._desk.decide_group, self._session, alarm_ids, verdict, reason)
        self._answer(alarm_ids[0], "group", decide)

    def note_all_seen(self, told: Sequence[tuple[Notice, Alarm]]) -> None:
        """This user has read them."""
        for notice, _alarm in told:
            self._run(partial(self._notices.note_seen, self._session, notice.alarm, notice.level))

    def _asked(self) -> list[Alarm]:
        now = self._clock.now()
        return [alarm for alarm in self._live.board.alarms.values() if hand_of(alarm, now) is Hand.ASKED]

    def _apply(self, facts: list[Fact]) -> None:
        for fact in facts:
            match fact:
                case AlarmChanged(alarm, "returned" | "declined") if alarm.owner == self._session.user:
                    self.returned.emit(alarm)
                case AlarmChanged(alarm, "taken_over", loser) if loser == self._session.user:
                    self.lost.emit(alarm)
        self.changed.emit()

    def _offer_recipients(self, found: tuple[str, list[Recipient]]) -> None:
        self.recipients_found.emit(*found)

    def _answer(self, alarm_id: str, action: str, command: Callable[[], object]) -> None:
        self._jobs.run(partial(answering, (alarm_id, action), command), self._accept, self._refuse)

    def _accept(self, answered: tuple[str, str]) -> None:
        self.accepted.emit(*answered)

    def _run(self, command: Callable[[], object]) -> None:
        self._jobs.run(command, None, self._refuse)

    def _refuse(self, error: ServiceError) -> None:
        self.refused.emit(error)


def _found(alarm_id: str, find: Callable[[], list[Recipient]]) -> tuple[str, list[Recipient]]:
    return alarm_id, find()
