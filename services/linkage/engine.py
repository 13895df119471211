"""Runs what linkage rules ask of the hub, and writes down of every action when it ended and how."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Set
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.alarms import Alarm
from services.domain.facts import LinkageRunChanged
from services.domain.linkage import Action, ActionKind
from services.domain.linkage_runs import (
    ActionRun,
    LinkageRun,
    Outcome,
    Result,
    RunState,
    due,
    interrupted,
    needs_hub,
    with_outcome,
)
from services.linkage.lanes import Lanes
from services.linkage.refusals import Unavailable, refused
from services.linkage.standing_in import stand_in
from services.storage import Database, Tx

LOOK_EVERY_S = 1.0
# A run that no hub began within this time would come as a surprise now.
BEGIN_WITHIN = timedelta(seconds=30)
# What no workstation has reported by then, none will.
SEATS_WITHIN = timedelta(seconds=30)
# An action is given up after three times its budget, not before this.
LEAST_LIMIT_S = 10.0
MOST_AT_ONCE = 50
MOST_LEFT_OVER = 1000

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    """One action to do now. within_s: how long it may take at most."""

    action: Action
    alarm: Alarm
    run: LinkageRun
    within_s: float


@dataclass(frozen=True, slots=True)
class Failure:
    """An action that failed, for the alarm that says so."""

    run: LinkageRun
    index: int
    one: ActionRun


# Returns when it is done; raises ServiceError when it was not, Unavailable when nothing here could.
Hand = Callable[[Task], None]
OnFailed = Callable[[Failure], None]


@dataclass(slots=True)
class _Doing:
    """An action under way. until_s: monotonic; given up then."""

    started_at: datetime
    until_s: float
    done: Future[None]
    ended_at: datetime | None = None


@dataclass(slots=True)
class _Active:
    run: LinkageRun
    alarm: Alarm
    doing: dict[int, _Doing]


class LinkageEngine:
    """One per site, in the hub. The database is its queue: what it has begun is marked there first, so
    that a hub that dies leaves nothing that would be done twice.

    failed: told of each failed action once it is on record.
    """

    def __init__(
        self, database: Database, clock: Clock, hands: Mapping[ActionKind, Hand], failed: OnFailed
    ) -> None:
        self._database = database
        self._clock = clock
        self._hands = hands
        self._failed = failed
        self._wake = threading.Event()
        self._lanes = Lanes("hub-linkage")
        self._active: dict[str, _Active] = {}
        # What the last taking began, as long as its commit has not answered.
        self._unsure: tuple[list[_Active], list[Failure]] = ([], [])
        self._ended: list[tuple[str, int, Outcome]] = []
        self._untold: list[Failure] = []
        self._swept_s = float("-inf")
        # Codes and names of exceptions since a round last went through.
        self._troubles: set[str] = set()

    def nudge(self) -> None:
        """There may be something to do; from any thread."""
        self._wake.set()

    def wait(self, limit_s: float) -> None:
        """For a nudge, at most so long."""
        self._wake.wait(limit_s)
        self._wake.clear()

    @property
    def is_busy(self) -> bool:
        """Actions are under way, or what became of them is not written yet."""
        return bool(self._ended) or any(active.doing for active in self._active.values())

    def run(self, stop: threading.Event) -> None:
        """Until `stop` is set and a nudge says so."""
        is_tidied = False
        while not stop.is_set():
            try:
                if not is_tidied:
                    self.close_left_over()
                    is_tidied = True
                self.once()
                self._note_success()
            except ServiceError as error:
                if self._is_news(error.code):
                    log.error("linkage.not_stored", code=error.code)
            except Exception as error:  # the thread's outermost frame: one bad run must not end all linkage
                if self._is_news(type(error).__name__):
                    log.exception("linkage.failing")
            self.wait(LOOK_EVERY_S)

    def stop(self, limit_s: float) -> None:
        self._lanes.stop(limit_s)

    def close_left_over(self) -> int:
        """What an earlier hub began and did not end is interrupted; returns how many runs that were."""

        def work(tx: Tx) -> int:
            left = [run for run in tx.linkage_runs.unfinished(MOST_LEFT_OVER) if _is_left_over(run)]
            for run in left:
                _save(tx, interrupted(run))
            return len(left)

        count = self._database.write(work)
        if count:
            log.warning("linkage.interrupted", runs=count)
        return count

    def once(self) -> None:
        """Begin what waits, go on with what is under way, write down what ended."""
        self._begin_waiting()
        self._look_again()
        for active in list(self._active.values()):
            self._go_on(active)
        self._collect()
        self._write_ended()
        self._tell_failures()
        if self._clock.monotonic() - self._swept_s >= LOOK_EVERY_S:
            self._swept_s = self._clock.monotonic()
            self._sweep()

    # what begins

    def _begin_waiting(self) -> None:
        self._adopt()
        # Not only the first: it may be one that this version cannot read.
        if not self._database.read(lambda view: view.linkage_runs.waiting(MOST_AT_ONCE)):
            return
        self._database.write(self._take_waiting)
        self._own(*self._unsure)

    def _adopt(self) -> None:
        """A commit whose answer never came may be on the disk all the same: what it began is ours to do."""
        taken, failures = self._unsure
        if not (taken or failures):
            return
        ids = {active.run.id for active in taken} | {failure.run.id for failure in failures}
        stored = self._database.read(lambda view: view.linkage_runs.some(ids))
        self._own(
            [active for active in taken if active.run in stored],
            [failure for failure in failures if failure.run in stored],
        )

    def _own(self, taken: list[_Active], failures: list[Failure]) -> None:
        self._unsure = ([], [])
        self._active.update((active.run.id, active) for active in taken)
        self._untold += failures

    def _take_waiting(self, tx: Tx) -> None:
        """Each is judged alone: an alarm or incident that cannot be read costs no other its linkage."""
        now = self._clock.now()
        waiting = tx.linkage_runs.waiting(MOST_AT_ONCE)
        alarms = {str(alarm.id): alarm for alarm in tx.alarms.some(run.alarm for run in waiting)}
        named = {run.incident for run in waiting if run.incident}
        incidents = {str(incident.id): incident for incident in tx.incidents.some(named)}
        taken, failures = [], []
        for run in waiting:
            alarm = alarms.get(run.alarm) or stand_in(incidents.get(run.incident))
            if alarm is None or now - run.received_at > BEGIN_WITHIN:
                failures += _interrupt(tx, run)
            else:
                # No fact: for those who look on, nothing has changed yet.
                saved = tx.linkage_runs.save(replace(run, state=RunState.RUNNING))
                taken.append(_Active(saved, alarm, {}))
        self._unsure = (taken, failures)

    def _look_again(self) -> None:
        """A workstation may have reported the action that the next one, in order, waits for."""
        resting = [active for active in self._active.values() if active.run.in_order and not active.doing]
        if not resting:
            return
        ids = [active.run.id for active in resting]
        stored = {run.id: run for run in self._database.read(lambda view: view.linkage_runs.some(ids))}
        for active in resting:
            active.run = self._with_ended(stored.get(active.run.id, active.run))

    def _go_on(self, active: _Active) -> None:
        if not active.doing and not needs_hub(active.run):
            # What is left, if anything, is for workstations.
            del self._active[active.run.id]
            return
        for index in due(active.run):
            if index not in active.doing and not active.run.actions[index].action.is_of_seat:
                active.doing[index] = self._begin(active, index)

    def _with_ended(self, run: LinkageRun) -> LinkageRun:
        """With what has ended and is not written yet: that must not be done once more."""
        for ended_id, index, outcome in self._ended:
            if ended_id == run.id:
                run = with_outcome(run, index, outcome)
        return run

    def _begin(self, active: _Active, index: int) -> _Doing:
        action = active.run.actions[index].action
        within_s = max(LEAST_LIMIT_S, 3 * action.limit_ms / 1000)
        until_s = self._clock.monotonic() + within_s
        task = Task(action, active.alarm, active.run, within_s)
        doing = _Doing(self._clock.now(), until_s, Future())

        def work() -> None:
            # One that waited for a thread too long has been given up: it must not be done afterwards.
            if self._clock.monotonic() >= until_s:
                raise ServiceError("linkage.timeout")
            try:
                self._hand(action)(task)
            finally:
                doing.ended_at = self._clock.now()

        doing.done = self._lanes.submit(action, active.alarm.priority, work)
        doing.done.add_done_callback(lambda _: self.nudge())
        return doing

    def _hand(self, action: Action) -> Hand:
        hand = self._hands.get(action.kind)
        if hand is None:
            raise Unavailable("linkage.no_means")
        return hand

    # what ends

    def _collect(self) -> None:
        for active in self._active.values():
            for index, doing in list(active.doing.items()):
                outcome = self._outcome(doing)
                if outcome is not None:
                    del active.doing[index]
                    self._ended.append((active.run.id, index, outcome))
                    active.run = with_outcome(active.run, index, outcome)

    def _outcome(self, doing: _Doing) -> Outcome | None:
        now = self._clock.now()
        if not doing.done.done():
            if self._clock.monotonic() < doing.until_s:
                return None
            return Outcome(Result.FAILED, now, doing.started_at, "linkage.timeout")
        ended_at = doing.ended_at or now
        error = doing.done.exception()
        if error is None:
            return Outcome(Result.OK, ended_at, doing.started_at)
        if isinstance(error, ServiceError):
            return refused(error, ended_at, doing.started_at)
        log.error("linkage.action_crashed", exc_info=error)
        return Outcome(Result.FAILED, ended_at, doing.started_at, "app.own_mistake")

    def _write_ended(self) -> None:
        """Kept until it is written: a database that is away costs time, not the record."""
        if not self._ended:
            return
        ended = self._ended[:MOST_AT_ONCE]
        failures = self._database.write(lambda tx: [_write_one(tx, *one) for one in ended])
        del self._ended[: len(ended)]
        self._untold += [failure for failure in failures if failure is not None]
        if self._ended:
            self.nudge()

    def _tell_failures(self) -> None:
        while self._untold:
            self._failed(self._untold[0])
            self._untold.pop(0)

    def _sweep(self) -> None:
        """Actions of workstations that nobody reports, so that what comes after them goes on, and runs
        that were begun on the disk by a commit whose answer never came."""
        before = self._clock.now() - max(SEATS_WITHIN, BEGIN_WITHIN)
        ours = self._active.keys() | {run_id for run_id, _, _ in self._ended}
        stale = self._database.read(lambda view: view.linkage_runs.unfinished(MOST_AT_ONCE, before))
        if any(_seats_due(run) or _is_lost(run, ours) for run in stale):
            self._untold += self._database.write(lambda tx: self._give_up(tx, before, ours))
            self._tell_failures()

    def _give_up(self, tx: Tx, before: datetime, ours: Set[str]) -> list[Failure]:
        outcome = Outcome(Result.UNAVAILABLE, self._clock.now(), code="linkage.not_reported")
        failures: list[Failure] = []
        for run in tx.linkage_runs.unfinished(MOST_AT_ONCE, before):
            if _is_lost(run, ours):
                failures += _interrupt(tx, run)
                continue
            given_up = run
            for index in _seats_due(run):
                given_up = with_outcome(given_up, index, outcome)
            if given_up is not run:
                _save(tx, given_up)
        return failures

    def _is_news(self, trouble: str) -> bool:
        """A database that is away is said once, and hides no mistake that comes after it."""
        is_news = trouble not in self._troubles
        self._troubles.add(trouble)
        return is_news

    def _note_success(self) -> None:
        if self._troubles:
            log.info("linkage.works_again")
        self._troubles.clear()


def _seats_due(run: LinkageRun) -> list[int]:
    return [index for index in due(run) if run.actions[index].action.is_of_seat]


def _is_left_over(run: LinkageRun) -> bool:
    """What waits for workstations only goes on, whichever hub is there."""
    return run.state is RunState.RUNNING and needs_hub(run)


def _is_lost(run: LinkageRun, ours: Set[str]) -> bool:
    """It is marked as begun, and nobody here knows of it; ours: what is under way or not yet written."""
    return _is_left_over(run) and run.id not in ours


def _interrupt(tx: Tx, run: LinkageRun) -> list[Failure]:
    """What the hub ought to have done of it is a failure: nobody else would say so."""
    saved = _save(tx, interrupted(run))
    log.warning("linkage.interrupted", run=run.id)
    return [
        Failure(saved, index, saved.actions[index])
        for index, one in enumerate(run.actions)
        if not one.is_over and not one.action.is_of_seat
    ]


def _write_one(tx: Tx, run_id: str, index: int, outcome: Outcome) -> Failure | None:
    stored = next(iter(tx.linkage_runs.some([run_id])), None)
    if stored is None:
        return None
    run = with_outcome(stored, index, outcome)
    if run is stored:
        # Somebody else's word stands, unless it is ours, from a commit whose answer never came.
        is_ours = (run.actions[index].ended_at, run.actions[index].code) == (outcome.ended_at, outcome.code)
        return _failure(run, index) if is_ours else None
    return _failure(_save(tx, run), index)


def _failure(run: LinkageRun, index: int) -> Failure | None:
    one = run.actions[index]
    return Failure(run, index, one) if one.result is Result.FAILED else None


def _save(tx: Tx, run: LinkageRun) -> LinkageRun:
    saved = tx.linkage_runs.save(run)
    tx.record(LinkageRunChanged(saved))
    return saved
