"""What the command line asks of the recordings: what there is, and whether index and disks agree."""

from __future__ import annotations

from app.records import Row, opened
from services.core.errors import ServiceError
from services.core.settings import Settings
from services.recording.checking import Findings, check, repair
from services.recording.disks import look
from services.recording.plans import Place


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
        "ok": not findings.broken if is_mended else findings.is_well,
    }
