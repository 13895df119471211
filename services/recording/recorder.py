"""The recorder process as the hub sees it: which cameras it records, and what it says of them."""

from __future__ import annotations

from collections.abc import Callable

from services.domain.recordings import Cause, Segment
from services.recording.child import live
from services.recording.plans import CameraPlan, Finished, Place, Quit, Report, UsePlans, Want
from services.recording.process import ChildProcess


class Recorder:
    """finished: told each finished piece, reported: each report; both by a thread of this object."""

    def __init__(
        self, finished: Callable[[Segment], None], reported: Callable[[Report], None] = lambda _report: None
    ) -> None:
        self._finished = finished
        self._reported = reported
        self._asked = UsePlans((), (), None)
        self._report: tuple[int | None, Report] | None = None
        self._process = ChildProcess("recorder", live, self._first_order, self._hear, Quit())

    def start(self) -> None:
        self._process.start()

    def use(self, plans: tuple[CameraPlan, ...], places: tuple[Place, ...], place: Place | None) -> None:
        """Record these cameras, into `place`, and nothing else from now on. places: all disks there are."""
        asked = UsePlans(plans, places, place)
        if asked != self._asked:
            self._asked = asked
            self._process.say(asked)

    def want(self, camera: str, seconds: float, cause: Cause = Cause.ALARM) -> None:
        """Record this camera for so long from now, with what came before."""
        self._process.say(Want(camera, seconds, cause))

    @property
    def report(self) -> Report | None:
        """The newest word of the process; None while there is no process, or it is silent."""
        said = self._report
        return said[1] if said is not None and said[0] == self.pid and self._process.is_heard else None

    @property
    def pid(self) -> int | None:
        return self._process.pid

    def request_stop(self) -> None:
        self._process.request_stop()

    def stop(self) -> None:
        """Open pieces are finished first."""
        self._process.stop()

    def _first_order(self) -> UsePlans | None:
        return self._asked if self._asked.plans else None

    def _hear(self, news: object) -> None:
        match news:
            case Finished():
                self._finished(news.segment)
            case Report():
                self._report = self.pid, news
                self._reported(news)
