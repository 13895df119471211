"""The piece that is being written now: a person who looks half a minute back must find it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath

from services.domain.recordings import Segment
from services.recording.naming import PART_SUFFIX, begun_of, camera_folder
from services.recording.plans import Place

# A piece that began earlier than yesterday is a ruin; the recorder mends it at its next start.
_OLDEST = timedelta(days=1)


def open_pieces(place: Place, camera: str, now: datetime) -> Iterator[Segment]:
    """What lies unfinished on one disk: files grow by whole fragments, so each can be read as far as it is.

    Blocks. ends_at: when its file grew last.
    """
    days = {f"{day.astimezone(UTC):%Y-%m-%d}" for day in (now, now - _OLDEST)}
    for day in days:
        folder = place.root / camera_folder(camera) / day
        try:
            parts = sorted(folder.glob(f"*{PART_SUFFIX}"))
        except OSError:
            continue
        for part in parts:
            segment = _piece(place, part, now)
            if segment is not None:
                yield segment


def finished_of(part: Path) -> Path | None:
    """Where a piece is that got its final name meanwhile; None when there is none. Blocks."""
    if part.exists():
        return part
    begins, _, rest = part.stem.partition("_")
    return next(iter(sorted(part.parent.glob(f"{begins}_*_{rest}.mp4"))), None)


def _piece(place: Place, part: Path, now: datetime) -> Segment | None:
    path = PurePosixPath(part.relative_to(place.root).as_posix())
    begun = begun_of(path)
    try:
        stat = part.stat()
    except OSError:
        return None  # it was finished between two looks
    grown_at = min(now, datetime.fromtimestamp(stat.st_mtime, UTC))
    if begun is None or not stat.st_size or grown_at <= begun.begins_at:
        return None
    return Segment(
        begun.camera,
        begun.stream,
        begun.begins_at,
        grown_at,
        begun.cause,
        place.disk,
        str(path),
        stat.st_size,
    )
