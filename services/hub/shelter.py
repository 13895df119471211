"""Where signals go while the shared record is away: into this machine's spool, and back in order."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from threading import Lock

import structlog

from services.core.errors import ServiceError
from services.domain.alarms import Signal
from services.storage.spool import Kept, Spool

# A panel waits some seconds for its answer, an operator for the picture: what the record has not taken by
# then is kept here. If it was taken all the same, it is known again by its fingerprint and its moment.
COMMIT_DEADLINE_S = 2.0
DRAIN_DEADLINE_S = 10.0
DRAIN_EVERY_S = 0.5
# At once, as long as the record takes so many within the deadline; a slow one gets fewer.
MOST_AT_ONCE = 200
# The record cannot be written now; anything else is said about the signals, and waiting does not help.
AWAY = frozenset(
    {"storage.timeout", "storage.unreachable", "storage.full", "storage.damaged", "storage.conflict"}
)

Receive = Callable[[Sequence[Signal], float], object]

log = structlog.get_logger(__name__)


class Shelter:
    """Commits signals to the record, or keeps them; once one is kept, all that follow wait behind it.

    receive(signals, deadline_s): stores them in the shared record; raises ServiceError when it did not.
    """

    def __init__(self, receive: Receive, spool: Spool) -> None:
        self._receive = receive
        self._spool = spool
        self._order = Lock()
        self._is_apart = spool.count > 0
        self._at_once = MOST_AT_ONCE

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
        except ServiceError as error:
            if error.code not in AWAY:
                raise
            with self._order:
                self._spool.keep(signals)
                was_apart, self._is_apart = self._is_apart, True
            if not was_apart:
                log.error("shelter.apart", code=error.code)

    def run(self, stop: threading.Event) -> None:
        """Give back what is kept, as soon as the record takes it."""
        told = ""
        while not stop.wait(DRAIN_EVERY_S):
            try:
                while self._is_apart and not stop.is_set() and self.give_back():
                    pass
                told = ""
            except ServiceError as error:
                if error.code != told:
                    log.warning("shelter.still_away", code=error.code, **error.params)
                told = error.code

    def give_back(self) -> bool:
        """The oldest batch goes to the record; True when more wait. Raises ServiceError while it is away."""
        kept = self._spool.first(self._at_once)
        if kept:
            try:
                self._give(kept)
            except ServiceError:
                self._at_once = max(1, self._at_once // 2)
                raise
            self._at_once = min(MOST_AT_ONCE, self._at_once * 2)
        with self._order:
            self._is_apart = self._spool.count > 0
        if not self._is_apart:
            log.info("shelter.shared_again")
        return self._is_apart

    def _give(self, kept: list[Kept]) -> None:
        """What the record refuses for what it is goes aside, alone: those behind it must not wait."""
        try:
            self._receive([one.signal for one in kept], DRAIN_DEADLINE_S)
        except Exception as error:
            if isinstance(error, ServiceError) and error.code in AWAY:
                raise
            if len(kept) == 1:
                log.exception("shelter.set_aside", fingerprint=kept[0].signal.fingerprint)
                self._spool.set_aside(kept[0].seq)
                return
            for one in kept:
                self._give([one])
            return
        self._spool.forget(kept[-1].seq)

    def _kept_behind_others(self, signals: Sequence[Signal]) -> bool:
        with self._order:
            if self._is_apart:
                self._spool.keep(signals)
            return self._is_apart
