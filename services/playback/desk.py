"""Finds recordings for a playback: what a camera has, what happened meanwhile, where the files are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from services.core.clock import Clock
from services.domain.alarms import Alarm
from services.domain.people import Permission, Session, Thing
from services.domain.recordings import SEAM_S, Segment
from services.identity import authorize
from services.playback.clock import PlaybackClock
from services.playback.track import Track
from services.recording.disks import look
from services.storage import Database, Tx, View

MOST_SAID = 200


@dataclass(frozen=True, slots=True)
class Band:
    """A span of unbroken recording."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Lane:
    """One camera's line on the timeline. motion: spans in which something moved."""

    camera: str
    segments: tuple[Segment, ...]
    bands: tuple[Band, ...]
    motion: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """What a timeline shows of [since, until)."""

    since: datetime
    until: datetime
    lanes: tuple[Lane, ...]
    alarms: tuple[Alarm, ...]


class PlaybackDesk:
    """Each call blocks; folders: where this machine reaches the disks of recordings."""

    def __init__(self, database: Database, clock: Clock, folders: Sequence[Path]) -> None:
        self._database = database
        self._clock = clock
        self._folders = tuple(folder.expanduser() for folder in folders)

    def open(self, session: Session, cameras: Sequence[str], at: datetime) -> None:
        """Note in the audit who looks at what; raises ServiceError(identity.*, storage.*)."""
        authorize(session, Permission.REVIEW)
        said = " ".join(cameras)[:MOST_SAID]

        def work(tx: Tx) -> None:
            _check_seen(tx, session, cameras)
            tx.audit(session, "recording.viewed", said, after=at.isoformat())

        self._database.write(work)

    def span(self, session: Session, cameras: Sequence[str], since: datetime, until: datetime) -> Span:
        """What there is; raises ServiceError(identity.*, storage.*)."""
        authorize(session, Permission.REVIEW)

        def read(view: View) -> Span:
            _check_seen(view, session, cameras)
            return _span(view, cameras, since, until)

        return self._database.read(read)

    def locate(self, segment: Segment) -> Path | None:
        """The file on a disk that this machine reaches; None when it is on none."""
        for folder in self._folders:
            disk = look(folder)
            if disk is not None and disk.place.disk == segment.disk:
                return disk.place.root / segment.path
        return None

    def track(self, lane: Lane, playback: PlaybackClock) -> Track:
        return Track(lane.camera, lane.segments, self.locate, playback, self._clock)


def _check_seen(view: View, session: Session, cameras: Sequence[str]) -> None:
    """What may not be watched live may not be watched later."""
    site = view.site() if session.limits else None
    for no in cameras:
        camera = site.camera(no) if site is not None else None
        authorize(session, Permission.WATCH, Thing(camera.place if camera is not None else "", no))


def _span(view: View, cameras: Sequence[str], since: datetime, until: datetime) -> Span:
    lanes = []
    for camera in cameras:
        segments = view.segments.of_camera(camera, since, until)
        lanes.append(Lane(camera, tuple(segments), bands_of(segments)))
    happened = (record.alarm for record in view.figures.alarms(since, until))
    alarms = tuple(alarm for alarm in happened if set(alarm.feeds) & set(cameras))
    return Span(since, until, tuple(lanes), alarms)


def bands_of(segments: Sequence[Segment]) -> tuple[Band, ...]:
    """`segments` by their beginning; pieces that follow each other are one band."""
    bands: list[Band] = []
    for segment in segments:
        if bands and segment.begins_at - bands[-1].until <= timedelta(seconds=SEAM_S):
            bands[-1] = Band(bands[-1].since, max(bands[-1].until, segment.ends_at))
        else:
            bands.append(Band(segment.begins_at, segment.ends_at))
    return tuple(bands)
