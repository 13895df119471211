"""What the dispatch panel needs from outside."""

from __future__ import annotations

from typing import Protocol

from services.dispatch.orders import Candidate, Order
from services.domain.classes import AlarmClass
from services.domain.incidents import Dispatch, DispatchState, Feedback
from services.domain.people import Session
from services.domain.site import Point


class DispatchCommands(Protocol):
    """The commands of `services.dispatch.desk.DispatchDesk` that this panel gives; they block."""

    def candidates(
        self, point: Point, limit: int = 8, alarm_class: AlarmClass | None = None
    ) -> list[Candidate]: ...
    def send(self, session: Session, order: Order) -> Dispatch: ...
    def advance(self, session: Session, dispatch_id: str, to: DispatchState) -> Dispatch: ...
    def give_feedback(self, session: Session, feedback: Feedback) -> Dispatch: ...
    def cancel(self, session: Session, dispatch_id: str, reason: str) -> Dispatch: ...
