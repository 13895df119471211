"""Finds recordings for a playback: what a camera has, what happened meanwhile, where the files are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.bookmarks import MarkKind
from services.domain.people import Permission, Session
from services.domain.recordings import Segment
from services.identity import authorize, check_cameras, sees
from services.playback.clock import PlaybackClock
from services.playback.elsewhere import Elsewhere, Nowhere, with_elsewhere
from services.playback.footage import Footage
from services.playback.lanes import Lane, Span, lane_of
from services.playback.marks import (
    Scene,
    bookmarks_in,
    exports_in,
    happened,
    kept_in,
    next_mark,
    scene_of,
)
from services.playback.open_pieces import finished_of, open_pieces
from services.playback.patchwork import Patchwork
from services.playback.reader import Reader
from services.playback.sound import PastSound, Segments, recorded_sound
from services.playback.stills import Still, decode_still, still_of
from services.playback.track import Track
from services.recording.disks import reachable
from services.recording.naming import PART_SUFFIX
from services.storage import Database, Tx, View

MOST_SAID = 200
# How far back an operator may look by one key; whoever reviews may look at everything that is kept.
LOOKS_BACK = timedelta(minutes=10)


class PlaybackDesk:
    """Each call blocks; folders: where this machine reaches the disks of recordings. elsewhere: what others
    recorded.

    All raise ServiceError(identity.*, storage.*).
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        folders: Sequence[Path],
        elsewhere: Elsewhere | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._elsewhere = elsewhere or Nowhere()
        self._folders = tuple(folder.expanduser() for folder in folders)

    def open(self, session: Session, cameras: Sequence[str], at: datetime) -> None:
        """Note in the audit who looks at what."""
        authorize(session, Permission.REVIEW)
        self._note_viewed(session, cameras, at, "recording.viewed")

    def look_over(self, session: Session, camera: str, since: datetime, until: datetime) -> None:
        """Note in the audit who looks at small pictures out of a span: once for all of them."""
        authorize(session, Permission.REVIEW)

        def work(tx: Tx) -> None:
            check_cameras(tx, session, [camera])
            span = {"since": since.isoformat(), "until": until.isoformat()}
            tx.audit(session, "recording.previewed", camera, after=span)

        self._database.write(work)

    def look_back(self, session: Session, camera: str, since: datetime, until: datetime) -> Lane:
        """The last minutes of one camera, in its live tile; noted in the audit.

        Who may not review may look back LOOKS_BACK and no further: else playback.too_far_back(minutes).
        """
        self._check_recent(session, camera, since)
        self._note_viewed(session, [camera], since, "recording.looked_back")
        return self.recent(session, camera, since, until)

    def recent(self, session: Session, camera: str, since: datetime, until: datetime) -> Lane:
        """The same again for what goes on: more has been recorded meanwhile."""
        self._check_recent(session, camera, since)
        return self._lane(session, camera, since, until)

    def span(self, session: Session, cameras: Sequence[str], since: datetime, until: datetime) -> Span:
        """What there is."""
        authorize(session, Permission.REVIEW)
        now = self._clock.now()
        growing = self._growing(cameras, now)

        def read(view: View) -> Span:
            check_cameras(view, session, cameras)
            lanes = tuple(lane_of(view, no, growing, since, until, now) for no in cameras)
            alarms, incidents = happened(view, cameras, since, until)
            site = view.site()

            def are_seen(others: Sequence[str]) -> bool:
                """What is said of a camera is for those who may see it."""
                return all(sees(session, site, no) for no in others)

            bookmarks = tuple(
                one for one in bookmarks_in(view, cameras, since, until) if are_seen(one.cameras)
            )
            exports = tuple(one for one in exports_in(view, cameras, since, until) if are_seen(one.cameras))
            kept = kept_in(view, cameras, since, until, now)
            return Span(since, until, lanes, alarms, incidents, bookmarks, exports, kept)

        span = self._database.read(read)
        lanes = (
            with_elsewhere(lane, self._elsewhere.heard(lane.camera, since, until)) for lane in span.lanes
        )
        return replace(span, lanes=tuple(lanes))

    def scene_of_incident(self, session: Session, incident_id: str) -> Scene:
        """Where to look for an incident: the cameras that its alarms chose and that the session may see, from
        the first alarm on."""
        authorize(session, Permission.REVIEW)

        def read(view: View) -> Scene:
            scene, site = scene_of(view, incident_id), view.site()
            return replace(scene, cameras=tuple(no for no in scene.cameras if sees(session, site, no)))

        return self._database.read(read)

    def next_mark(
        self, session: Session, cameras: Sequence[str], kind: MarkKind, at: datetime, direction: int
    ) -> datetime | None:
        """When the next (+1) or the one before (-1) begins; None when there is none for a month."""
        authorize(session, Permission.REVIEW)

        def read(view: View) -> datetime | None:
            check_cameras(view, session, cameras)
            return next_mark(view, cameras, kind, at, direction, self._clock.now())

        return self._database.read(read)

    def days_with_video(
        self, session: Session, cameras: Sequence[str], days: Sequence[tuple[datetime, datetime]]
    ) -> list[bool]:
        """Of each day, from its beginning to its end, whether any of the cameras has something."""
        authorize(session, Permission.REVIEW)

        def read(view: View) -> list[bool]:
            check_cameras(view, session, cameras)
            return view.segments.spans_with(cameras, days)

        return self._database.read(read)

    def still(
        self,
        session: Session,
        camera: str,
        at: datetime,
        *,
        size_px: tuple[int, int] = (0, 0),
        only_keys: bool = False,
    ) -> Still | None:
        """The picture of that moment, as large as it was recorded unless a size is given; None in a gap.

        only_keys: the key picture before it will do, which is quick.
        """
        authorize(session, Permission.REVIEW)
        found = self._lane(session, camera, at, at + timedelta(seconds=1))
        own = decode_still(found.segments, self.locate, at, size_px=size_px, only_keys=only_keys)
        # A recorder is too slow for the small pictures under a moving pointer.
        foreign = None if own is not None or only_keys else self._elsewhere.footage(camera)
        return own if foreign is None else still_of(camera, foreign, at, size_px=size_px)

    def locate(self, segment: Segment) -> Path | None:
        """The file on a disk that this machine reaches; None when it is on none."""
        for place in reachable(self._folders):
            if place.disk == segment.disk:
                path = place.root / segment.path
                return finished_of(path) if path.suffix == PART_SUFFIX else path
        return None

    def track(self, lane: Lane, playback: PlaybackClock) -> Track:
        own, foreign = Reader(lane.segments, self.locate), self._elsewhere.footage(lane.camera)
        footage: Footage = own
        if foreign is not None:
            footage = Patchwork(own, foreign, lane)
        return Track(lane.camera, footage, playback, self._clock)

    def sound(self, segments: Segments, playback: PlaybackClock, rate_hz: int) -> PastSound:
        """segments: of one camera, asked as recording goes on."""
        return PastSound(recorded_sound(segments, self.locate, rate_hz), playback, rate_hz)

    def _lane(self, session: Session, camera: str, since: datetime, until: datetime) -> Lane:
        """Without what happened meanwhile."""
        now = self._clock.now()
        growing = self._growing([camera], now)

        def read(view: View) -> Lane:
            check_cameras(view, session, [camera])
            return lane_of(view, camera, growing, since, until, now)

        return with_elsewhere(self._database.read(read), self._elsewhere.heard(camera, since, until))

    def _growing(self, cameras: Sequence[str], now: datetime) -> list[Segment]:
        """Asked for before the snapshot: what is finished in between is in both, and counts once."""
        places = reachable(self._folders)
        return [piece for place in places for no in cameras for piece in open_pieces(place, no, now)]

    def _check_recent(self, session: Session, camera: str, since: datetime) -> None:
        authorize(session, Permission.LOOK_BACK)
        if session.limits:
            self._database.read(lambda view: check_cameras(view, session, [camera], Permission.LOOK_BACK))
        may_review = session.may(Permission.REVIEW)
        if not may_review and since < self._clock.now() - LOOKS_BACK:
            raise ServiceError("playback.too_far_back", minutes=LOOKS_BACK // timedelta(minutes=1))

    def _note_viewed(self, session: Session, cameras: Sequence[str], at: datetime, action: str) -> None:
        said = " ".join(cameras)[:MOST_SAID]

        def work(tx: Tx) -> None:
            check_cameras(tx, session, cameras)
            tx.audit(session, action, said, after=at.isoformat())

        self._database.write(work)
