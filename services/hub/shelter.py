"""Where signals go while the shared record is away: into this machine's spool, and back in order."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Sequence
from threading import Lock

import structlog

from services.alarms.meaning import SIGNAL_ASIDE
from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.alarms import AlarmSource, Qualifier, Signal
from services.storage.spool import Kept, Spool

# A panel waits some seconds for its answer, an operator for the picture: what the record has not taken by
# then is kept here. If it was taken all the same, it is known again by its fingerprint and its moment.
COMMIT_DEADLINE_S = 2.0
DRAIN_DEADLINE_S = 10.0
DRAIN_EVERY_S = 0.5
# At once, as long as the record takes so many within the deadline; a slow one gets fewer.
MOST_AT_ONCE = 200
# So long the record may refuse a signal that it should take.
PATIENCE_S = 60.0
# The record cannot be written now; anything else is said about the signals.
AWAY = frozenset(
    {"storage.timeout", "storage.unreachable", "storage.full", "storage.damaged", "storage.conflict"}
)

Receive = Callable[[Sequence[Signal], float], object]

log = structlog.get_logger(__name__)


class Shelter:
    """Commits signals to the record, or keeps them; once one is kept, those that follow wait behind it.

    receive(signals, deadline_s): stores them in the shared record; raises whatever kept it from that.
    """

    def __init__(self, receive: Receive, spool: Spool, clock: Clock) -> None:
        self._receive = receive
        self._spool = spool
        self._clock = clock
        self._order = Lock()
        self._is_apart = spool.count > 0
        self._at_once = MOST_AT_ONCE
        # Since when the record refuses a signal alone (monotonic), by its seq.
        self._refused_s: dict[int, float] = {}

    @property
    def is_apart(self) -> bool:
        """Signals wait here that no other machine has seen."""
        return self._is_apart

    def commit(self, signals: Sequence[Signal]) -> None:
        """Durable on return, here or there. Raises ServiceError when neither took them."""
        if self._kept_behind_others(signals):
            return
        try:
            self._receive(signals, COMMIT_DEADLINE_S)
        except Exception as error:  # noqa: BLE001  whatever it is: what may be a panic is kept, not refused
            with self._order:
                self._spool.keep(signals)
                was_apart, self._is_apart = self._is_apart, True
            if not was_apart:
                _log_refusal("shelter.apart", error)

    def run(self, stop: threading.Event) -> None:
        """Give back what is kept, as soon as the record takes it."""
        told = ""
        while not stop.wait(DRAIN_EVERY_S):
            try:
                self._look()
                while self._is_apart and not stop.is_set() and self.give_back():
                    pass
                told = ""
            except Exception as error:  # noqa: BLE001  the thread's outermost frame
                code = error.code if isinstance(error, ServiceError) else type(error).__name__
                if code != told:
                    _log_refusal("shelter.still_away", error)
                told = code

    def _look(self) -> None:
        """A spool that could be opened only now may hold what an earlier hub kept."""
        with self._order:
            self._is_apart = self._is_apart or self._spool.count > 0

    def give_back(self) -> bool:
        """The oldest batch goes to the record; True when more may go. Raises while the record is away."""
        kept = self._spool.first(self._at_once)
        given = 0
        if kept:
            try:
                given = self._give(kept)
            except ServiceError:
                self._at_once = max(1, self._at_once // 2)
                raise
            self._at_once = min(MOST_AT_ONCE, self._at_once * 2)
        with self._order:
            self._is_apart = self._spool.count > 0
        if not self._is_apart:
            log.info("shelter.shared_again")
        return self._is_apart and given > 0

    def _give(self, kept: list[Kept]) -> int:
        """How many left the spool. Of a refused batch each is tried alone: the others must not wait."""
        try:
            self._receive([one.signal for one in kept], DRAIN_DEADLINE_S)
        except Exception as error:
            if isinstance(error, ServiceError) and error.code in AWAY:
                raise
            if len(kept) > 1:
                return sum(self._give([one]) for one in kept)
            return self._doubt(kept[0], error)
        self._spool.forget(kept)
        for one in kept:
            self._refused_s.pop(one.seq, None)
        return len(kept)

    def _doubt(self, one: Kept, error: Exception) -> int:
        """What the record refuses for a minute goes aside, with an alarm that says so."""
        now_s = self._clock.monotonic()
        if one.seq not in self._refused_s:
            _log_refusal("shelter.refused", error)
        if now_s - self._refused_s.setdefault(one.seq, now_s) < PATIENCE_S:
            return 0
        self._receive([self._about(one)], DRAIN_DEADLINE_S)
        self._spool.set_aside(one.seq)
        del self._refused_s[one.seq]
        return 1

    def _about(self, one: Kept) -> Signal:
        signal = one.signal
        return Signal(
            source=AlarmSource.DEVICE,
            account=socket.gethostname(),
            code=SIGNAL_ASIDE,
            zone=0,
            qualifier=Qualifier.NEW,
            received_at=self._clock.now(),
            fingerprint=f"aside:{one.seq}:{signal.received_at.isoformat()}",
            text=f"{signal.account} {signal.code} {signal.zone}",
        )

    def _kept_behind_others(self, signals: Sequence[Signal]) -> bool:
        with self._order:
            if self._is_apart:
                self._spool.keep(signals)
            return self._is_apart


def _log_refusal(event: str, error: Exception) -> None:
    if isinstance(error, ServiceError):
        log.error(event, code=error.code, **error.params)
    else:
        log.error(event, exc_info=error)
