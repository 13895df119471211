"""The recorder process as the hub sees it: which cameras it records, and what it says of them."""

from __future__ import annotations

from collections.abc import Callable

from services.domain.recordings import Cause, Segment
from services.recording.child import live
from services.recording.plans import CameraPlan, Finished, Place, Report, UsePlans, Want
from services.recording.process import PlannedProcess


class Recorder(PlannedProcess[UsePlans, Report]):
    """finished: told each finished piece, reported: each report; both by a thread of this object."""

    def __init__(
        self, finished: Callable[[Segment], None], reported: Callable[[Report], None] = lambda _report: None
    ) -> None:
        super().__init__("recorder", live, UsePlans((), (), None), Report)
        self._finished = finished
        self._reported = reported

    def use(self, plans: tuple[CameraPlan, ...], places: tuple[Place, ...], place: Place | None) -> None:
        """Record these cameras, into `place`, and nothing else from now on. places: all disks there are."""
        self._ask(UsePlans(plans, places, place))

    def want(self, camera: str, seconds: float, cause: Cause = Cause.ALARM) -> None:
        """Record this camera for so long from now, with what came before."""
        self._say(Want(camera, seconds, cause))

    def _take(self, news: object) -> None:
        match news:
            case Finished():
                self._finished(news.segment)
            case Report():
                self._reported(news)
