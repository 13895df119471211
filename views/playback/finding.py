"""Ways to a moment or to more cameras: the next mark of a kind, a day of the calendar, the neighbours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from services.campus.neighbours import neighbours
from services.campus.sight import Sight
from services.core.errors import ServiceError
from services.domain.bookmarks import MarkKind
from services.domain.people import Session
from services.domain.site import Site
from services.playback.marks import Scene
from ui.jobs import UiJobs
from views.playback.days import local_day
from views.playback.ports import Recordings
from views.playback.presenter import MOST_CAMERAS, PlaybackPresenter

# By one key; whoever wants more presses again.
NEIGHBOURS_AT_ONCE = 3
# Of an incident; more at once would only be small.
MOST_AT_ONCE = 4
_AsksDays = Callable[[Session, Sequence[str], Sequence[tuple[datetime, datetime]]], list[bool]]


class Finding(QObject):
    """Signals: kind_changed(); days_known(dates with video); refused(ServiceError)."""

    kind_changed = Signal()
    days_known = Signal(object)
    refused = Signal(object)

    def __init__(
        self, playback: PlaybackPresenter, recordings: Recordings, session: Session, jobs: UiJobs
    ) -> None:
        super().__init__(playback)
        self._playback = playback
        self._recordings = recordings
        self._session = session
        self._jobs = jobs
        self.kind = MarkKind.ALARM

    def open_incident(self, incident_id: str, at: datetime | None = None) -> None:
        """Its cameras, from its first alarm or from `at` on."""
        find = partial(self._recordings.scene_of_incident, self._session, incident_id)
        self._jobs.run(partial(_scene_at, find, at), self._open_scene, self._refuse)

    def open_zone(self, zone_no: str, at: datetime) -> None:
        """The cameras that see this zone now, from `at` on; of one that left the site, none."""
        self._jobs.run(
            partial(_scene_of_zone, self._playback.site, zone_no, at), self._open_scene, self._refuse
        )

    def set_kind(self, kind: MarkKind) -> None:
        """What `seek` looks for."""
        self.kind = kind
        self.kind_changed.emit()

    def next_kind(self) -> None:
        kinds = list(MarkKind)
        self.set_kind(kinds[(kinds.index(self.kind) + 1) % len(kinds)])

    def seek(self, direction: int) -> None:
        """To the next mark of the kind (+1) or the one before (-1), however far it is."""
        playback = self._playback
        if playback.cameras:
            at = playback.playback.now()
            ask = self._recordings.next_mark
            find = partial(ask, self._session, playback.cameras, self.kind, at, direction)
            self._jobs.run(find, self._go_to, self._refuse)

    def seek_recording(self, camera: str) -> None:
        """To the nearest recording of a camera of which nothing is there now."""
        at = self._playback.nearest_recording(camera)
        if at is None:
            self.refused.emit(ServiceError("playback.never_recorded"))
        else:
            self._go_to(at)

    def go_to_day(self, day: date) -> None:
        """The same time on another day; the line of time shows that day."""
        begins, ends = local_day(day)
        at = self._playback.playback.now().astimezone()
        self._playback.frame(begins, ends)
        self._playback.seek(begins.replace(hour=at.hour, minute=at.minute, second=at.second))
        self._playback.look_at(begins, ends)

    def ask_days(self, days: Sequence[date]) -> None:
        """Which of them have video."""
        cameras = self._playback.cameras
        if cameras:
            ask = self._recordings.days_with_video
            work = partial(_days_with, ask, self._session, cameras, tuple(days))
            self._jobs.run(work, self._tell_days, self._refuse)

    def add_neighbours(self) -> None:
        """Beside the cameras shown those that see the same ground, or the ground beside it."""
        if self._playback.cameras:
            find = partial(neighbours, self._playback.site, self._playback.cameras)
            self._jobs.run(find, self._take_neighbours, self._refuse)

    def _go_to(self, at: datetime | None) -> None:
        playback = self._playback
        if at is None:
            self.refused.emit(ServiceError("playback.nothing_found"))
            return
        if not playback.since <= at <= playback.until:
            length = playback.until - playback.since
            playback.frame(at - length / 2, at + length / 2)
        playback.seek(at)
        playback.look_at(playback.since, playback.until)

    def _open_scene(self, scene: Scene) -> None:
        self._playback.open_at(scene.cameras[:MOST_AT_ONCE], scene.at)

    def _take_neighbours(self, found: Sequence[str]) -> None:
        shown = self._playback.cameras
        new = [no for no in found if no not in shown][:NEIGHBOURS_AT_ONCE]
        if new and len(shown) < MOST_CAMERAS:
            self._playback.choose([*shown, *new])
        else:
            self.refused.emit(ServiceError("playback.no_neighbour"))

    def _tell_days(self, days: frozenset[date]) -> None:
        self.days_known.emit(days)

    def _refuse(self, error: ServiceError) -> None:
        self.refused.emit(error)


def _scene_at(find: Callable[[], Scene], at: datetime | None) -> Scene:
    scene = find()
    return scene if at is None else replace(scene, at=at)


def _scene_of_zone(site: Site, zone_no: str, at: datetime) -> Scene:
    zone = site.zone(zone_no)
    feeds = Sight(site).feeds_for(zone) if zone is not None else ()
    return Scene(tuple(map(str, feeds)), at)


def _days_with(
    ask: _AsksDays, session: Session, cameras: Sequence[str], days: Sequence[date]
) -> frozenset[date]:
    has_video = ask(session, cameras, [local_day(day) for day in days])
    return frozenset(day for day, has in zip(days, has_video, strict=True) if has)
