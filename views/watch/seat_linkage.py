"""What linkage asks of this seat: it is done here, and told when it was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.alarms import Alarm
from services.domain.facts import AlarmRaised, Fact, LinkageRunChanged
from services.domain.linkage import Action, ActionKind, feeds_rule
from services.domain.linkage_runs import LinkageRun, Outcome, Result, due
from services.domain.people import Session
from services.domain.site import Point
from services.linkage.desk import SeatReport
from services.linkage.refusals import refused
from services.linkage.standing_in import stand_in
from ui.board import LiveBoard
from ui.jobs import UiJobs
from views.watch.patience import MANY, PART_PAUSE_MS, Patience

# Long enough that a burst becomes one transaction, short enough that others see it live.
GATHER_MS = 150
RETRY_MS = 2000
# Runs whose reports are kept while the database is away.
MOST_WAITING = 2000
# At once, with all that is known of each.
MOST_RUNS = 30
# What was asked before this seat heard of it that late is no longer wanted.
FRESH = timedelta(seconds=30)

_BUILT_IN: dict[ActionKind, int] = {action.kind: at for at, action in enumerate(feeds_rule().actions)}

# Does an action here. Raises ServiceError when it could not; returns False when it is not for this seat.
SeatHand = Callable[[Action, Alarm], bool]


class LinkageReports(Protocol):
    """`services.linkage.desk.LinkageDesk`, as far as a seat tells it; blocks."""

    def report(self, session: Session, reports: Sequence[SeatReport]) -> None: ...


class SeatLinkage(QObject):
    """Plates, pictures and map marks come up by themselves and are timed; for the rest there are hands."""

    def __init__(
        self,
        *,
        live: LiveBoard,
        commands: LinkageReports,
        session: Session,
        jobs: UiJobs,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._live = live
        self._commands = commands
        self._session = session
        self._jobs = jobs
        self._clock = clock
        self._hands: dict[ActionKind, SeatHand] = {}
        self._seen_at: dict[tuple[str, ActionKind], datetime] = {}
        self._on_map: set[Point] = set()
        self._told: set[tuple[str, int]] = set()
        # Runs of stored rules: the next action of one may wait for this seat's word.
        self._of_rules: set[str] = set()
        # By run, those that have waited longest first.
        self._waiting: dict[str, list[SeatReport]] = {}
        self._sent: dict[str, list[SeatReport]] = {}
        self._patience = Patience()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._send_some)
        live.applied.connect(self._apply)

    def hold(self, kind: ActionKind, hand: SeatHand) -> None:
        """Who does actions of this kind on this seat; without one they are left to other seats."""
        self._hands[kind] = hand

    # what was seen on this seat

    def note_displayed(self, alarm_id: str, at_s: float) -> None:
        """A plate or card of the alarm was painted at this monotonic moment."""
        self._note(alarm_id, ActionKind.POPUP, self._wall_clock(at_s))

    def note_filmed(self, alarm_id: str, at_s: float) -> None:
        """A live picture was painted under the alarm."""
        self._note(alarm_id, ActionKind.FEEDS, self._wall_clock(at_s))

    def note_on_map(self, alarm_id: str, at_s: float) -> None:
        """Its mark was painted; alarms of one point share a mark."""
        alarm = self._live.board.alarms.get(alarm_id)
        if alarm is None or alarm.at is None:
            return
        self._on_map.add(alarm.at)
        for other in self._live.board.alarms.values():
            if other.at == alarm.at:
                self._note(other.id, ActionKind.MAP, self._wall_clock(at_s))

    def note_done(self, alarm_id: str, kind: ActionKind) -> None:
        """Something that took until now is done."""
        self._tell_rules(alarm_id, kind, self._clock.now())

    def end(self) -> None:
        """The program ends: tell all that has gathered, beside a part that is under way too."""
        self._timer.stop()
        rest, self._waiting = self._waiting, {}
        if rest:
            self._jobs.run(partial(self._commands.report, self._session, _flat(rest)), None, self._keep)

    # inside

    def _send_some(self) -> None:
        has_pressing = not self._of_rules.isdisjoint(self._waiting)
        pause_ms = 0 if has_pressing else self._patience.pause_ms(len(self._waiting))
        if pause_ms:
            self._timer.start(pause_ms)
        else:
            self._send()

    def _send(self) -> None:
        """What presses first, then the runs that have waited longest."""
        if not self._waiting or self._sent:
            return
        first = sorted(self._waiting, key=lambda run_id: run_id not in self._of_rules)[:MOST_RUNS]
        self._sent = {run_id: self._waiting.pop(run_id) for run_id in first}
        reports = _flat(self._sent)
        self._jobs.run(partial(self._commands.report, self._session, reports), self._told_them, self._keep)

    def _apply(self, facts: list[Fact]) -> None:
        for fact in facts:
            if isinstance(fact, AlarmRaised) and fact.alarm.at in self._on_map:
                self._note(fact.alarm.id, ActionKind.MAP, self._clock.now())
            if isinstance(fact, LinkageRunChanged):
                self._do_what_is_due(fact.run)
        self._forget_ended()

    def _do_what_is_due(self, run: LinkageRun) -> None:
        board = self._live.board
        alarm = board.alarms.get(run.alarm) or stand_in(board.incidents.get(run.incident))
        if alarm is None or self._clock.now() - run.received_at > FRESH:
            return
        if run.id != run.alarm:
            self._of_rules.add(run.id)
        for index in due(run):
            action = run.actions[index].action
            if not action.is_of_seat or (run.id, index) in self._told:
                continue
            seen_at = self._seen_at.get((run.alarm, action.kind))
            hand = self._hands.get(action.kind)
            if hand is not None:
                self._told.add((run.id, index))
                self._do(run.id, index, partial(hand, action, alarm))
            if seen_at is not None and (hand is None or action.kind in _BUILT_IN):
                self._tell(run.id, index, Outcome(Result.OK, max(seen_at, run.received_at)))

    def _do(self, run_id: str, index: int, work: Callable[[], bool]) -> None:
        """A hand that says nothing of how it went leaves the word to another seat."""
        try:
            is_done = work()
        except ServiceError as error:
            self._tell(run_id, index, refused(error, self._clock.now()))
        else:
            if is_done:
                self._tell(run_id, index, Outcome(Result.OK, self._clock.now()))

    def _note(self, alarm_id: str, kind: ActionKind, at: datetime) -> None:
        if (alarm_id, kind) in self._seen_at:
            return
        self._seen_at[alarm_id, kind] = at
        alarm = self._live.board.alarms.get(alarm_id)
        if alarm is None or self._clock.now() - alarm.received_at <= FRESH:
            self._tell(alarm_id, _BUILT_IN[kind], Outcome(Result.OK, at))
        self._tell_rules(alarm_id, kind, at)

    def _tell_rules(self, alarm_id: str, kind: ActionKind, at: datetime) -> None:
        for run in self._live.board.linkage.get(alarm_id, []):
            if run.id != alarm_id:
                self._of_rules.add(run.id)
                for index in due(run):
                    if run.actions[index].action.kind is kind:
                        self._tell(run.id, index, Outcome(Result.OK, at))

    def _tell(self, run_id: str, index: int, outcome: Outcome) -> None:
        self._told.add((run_id, index))
        here = replace(outcome, by=self._session.workstation)
        self._waiting.setdefault(run_id, []).append(SeatReport(run_id, index, here))
        self._bound()
        is_held_up = run_id in self._of_rules and self._timer.remainingTime() > GATHER_MS
        if is_held_up or not self._timer.isActive():
            self._timer.start(GATHER_MS)

    def _bound(self) -> None:
        """The oldest go first."""
        while len(self._waiting) > MOST_WAITING:
            del self._waiting[next(iter(self._waiting))]

    def _told_them(self, _nothing: object) -> None:
        self._sent = {}
        if self._waiting:
            self._timer.start(PART_PAUSE_MS if len(self._waiting) > MANY else GATHER_MS)

    def _keep(self, error: ServiceError) -> None:
        """The database was away: the moments are still true later."""
        kept = self._sent if error.code.startswith("storage.") else {}
        since, self._sent = self._waiting, {}
        self._waiting = {run_id: list(reports) for run_id, reports in kept.items()}
        for run_id, reports in since.items():
            self._waiting.setdefault(run_id, []).extend(reports)
        self._bound()
        if self._waiting:
            self._timer.start(RETRY_MS)

    def _forget_ended(self) -> None:
        alarms = self._live.board.alarms
        if all(alarm_id in alarms for alarm_id, _kind in self._seen_at):
            return
        self._seen_at = {key: at for key, at in self._seen_at.items() if key[0] in alarms}
        self._on_map &= {alarm.at for alarm in alarms.values() if alarm.at is not None}
        runs = {run.id for known in self._live.board.linkage.values() for run in known} | set(alarms)
        self._told = {(run_id, index) for run_id, index in self._told if run_id in runs}
        self._of_rules &= runs

    def _wall_clock(self, at_s: float) -> datetime:
        return self._clock.now() - timedelta(seconds=self._clock.monotonic() - at_s)


def _flat(by_run: dict[str, list[SeatReport]]) -> list[SeatReport]:
    return [report for reports in by_run.values() for report in reports]
