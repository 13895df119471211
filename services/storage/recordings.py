"""The index of recordings: a row for each finished file, and the spans that are protected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    Float,
    Integer,
    Row,
    Select,
    and_,
    case,
    cast,
    delete,
    exists,
    extract,
    func,
    insert,
    literal,
    or_,
    select,
)

from services.domain.recording_days import RecordedDay
from services.domain.recordings import Cause, Segment
from services.storage import schema

_SEGMENT = schema.segment.c
_FIELDS = (
    _SEGMENT.camera,
    _SEGMENT.stream,
    _SEGMENT.begins_at,
    _SEGMENT.ends_at,
    _SEGMENT.cause,
    _SEGMENT.disk,
    _SEGMENT.path,
    _SEGMENT.size_bytes,
)
# SQLite takes no more values in one statement than some thousands.
_AT_ONCE = 500
_DAY_S = 86_400
# 1 January 1970 as a Julian day, which is how SQLite reckons with times.
_UNIX_JULIAN = 2_440_587.5
_LONGER_THAN_ANY = timedelta(hours=1)


class SegmentRows:
    """What any reader may ask."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_camera(self, camera: str, since: datetime, until: datetime, stream: str = "") -> list[Segment]:
        """Those that touch [since, until), by their beginning; stream "" = any."""
        query = select(*_FIELDS).where(
            _SEGMENT.camera == camera, _SEGMENT.begins_at < until, _SEGMENT.ends_at > since
        )
        if stream:
            query = query.where(_SEGMENT.stream == stream)
        return self._list(query.order_by(_SEGMENT.begins_at, _SEGMENT.number))

    def last_before(self, camera: str, at: datetime) -> Segment | None:
        """The last that began before `at`."""
        query = select(*_FIELDS).where(_SEGMENT.camera == camera, _SEGMENT.begins_at < at)
        found = self._list(query.order_by(_SEGMENT.begins_at.desc()).limit(1))
        return found[0] if found else None

    def first_after(self, camera: str, at: datetime) -> Segment | None:
        """The first that began at `at` or later."""
        query = select(*_FIELDS).where(_SEGMENT.camera == camera, _SEGMENT.begins_at >= at)
        found = self._list(query.order_by(_SEGMENT.begins_at).limit(1))
        return found[0] if found else None

    def spans_with(self, cameras: Sequence[str], spans: Sequence[tuple[datetime, datetime]]) -> list[bool]:
        """Of each [since, until) whether any of the cameras has anything of it."""
        asked = [
            exists().where(
                _SEGMENT.camera.in_(list(cameras)),
                # By the index: no piece is an hour long.
                _SEGMENT.begins_at >= since - _LONGER_THAN_ANY,
                _SEGMENT.begins_at < until,
                _SEGMENT.ends_at > since,
            )
            for since, until in spans
        ]
        return [bool(found) for found in self._connection.execute(select(*asked)).one()] if asked else []

    def oldest_of_disk(self, disk: str, limit: int, offset: int = 0) -> list[Segment]:
        """By their beginning."""
        query = select(*_FIELDS).where(_SEGMENT.disk == disk)
        return self._list(query.order_by(_SEGMENT.begins_at, _SEGMENT.number).limit(limit).offset(offset))

    def ended_before(
        self, disk: str, camera: str, at: datetime, newest: int, limit: int, offset: int = 0
    ) -> list[Segment]:
        """By their beginning, of the rows up to the one numbered `newest`."""
        query = select(*_FIELDS).where(
            _SEGMENT.disk == disk,
            _SEGMENT.camera == camera,
            _SEGMENT.ends_at < at,
            _SEGMENT.number <= newest,
        )
        return self._list(query.order_by(_SEGMENT.begins_at, _SEGMENT.number).limit(limit).offset(offset))

    def without_motion(self, disk: str, since: datetime, until: datetime, limit: int) -> list[Segment]:
        """The newest of those that ended in [since, until) and have no row of `view.motion`."""
        has_row = select(schema.segment_motion.c.path).where(
            schema.segment_motion.c.disk == _SEGMENT.disk, schema.segment_motion.c.path == _SEGMENT.path
        )
        query = select(*_FIELDS).where(
            _SEGMENT.disk == disk,
            # By the index, as above.
            _SEGMENT.begins_at >= since - _LONGER_THAN_ANY,
            _SEGMENT.ends_at >= since,
            _SEGMENT.ends_at < until,
            ~has_row.exists(),
        )
        return self._list(query.order_by(_SEGMENT.begins_at.desc()).limit(limit))

    def newest_number(self) -> int:
        """Of the row written last; 0 when there is none."""
        return int(self._connection.execute(select(func.coalesce(func.max(_SEGMENT.number), 0))).scalar_one())

    def disks(self) -> list[str]:
        """The ids of all disks that hold, or held, something."""
        return list(self._connection.execute(select(_SEGMENT.disk).distinct()).scalars())

    def cameras_of_disk(self, disk: str) -> list[str]:
        query = select(_SEGMENT.camera).where(_SEGMENT.disk == disk).distinct()
        return list(self._connection.execute(query.order_by(_SEGMENT.camera)).scalars())

    def of_disk(self, disk: str) -> list[Segment]:
        return self._list(select(*_FIELDS).where(_SEGMENT.disk == disk).order_by(_SEGMENT.path))

    def bytes_of_disk(self, disk: str) -> int:
        found = select(func.coalesce(func.sum(_SEGMENT.size_bytes), 0)).where(_SEGMENT.disk == disk)
        return int(self._connection.execute(found).scalar_one())

    def reach(self) -> dict[str, tuple[datetime, datetime]]:
        """When the oldest recording of each camera begins and its newest ends."""
        query = select(_SEGMENT.camera, func.min(_SEGMENT.begins_at), func.max(_SEGMENT.ends_at))
        rows = self._connection.execute(query.group_by(_SEGMENT.camera))
        return {camera: (begins_at, ends_at) for camera, begins_at, ends_at in rows}

    def by_day(self, now: datetime) -> list[RecordedDay]:
        """What each camera has, by the 24 hours before `now` and before those; what begins later is the last
        ones'."""
        ago_s = cast(_unix_s(self._connection, now) - _unix_s(self._connection, _SEGMENT.begins_at), Integer)
        length_s = _unix_s(self._connection, _SEGMENT.ends_at) - _unix_s(self._connection, _SEGMENT.begins_at)
        # In a query of its own: PostgreSQL takes no expression with parameters twice for the same one.
        pieces = select(
            _SEGMENT.camera,
            _SEGMENT.begins_at,
            _SEGMENT.size_bytes,
            length_s.label("length_s"),
            (case((ago_s < 0, 0), else_=ago_s) // _DAY_S).label("ago"),
        ).subquery()
        of = pieces.c
        query = select(
            of.camera, of.ago, func.min(of.begins_at), func.sum(of.length_s), func.sum(of.size_bytes)
        )
        rows = self._connection.execute(query.group_by(of.camera, of.ago).order_by(of.camera, of.ago))
        return [RecordedDay(camera, int(ago), at, float(s), int(size)) for camera, ago, at, s, size in rows]

    def spans(self, camera: str, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
        """When its pieces that touch [since, until) begin and end, by their beginning."""
        query = select(_SEGMENT.begins_at, _SEGMENT.ends_at).where(
            _SEGMENT.camera == camera, _SEGMENT.begins_at < until, _SEGMENT.ends_at > since
        )
        rows = self._connection.execute(query.order_by(_SEGMENT.begins_at, _SEGMENT.number))
        return [(begins_at, ends_at) for begins_at, ends_at in rows]

    def bytes_of_camera(self, camera: str) -> int:
        found = select(func.coalesce(func.sum(_SEGMENT.size_bytes), 0)).where(_SEGMENT.camera == camera)
        return int(self._connection.execute(found).scalar_one())

    def oldest_of_camera(self, camera: str, limit: int, offset: int = 0) -> list[Segment]:
        """By their beginning."""
        query = select(*_FIELDS).where(_SEGMENT.camera == camera)
        return self._list(query.order_by(_SEGMENT.begins_at, _SEGMENT.number).limit(limit).offset(offset))

    def _list(self, query: Select[tuple[object, ...]]) -> list[Segment]:
        return [_segment(row) for row in self._connection.execute(query)]


class SavedSegments(SegmentRows):
    """The index inside a transaction."""

    def add_all(self, segments: Iterable[Segment]) -> list[Segment]:
        """Those whose files had no row yet: the same file told twice is one row."""
        wanted = {(one.disk, one.path): one for one in segments}
        known = self._known(list(wanted))
        new = [one for key, one in wanted.items() if key not in known]
        if new:
            self._connection.execute(insert(schema.segment), [_values(one) for one in new])
        return new

    def remove(self, segments: Iterable[Segment]) -> None:
        """Their files are gone; a row that is not there is no matter."""
        for some in _parts([(one.disk, one.path) for one in segments]):
            self._connection.execute(delete(schema.segment).where(_are(some)))

    def take_out(self, segment: Segment) -> int | None:
        """Its row's number, for `put_back`; None when it had none."""
        is_it = and_(_SEGMENT.disk == segment.disk, _SEGMENT.path == segment.path)
        number = self._connection.execute(select(_SEGMENT.number).where(is_it)).scalar()
        self._connection.execute(delete(schema.segment).where(is_it))
        return None if number is None else int(number)

    def put_back(self, segment: Segment, number: int | None) -> None:
        """As it was before `take_out`, unless its file has a row again; as old as it was, if that can be.

        number: None where nobody knows which it had.
        """
        if self._known([(segment.disk, segment.path)]):
            return
        values = _values(segment)
        if number is not None and not self._is_used(number):
            values["number"] = number
        self._connection.execute(insert(schema.segment), [values])

    def _is_used(self, number: int) -> bool:
        query = select(_SEGMENT.number).where(_SEGMENT.number == number)
        return self._connection.execute(query).first() is not None

    def _known(self, files: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
        known: set[tuple[str, str]] = set()
        for some in _parts(files):
            rows = self._connection.execute(select(_SEGMENT.disk, _SEGMENT.path).where(_are(some)))
            known |= {(disk, path) for disk, path in rows}
        return known


def _unix_s(connection: Connection, at: datetime | ColumnElement[datetime]) -> ColumnElement[float]:
    """Seconds since 1970, for a difference; each of the two databases has its own word for that."""
    moment = at if isinstance(at, ColumnElement) else literal(at, schema.UtcTime)
    if connection.dialect.name == "sqlite":
        return cast((func.julianday(moment) - _UNIX_JULIAN) * _DAY_S, Float)
    return cast(extract("epoch", moment), Float)


def _are(files: Sequence[tuple[str, str]]) -> ColumnElement[bool]:
    by_disk: dict[str, list[str]] = {}
    for disk, path in files:
        by_disk.setdefault(disk, []).append(path)
    return or_(*(and_(_SEGMENT.disk == disk, _SEGMENT.path.in_(paths)) for disk, paths in by_disk.items()))


def _parts(files: Sequence[tuple[str, str]]) -> list[Sequence[tuple[str, str]]]:
    return [files[at : at + _AT_ONCE] for at in range(0, len(files), _AT_ONCE)]


def _segment(row: Row[tuple[object, ...]]) -> Segment:
    values = dict(row._mapping)
    return Segment(**{**values, "cause": Cause(values["cause"])})


def _values(segment: Segment) -> dict[str, object]:
    return {
        "camera": segment.camera,
        "stream": segment.stream,
        "begins_at": segment.begins_at,
        "ends_at": segment.ends_at,
        "cause": segment.cause.value,
        "disk": segment.disk,
        "path": segment.path,
        "size_bytes": segment.size_bytes,
    }
