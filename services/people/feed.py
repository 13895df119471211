"""Where the guards are, by a feed: thinned to what is worth a row; calls for help go through at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import timedelta

import structlog

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.dispatch.guards import Position, place_guards
from services.domain.people import WORKING, GuardState
from services.domain.positions import GuardReport, Heard, is_inside, is_worth_writing, seen_at
from services.domain.site import Site
from services.people.calls import Caller, DuressLine
from services.people.statuses import note_check_in
from services.storage import Database, Tx

# A device that checks in with every position would keep the clock from ever asking.
CHECK_IN_PAUSE = timedelta(seconds=30)
# Devices that never say "released" say a second call by the same report: after such a silence it is one.
HELD_S = 60.0
MOST_NOTED = 100

log = structlog.get_logger(__name__)


class GuardFeed:
    """`offer` from any thread, often; `answer` blocks until calls are durable; `tick` writes once a second.

    Of a guard who reports faster only the newest position is kept in between.
    """

    def __init__(
        self, database: Database, clock: Clock, site: Callable[[], Site], duress: DuressLine
    ) -> None:
        self._database = database
        self._clock = clock
        self._site = site
        self._duress = duress
        self._lock = threading.Lock()
        self._newest: dict[str, GuardReport] = {}
        # When the button of a guard was last reported down, monotonic: held down it is one call.
        self._pressed: dict[str, float] = {}
        self._noted: set[tuple[str, str]] = set()

    def offer(self, reports: Iterable[GuardReport]) -> tuple[GuardReport, ...]:
        """Keep the positions; returns those that must be durable before they may be acknowledged."""
        site, now_s = self._site(), self._clock.monotonic()
        known = [report for report in reports if self._is_usable(site, report)]
        urgent = []
        with self._lock:
            for report in known:
                if report.at is not None and is_inside(site, report.at):
                    self._newest[report.guard] = report
                if not report.is_duress:
                    self._pressed.pop(report.guard, None)
                elif self._is_held(report.guard, now_s):
                    self._pressed[report.guard] = now_s
                if report.is_duress or report.is_check_in:
                    urgent.append(report)
        return tuple(urgent)

    def answer(self, urgent: Iterable[GuardReport]) -> Heard:
        """Calls for help and signs of life, from where the guard says to be.

        STORED when any of them was, or when an open alarm says it already. Raises ServiceError (storage.*).
        """
        # A position that cannot be written keeps nobody from calling.
        with suppress(ServiceError):
            self.tick()
        stored = [self._call(report) if report.is_duress else self._check_in(report) for report in urgent]
        return Heard.STORED if any(stored) else Heard.NOTED

    def tick(self) -> int:
        """How many positions were written; raises ServiceError (storage.*), then they wait for the next."""
        with self._lock:
            waiting = dict(self._newest)
        if not waiting:
            return 0
        states = {str(state.no): state for state in self._database.read(lambda view: view.guards.all())}
        due = self._due(states, waiting)
        if due:
            site, now = self._site(), self._clock.now()
            self._database.write(lambda tx: place_guards(tx, site, _still_due(tx, due), now))
        with self._lock:
            for guard, report in waiting.items():
                if self._newest.get(guard) == report:
                    del self._newest[guard]
        return len(due)

    def _due(self, states: Mapping[str, GuardState], waiting: Mapping[str, GuardReport]) -> list[Position]:
        now = self._clock.now()
        return [
            Position(report.guard, report.at, report.source, seen_at(report, now))
            for report in waiting.values()
            if report.at is not None
            and report.guard in states
            and is_worth_writing(states[report.guard], report, now)
        ]

    def _call(self, report: GuardReport) -> bool:
        """Whether it stands in the record."""
        with self._lock:
            is_held = self._is_held(report.guard, self._clock.monotonic())
        if is_held:
            return self._duress.is_open(report.guard)
        self._duress.call(report.guard, Caller("feed", by=report.by), report.text)
        with self._lock:
            self._pressed[report.guard] = self._clock.monotonic()
        return True

    def _is_held(self, guard: str, now_s: float) -> bool:
        """Its reports keep coming since the one that called; the caller holds the lock."""
        reported_s = self._pressed.get(guard)
        return reported_s is not None and now_s - reported_s < HELD_S

    def _check_in(self, report: GuardReport) -> bool:
        state = self._database.read(lambda view: view.guards.get(report.guard))
        now = self._clock.now()
        is_early = state.checkin_at is not None and now - state.checkin_at < CHECK_IN_PAUSE
        if state.status not in WORKING or (is_early and not state.overdue):
            return False
        self._database.write(lambda tx: note_check_in(tx, None, report.guard, now, "feed"))
        return True

    def _is_usable(self, site: Site, report: GuardReport) -> bool:
        """What is not of the site, or not on its plan, is logged once; a call counts from anywhere."""
        if report.at is not None and not is_inside(site, report.at):
            self._note(report, "outside")
        if site.guard(report.guard) is None:
            self._note(report, "unknown_guard")
            return False
        return True

    def _note(self, report: GuardReport, trouble: str) -> None:
        if (report.guard, trouble) not in self._noted and len(self._noted) < MOST_NOTED:
            self._noted.add((report.guard, trouble))
            log.warning("guard_feed.ignored", guard=report.guard[:20], panel=report.by, reason=trouble)


def _still_due(tx: Tx, due: Iterable[Position]) -> list[Position]:
    """Nothing that somebody has seen more lately is written over."""
    states = {str(state.no): state for state in tx.guards.all()}
    return [
        one
        for one in due
        if one.guard in states and (one.seen_at is None or one.seen_at > states[one.guard].position_at)
    ]
