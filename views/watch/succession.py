"""What the last shift left in its hands, offered to whoever took the watch over."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from services.core.errors import ServiceError
from services.domain.facts import Fact, HandoverChanged
from services.domain.handovers import Handover
from services.domain.people import Session
from services.handover.succession import NEEDS, Left
from ui.board import LiveBoard
from ui.jobs import UiJobs


class SuccessionCommands(Protocol):
    """`services.handover.succession.Succession`; blocks."""

    def left(self, session: Session) -> Left | None: ...
    def take(self, session: Session) -> Left | None: ...


@dataclass(frozen=True, slots=True)
class Offer:
    """name: who had them."""

    name: str
    alarms: int
    incidents: int


class SuccessionPresenter(QObject):
    """Signals: changed() when there is another offer; told(name, count): that person took over what this
    user had; refused(ServiceError)."""

    changed = Signal()
    told = Signal(str, int)
    refused = Signal(object)

    def __init__(
        self,
        live: LiveBoard,
        commands: SuccessionCommands,
        session: Session,
        jobs: UiJobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._live = live
        self._commands = commands
        self._session = session
        self._jobs = jobs
        self._left: Left | None = None
        live.applied.connect(self._apply)

    @property
    def offer(self) -> Offer | None:
        """What is still in the hands of the one who handed over; others may have taken some since."""
        left = self._left
        if left is None or left.handover.given is None:
            return None
        board, giver = self._live.board, left.giver
        alarms = [board.alarms.get(alarm.id) for alarm in left.alarms]
        incidents = [board.incidents.get(incident.id) for incident in left.incidents]
        count_alarms = sum(alarm is not None and alarm.is_open and alarm.owner == giver for alarm in alarms)
        count_incidents = sum(one is not None and one.is_open and one.owner == giver for one in incidents)
        if not count_alarms and not count_incidents:
            return None
        return Offer(left.handover.given.name, count_alarms, count_incidents)

    def start(self) -> None:
        """Ask the record what there is."""
        if all(map(self._session.may, NEEDS)):
            self._jobs.run(partial(self._commands.left, self._session), self._take_left, self._refuse)

    def take(self) -> None:
        """All of it."""
        self._jobs.run(partial(self._commands.take, self._session), self._end, self._refuse)

    def leave(self) -> None:
        """Not now; it is offered again at the next log-in."""
        self._end(None)

    def _apply(self, facts: list[Fact]) -> None:
        for fact in facts:
            match fact:
                case HandoverChanged(handover, "left_taken") if fact.loser == self._session.user:
                    self.told.emit(_taker(handover), fact.count)
                case HandoverChanged(handover, "in_signed"):
                    self.start()
        if self._left is not None:
            self.changed.emit()

    def _take_left(self, left: Left | None) -> None:
        self._left = left
        self.changed.emit()

    def _end(self, _taken: object) -> None:
        self._take_left(None)

    def _refuse(self, error: ServiceError) -> None:
        self.refused.emit(error)


def _taker(handover: Handover) -> str:
    return handover.taken.name if handover.taken is not None else ""
