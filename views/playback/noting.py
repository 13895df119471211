"""Who looks at what is in the audit before it is shown: for each choice of cameras, and each other time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal

from services.core.errors import ServiceError
from services.domain.people import Session
from ui.jobs import UiJobs
from views.playback.ports import Recordings

# Who goes, or plays, further than this from the noted moment looks at something else.
NOTED_FOR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class _Look:
    cameras: tuple[str, ...]
    at: datetime


class Noting(QObject):
    """Signals: noted(); refused(ServiceError), and then nothing may be shown."""

    noted = Signal()
    refused = Signal(object)

    def __init__(
        self, recordings: Recordings, session: Session, jobs: UiJobs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._recordings = recordings
        self._session = session
        self._jobs = jobs
        self._noted: _Look | None = None
        self._running: _Look | None = None

    def holds(self, cameras: Sequence[str], at: datetime) -> bool:
        """Whether the audit says so already; of no camera there is nothing to say."""
        noted = self._noted
        if noted is None:
            return not cameras
        return set(cameras) <= set(noted.cameras) and abs(at - noted.at) <= NOTED_FOR

    def note(self, cameras: Sequence[str], at: datetime) -> None:
        """Ends with one of the signals; the same cameras are not noted twice at once."""
        look = _Look(tuple(cameras), at)
        if self._running is not None and self._running.cameras == look.cameras:
            return
        self._running = look
        self._jobs.run(partial(self._write, look), self._take, self._refuse)

    def _write(self, look: _Look) -> _Look:
        """In a job."""
        self._recordings.open(self._session, look.cameras, look.at)
        return look

    def _take(self, look: _Look) -> None:
        self._running = None
        self._noted = look
        self.noted.emit()

    def _refuse(self, error: ServiceError) -> None:
        self._running = None
        self.refused.emit(error)
