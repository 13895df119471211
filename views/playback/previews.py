"""Small pictures of moments that a pointer rests over: decoded in a job, kept, one at a time."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from services.core.errors import ServiceError
from services.domain.people import Session
from services.playback.stills import Still
from ui.jobs import UiJobs
from ui.time_card import PICTURE_PX
from views.playback.ports import Recordings

# 83 kB each.
MOST_KEPT = 200
_Key = tuple[str, int, float]


class Previews(QObject):
    """Signals: came(QImage or None) for the moment that was asked for last."""

    came = Signal(object)

    def __init__(
        self, recordings: Recordings, session: Session, jobs: UiJobs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._recordings = recordings
        self._session = session
        self._jobs = jobs
        self._kept: OrderedDict[_Key, QImage] = OrderedDict()
        self._wanted: tuple[_Key, datetime] | None = None
        self._running: _Key | None = None

    def ask(self, camera: str, at: datetime, step: timedelta) -> None:
        """step: moments nearer than this have one picture."""
        step_s = max(1.0, step.total_seconds())
        key = (camera, int(at.timestamp() // step_s), step_s)
        self._wanted = (key, at)
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            self.came.emit(kept)
        elif self._running is None:
            self._begin()

    def _begin(self) -> None:
        if self._wanted is None:
            return
        key, at = self._wanted
        self._running = key
        decode = partial(
            self._recordings.still, self._session, key[0], at, size_px=PICTURE_PX, only_keys=True
        )
        self._jobs.run(decode, self._take, self._leave)

    def _take(self, still: Still | None) -> None:
        key, self._running = self._running, None
        image = None if still is None else image_of(still)
        if key is not None and image is not None:
            self._kept[key] = image
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        if self._wanted is not None and self._wanted[0] == key:
            self.came.emit(image)
        else:
            self._begin()

    def _leave(self, _error: ServiceError) -> None:
        """A picture under the pointer is a convenience; the tile says what is wrong."""
        self._running = None


def image_of(still: Still) -> QImage:
    """Of its own memory: the still may go."""
    height, width = still.pixels.shape[:2]
    return QImage(still.pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()
