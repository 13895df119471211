"""Threads that own one database connection each, so that a caller can stop waiting for them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import SimpleQueue

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DBAPIError

from services.core.errors import ServiceError
from services.core.workers import Worker
from services.storage import schema
from services.storage.engine import cut
from services.storage.trouble import trouble

GRACE_S = 2.0

# The two counters every transaction starts from: `schema.CHANGE_COUNTER`, `schema.AUDIT_COUNTER`.
Counts = dict[str, int]
Work = Callable[[Connection, Counts], object]


@dataclass(eq=False, slots=True)
class Job:
    """The work of one transaction, and where its caller waits."""

    work: Work
    answer: Future[object] = field(default_factory=Future)
    is_abandoned: bool = False


class Line:
    """One thread with one connection; takes jobs from `jobs` and runs them one at a time.

    locks: every transaction begins by locking the counters, so that all writers of the site
    follow each other and nothing can deadlock. after_commit: called in this thread.
    """

    def __init__(
        self,
        name: str,
        engine: Engine,
        jobs: SimpleQueue[Job | None],
        *,
        locks: bool,
        after_commit: Callable[[], None] = lambda: None,
    ) -> None:
        self._engine = engine
        self._jobs = jobs
        self._after_commit = after_commit
        opening = select(schema.counters.c.name, schema.counters.c.value).where(
            schema.counters.c.name.in_((schema.CHANGE_COUNTER, schema.AUDIT_COUNTER))
        )
        self._opening = opening.order_by(schema.counters.c.name).with_for_update() if locks else opening
        self._worker = Worker(name, self._serve)
        self._lock = threading.Lock()
        self._idle = threading.Event()
        self._idle.set()
        self._current: Job | None = None
        self._connection: Connection | None = None
        self._raw: object = None
        self._thread_id = 0

    def start(self) -> None:
        self._worker.start()

    def stop(self) -> None:
        """Wait for the thread, which ends at a None in the queue; a call stuck in the driver is cut."""
        if not self._idle.wait(GRACE_S):
            self.cut(self._current)
        self._worker.stop()

    @property
    def is_own_thread(self) -> bool:
        return threading.get_ident() == self._thread_id

    def cut(self, job: Job | None) -> None:
        """Break the connection if `job` is still being run on it; called from another thread."""
        with self._lock:
            if job is not None and self._current is job and self._raw is not None:
                cut(self._raw)

    def _serve(self, _stop: threading.Event) -> None:
        self._thread_id = threading.get_ident()
        while (job := self._jobs.get()) is not None:
            if job.answer.set_running_or_notify_cancel():
                self._take(job)
        self._drop()

    def _take(self, job: Job) -> None:
        self._mark(job)
        try:
            result = self._run(job)
        except BaseException as error:  # noqa: BLE001 - a job's outermost frame; its caller gets it
            self._mark(None)
            job.answer.set_exception(error)
        else:
            self._mark(None)
            self._after_commit()
            job.answer.set_result(result)

    def _mark(self, job: Job | None) -> None:
        with self._lock:
            self._current = job
        if job is None:
            self._idle.set()
        else:
            self._idle.clear()

    def _run(self, job: Job) -> object:
        try:
            connection, counts = self._begin()
            result = job.work(connection, counts)
            if job.is_abandoned:
                raise ServiceError("storage.timeout", reason="too late", outcome="not_begun")
            with self._or_dropped():
                connection.commit()
        except DBAPIError as error:
            self._give_up()
            expected = trouble(error)
            if expected is None:
                raise
            raise expected from error
        except BaseException:
            self._give_up()
            raise
        return result

    def _begin(self) -> tuple[Connection, Counts]:
        """A transaction on the kept connection, or on a new one when the kept one has died."""
        if self._connection is not None:
            try:
                return self._connection, self._open(self._connection)
            except DBAPIError as error:
                if not is_lost(error):
                    raise
        connection = self._connection = self._engine.connect()
        with self._lock:
            self._raw = connection.connection.dbapi_connection
        return connection, self._open(connection)

    def _open(self, connection: Connection) -> Counts:
        with self._or_dropped():
            return {str(name): int(value) for name, value in connection.execute(self._opening)}

    @contextmanager
    def _or_dropped(self) -> Iterator[None]:
        """For the two ends of a transaction, as SQLAlchemy loses sight of it when one of them fails: after a
        BEGIN it would never begin on this connection again, after a COMMIT nothing would be rolled back."""
        try:
            yield
        except BaseException:
            self._drop()
            raise

    def _give_up(self) -> None:
        """Undo the transaction; a connection that cannot even do that is thrown away."""
        if self._connection is None:
            return
        try:
            self._connection.rollback()
        except DBAPIError:
            self._drop()
        else:
            if self._connection.invalidated:
                self._drop()

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        with self._lock:
            self._raw = None
        if connection is None:
            return
        connection.invalidate()
        connection.close()


def is_lost(error: DBAPIError) -> bool:
    """True when the connection, not the statement, was at fault."""
    expected = trouble(error)
    return error.connection_invalidated or (expected is not None and expected.code == "storage.unreachable")


def ask(jobs: SimpleQueue[Job | None], lines: tuple[Line, ...], work: Work, deadline_s: float) -> object:
    """Run `work` on one of `lines` and wait for it, at most `deadline_s`.

    Raises ServiceError("storage.timeout") after that; outcome "not_begun" means that nothing was
    written, "unknown" that the commit may or may not have reached the disk.
    """
    job = Job(work)
    jobs.put(job)
    wait((job.answer,), deadline_s)
    if job.answer.cancel():
        raise ServiceError("storage.timeout", reason="busy", outcome="not_begun")
    if job.answer.done():
        return job.answer.result()
    job.is_abandoned = True
    for line in lines:
        line.cut(job)
    raise ServiceError("storage.timeout", reason="no answer", outcome="unknown")
