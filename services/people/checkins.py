"""The check-in clock 报平安: who was sent and is not heard of is asked after, then looked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.alarms.batch import Outcome
from services.alarms.center import AlarmCenter
from services.alarms.commits import write_again
from services.alarms.placing import GUARD_OVERDUE
from services.core.clock import Clock
from services.core.clockset import ClockSet
from services.dispatch.record import Record
from services.domain.facts import GuardChanged
from services.domain.people import WORKING, GuardState
from services.domain.site import Site
from services.people.calls import Caller, guard_signal
from services.storage import Database, Tx

WARNED, CRITICAL = 1, 2


@dataclass(frozen=True, slots=True)
class CheckInLimits:
    """Seconds since the last sign of a guard who is sent: a step of the order counts as one."""

    warn_s: float = 300.0
    critical_s: float = 600.0


class _IsHeardAgain(Exception):
    """Somebody heard the guard between our look and our transaction, or another look was faster."""


class CheckInClock:
    """A duty of the hub's rounds, so that it runs while every seat is closed.

    Each level is written once, with its audit row; the critical one raises its alarm in that transaction.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        site: Callable[[], Site],
        center: AlarmCenter,
        limits: CheckInLimits = CheckInLimits(),
    ) -> None:
        self._database = database
        self._clock = clock
        self._site = site
        self._center = center
        self._limits = limits
        self._set = ClockSet(clock)
        # How far the clock had been set when the last sign of each guard was first seen.
        self._seen: dict[str, tuple[datetime | None, timedelta]] = {}

    def tick(self) -> int:
        """How many guards passed a limit; one read, and writes only where one did."""
        sent = [g for g in self._database.read(lambda view: view.guards.all()) if g.status in WORKING]
        self._note(sent)
        return sum(self._pass_limits(state) for state in sent)

    def _note(self, sent: Sequence[GuardState]) -> None:
        total = self._set.look()
        known = self._seen
        self._seen = {
            g.no: known[g.no] if g.no in known and known[g.no][0] == g.checkin_at else (g.checkin_at, total)
            for g in sent
        }

    def _level(self, state: GuardState) -> int:
        """By what really passed: a clock set by an hour neither hurries nor delays it."""
        if state.checkin_at is None:
            return 0
        _sign, total_then = self._seen.get(state.no, (None, self._set.total))
        waited = self._clock.now() - state.checkin_at - (self._set.total - total_then)
        limits = (self._limits.warn_s, self._limits.critical_s)
        return sum(waited.total_seconds() >= limit_s for limit_s in limits)

    def _pass_limits(self, state: GuardState) -> bool:
        level = self._level(state)
        if level <= state.overdue:
            return False
        try:
            if level >= CRITICAL:
                self._raise_alarm(state)
            else:
                write_again(self._database, lambda tx: self._write(tx, state, WARNED))
        except _IsHeardAgain:
            return False
        return True

    def _raise_alarm(self, state: GuardState) -> None:
        now = self._clock.now()
        signal = guard_signal(GUARD_OVERDUE, self._site(), state, now, Caller("hub"))

        def also(tx: Tx, _outcome: Outcome) -> None:
            self._write(tx, state, CRITICAL)

        self._center.report(signal, also=also)

    def _write(self, tx: Tx, seen: GuardState, level: int) -> None:
        before = tx.guards.get(seen.no)
        if (before.checkin_at, before.overdue) != (seen.checkin_at, seen.overdue) or (
            before.status not in WORKING
        ):
            raise _IsHeardAgain
        saved = tx.guards.save(replace(before, overdue=level))
        tx.audit(None, "guard.overdue", saved.no, after={"level": level, "since": saved.checkin_at})
        tx.record(GuardChanged(saved))
        if saved.dispatch:
            dispatch = tx.dispatches.get(saved.dispatch)
            what = "guard.overdue" if level < CRITICAL else "guard.critical"
            Record(tx, None, self._clock.now()).line(dispatch.incident, what, guard=dispatch.guard_name)
