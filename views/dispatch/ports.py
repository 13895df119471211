"""What the dispatch panel needs from outside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from services.dispatch.orders import Candidate
from services.domain.classes import AlarmClass
from services.domain.incidents import Dispatch, DispatchState, Feedback
from services.domain.people import GuardState, Session
from services.domain.site import Point


class DispatchCommands(Protocol):
    """The commands of `services.dispatch.desk.DispatchDesk` that this panel gives; they block."""

    def rank_known(
        self,
        states: Iterable[GuardState],
        sent: Iterable[Dispatch],
        point: Point | None,
        limit: int = 8,
        alarm_class: AlarmClass | None = None,
        *,
        is_drill: bool = False,
    ) -> list[Candidate]: ...
    def advance(self, session: Session, dispatch_id: str, to: DispatchState) -> Dispatch: ...
    def give_feedback(self, session: Session, feedback: Feedback) -> Dispatch: ...
    def cancel(self, session: Session, dispatch_id: str, reason: str) -> Dispatch: ...
    def return_order(self, session: Session, dispatch_id: str, reason: str) -> Dispatch: ...
    def send_again(self, session: Session, dispatch_id: str) -> Dispatch: ...
