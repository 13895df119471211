"""The one place where results of background jobs come back into the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from threading import Lock
from typing import Any, Generic, TypeVar, cast
from weakref import WeakMethod

import structlog
from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from services.core.errors import ServiceError
from services.core.jobs import Jobs

Result = TypeVar("Result")
Answer = TypeVar("Answer")
Of = TypeVar("Of")
Handler = Callable[[Any], None]

log = structlog.get_logger(__name__)


def answering(answer: Answer, work: Callable[[], object]) -> Answer:
    """The work of a job of which its owner wants to know no more than which one it was."""
    work()
    return answer


@dataclass(frozen=True, slots=True)
class Answered(Generic[Of]):
    """What became of one of several commands. of: how its owner knows it; result: None with an error."""

    of: Of
    result: object = None
    error: ServiceError | None = None


def answered(of: Of, work: Callable[[], object]) -> Answered[Of]:
    """The work of a job whose owner must know of which command it was also when it is refused."""
    try:
        return Answered(of, work())
    except ServiceError as error:
        return Answered(of, error=error)


@dataclass(frozen=True, slots=True)
class _Settled:
    """One finished job and whom to tell; None = the owner is gone or nobody asked."""

    future: Future[object]
    done: WeakMethod[Handler] | None
    failed: WeakMethod[Handler] | None
    died: WeakMethod[Handler] | None


class UiJobs(QObject):
    """Runs blocking work away from the GUI and gives the outcome to bound methods in the GUI thread.

    Signals: refused(ServiceError) for an error whose caller named no `failed`; crashed(Exception) for
    a mistake of ours, already logged.
    """

    refused = Signal(object)
    crashed = Signal(object)
    _settled = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._lock = Lock()
        self._is_closed = False
        self._running = 0
        self._settled.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_idle(self) -> bool:
        """Nothing runs and nothing waits to be delivered."""
        return self._running == 0

    def run(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None] | None = None,
        failed: Callable[[ServiceError], None] | None = None,
        died: Callable[[Exception], None] | None = None,
    ) -> None:
        """Do `work` in a job thread; then `done(result)` or `failed(error)` here. After `crashed` it is
        `died(error)`, or without one `failed` with app.own_mistake(kind): nobody waits for ever.

        All three must be bound methods; they are held weakly, so a result for an owner
        that is gone is dropped. After `close` nothing is begun.
        """
        if self._is_closed:
            log.info("job.not_begun", work=_named(work))
            return
        self._running += 1
        future = cast("Future[object]", self._jobs.submit(work))
        settled = _Settled(future, _weak(done), _weak(failed), _weak(died))

        def tell(_future: Future[object]) -> None:
            self._tell(settled)

        future.add_done_callback(tell)

    def close(self) -> None:
        """Deliver nothing any more; the jobs' owner stops the threads."""
        with self._lock:
            self._is_closed = True

    def _tell(self, settled: _Settled) -> None:
        """In the job's thread; under the lock, so that `close` ends all posting to this object."""
        with self._lock:
            if not self._is_closed:
                self._settled.emit(settled)

    def _deliver(self, settled: _Settled) -> None:
        self._running -= 1
        if self._is_closed:
            return
        try:
            result = settled.future.result()
        except CancelledError:
            return
        except ServiceError as error:
            self._refuse(settled, error)
        except Exception as error:  # the outermost frame of a job: our own mistake goes the crash path
            log.error("job.crashed", exc_info=error)
            self.crashed.emit(error)
            if settled.died is not None:
                _tell(settled.died, error)
            else:
                _tell(settled.failed, ServiceError("app.own_mistake", kind=type(error).__name__))
        else:
            _tell(settled.done, result)

    def _refuse(self, settled: _Settled, error: ServiceError) -> None:
        handler = _alive(settled.failed)
        if handler is not None:
            handler(error)
        elif settled.failed is None:
            self.refused.emit(error)
        else:
            log.info("job.refusal_dropped", code=error.code)


def _named(work: Callable[[], object]) -> str:
    """The function's name alone: the arguments of a partial may hold a password."""
    return str(getattr(getattr(work, "func", work), "__qualname__", type(work).__name__))


def _weak(handler: Callable[..., None] | None) -> WeakMethod[Handler] | None:
    return None if handler is None else WeakMethod(handler)


def _tell(handler: WeakMethod[Handler] | None, what: object) -> None:
    method = _alive(handler)
    if method is not None:
        method(what)


def _alive(handler: WeakMethod[Handler] | None) -> Handler | None:
    """The bound method, unless its owner is gone on the Python or the Qt side."""
    method = handler() if handler is not None else None
    if method is None:
        return None
    owner = cast(Any, method).__self__
    if isinstance(owner, QObject) and not isValid(owner):
        return None
    return method
