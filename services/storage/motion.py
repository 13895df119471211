"""In which seconds of each piece of recording something moved: what the line of time shows of weeks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, delete, insert, or_, select

from services.domain.motion import MovingSeconds
from services.domain.recordings import Segment
from services.storage import schema

_MOTION = schema.segment_motion.c
# A piece is a minute long; one that a clock's setting stretched begins no longer before.
_LONGEST_PIECE = timedelta(minutes=10)
_AT_ONCE = 500


class MotionRows:
    """What any reader may ask."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_camera(self, camera: str, since: datetime, until: datetime) -> list[MovingSeconds]:
        """Of the pieces that may touch [since, until), by their beginning."""
        query = select(_MOTION.camera, _MOTION.disk, _MOTION.path, _MOTION.begins_at, _MOTION.seconds).where(
            _MOTION.camera == camera,
            _MOTION.begins_at < until,
            _MOTION.begins_at > since - _LONGEST_PIECE,
        )
        rows = self._connection.execute(query.order_by(_MOTION.begins_at))
        return [MovingSeconds(no, disk, path, at, int(seconds, 16)) for no, disk, path, at, seconds in rows]

    def paths_of_disk(self, disk: str) -> set[str]:
        """Of the pieces that have a row."""
        return set(self._connection.execute(select(_MOTION.path).where(_MOTION.disk == disk)).scalars())


class SavedMotion(MotionRows):
    """The same inside a transaction."""

    def put_all(self, found: Iterable[MovingSeconds]) -> None:
        """Each in place of what was known of its piece."""
        wanted = {(one.disk, one.path): one for one in found}
        self._remove(list(wanted))
        if wanted:
            self._connection.execute(insert(schema.segment_motion), [_values(one) for one in wanted.values()])

    def remove(self, segments: Iterable[Segment]) -> None:
        """Their files are gone."""
        self._remove([(one.disk, one.path) for one in segments])

    def _remove(self, files: Sequence[tuple[str, str]]) -> None:
        for at in range(0, len(files), _AT_ONCE):
            by_disk: dict[str, list[str]] = {}
            for disk, path in files[at : at + _AT_ONCE]:
                by_disk.setdefault(disk, []).append(path)
            are = (and_(_MOTION.disk == disk, _MOTION.path.in_(paths)) for disk, paths in by_disk.items())
            self._connection.execute(delete(schema.segment_motion).where(or_(*are)))


def _values(found: MovingSeconds) -> dict[str, object]:
    return {
        "camera": found.camera,
        "disk": found.disk,
        "path": found.path,
        "begins_at": found.begins_at,
        "seconds": f"{found.seconds:x}",
    }
