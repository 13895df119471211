"""What a package says about itself: every file with its hashes, times and origin, and who wanted it why."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import StrEnum

from services.core.codec import from_plain, to_plain

FORMAT = "shouwang-evidence"
FORMAT_VERSION = 1


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment twice, as ISO 8601: in UTC, and by the wall clock where it was recorded."""

    utc: str
    local: str

    @staticmethod
    def of(at: datetime, zone: tzinfo | None) -> Moment:
        """zone: None = this machine's."""
        both = (at.astimezone(UTC), at.astimezone(zone))
        return Moment(*(there.isoformat(timespec="microseconds") for there in both))


class FileKind(StrEnum):
    """VIDEO: as recorded, not encoded anew. COPY: encoded anew, marked. TOOL: the verifier."""

    VIDEO = "video"
    COPY = "copy"
    PAPER = "paper"
    TEXT = "text"
    TOOL = "tool"


class OriginKind(StrEnum):
    """OWN: recorded by this system. RECORDER: fetched for this package from another recorder of the house."""

    OWN = "own"
    RECORDER = "recorder"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a recording lay. address: of the recorder, without a log-in; channel: the camera's name there.

    clock_offset_s: the clock by which its times are, minus this system's, asked for while the package was
    made; None = the recorder does not tell.
    """

    kind: OriginKind = OriginKind.OWN
    address: str = ""
    channel: str = ""
    clock_offset_s: float | None = 0.0


OWN = Origin()


@dataclass(frozen=True, slots=True)
class Footage:
    """What is on a video file. first_frame, last_frame: of its pictures, by the clock of its origin.

    length_s: from the first picture to the end of the last.
    """

    camera: str
    stream: str
    first_frame: Moment
    last_frame: Moment
    frames: int
    length_s: float
    codec: str
    width_px: int
    height_px: int
    has_sound: bool
    origin: Origin = OWN


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a copy differs from the file it was made of. masks: how many regions are made unknowable."""

    of: str
    of_sha256: str
    watermark: str
    masks: int


@dataclass(frozen=True, slots=True)
class PackedFile:
    """path: inside the package, with `/`. blocks: SHA-256 of each `block_bytes` of it, the last one shorter.

    footage: of videos and copies; derivation: of copies.
    """

    path: str
    kind: FileKind
    size_bytes: int
    sha256: str
    block_bytes: int
    blocks: tuple[str, ...]
    footage: Footage | None = None
    derivation: Derivation | None = None


@dataclass(frozen=True, slots=True)
class OriginalLeftOut:
    """A recording that copies in the package were made of and that was not given away."""

    path: str
    size_bytes: int
    sha256: str
    footage: Footage


class GapCause(StrEnum):
    """NOT_RECORDED: there is none. DISK_AWAY, FILE_GONE, FILE_BROKEN: there was one. RECORDER_AWAY: another
    recorder may have one and did not give it."""

    NOT_RECORDED = "not_recorded"
    DISK_AWAY = "disk_away"
    FILE_GONE = "file_gone"
    FILE_BROKEN = "file_broken"
    RECORDER_AWAY = "recorder_away"


@dataclass(frozen=True, slots=True)
class Missing:
    """A span of what was wished for that is on no file."""

    since: Moment
    until: Moment
    cause: GapCause


@dataclass(frozen=True, slots=True)
class PackedTake:
    """What was wished for. clock_offset_s: the camera's own clock minus the recorder's, None = not known."""

    camera: str
    name: str
    place: str
    since: Moment
    until: Moment
    clock_offset_s: float | None
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class AuditHead:
    """The end of the audit chain when the export began: no row up to it can be changed unseen afterwards."""

    seq: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """See README.md beside this file for the form."""

    case: str
    incident: str
    reason: str
    for_whom: str
    requested_by: str
    approved_by: str
    operator: str
    exported_at: Moment
    workstation: str
    software: str
    audit: AuditHead
    key_fingerprint: str
    takes: tuple[PackedTake, ...]
    files: tuple[PackedFile, ...]
    originals_left_out: tuple[OriginalLeftOut, ...] = ()
    format: str = FORMAT
    format_version: int = FORMAT_VERSION


def bytes_of(manifest: Manifest) -> bytes:
    """The one form in which a manifest is written, hashed and signed."""
    return canonical(to_plain(manifest))


def read_manifest(content: bytes) -> Manifest:
    """Raises ValueError, TypeError or KeyError when it is none."""
    return from_plain(Manifest, json.loads(content))


def canonical(plain: object) -> bytes:
    """JSON in UTF-8 with sorted keys, one value a line, a line feed at the end."""
    return (json.dumps(plain, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
