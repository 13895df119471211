"""From an alarm or incident to an order on its way: facts, ranked guards, draft, sending, progress."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from services.core.errors import ServiceError
from services.core.ids import new_id
from services.dispatch.orders import Candidate, Order
from services.dispatch.outbox import QueuedOrder
from services.domain.alarms import Alarm
from services.domain.facts import Fact, GuardChanged
from services.domain.incidents import Channel, Dispatch, DispatchState, Feedback, Incident
from services.domain.people import GuardState, Session
from services.domain.site import Point
from ui.board import LiveBoard
from ui.jobs import UiJobs
from ui.kept import Kept
from ui.preferences import Preferences
from views.dispatch.drafts import Draft, draft_from_plain, draft_to_plain
from views.dispatch.ports import DispatchCommands
from views.dispatch.queue_presenter import QueuePresenter
from views.dispatch.words import order_template, ranks_of, reasons_of

PREFERENCE = "dispatch.drafts"
MOST_DRAFTS = 50
SAVE_AFTER_MS = 500
MOST_CANDIDATES = 8
MOST_RANKED = 500
# The subject's key, and what became of its order.
_Answer = tuple[str, Dispatch | QueuedOrder | ServiceError]


@dataclass(frozen=True, slots=True)
class Subject:
    """What the panel is open for; one of the two may be missing."""

    alarm: Alarm | None
    incident: Incident | None

    @property
    def key(self) -> str:
        return self.alarm.id if self.alarm else self.incident.id if self.incident else ""

    @property
    def is_drill(self) -> bool:
        return any(one is not None and one.is_drill for one in (self.alarm, self.incident))

    @property
    def at(self) -> Point | None:
        if self.alarm is not None and self.alarm.at is not None:
            return self.alarm.at
        return self.incident.at if self.incident else None


class DispatchPresenter(QObject):
    """Signals: opened(), left(); changed() when subject, candidates, draft or dispatches are other ones;
    refused(ServiceError); sent(Dispatch) for the subject that is shown, not of an order that waits for the
    record.
    """

    opened = Signal()
    left = Signal()
    changed = Signal()
    refused = Signal(object)
    sent = Signal(object)

    def __init__(
        self,
        *,
        live: LiveBoard,
        commands: DispatchCommands,
        queue: QueuePresenter,
        session: Session,
        jobs: UiJobs,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._live = live
        self._commands = commands
        self.queue = queue
        self._session = session
        self._jobs = jobs
        self._alarm_id = ""
        self._incident_id = ""
        self._candidates: list[Candidate] = []
        self._is_ranking = False
        self._wants_send = False
        # By subject: whoever turns to another alarm while one is being sent goes on there.
        self._sending: set[str] = set()
        self._order_ids: dict[str, str] = {}
        self._drafts: dict[str, Draft] = {}
        self._held: Subject | None = None
        self._lines: dict[str, tuple[Point, ...]] = {}
        self._kept = Kept(PREFERENCE, preferences, jobs, self._plain_drafts, SAVE_AFTER_MS, self)
        self._kept.loaded.connect(self._take_drafts)
        self._kept.refused.connect(self._refuse)
        live.keep(self._in_front)
        live.applied.connect(self._apply)
        queue.changed.connect(self.changed)
        queue.delivered.connect(self._on_delivered)
        jobs.crashed.connect(self._forget_jobs)

    # what the panel shows

    @property
    def subject(self) -> Subject | None:
        """None while the panel is closed. An alarm that left the board stays as it was last seen."""
        if not (self._alarm_id or self._incident_id):
            return None
        board, held = self._live.board, self._held
        alarm = board.alarms.get(self._alarm_id) or (held.alarm if held else None)
        incident_id = self._incident_id or (alarm.incident if alarm else "")
        self._held = Subject(alarm, board.incidents.get(incident_id))
        return self._held

    @property
    def candidates(self) -> list[Candidate]:
        """Best first; empty while they are being ranked."""
        return self._candidates

    @property
    def is_ranking(self) -> bool:
        return self._is_ranking

    @property
    def is_sending(self) -> bool:
        """A send for this subject is on its way, or waits for the ranking."""
        return self._key() in self._sending or self._wants_send

    @property
    def chosen(self) -> Candidate | None:
        """The guard to be sent: the one picked by hand while still there, else the recommended one."""
        picked = [c for c in self._candidates if c.guard.no == self.draft.guard]
        return picked[0] if picked else next(iter(self._candidates), None)

    @property
    def draft(self) -> Draft:
        subject = self._key()
        return self._drafts.get(subject, Draft())

    @property
    def order_text(self) -> str:
        """What the operator wrote, else the template filled in."""
        subject = self.subject
        return self.draft.text or (order_template(subject.alarm, subject.incident) if subject else "")

    @property
    def dispatches(self) -> list[Dispatch]:
        """Orders of this incident, oldest first."""
        subject = self.subject
        if subject is None or subject.incident is None:
            return []
        return self._live.board.dispatches_of(subject.incident.id)

    @property
    def waiting(self) -> list[QueuedOrder]:
        """Orders for this subject that wait for the record, and those that it refused."""
        subject = self.subject
        if subject is None:
            return []
        ids = {self._alarm_id, subject.incident.id if subject.incident else ""} - {""}
        kept = [*self.queue.waiting, *self.queue.refused]
        return [one for one in kept if {one.order.alarm_id, one.order.incident_id} & ids]

    @property
    def routes(self) -> list[tuple[Point, ...]]:
        """The ways to draw: of the orders on their way, else of the guard to be sent."""
        running = [self._lines[d.id] for d in self.dispatches if d.is_running and d.id in self._lines]
        chosen = self.chosen
        return running or ([chosen.line] if chosen else [])

    @property
    def guards(self) -> list[GuardState]:
        """The guards to draw, where they are now: those to choose from and those on their way."""
        running = {dispatch.guard for dispatch in self.dispatches if dispatch.is_running}
        known = self._live.board.guards
        return [c.state for c in self._candidates if c.guard.no not in running] + [
            known[guard] for guard in sorted(running) if guard in known
        ]

    # what the operator does

    def start(self) -> None:
        """Read the drafts that an earlier run left."""
        self._kept.load()

    def stop(self) -> None:
        """End the timer; what it would have saved is saved now."""
        self._kept.stop()

    def open_alarm(self, alarm_id: str) -> None:
        self._open(alarm_id, "")

    def open_incident(self, incident_id: str) -> None:
        incident = self._live.board.incidents.get(incident_id)
        self._open(incident.alarm if incident else "", incident_id)

    def open_with(self, incident_id: str, guard_no: str) -> None:
        """For an incident, with a guard picked already; a person confirms it."""
        self.open_incident(incident_id)
        self.choose(guard_no)

    def leave(self) -> bool:
        """Close the panel and keep the draft; False when it was not open."""
        if not self._key():
            return False
        self._kept.hurry()
        self._alarm_id = self._incident_id = ""
        self._held = None
        self._candidates = []
        self._wants_send = False
        self.left.emit()
        return True

    def rank(self) -> None:
        """Ask for the guards again, as positions and states are now."""
        subject = self.subject
        if subject is None or self._is_ranking:
            return
        self._is_ranking = True
        kind = subject.alarm.alarm_class if subject.alarm else None
        board = self._live.board
        # From what the seat knows: the record may be away just when somebody is needed.
        known = list(board.guards.values()), list(board.dispatches.values())
        ranking = partial(
            self._commands.rank_known,
            *known,
            subject.at,
            MOST_RANKED,
            kind,
            is_drill=subject.is_drill,
        )
        self._jobs.run(partial(_tagged, self._key(), ranking), self._ranked, self._rank_failed)

    def write(self, text: str) -> None:
        self._keep(replace(self.draft, text=text))

    def add_words(self, words: str) -> None:
        """What a plan's step wants of whoever goes, behind the template; what is typed stays as it is."""
        if self._key() and not self.draft.text:
            self.write(f"{self.order_text} {words}".strip())
            self.changed.emit()

    def set_channel(self, channel: Channel) -> None:
        self._keep(replace(self.draft, channel=channel))

    def choose(self, guard_no: str) -> None:
        if guard_no != self.draft.guard:
            self._keep(replace(self.draft, guard=guard_no))
            self.changed.emit()

    def send(self) -> None:
        """Send the chosen guard; asked before the ranking is there, it goes out as soon as it is."""
        subject, chosen, key = self.subject, self.chosen, self._key()
        if subject is None or key in self._sending:
            return
        if chosen is None:
            self._wants_send = self._is_ranking
            self.changed.emit()
            return
        self._sending.add(key)
        self._wants_send = False
        order = self._order(subject, chosen)
        self._lines[order.id] = chosen.line
        sending = partial(self.queue.box.send, self._session, order)
        self._jobs.run(partial(_answered, key, sending), self._on_answer)
        self.changed.emit()

    def advance(self, dispatch_id: str, to: DispatchState) -> None:
        """By hand, when the guard reports by voice."""
        command = partial(self._commands.advance, self._session, dispatch_id, to)
        self._jobs.run(command, None, self._refuse)

    def give_feedback(self, feedback: Feedback) -> None:
        command = partial(self._commands.give_feedback, self._session, feedback)
        self._jobs.run(command, None, self._refuse)

    def cancel(self, dispatch_id: str, reason: str) -> None:
        self._jobs.run(partial(self._commands.cancel, self._session, dispatch_id, reason), None, self._refuse)

    def return_order(self, dispatch_id: str, reason: str) -> None:
        command = partial(self._commands.return_order, self._session, dispatch_id, reason)
        self._jobs.run(command, None, self._refuse)

    def send_again(self, dispatch_id: str) -> None:
        self._jobs.run(partial(self._commands.send_again, self._session, dispatch_id), None, self._refuse)

    # inside

    def _plain_drafts(self) -> dict[str, object]:
        return {key: draft_to_plain(draft) for key, draft in self._drafts.items()}

    def _key(self) -> str:
        return self._alarm_id or self._incident_id

    def _open(self, alarm_id: str, incident_id: str) -> None:
        self._kept.hurry()
        self._alarm_id, self._incident_id = alarm_id, incident_id
        self._held = None
        self._candidates = []
        self._is_ranking = self._wants_send = False
        self.rank()
        self.opened.emit()
        self.changed.emit()

    def _order(self, subject: Subject, chosen: Candidate) -> Order:
        incident_id = subject.incident.id if subject.incident else ""
        return Order(
            guard=chosen.guard.no,
            text=self.order_text,
            alarm_id="" if incident_id else self._alarm_id,
            incident_id=incident_id,
            channel=self.draft.channel,
            why=reasons_of(chosen),
            ranks=ranks_of(self._candidates),
            recommended=self._candidates[0].guard.no,
            # The same id until it has surely gone out: asking twice after a time-out sends once.
            id=self._order_ids.setdefault(self._key(), new_id()),
        )

    def _ranked(self, answer: tuple[str, list[Candidate]]) -> None:
        key, candidates = answer
        self._is_ranking = False
        if key != self._key():
            self.rank()
            return
        # Whoever was picked elsewhere stays in the list, however far down.
        picked = [one for one in candidates[MOST_CANDIDATES:] if one.guard.no == self.draft.guard]
        self._candidates = candidates[:MOST_CANDIDATES] + picked
        self.changed.emit()
        if self._wants_send:
            self.send()

    def _rank_failed(self, error: ServiceError) -> None:
        self._is_ranking = self._wants_send = False
        self._refuse(error)

    def _on_answer(self, answer: _Answer) -> None:
        """Another subject may be shown by now; what is typed for it stays."""
        key, outcome = answer
        self._sending.discard(key)
        if isinstance(outcome, ServiceError):
            # The draft and the order's id stay, so that the next Enter tries the same order again.
            self.queue.look()
            self._refuse(outcome)
        else:
            self._sent(key, outcome)
        self.rank()

    def _sent(self, key: str, order: Dispatch | QueuedOrder) -> None:
        """In the record, or safe on this seat's disk: either way it is out of the operator's hands."""
        self._order_ids.pop(key, None)
        self._drafts.pop(key, None)
        if isinstance(order, QueuedOrder):
            self.queue.look()
        else:
            self._kept.save()
            if key == self._key():
                self.sent.emit(order)
        self.changed.emit()

    def _on_delivered(self, _dispatch: Dispatch) -> None:
        """The record is back: what was typed meanwhile, and what no longer is, goes there too."""
        self._kept.save()

    def _refuse(self, error: ServiceError) -> None:
        self.refused.emit(error)
        self.changed.emit()

    def _forget_jobs(self, _error: object) -> None:
        self._sending.clear()
        self._is_ranking = self._wants_send = False

    def _keep(self, draft: Draft) -> None:
        key = self._key()
        if not key or draft == self.draft:
            return
        self._drafts.pop(key, None)
        if not draft.is_empty:
            self._drafts[key] = draft
        while len(self._drafts) > MOST_DRAFTS:
            self._drafts.pop(next(iter(self._drafts)))
        self._kept.touch()

    def _take_drafts(self, plain: dict[str, object] | None) -> None:
        """What is typed already in this run is newer."""
        kept = {key: draft_from_plain(value) for key, value in (plain or {}).items()}
        self._drafts = kept | self._drafts
        if self._key():
            self.changed.emit()

    def _in_front(self) -> str:
        subject = self.subject
        return subject.incident.id if subject is not None and subject.incident is not None else ""

    def _apply(self, facts: list[Fact]) -> None:
        if not self._key():
            return
        if any(isinstance(fact, GuardChanged) and self._lists(fact.guard.no) for fact in facts):
            self._refresh_states()
        self.changed.emit()

    def _lists(self, guard_no: str) -> bool:
        return any(candidate.guard.no == guard_no for candidate in self._candidates)

    def _refresh_states(self) -> None:
        """Show the guards' states at once; the order changes only when ranked again."""
        guards = self._live.board.guards
        self._candidates = [replace(c, state=guards.get(c.guard.no, c.state)) for c in self._candidates]


def _tagged(key: str, work: partial[list[Candidate]]) -> tuple[str, list[Candidate]]:
    return key, work()


def _answered(key: str, send: Callable[[], Dispatch | QueuedOrder]) -> _Answer:
    """A refusal comes back with the subject it was about."""
    try:
        return key, send()
    except ServiceError as error:
        return key, error
