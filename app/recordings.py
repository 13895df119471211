"""What the command line asks of the recordings: what there is, and whether index and disks agree."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from app.records import Row, command_line_session, opened
from services.core.clock import SystemClock
from services.core.errors import ServiceError
from services.core.settings import Settings
from services.domain.people import Session
from services.domain.recording_troubles import ExplainedGap
from services.domain.site import Site
from services.recording.checking import Findings, check, repair
from services.recording.days import COUNT_LIMIT_S, read_gaps, read_overview
from services.recording.disks import look, prepare
from services.recording.files import DiskFiles
from services.recording.motion.catching_up import catch_up
from services.recording.plans import Place
from services.storage import Tx, View


def reach_rows(settings: Settings) -> list[Row]:
    """For each camera how far back its recording reaches."""
    with opened(settings) as database:
        reach = database.read(lambda view: view.segments.reach())
    return [
        {
            "camera": camera,
            "oldest": begins_at.isoformat(),
            "newest": ends_at.isoformat(),
            "days": round((ends_at - begins_at).total_seconds() / 86_400, 1),
        }
        for camera, (begins_at, ends_at) in sorted(reach.items())
    ]


def days_rows(settings: Settings) -> list[Row]:
    """For each camera how many days are there and wanted, and when that will be missed."""
    now = SystemClock().now()
    with opened(settings) as database:
        overview = database.read(lambda view: read_overview(view, _site(view), now), deadline_s=COUNT_LIMIT_S)
    return [
        {
            "camera": one.camera,
            "state": one.state.value,
            "days": round(one.days, 1),
            "wanted": one.wanted_days,
            "recorded": round(one.recorded_days, 1),
            "oldest": one.oldest_at.isoformat() if one.oldest_at else "",
            "bytes": one.size_bytes,
            "bytes_per_day": None if one.bytes_per_day is None else round(one.bytes_per_day),
            "reaches": None if one.reachable_days is None else round(one.reachable_days, 1),
            "misses": one.misses_at.isoformat() if one.misses_at else "",
        }
        for one in overview.cameras
    ]


def gap_rows(settings: Settings, camera: str) -> list[Row]:
    """What is missing of one camera's days, the newest first, and why.

    Raises ServiceError("custody.camera_unknown").
    """
    now = SystemClock().now()
    with opened(settings) as database:

        def read(view: View) -> list[ExplainedGap]:
            cameras = read_overview(view, _site(view), now).cameras
            found = next((one for one in cameras if one.camera == camera), None)
            if found is None:
                raise ServiceError("custody.camera_unknown", camera=camera)
            return read_gaps(view, found, now)

        gaps = database.read(read, deadline_s=COUNT_LIMIT_S)
    return [
        {
            "since": one.gap.since.isoformat(),
            "until": one.gap.until.isoformat(),
            "seconds": round((one.gap.until - one.gap.since).total_seconds()),
            "cause": one.cause.value,
            "explained": round(one.explained, 2),
            "detail": one.detail,
        }
        for one in gaps
    ]


def adopt_disk(settings: Settings, folder: Path) -> Row:
    """Make the disk that is at `folder` now one for recordings: for a new one in an old one's place.

    Raises ServiceError("recording.not_configured", folder), ServiceError("recording.no_disk").
    """
    known = next((one for one in settings.recording_dirs if one.expanduser() == folder.expanduser()), None)
    if known is None:
        raise ServiceError("recording.not_configured", folder=str(folder))
    place = prepare(DiskFiles(), known.expanduser())
    with opened(settings) as database:
        database.write(partial(_know_disk, place=place, session=command_line_session(settings)))
    return {"folder": str(place.root), "disk": place.disk}


def _know_disk(tx: Tx, place: Place, session: Session) -> None:
    tx.put_recording_folders({**tx.recording_folders(), str(place.root): place.disk})
    tx.audit(session, "recording.disk_adopted", str(place.root)[:200], after=place.disk)


def _site(view: View) -> Site:
    return view.site() or Site("", "", "", 0.0, 0.0)


def check_rows(settings: Settings, *, is_thorough: bool, repairs: bool) -> list[Row]:
    """One row for each disk; `ok` after a repair says whether nothing is left that only a person can mend.

    Raises ServiceError("recording.no_disk") for a configured folder without its disk.
    """
    rows = []
    with opened(settings) as database:
        for place in _places(settings):
            findings = check(database, place, is_thorough=is_thorough)
            if repairs:
                repair(database, findings)
            rows.append(_row(findings, is_mended=repairs))
    return rows


def index_rows(settings: Settings) -> list[Row]:
    """One row for each disk, when all its pieces have their motion index; raises as `check_rows`."""
    clock, files = SystemClock(), DiskFiles()
    with opened(settings) as database:
        caught = [(place, catch_up(database, files, place, clock.now())) for place in _places(settings)]
    return [
        {
            "disk": place.disk,
            "folder": str(place.root),
            "indexed": one.remade,
            "failed": one.failed,
            "rows": one.rows,
            "swept": one.swept,
            "ok": not one.failed,
        }
        for place, one in caught
    ]


def _places(settings: Settings) -> list[Place]:
    places = []
    for folder in settings.recording_dirs:
        disk = look(folder.expanduser())
        if disk is None:
            raise ServiceError("recording.no_disk", folder=str(folder), reason="-")
        places.append(disk.place)
    return places


def _row(findings: Findings, *, is_mended: bool) -> Row:
    return {
        "disk": findings.place.disk,
        "folder": str(findings.place.root),
        "segments": findings.segments,
        "lost": len(findings.lost),
        "unknown": len(findings.unknown),
        "broken": [segment.path for segment in findings.broken],
        "parts": findings.parts,
        "unindexed": findings.unindexed,
        "strays": findings.strays,
        "ok": not findings.broken if is_mended else findings.is_well,
    }
