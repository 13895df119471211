"""Carries committed facts, of this process and of all others, to this process's bus in commit order."""

from __future__ import annotations

import threading
from collections.abc import Callable

import structlog

from services.core.backoff import Backoff
from services.core.bus import Bus
from services.core.codec import from_json
from services.core.errors import ServiceError
from services.core.workers import Worker
from services.domain.facts import FACTS, Fact
from services.storage.database import Database
from services.storage.doorbell import Doorbell, doorbell_for
from services.storage.records import ChangeRow

log = structlog.get_logger(__name__)

BATCH = 500
# NOTIFY and data_version only say "look now"; this look needs no one's word.
LOOK_EVERY_S = 1.0
# A look costs a transaction. Where so many facts came at once more are coming: they share the next one, which
# is so much later.
PAUSES_S = ((20, 0.1), (5, 0.05))


class ChangeFeed:
    """Publishes every fact after a given seq, each once and in order; outlives the database's absence.

    Handlers run in this feed's thread.
    """

    def __init__(self, database: Database, bus: Bus) -> None:
        self._database = database
        self._bus = bus
        self._seq = 0
        self._is_lost = False
        self._worker: Worker | None = None
        self._bell: Doorbell | None = None
        self._end_nudges: Callable[[], None] = lambda: None

    @property
    def seq(self) -> int:
        """The last change published."""
        return self._seq

    def start(self, after_seq: int) -> None:
        self._seq = after_seq
        self._bell = doorbell_for(self._database.url)
        self._end_nudges = self._database.after_commit(lambda _tx: self.nudge())
        self._worker = Worker("storage-feed", self._follow)
        self._worker.start()

    def nudge(self) -> None:
        """Look now; from any thread."""
        if self._bell is not None:
            self._bell.ring()

    def stop(self) -> None:
        self._end_nudges()
        if self._worker is not None:
            self._worker.request_stop()
            self.nudge()
            self._worker.stop()

    def _follow(self, stop: threading.Event) -> None:
        assert self._bell is not None
        backoff = Backoff(0.1, 2.0)
        try:
            while not stop.is_set():
                before = self._seq
                if self._look(stop):
                    backoff.reset()
                    came = self._seq - before
                    stop.wait(next((pause_s for many, pause_s in PAUSES_S if came >= many), 0.0))
                    self._bell.wait(LOOK_EVERY_S)
                else:
                    stop.wait(backoff.next_s())
        finally:
            self._bell.close()

    def _look(self, stop: threading.Event) -> bool:
        """Publish all there is; False when the database does not answer."""
        while not stop.is_set():
            try:
                rows = self._database.read(lambda view: view.changes_after(self._seq, BATCH))
            except Exception as error:  # noqa: BLE001  outermost frame: a screen whose feed died shows no alarm
                self._mark_lost(error)
                return False
            self._mark_found()
            for row in rows:
                self._publish(row)
            if len(rows) < BATCH:
                return True
        return True

    def _publish(self, row: ChangeRow) -> None:
        if row.seq != self._seq + 1:
            log.error("feed.gap", expected=self._seq + 1, found=row.seq)
        self._seq = row.seq
        kind = FACTS.get(row.kind)
        if kind is not None and not self._bus.wants(kind):
            return
        fact = decode(row)
        if fact is not None:
            self._bus.publish(fact)

    def _mark_lost(self, error: Exception) -> None:
        if not self._is_lost:
            if isinstance(error, ServiceError):
                log.warning("feed.lost", code=error.code, seq=self._seq)
            else:
                log.error("feed.lost", seq=self._seq, exc_info=error)
        self._is_lost = True

    def _mark_found(self) -> None:
        if self._is_lost:
            log.info("feed.found", seq=self._seq)
        self._is_lost = False


def decode(row: ChangeRow) -> Fact | None:
    """The fact of a change row; None, with a log line, for one that this version cannot read."""
    try:
        return from_json(FACTS[row.kind], row.payload)
    except (KeyError, TypeError, ValueError) as error:
        log.error("feed.undecodable", seq=row.seq, kind=row.kind, subject=row.subject, error=repr(error))
        return None
