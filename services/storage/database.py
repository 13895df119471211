"""The door to the record: one transaction per command, one snapshot per question, both with a deadline."""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Lock
from typing import TypeVar, cast

import structlog
from sqlalchemy import Connection

from services.core.clock import Clock, SystemClock
from services.core.errors import ServiceError
from services.storage import engine, revision, schema
from services.storage.lines import Counts, Job, Line, ask
from services.storage.tx import Tx
from services.storage.view import View

Result = TypeVar("Result")
READERS = 3

log = structlog.get_logger(__name__)


class Database:
    """The shared record of one site; one object per process, used from any thread but Qt's.

    url: sqlite:///… or postgresql://…; `clock` dates audit and change rows. Deadlines run on the
    machine's own monotonic clock, because they guard against a machine that stands still.
    """

    def __init__(self, url: str, clock: Clock | None = None) -> None:
        self._url = engine.parse_url(url)
        self._clock: Clock = clock or SystemClock()
        self._lock = Lock()
        self._listeners: list[Callable[[Tx], None]] = []
        # The writer thread's: what it works on, or has just committed.
        self._written: Tx | None = None
        self._writes: SimpleQueue[Job | None] = SimpleQueue()
        self._reads: SimpleQueue[Job | None] = SimpleQueue()
        self._writer: tuple[Line, ...] = ()
        self._readers: tuple[Line, ...] = ()

    @property
    def url(self) -> str:
        """With the password; never log it."""
        return self._url.render_as_string(hide_password=False)

    @property
    def url_shown(self) -> str:
        return engine.shown(self._url)

    def open(self) -> None:
        """Check the schema and start the threads.

        Raises ServiceError("storage.unreachable" | "storage.damaged" | "storage.schema_outdated" |
        "storage.schema_newer"); the database is never made or changed here.
        """
        revision.check(self._url)
        with self._lock:
            if self._writer:
                return
            write_engine = engine.make_engine(self._url, writes=True)
            read_engine = engine.make_engine(self._url, writes=False)
            self._writer = (
                Line("storage-write", write_engine, self._writes, locks=True, after_commit=self._committed),
            )
            self._readers = tuple(
                Line(f"storage-read-{number}", read_engine, self._reads, locks=False)
                for number in range(1, READERS + 1)
            )
            for line in (*self._writer, *self._readers):
                line.start()

    def close(self) -> None:
        """Let the running transaction end, refuse the waiting ones, stop the threads."""
        with self._lock:
            writer, self._writer = self._writer, ()
            readers, self._readers = self._readers, ()
        _refuse_waiting(self._writes)
        _refuse_waiting(self._reads)
        for jobs, lines in ((self._writes, writer), (self._reads, readers)):
            for _ in lines:
                jobs.put(None)
        for line in (*writer, *readers):
            line.stop()

    def write(self, work: Callable[[Tx], Result], *, deadline_s: float = 5.0) -> Result:
        """Run `work` as one transaction and return its result once it is on the disk.

        `work` runs in the writer thread, must be short and must touch nothing but its Tx; whatever it
        raises undoes the transaction and comes out here. Raises ServiceError("storage.timeout",
        outcome) at the deadline: "not_begun" wrote nothing, "unknown" may have written everything;
        "storage.unreachable", "storage.full", "storage.damaged", "storage.conflict".
        """

        def run(connection: Connection, counts: Counts) -> object:
            tx = self._written = Tx(connection, counts, self._clock)
            result = work(tx)
            tx.flush()
            return result

        return cast(Result, self._ask(self._writes, self._writer, run, deadline_s))

    def read(self, work: Callable[[View], Result], *, deadline_s: float = 5.0) -> Result:
        """Run `work` on one consistent snapshot; errors as for `write`."""

        def run(connection: Connection, counts: Counts) -> object:
            return work(View(connection, counts[schema.CHANGE_COUNTER]))

        return cast(Result, self._ask(self._reads, self._readers, run, deadline_s))

    def after_commit(self, listener: Callable[[Tx], None]) -> Callable[[], None]:
        """Call `listener` in the writer thread after each commit, with what was committed, for knowing it
        again only: it writes nothing any more. Returns the function that ends it."""
        with self._lock:
            self._listeners.append(listener)

        def end() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return end

    def _ask(
        self,
        jobs: SimpleQueue[Job | None],
        lines: tuple[Line, ...],
        run: Callable[[Connection, Counts], object],
        deadline_s: float,
    ) -> object:
        if not lines:
            raise ServiceError("storage.closed")
        if any(line.is_own_thread for line in lines):
            raise RuntimeError("a transaction inside a transaction would wait for itself")
        return ask(jobs, lines, run, deadline_s)

    def _committed(self) -> None:
        tx, self._written = self._written, None
        assert tx is not None
        with self._lock:
            listeners = list(self._listeners)
        for listener in listeners:
            try:
                listener(tx)
            except Exception:  # what is committed stays so, and the writer goes on
                log.exception("storage.listener_failed")


def _refuse_waiting(jobs: SimpleQueue[Job | None]) -> None:
    while True:
        try:
            job = jobs.get_nowait()
        except Empty:
            return
        if job is not None and job.answer.set_running_or_notify_cancel():
            job.answer.set_exception(ServiceError("storage.closed"))
