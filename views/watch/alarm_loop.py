"""What the best camera saw around the moment of the staged alarm, again and again beside the live picture."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.alarms import Alarm
from services.domain.people import Permission, Session
from services.playback.lanes import Lane
from ui.jobs import UiJobs
from ui.text.sentences import reason_text
from ui.tiles.feed import TileContent
from views.watch.past_tile import PastRecordings, PastTile

AROUND = timedelta(seconds=10)
# In a burst an alarm is on the stage for a moment only: not worth opening a file, nor a row of the audit.
SETTLES_MS = 1500
LOOK_EVERY_MS = 250
# Until all of it is recorded it is asked for again.
RENEW_MS = 3000
# So long after the last second its pictures may still be on their way to the disk.
_ARRIVES = timedelta(seconds=6)


class AlarmLoop(QObject):
    """Signals: changed() when there is another tile, or none any more.

    Who may not look back, an alarm too long ago and a camera that is not recorded have no loop.
    """

    changed = Signal()

    def __init__(
        self,
        recordings: PastRecordings,
        session: Session,
        jobs: UiJobs,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._recordings = recordings
        self._session = session
        self._jobs = jobs
        self._clock = clock
        self._alarm: Alarm | None = None
        self._past: PastTile | None = None
        self._is_seen = True
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLES_MS)
        self._settle.timeout.connect(self._begin)
        self._look_timer = QTimer(self)
        self._look_timer.setInterval(LOOK_EVERY_MS)
        self._look_timer.timeout.connect(self._look)
        self._renew_timer = QTimer(self)
        self._renew_timer.setInterval(RENEW_MS)
        self._renew_timer.timeout.connect(self._renew)

    def follow(self, alarm: Alarm | None) -> None:
        """The alarm that is on the stage now."""
        was = self._alarm
        self._alarm = alarm
        if alarm is not None and was is not None and alarm.id == was.id:
            return
        self._end()
        may = self._session.may(Permission.LOOK_BACK)
        if alarm is not None and alarm.feeds and may:
            self._settle.start()

    def tile(self, name: str) -> TileContent | None:
        """Beside the live pictures; None while there is nothing. name: of the camera."""
        if self._past is None:
            return None
        around_s = AROUND // timedelta(seconds=1)
        # Without a number: an alarm's plate belongs on the live picture.
        return TileContent("", name, self._past.feed, "", reason_text, behind=f"±{around_s}s")

    @property
    def camera(self) -> str:
        return self._past.camera if self._past is not None else ""

    def see(self, is_seen: bool) -> None:
        """Whether anybody can see the tile; else nothing is decoded."""
        self._is_seen = is_seen
        if self._past is not None:
            self._past.feed.set_watched(is_seen)

    def stop(self) -> None:
        self._alarm = None
        self._end()

    def _end(self) -> None:
        for timer in (self._settle, self._look_timer, self._renew_timer):
            timer.stop()
        past, self._past = self._past, None
        if past is not None:
            past.stop()
            self.changed.emit()

    def _begin(self) -> None:
        if self._alarm is not None:
            since, until = _around(self._alarm)
            camera = str(self._alarm.feeds[0])
            look = partial(self._recordings.look_back, self._session, camera, since, until)
            self._jobs.run(partial(_tagged, str(self._alarm.id), look), self._take, self._leave)

    def _take(self, found: tuple[str, Lane]) -> None:
        alarm, (asked, lane) = self._alarm, found
        if alarm is None or alarm.id != asked or not lane.segments:
            return
        since, until = _around(alarm)
        self._past = PastTile(self._recordings, lane, self._clock, since, until)
        self._past.feed.set_watched(self._is_seen)
        self._look_timer.start()
        self._renew_timer.start()
        self.changed.emit()

    def _look(self) -> None:
        """From the beginning again at its end, or at the present while the end is still to come."""
        past = self._past
        if past is not None and past.playback.now() >= min(past.until, self._clock.now() - _ARRIVES / 2):
            past.begin_again()

    def _renew(self) -> None:
        past = self._past
        if past is None:
            return
        recent = partial(self._recordings.recent, self._session, past.camera, past.since, past.until)
        self._jobs.run(recent, self._use, self._leave)
        if self._clock.now() > past.until + _ARRIVES:
            self._renew_timer.stop()

    def _use(self, lane: Lane) -> None:
        if self._past is not None and lane.camera == self._past.camera:
            self._past.feed.use(lane)

    def _leave(self, _error: ServiceError) -> None:
        """The loop is a help; its tile says itself that there is no recording."""


def _tagged(alarm_id: str, look: Callable[[], Lane]) -> tuple[str, Lane]:
    """The answer with the alarm it was about: another one may be on the stage when it comes."""
    return alarm_id, look()


def _around(alarm: Alarm) -> tuple[datetime, datetime]:
    return alarm.received_at - AROUND, alarm.received_at + AROUND
