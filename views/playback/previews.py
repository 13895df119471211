"""Small pictures of moments that a pointer rests over: decoded in a job, kept, one at a time.

Before the first of a camera and a span is shown, the look is in the audit: a row for each of them, not for
each picture.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
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
# Over a line of time so many moments can be told apart.
_STEPS = 200
_Key = tuple[str, int, float]


@dataclass(frozen=True, slots=True)
class _Look:
    """since, until: what the line of time shows."""

    key: _Key
    camera: str
    at: datetime
    since: datetime
    until: datetime


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
        self._noted: dict[str, list[tuple[datetime, datetime]]] = {}
        self._wanted: _Look | None = None
        self._running: _Look | None = None

    @property
    def is_idle(self) -> bool:
        """No picture is on its way."""
        return self._running is None

    def ask(self, camera: str, at: datetime, since: datetime, until: datetime) -> None:
        """since, until: what the line of time shows; moments that it cannot show apart have one picture."""
        step_s = max(1.0, (until - since).total_seconds() / _STEPS)
        look = _Look((camera, int(at.timestamp() // step_s), step_s), camera, at, since, until)
        self._wanted = look
        kept = self._kept.get(look.key)
        if kept is not None and self._is_noted(look):
            self._kept.move_to_end(look.key)
            self.came.emit(kept)
        elif self._running is None:
            self._begin()

    def forget(self) -> None:
        """Nobody looks any more: who comes back looks anew."""
        self._noted.clear()
        self._wanted = None

    def _is_noted(self, look: _Look) -> bool:
        return any(since <= look.at <= until for since, until in self._noted.get(look.camera, ()))

    def _begin(self) -> None:
        look = self._running = self._wanted
        if look is not None:
            work = partial(_decoded, self._recordings, self._session, look, is_new=not self._is_noted(look))
            self._jobs.run(work, self._take, self._leave)

    def _take(self, still: Still | None) -> None:
        look, self._running = self._running, None
        image = None if still is None else image_of(still)
        if look is not None and self._wanted is not None:
            self._noted.setdefault(look.camera, []).append((look.since, look.until))
        if look is not None and image is not None:
            self._kept[look.key] = image
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        if look is not None and self._wanted is not None and self._wanted.key == look.key:
            self.came.emit(image)
        else:
            self._begin()

    def _leave(self, _error: ServiceError) -> None:
        """A picture under the pointer is a convenience; the tile says what is wrong."""
        self._running = None


def _decoded(recordings: Recordings, session: Session, look: _Look, *, is_new: bool) -> Still | None:
    """In a job. is_new: no look at this span of the camera is in the audit yet."""
    if is_new:
        recordings.look_over(session, look.camera, look.since, look.until)
    return recordings.still(session, look.camera, look.at, size_px=PICTURE_PX, only_keys=True)


def image_of(still: Still) -> QImage:
    """Of its own memory: the still may go."""
    height, width = still.pixels.shape[:2]
    return QImage(still.pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()
