"""What a line of time shows: each camera's recording with its holes, and what happened meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.domain.alarms import Alarm
from services.domain.bookmarks import Bookmark
from services.domain.evidence import EvidenceRequest
from services.domain.incidents import Incident
from services.domain.motion import PAUSE, MovingSeconds, joined
from services.domain.recording_troubles import GapCause, explain
from services.domain.recordings import SEAM_S, Cause, Protection, RecordingMode, Segment, gaps_between
from services.storage import View

# What was recorded so lately may not have its row yet.
SETTLES = timedelta(seconds=90)
# So many parts of a line of time can be told apart.
_FINEST = 2000
# From here on a piece is looked at as a whole.
_ROUGH = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Band:
    """A span of unbroken recording for one cause; or any other span. is_elsewhere: on another recorder."""

    since: datetime
    until: datetime
    cause: Cause = Cause.CONTINUOUS
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """A span without recording where there should be one."""

    since: datetime
    until: datetime
    cause: GapCause = GapCause.UNKNOWN


@dataclass(frozen=True, slots=True)
class Lane:
    """One camera's line on the timeline. motion: spans in which something moved.

    is_asking: its recorder has not answered yet; error: why it cannot, as a code, "" = well.
    ended_at, goes_on_at: where the last recording before this line ends and the first after it begins.
    """

    camera: str
    segments: tuple[Segment, ...]
    bands: tuple[Band, ...]
    motion: tuple[Band, ...] = ()
    missing: tuple[Missing, ...] = ()
    is_asking: bool = False
    error: str = ""
    ended_at: datetime | None = None
    goes_on_at: datetime | None = None

    def nearest(self, at: datetime) -> tuple[datetime | None, datetime | None]:
        """Of a moment without recording: when the one before it ends, and when the one after it begins."""
        before = [band.until for band in self.bands if band.until <= at]
        after = [band.since for band in self.bands if band.since > at]
        return max(before, default=self.ended_at), min(after, default=self.goes_on_at)


@dataclass(frozen=True, slots=True)
class Span:
    """What a timeline shows of [since, until). incidents: of the alarms that these cameras saw; protections:
    those that hold, by their beginning."""

    since: datetime
    until: datetime
    lanes: tuple[Lane, ...]
    alarms: tuple[Alarm, ...]
    incidents: tuple[Incident, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()
    exports: tuple[EvidenceRequest, ...] = ()
    protections: tuple[Protection, ...] = ()


def lane_of(
    view: View, camera: str, growing: Sequence[Segment], since: datetime, until: datetime, now: datetime
) -> Lane:
    """growing: pieces that are being written, of any camera."""
    segments = view.segments.of_camera(camera, since, until)
    known = {(one.camera, one.stream, one.begins_at) for one in segments}
    segments += [
        piece
        for piece in growing
        if piece.camera == camera
        and piece.begins_at < until
        and piece.ends_at > since
        and (piece.camera, piece.stream, piece.begins_at) not in known
    ]
    segments.sort(key=lambda one: one.begins_at)
    missing = missing_of(view, camera, segments, since, min(until, now - SETTLES))
    # What is finer than a line of time can show would only keep the painter busy.
    finest = (until - since) / _FINEST
    moved = motion_bands(view.motion.of_camera(camera, since, until), finest)
    last = view.segments.last_before(camera, since)
    first = view.segments.first_after(camera, until)
    return Lane(
        camera,
        tuple(segments),
        bands_of(segments),
        moved,
        missing,
        ended_at=last.ends_at if last is not None and last.ends_at <= since else None,
        goes_on_at=first.begins_at if first is not None else None,
    )


def missing_of(
    view: View, camera: str, segments: Sequence[Segment], since: datetime, until: datetime
) -> tuple[Missing, ...]:
    """Not what was left out on purpose, nor what lies before the first recording; of a camera that does not
    record all the time only what is known to have gone wrong.
    """
    site = view.site()
    known = site.camera(camera) if site is not None else None
    if known is None or known.recording is RecordingMode.OFF:
        return ()
    if view.segments.last_before(camera, since) is None:
        if not segments:
            return ()
        since = max(since, segments[0].begins_at)
    if until <= since:
        return ()
    troubles = view.recording_troubles.touching([camera], since, until)
    found = [explain(gap, troubles) for gap in gaps_between(list(segments), since, until)]
    is_always = known.recording is RecordingMode.CONTINUOUS
    return tuple(
        Missing(one.gap.since, one.gap.until, one.cause)
        for one in found
        if not one.is_wanted and (is_always or one.cause is not GapCause.UNKNOWN)
    )


def motion_bands(found: Sequence[MovingSeconds], finest: timedelta = PAUSE) -> tuple[Band, ...]:
    """`found` by their beginning: the spans in which something moved; what is nearer than `finest` is one."""
    if finest >= _ROUGH:
        spans = [hull for one in found if (hull := one.hull()) is not None]
    else:
        spans = [span for one in found for span in one.spans()]
    return tuple(Band(since, until) for since, until in joined(spans, max(PAUSE, finest)))


def bands_of(segments: Sequence[Segment]) -> tuple[Band, ...]:
    """`segments` by their beginning; pieces that follow each other for the same cause are one band."""
    bands: list[Band] = []
    for segment in segments:
        last = bands[-1] if bands else None
        is_next = last is not None and segment.begins_at - last.until <= timedelta(seconds=SEAM_S)
        if last is not None and is_next and last.cause is segment.cause:
            bands[-1] = replace(last, until=max(last.until, segment.ends_at))
        else:
            bands.append(Band(segment.begins_at, segment.ends_at, segment.cause))
    return tuple(bands)
