"""Which cameras and which moment of the past are shown; no widgets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.people import Session
from services.domain.recordings import Protection, Segment
from services.domain.site import Camera, Site
from services.playback.clock import PlaybackClock, next_speed
from services.playback.lanes import Lane, Span
from services.playback.sound import PastSound
from services.playback.track import Track
from ui.jobs import UiJobs
from ui.text.places import local_name
from ui.tiles.feed import TileContent
from ui.time_lanes import TimeBand, TimeLane, TimeMark
from views.playback.absent import absent_words
from views.playback.lines import time_lanes, time_marks
from views.playback.noting import Noting
from views.playback.ports import Recordings
from views.playback.previews import Previews

MOST_CAMERAS = 9
FIRST_SPAN = timedelta(hours=1)
# Around a moment that somebody is led to: seconds can be told apart.
NEAR_SPAN = timedelta(minutes=10)
FRAME = timedelta(seconds=0.04)
# So long before its end a recording still has something to show.
LAST_PICTURE = timedelta(seconds=1)
# While dragging, cameras are asked no more often: each jump decodes from a key picture.
RENEW_MS = 10_000
SETTLE_MS = 250
# A recorder that is being asked has answered by then, or is asked for its answer again.
SOON_MS = 700


class PlaybackPresenter(QObject):
    """Signals: site_changed() when there are other cameras to choose from; chosen_changed() when others are
    chosen; cameras_changed() when other tracks play; span_changed() when the line of time shows other
    things; framed() when it is to show another span; moved() when speed or moment was set by a person;
    refused(ServiceError).
    """

    site_changed = Signal()
    chosen_changed = Signal()
    cameras_changed = Signal()
    span_changed = Signal()
    framed = Signal()
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
        self.previews = Previews(recordings, session, jobs, self)
        self._noting = Noting(recordings, session, jobs, self)
        self._noting.noted.connect(self._ask)
        self._noting.refused.connect(self.refused)
        self.since, self.until = clock.now() - FIRST_SPAN, clock.now()
        self._span: Span | None = None
        self._hits: dict[str, tuple[TimeBand, ...]] = {}
        self._tracks: dict[str, Track] = {}
        self._is_over = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._ask)
        self._renew = QTimer(self)
        self._renew.setInterval(RENEW_MS)
        self._renew.timeout.connect(self._ask)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self._ask)

    def use_site(self, site: Site) -> None:
        self._site = site
        known = {str(camera.no) for camera in site.cameras}
        if not known.issuperset(self.cameras):
            self.choose([no for no in self.cameras if no in known])
        self.site_changed.emit()

    @property
    def site(self) -> Site:
        return self._site

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
        self.previews.forget()
        self.pause()
        for track in self._tracks.values():
            track.set_watched(False)

    def stop(self) -> None:
        self._is_over = True
        self._renew.stop()
        self._settle.stop()
        self._soon.stop()
        self._drop(list(self._tracks))

    def choose(self, cameras: Sequence[str]) -> None:
        """Show these, at the moment of now; at most nine."""
        known = {str(camera.no) for camera in self._site.cameras}
        self.cameras = tuple(no for no in dict.fromkeys(cameras) if no in known)[:MOST_CAMERAS]
        self.chosen_changed.emit()
        if not self.cameras:
            self._drop(list(self._tracks))
            return
        self._noting.note(self.cameras, self.playback.now())

    def open_at(self, cameras: Sequence[str], at: datetime) -> None:
        """From an alarm or a live tile: these cameras, playing from that moment."""
        if not cameras:
            self.refused.emit(ServiceError("playback.no_camera"))
        self.playback.play(1.0)
        self.speed = 1.0
        self._go(cameras, at)

    def show_at(self, cameras: Sequence[str], at: datetime) -> None:
        """These beside those that are shown, as far as there is room, at that moment."""
        self._go([*cameras, *self.cameras], at)

    def refresh(self) -> None:
        """Something new is to be shown on the line of time."""
        if self.cameras:
            self._ask()

    def replace(self, shown: str, camera: str) -> None:
        """Another camera in the place of one that is shown, at the same moment; added where none is."""
        if camera in self.cameras:
            return
        if shown in self.cameras:
            self.choose([camera if no == shown else no for no in self.cameras])
        else:
            self.choose([*self.cameras[: MOST_CAMERAS - 1], camera])

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
        self.set_speed(next_speed(self.speed, by))

    def turn(self) -> None:
        """The other way."""
        self.set_speed(-self.speed)

    def step(self, frames: int) -> None:
        """By the pictures that are really there, of the first camera that shows one."""
        self.playback.play(0.0)
        tracks = [self._tracks[no] for no in self.cameras if no in self._tracks]
        leader = next((track for track in tracks if track.shown_at is not None), None)
        if leader is None:
            self.jump(frames * FRAME)
        else:
            leader.step(frames)
            self.moved.emit()

    def open_sound(self, camera: str, rate_hz: int) -> PastSound:
        """What that camera heard, as this playback goes on."""
        return self._recordings.sound(lambda: self._segments(camera), self.playback, rate_hz)

    def _segments(self, camera: str) -> Sequence[Segment]:
        lane = self._lane(camera)
        return lane.segments if lane is not None else ()

    def _lane(self, camera: str) -> Lane | None:
        lanes = self._span.lanes if self._span is not None else ()
        return next((lane for lane in lanes if lane.camera == camera), None)

    def nearest_recording(self, camera: str) -> datetime | None:
        """Where something of it can be seen next to now; None when nothing was ever recorded."""
        lane, now = self._lane(camera), self.playback.now()
        before, after = lane.nearest(now) if lane is not None else (None, None)
        found = [at for at in (before and before - LAST_PICTURE, after) if at is not None]
        return min(found, key=lambda at: abs(at - now), default=None)

    def _absent(self, camera: str, code: str) -> str:
        return absent_words(code, self._lane(camera), self._site.camera(camera), self.playback.now())

    def jump(self, by: timedelta) -> None:
        self.seek(self.playback.now() + by)

    def seek(self, at: datetime) -> None:
        self.playback.seek(min(at, self._clock.now()))
        if not self._noting.holds(self.cameras, self.playback.now()):
            self._settle.start()
        self.moved.emit()

    def look_at(self, since: datetime, until: datetime) -> None:
        """The line of time shows another span; asked for when the hand rests."""
        self.since, self.until = since, until
        self._settle.start()

    # what is shown

    def tiles(self) -> list[TileContent]:
        """In the order chosen."""
        names = {str(camera.no): local_name(camera) for camera in self._site.cameras}
        return [
            TileContent(no, names.get(no, no), self._tracks.get(no), reason=partial(self._absent, no))
            for no in self.cameras
        ]

    def lanes(self) -> list[TimeLane]:
        names = {str(camera.no): local_name(camera) for camera in self._site.cameras}
        return time_lanes(self._span, self.cameras, names, self._hits)

    def marks(self) -> list[TimeMark]:
        return time_marks(self._span)

    @property
    def protections(self) -> Sequence[Protection]:
        """What holds recordings of these cameras, over the line of time, by their beginning."""
        return self._span.protections if self._span is not None and self.cameras else ()

    def show_hits(self, camera: str, hits: tuple[TimeBand, ...]) -> None:
        """What a search found in this camera, in place of what was found before in any."""
        self._hits = {camera: hits}
        self.span_changed.emit()

    def shown_at(self, camera: str) -> datetime:
        """When the picture came that is shown of it; in a gap the moment of the clock."""
        track = self._tracks.get(camera)
        return (track.shown_at if track is not None else None) or self.playback.now()

    def is_noted(self, camera: str, at: datetime) -> bool:
        """Whether the audit tells of a look at this camera around that moment."""
        return self._noting.holds([camera], at)

    def frame(self, since: datetime, until: datetime) -> None:
        """Show this span; `seek` goes into it."""
        self.since, self.until = since, until
        self.framed.emit()

    def _go(self, cameras: Sequence[str], at: datetime) -> None:
        now = self._clock.now()
        if not self.since <= at <= self.until or self.until - self.since > NEAR_SPAN:
            # What is still to come would only be empty.
            until = min(at + NEAR_SPAN / 2, now)
            self.frame(until - NEAR_SPAN, until)
        self.playback.seek(min(at, now))
        self.choose(cameras)
        self.moved.emit()

    def _ask(self) -> None:
        """Beside the span itself what the playback may run into before it is asked again."""
        now = self.playback.now()
        if not self._noting.holds(self.cameras, now):
            self._noting.note(self.cameras, now)
            return
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
                track.use(lane)
            track.set_watched(self._renew.isActive())
        if has_new:
            self.cameras_changed.emit()
        if self._renew.isActive() and any(lane.is_asking for lane in lanes.values()):
            self._soon.start()
        self.span_changed.emit()

    def _drop(self, cameras: Sequence[str]) -> None:
        for no in cameras:
            self._tracks.pop(no).request_stop()
        if cameras:
            self.cameras_changed.emit()

    def _refuse(self, error: ServiceError) -> None:
        self.refused.emit(error)
