"""What a line of time can be taken to: alarms, incidents, bookmarks, motion and holes in the recording."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.domain.alarms import Alarm
from services.domain.bookmarks import Bookmark, MarkKind
from services.domain.evidence import EvidenceRequest
from services.domain.incidents import Incident
from services.domain.recordings import Protection
from services.playback.bookmarks import bookmarks_of
from services.playback.lanes import SETTLES, lane_of, motion_bands
from services.storage import View

# The search widens step by step: what is near is found without reading a month.
_REACHES = tuple(timedelta(hours=hours) for hours in (1, 6, 24, 24 * 7, 24 * 31))
# Who stands on a mark and asks for the next one means another one.
_ASIDE = timedelta(seconds=1)


def happened(
    view: View, cameras: Sequence[str], since: datetime, until: datetime
) -> tuple[tuple[Alarm, ...], tuple[Incident, ...]]:
    """Alarms that any of the cameras sees, and the incidents that they belong to, by their time."""
    wanted = set(cameras)
    found = (record.alarm for record in view.figures.alarms(since, until))
    alarms = tuple(alarm for alarm in found if set(alarm.feeds) & wanted)
    ids = {alarm.incident for alarm in alarms}
    incidents = (one for one in view.figures.incidents(since, until) if one.id in ids)
    return alarms, tuple(incidents)


def exports_in(
    view: View, cameras: Sequence[str], since: datetime, until: datetime
) -> tuple[EvidenceRequest, ...]:
    """What was taken away of these cameras' recordings, whoever has it now."""
    found = view.evidence.touching(cameras, since, until)
    return tuple(one for one in found if one.export is not None and one.export.ended_at is not None)


def kept_in(
    view: View, cameras: Sequence[str], since: datetime, until: datetime, now: datetime
) -> tuple[Protection, ...]:
    """What nothing deletes of these cameras' recordings; one that has run out holds nothing any more."""
    found = view.protections.touching(cameras, since, until)
    return tuple(one for one in found if one.expires_at is None or one.expires_at > now)


@dataclass(frozen=True, slots=True)
class Scene:
    """cameras: the best first; none when no alarm of it was seen by any."""

    cameras: tuple[str, ...]
    at: datetime


def scene_of(view: View, incident_id: str) -> Scene:
    """Raises storage.not_found."""
    incident = view.incidents.get(incident_id)
    alarms = view.alarms.of_incident(incident_id)
    # In turns, so that of many alarms none is left without a picture.
    most = max((len(alarm.feeds) for alarm in alarms), default=0)
    turns = [alarm.feeds[number] for number in range(most) for alarm in alarms if number < len(alarm.feeds)]
    first_at = min((alarm.received_at for alarm in alarms), default=incident.received_at)
    return Scene(tuple(str(no) for no in dict.fromkeys(turns)), first_at)


def bookmarks_in(
    view: View, cameras: Sequence[str], since: datetime, until: datetime
) -> tuple[Bookmark, ...]:
    return tuple(bookmarks_of(view, cameras, since, until))


def next_mark(
    view: View, cameras: Sequence[str], kind: MarkKind, at: datetime, direction: int, now: datetime
) -> datetime | None:
    """Of what begins after `at` (+1) the first, of what began before it (-1) the last."""
    found = _FINDERS[kind]
    for reach in _REACHES:
        since, until = (at + _ASIDE, at + reach) if direction > 0 else (at - reach, at - _ASIDE)
        times = sorted(one for one in found(view, cameras, since, min(until, now)) if since <= one < until)
        if times:
            return times[0] if direction > 0 else times[-1]
    return None


_Finder = Callable[[View, Sequence[str], datetime, datetime], Iterator[datetime]]


def _alarms(view: View, cameras: Sequence[str], since: datetime, until: datetime) -> Iterator[datetime]:
    yield from (alarm.received_at for alarm in happened(view, cameras, since, until)[0])


def _incidents(view: View, cameras: Sequence[str], since: datetime, until: datetime) -> Iterator[datetime]:
    yield from (incident.received_at for incident in happened(view, cameras, since, until)[1])


def _bookmarks(view: View, cameras: Sequence[str], since: datetime, until: datetime) -> Iterator[datetime]:
    yield from (bookmark.since for bookmark in bookmarks_of(view, cameras, since, until))


def _motion(view: View, cameras: Sequence[str], since: datetime, until: datetime) -> Iterator[datetime]:
    """Motion that began before the window is none of its own: the piece before it is read too."""
    for camera in cameras:
        yield from (band.since for band in motion_bands(view.motion.of_camera(camera, since, until)))


def _gaps(view: View, cameras: Sequence[str], since: datetime, until: datetime) -> Iterator[datetime]:
    """A hole that began before the window is none of its own."""
    for camera in cameras:
        lane = lane_of(view, camera, (), since, until, until + SETTLES)
        yield from (gap.since for gap in lane.missing if gap.since > since)


_FINDERS: dict[MarkKind, _Finder] = {
    MarkKind.ALARM: _alarms,
    MarkKind.INCIDENT: _incidents,
    MarkKind.BOOKMARK: _bookmarks,
    MarkKind.GAP: _gaps,
    MarkKind.MOTION: _motion,
}
