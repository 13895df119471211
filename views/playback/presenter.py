"""Which cameras and which moment of the past are shown; no widgets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.alarms import Alarm
from services.domain.people import Session
from services.domain.site import Camera, Site
from services.playback.clock import SPEEDS, PlaybackClock
from services.playback.lanes import Lane, Span
from services.playback.track import Track
from ui.jobs import UiJobs
from ui.text.places import local_name
from ui.text.sentences import reason_text
from ui.tiles.feed import TileContent
from ui.timeline import TimeBand, TimeLane, TimeMark

MOST_CAMERAS = 9
FIRST_SPAN = timedelta(hours=1)
FRAME = timedelta(seconds=0.04)
# While dragging, cameras are asked no more often: each jump decodes from a key picture.
RENEW_MS = 10_000
SETTLE_MS = 250


class Recordings(Protocol):
    """What this screen asks of `services.playback.desk.PlaybackDesk`; `span` and `open` block."""

    def open(self, session: Session, cameras: Sequence[str], at: datetime) -> None: ...
    def span(self, session: Session, cameras: Sequence[str], since: datetime, until: datetime) -> Span: ...
    def track(self, lane: Lane, playback: PlaybackClock) -> Track: ...


class PlaybackPresenter(QObject):
    """Signals: site_changed() when there are other cameras to choose from; cameras_changed() when other
    tracks play; span_changed() when the line of time shows other things; moved() when speed or moment was
    set by a person; refused(ServiceError).
    """

    site_changed = Signal()
    cameras_changed = Signal()
    span_changed = Signal()
    moved = Signal()
    refused = Signal(object)

    def __init__(
        self,
        *,
        site: Site,
        recordings: Recordings,
        session: Session,
        jobs: UiJobs,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._site = site
        self._recordings = recordings
        self._session = session
        self._jobs = jobs
        self._clock = clock
        self.cameras: tuple[str, ...] = ()
        self.playback = PlaybackClock(clock, clock.now() - FIRST_SPAN / 10)
        self.speed = 1.0
        self.since, self.until = clock.now() - FIRST_SPAN, clock.now()
        self._span: Span | None = None
        self._tracks: dict[str, Track] = {}
        self._is_over = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._ask)
        self._renew = QTimer(self)
        self._renew.setInterval(RENEW_MS)
        self._renew.timeout.connect(self._ask)

    def use_site(self, site: Site) -> None:
        self._site = site
        known = {str(camera.no) for camera in site.cameras}
        if not known.issuperset(self.cameras):
            self.choose([no for no in self.cameras if no in known])
        self.site_changed.emit()

    @property
    def site_cameras(self) -> tuple[Camera, ...]:
        return self._site.cameras

    @property
    def now(self) -> datetime:
        return self._clock.now()

    def start(self) -> None:
        """The screen is in front."""
        self._renew.start()
        self._ask()

    def rest(self) -> None:
        """Nobody looks: nothing is decoded, and time stands still."""
        self._renew.stop()
        self.pause()
        for track in self._tracks.values():
            track.set_watched(False)

    def stop(self) -> None:
        self._is_over = True
        self._renew.stop()
        self._settle.stop()
        self._drop(list(self._tracks))

    def choose(self, cameras: Sequence[str]) -> None:
        """Show these, at the moment of now; at most nine."""
        known = {str(camera.no) for camera in self._site.cameras}
        self.cameras = tuple(no for no in dict.fromkeys(cameras) if no in known)[:MOST_CAMERAS]
        if not self.cameras:
            self._drop(list(self._tracks))
            return
        # First who looks at what is in the audit, then they see it.
        opening = partial(self._recordings.open, self._session, self.cameras, self.playback.now())
        self._jobs.run(opening, self._opened, self._refuse)

    def open_at(self, cameras: Sequence[str], at: datetime) -> None:
        """From an alarm or a live tile: these cameras, playing from that moment."""
        length = self.until - self.since
        self.since, self.until = at - length / 2, at + length / 2
        self.playback.seek(at)
        self.playback.play(1.0)
        self.speed = 1.0
        self.choose(cameras)
        self.moved.emit()

    # transport

    @property
    def is_playing(self) -> bool:
        return self.playback.speed != 0

    def toggle(self) -> None:
        self.playback.play(0.0 if self.is_playing else self.speed)
        self.moved.emit()

    def pause(self) -> None:
        self.playback.play(0.0)
        self.moved.emit()

    def set_speed(self, speed: float) -> None:
        """Negative: backwards."""
        self.speed = speed
        if self.is_playing:
            self.playback.play(speed)
        self.moved.emit()

    def faster(self, by: int) -> None:
        """The next of the speeds, or the one before (-1)."""
        sign = -1.0 if self.speed < 0 else 1.0
        at = min(range(len(SPEEDS)), key=lambda number: abs(SPEEDS[number] - abs(self.speed)))
        self.set_speed(sign * SPEEDS[max(0, min(len(SPEEDS) - 1, at + by))])

    def turn(self) -> None:
        """The other way."""
        self.set_speed(-self.speed)

    def step(self, frames: int) -> None:
        self.playback.play(0.0)
        self.jump(frames * FRAME)

    def jump(self, by: timedelta) -> None:
        self.seek(self.playback.now() + by)

    def seek(self, at: datetime) -> None:
        self.playback.seek(min(at, self._clock.now()))
        self.moved.emit()

    def seek_alarm(self, direction: int) -> None:
        """The next alarm of the cameras shown (+1), or the one before (-1); nothing when there is none."""
        now = self.playback.now()
        times = sorted(alarm.received_at for alarm in self._alarms())
        later = [at for at in times if at > now + FRAME]
        earlier = [at for at in times if at < now - timedelta(seconds=1)]
        if direction > 0 and later:
            self.seek(later[0])
        elif direction < 0 and earlier:
            self.seek(earlier[-1])

    def look_at(self, since: datetime, until: datetime) -> None:
        """The line of time shows another span; asked for when the hand rests."""
        self.since, self.until = since, until
        self._settle.start()

    # what is shown

    def tiles(self) -> list[TileContent]:
        """In the order chosen."""
        names = {str(camera.no): local_name(camera) for camera in self._site.cameras}
        return [
            TileContent(no, names.get(no, no), self._tracks.get(no), reason=reason_text)
            for no in self.cameras
        ]

    def lanes(self) -> list[TimeLane]:
        names = {str(camera.no): local_name(camera) for camera in self._site.cameras}
        lanes = {lane.camera: lane for lane in self._span.lanes} if self._span else {}
        return [_time_lane(names.get(no, no), lanes.get(no)) for no in self.cameras]

    def marks(self) -> list[TimeMark]:
        return [
            TimeMark(alarm.received_at, alarm.priority, f"{alarm.event_no} {local_name(alarm)}")
            for alarm in self._alarms()
        ]

    def _alarms(self) -> tuple[Alarm, ...]:
        return self._span.alarms if self._span else ()

    def _opened(self, _said: None) -> None:
        self._ask()

    def _ask(self) -> None:
        """Beside the span itself what the playback may run into before it is asked again."""
        now = self.playback.now()
        margin = timedelta(minutes=10)
        since, until = min(self.since, now - margin), max(self.until, now + margin)
        ask = partial(self._recordings.span, self._session, self.cameras, since, until)
        self._jobs.run(ask, self._take, self._refuse)

    def _take(self, span: Span) -> None:
        lanes = {lane.camera: lane for lane in span.lanes if lane.camera in self.cameras}
        if self._is_over or set(lanes) != set(self.cameras):
            return  # asked for other cameras; their answer is on its way
        self._span = span
        self._drop([no for no in self._tracks if no not in lanes])
        has_new = False
        for no, lane in lanes.items():
            track = self._tracks.get(no)
            if track is None:
                track = self._tracks[no] = self._recordings.track(lane, self.playback)
                track.start()
                has_new = True
            else:
                track.use(lane.segments)
            track.set_watched(self._renew.isActive())
        if has_new:
            self.cameras_changed.emit()
        self.span_changed.emit()

    def _drop(self, cameras: Sequence[str]) -> None:
        for no in cameras:
            self._tracks.pop(no).request_stop()
        if cameras:
            self.cameras_changed.emit()

    def _refuse(self, error: ServiceError) -> None:
        self.refused.emit(error)


def _time_lane(name: str, lane: Lane | None) -> TimeLane:
    if lane is None:
        return TimeLane(name)
    bands, motion = (
        tuple(TimeBand(band.since, band.until) for band in some) for some in (lane.bands, lane.motion)
    )
    return TimeLane(name, bands, motion)
