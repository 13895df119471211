"""What a recorder is asked to do, and what it tells; both travel between processes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from services.domain.recordings import BEFORE_S, Cause, RecordingMode, Segment
from services.video.address import StreamAddress

# A minute of video is a file that any player opens at once, and a row that nobody minds.
SEGMENT_S = 60.0


@dataclass(frozen=True, slots=True)
class CameraPlan:
    """One stream to record. mode: of the moment, never SCHEDULED.

    before_s: how much of the past is held in memory for an alarm or for motion.
    """

    camera: str
    stream: str
    address: StreamAddress
    mode: RecordingMode
    before_s: float = BEFORE_S

    def is_same_stream(self, other: CameraPlan) -> bool:
        """Whether one connection serves both: only what is kept of it differs."""
        return replace(self, mode=other.mode, before_s=other.before_s) == other


@dataclass(frozen=True, slots=True)
class Place:
    """A disk to write to: its id, as written on it, and its folder."""

    disk: str
    root: Path


@dataclass(frozen=True, slots=True)
class UsePlans:
    """From now on these cameras, all others end; into `place`, None = no disk may be written.

    places: all disks that are there; what an earlier recorder left on them is mended.
    """

    plans: tuple[CameraPlan, ...]
    places: tuple[Place, ...]
    place: Place | None


@dataclass(frozen=True, slots=True)
class Want:
    """Record this camera for so long from now, and what came before."""

    camera: str
    seconds: float
    cause: Cause = Cause.ALARM


@dataclass(frozen=True, slots=True)
class CameraReport:
    """How one camera's recorder is. error: a `video.*` or `recording.*` code, "" = well.

    packets: written since it began; seconds_held: how much of the past is in memory.
    """

    camera: str
    error: str
    is_writing: bool
    packets: int
    written_bytes: int
    seconds_held: float


@dataclass(frozen=True, slots=True)
class Report:
    """Said four times in a second; write_ms: the longest writes since the last one, sorted."""

    cameras: tuple[CameraReport, ...]
    write_ms: tuple[float, ...]
    cpu_s: float


@dataclass(frozen=True, slots=True)
class Finished:
    """A file has its final name; it wants its row."""

    segment: Segment


Order = UsePlans | Want
News = Report | Finished
