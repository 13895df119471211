"""Orders given without the panel, from the board's command line: ranked, kept and sent like any other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from services.core.errors import ServiceError
from services.dispatch.orders import Candidate, Order
from services.dispatch.outbox import QueuedOrder
from services.domain.incidents import Dispatch, Incident
from services.domain.people import Session
from ui.board import LiveBoard
from ui.jobs import UiJobs
from views.dispatch.ports import DispatchCommands
from views.dispatch.queue_presenter import OrderBox, QueuePresenter
from views.dispatch.words import order_template, ranks_of, reasons_of

MOST_RANKED = 500


class DirectOrders(QObject):
    """Signals: done() when all are sent or safe; refused(ServiceError)."""

    done = Signal()
    refused = Signal(object)

    def __init__(
        self,
        *,
        live: LiveBoard,
        commands: DispatchCommands,
        queue: QueuePresenter,
        session: Session,
        jobs: UiJobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._live = live
        self._commands = commands
        self._queue = queue
        self._session = session
        self._jobs = jobs

    def send(self, incident_id: str, guards: Sequence[str], text: str) -> None:
        """Each of them to that incident; the text is the template where none is given."""
        board = self._live.board
        incident = board.incidents.get(incident_id)
        if incident is None:
            return
        words = text or order_template(board.alarms.get(incident.alarm), incident)
        rank = partial(
            self._commands.rank_known,
            list(board.guards.values()),
            list(board.dispatches.values()),
            incident.at,
            MOST_RANKED,
            is_drill=incident.is_drill,
        )
        work = partial(_send_all, self._queue.box, self._session, incident, words, tuple(guards), rank)
        self._jobs.run(work, self._sent, self._refuse)

    def send_order(self, order: Order) -> None:
        """To a unit, as it is."""
        work = partial(_send_one, self._queue.box, self._session, order)
        self._jobs.run(work, self._sent, self._refuse)

    def _sent(self, answers: list[Dispatch | QueuedOrder]) -> None:
        if any(isinstance(answer, QueuedOrder) for answer in answers):
            self._queue.look()
        self.done.emit()

    def _refuse(self, error: ServiceError) -> None:
        """Those before the refused one may wait, and the refused one may be set aside."""
        self._queue.look()
        self.refused.emit(error)


def _send_one(box: OrderBox, session: Session, order: Order) -> list[Dispatch | QueuedOrder]:
    return [box.send(session, order)]


def _send_all(
    box: OrderBox,
    session: Session,
    incident: Incident,
    text: str,
    guards: Iterable[str],
    rank: Callable[[], list[Candidate]],
) -> list[Dispatch | QueuedOrder]:
    """One after the other; the first refusal ends it, and names whom it was about."""
    ranked = rank()
    answers = []
    for guard in guards:
        mine = next((one for one in ranked if one.guard.no == guard), None)
        order = Order(
            guard=guard,
            text=text,
            incident_id=incident.id,
            why=reasons_of(mine) if mine else "",
            ranks=ranks_of(ranked),
            recommended=ranked[0].guard.no if ranked else "",
        )
        answers.append(box.send(session, order))
        ranked = [one for one in ranked if one.guard.no != guard]
    return answers
