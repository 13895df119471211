"""The process that looks for motion, as the hub sees it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from services.domain.motion import MovingSeconds
from services.domain.recordings import Segment
from services.recording.motion.child import live
from services.recording.motion.plans import Indexed, IndexPiece, Moving, Quit, Report, UseWatches, WatchPlan
from services.recording.process import ChildProcess


class MotionWatch:
    """moving: told each second while something moves; indexed: told each row wanted; both by a thread of
    this object."""

    def __init__(self, moving: Callable[[str], None], indexed: Callable[[MovingSeconds], None]) -> None:
        self._moving = moving
        self._indexed = indexed
        self._asked = UseWatches(())
        self._report: tuple[int | None, Report] | None = None
        self._process = ChildProcess("motion", live, self._first_order, self._hear, Quit())

    def start(self) -> None:
        self._process.start()

    def use(self, plans: tuple[WatchPlan, ...]) -> None:
        """Look at these cameras and at no others."""
        asked = UseWatches(plans)
        if asked != self._asked:
            self._asked = asked
            self._process.say(asked)

    def index(self, segment: Segment, root: Path) -> None:
        """The piece is finished. Any thread; without a process it waits for `shouwang recordings index`."""
        if self._process.pid is not None:
            self._process.say(IndexPiece(segment, root))

    @property
    def report(self) -> Report | None:
        """The newest word of the process; None while there is none, or it is silent."""
        said = self._report
        return said[1] if said is not None and said[0] == self.pid and self._process.is_heard else None

    @property
    def pid(self) -> int | None:
        return self._process.pid

    def request_stop(self) -> None:
        self._process.request_stop()

    def stop(self) -> None:
        self._process.stop()

    def _first_order(self) -> UseWatches | None:
        return self._asked if self._asked.plans else None

    def _hear(self, news: object) -> None:
        match news:
            case Moving():
                self._moving(news.camera)
            case Indexed():
                self._indexed(news.seconds)
            case Report():
                self._report = self.pid, news
