"""The process that looks for motion, as the hub sees it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from services.domain.motion import MovingSeconds
from services.domain.recordings import Segment
from services.recording.motion.child import live
from services.recording.motion.plans import Indexed, IndexPiece, Moving, Report, UseWatches, WatchPlan
from services.recording.process import PlannedProcess


class MotionWatch(PlannedProcess[UseWatches, Report]):
    """moving: told each second while something moves; indexed: told each row wanted; both by a thread of
    this object."""

    def __init__(self, moving: Callable[[str], None], indexed: Callable[[MovingSeconds], None]) -> None:
        super().__init__("motion", live, UseWatches(()), Report)
        self._moving = moving
        self._indexed = indexed

    def use(self, plans: tuple[WatchPlan, ...]) -> None:
        """Look at these cameras and at no others."""
        self._ask(UseWatches(plans))

    def index(self, segment: Segment, root: Path) -> None:
        """The piece is finished. Any thread; without a process it waits for `shouwang recordings index`."""
        if self.pid is not None:
            self._say(IndexPiece(segment, root))

    def _take(self, news: object) -> None:
        match news:
            case Moving():
                self._moving(news.camera)
            case Indexed():
                self._indexed(news.seconds)
