"""A child process of the hub that works for cameras: it is there while any camera is planned."""

from __future__ import annotations

import multiprocessing
from abc import abstractmethod
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Generic, Protocol, TypeVar

from services.core.child_process import ChildProcess, Patience

# A disk that wakes up takes ten seconds; what is open is finished before the process goes.
_PATIENCE = Patience(
    first_wait_s=0.5, most_wait_s=15.0, silent_after_s=30.0, begin_limit_s=90.0, stop_limit_s=8.0
)


class Asked(Protocol):
    """What a process shall do from now on."""

    @property
    def plans(self) -> Sequence[object]:
        """Of its cameras; none = no process is needed."""
        ...


Wanted = TypeVar("Wanted", bound=Asked)
Report = TypeVar("Report")


class PlannedProcess(ChildProcess, Generic[Wanted, Report]):
    """live: the process's whole life, a function of a module that lives by orders (`live_by_orders`).

    nothing: what it is asked for until somebody asks. reports: the kind of what it says of itself.
    """

    def __init__(
        self, name: str, live: Callable[[Connection], None], nothing: Wanted, reports: type[Report]
    ) -> None:
        super().__init__(name, _PATIENCE)
        self._live = live
        self._asked = nothing
        self._reports = reports
        self._report: tuple[int | None, Report] | None = None

    @property
    def report(self) -> Report | None:
        """The newest word of the process; None while there is no process, or it is silent."""
        said, pid = self._report, self.pid
        if said is None or pid is None or said[0] != pid or self._hangs:
            return None
        return said[1]

    @abstractmethod
    def _take(self, news: object) -> None:
        """Told all it says but log lines, by a thread of this object."""

    def _ask(self, wanted: Wanted) -> None:
        """From now on; without a process it wakes up the keeper, who looks whether one is needed."""
        if wanted != self._asked:
            self._asked = wanted
            self._say(wanted)

    @property
    def _is_needed(self) -> bool:
        return bool(self._asked.plans)

    def _process(self, orders: Connection, _held: ExitStack) -> BaseProcess:
        spawn = multiprocessing.get_context("spawn")
        return spawn.Process(target=self._live, args=(orders,), name=self._name, daemon=True)

    def _instruct(self) -> None:
        self._say(self._asked)

    def _hear(self, news: object) -> None:
        if isinstance(news, self._reports):
            self._report = self.pid, news
        self._take(news)
