"""Where a piece of recording lies on its disk: its name says all that its row says, so rows can be remade."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from services.domain.recordings import Cause, Segment

PART_SUFFIX = ".part"
SUFFIX = ".mp4"
_TIME = "%Y%m%dT%H%M%S.%fZ"
_FINISHED = re.compile(r"(\d{8}T\d{6}\.\d{6}Z)_(\d{8}T\d{6}\.\d{6}Z)_([a-z]+)_([a-z]+)\.mp4")
_PART = re.compile(r"(\d{8}T\d{6}\.\d{6}Z)_([a-z]+)_([a-z]+)\.part")


@dataclass(frozen=True, slots=True)
class Begun:
    """A file that is, or was, being written."""

    camera: str
    stream: str
    begins_at: datetime
    cause: Cause


def part_path(begun: Begun) -> PurePosixPath:
    name = f"{_text(begun.begins_at)}_{begun.stream}_{begun.cause}{PART_SUFFIX}"
    return _folder(begun.camera, begun.begins_at) / name


def finished_path(begun: Begun, ends_at: datetime) -> PurePosixPath:
    name = f"{_text(begun.begins_at)}_{_text(ends_at)}_{begun.stream}_{begun.cause}{SUFFIX}"
    return _folder(begun.camera, begun.begins_at) / name


def begun_of(path: PurePosixPath) -> Begun | None:
    """What a `.part` file was to be; None for a name that is not ours."""
    found = _PART.fullmatch(path.name)
    camera = _camera_of(path)
    if found is None or camera is None or found[3] not in list(Cause):
        return None
    begins_at = _time(found[1])
    return None if begins_at is None else Begun(camera, found[2], begins_at, Cause(found[3]))


def segment_of(path: PurePosixPath, disk: str, size_bytes: int) -> Segment | None:
    """The row of a finished file; None for a name that is not ours."""
    found = _FINISHED.fullmatch(path.name)
    camera = _camera_of(path)
    if found is None or camera is None or found[4] not in list(Cause):
        return None
    begins_at, ends_at = _time(found[1]), _time(found[2])
    if begins_at is None or ends_at is None:
        return None
    return Segment(camera, found[3], begins_at, ends_at, Cause(found[4]), disk, str(path), size_bytes)


def camera_folder(camera: str) -> str:
    """Its folder on a disk, with one for each day in it."""
    # A camera's number may hold what a file name may not.
    return quote(camera, safe="")


def _folder(camera: str, at: datetime) -> PurePosixPath:
    return PurePosixPath(camera_folder(camera)) / f"{at.astimezone(UTC):%Y-%m-%d}"


def _camera_of(path: PurePosixPath) -> str | None:
    return unquote(path.parts[0]) if len(path.parts) == 3 else None


def _text(at: datetime) -> str:
    return f"{at.astimezone(UTC):{_TIME}}"


def _time(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _TIME).replace(tzinfo=UTC)
    except ValueError:
        return None
