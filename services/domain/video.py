"""What a picture on a screen may claim about itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

LATE_AFTER_S = 1.5
STALLED_AFTER_S = 10.0


class StreamState(StrEnum):
    """Only LIVE may look live.

    FROZEN: packets come, the content stands still. BLACK, COVERED, MOVED: the picture is of the
    present, but it does not show what this camera is there for. RECORDED: a picture of the past.
    MISSING: there is none of that moment of the past, which says nothing of the camera now.
    """

    CONNECTING = "connecting"
    LIVE = "live"
    LATE = "late"
    RECONNECTING = "reconnecting"
    OFFLINE = "offline"
    FROZEN = "frozen"
    BLACK = "black"
    COVERED = "covered"
    MOVED = "moved"
    RECORDED = "recorded"
    MISSING = "missing"


# What `FeedStatus.error` explains.
FAILED_STATES = frozenset(
    {
        StreamState.CONNECTING,
        StreamState.LATE,
        StreamState.RECONNECTING,
        StreamState.OFFLINE,
        StreamState.MISSING,
    }
)
# Someone must look after the camera when one of these lasts.
TROUBLED_STATES = frozenset(
    {
        StreamState.OFFLINE,
        StreamState.FROZEN,
        StreamState.BLACK,
        StreamState.COVERED,
        StreamState.MOVED,
    }
)


class PictureFormat(IntEnum):
    """How a picture lies in memory.

    BGRA: four bytes a pixel. The others: planes for a graphics card, the brightness of every pixel, then two
    of colour with half the columns and rows (rounded up); named after the matrix, FULL without head-room.
    """

    BGRA = 0
    I420_601 = 1
    I420_709 = 2
    I420_601_FULL = 3
    I420_709_FULL = 4

    @property
    def is_planar(self) -> bool:
        return self is not PictureFormat.BGRA

    @property
    def is_709(self) -> bool:
        return self in (PictureFormat.I420_709, PictureFormat.I420_709_FULL)

    @property
    def is_full_range(self) -> bool:
        return self in (PictureFormat.I420_601_FULL, PictureFormat.I420_709_FULL)


class Economy(IntEnum):
    """What a machine that cannot decode everything leaves out of a stream, in this order."""

    NONE = 0
    LOOP_FILTER = 1
    NON_REFERENCE = 2
    KEY_FRAMES = 3


class Importance(IntEnum):
    """Who gives way last when the machine cannot decode everything.

    REPLACEABLE: a main stream whose place its sub-stream can take.
    """

    REPLACEABLE = -1
    ORDINARY = 0
    IMPORTANT = 1


@dataclass(frozen=True, slots=True)
class FeedStatus:
    """What is known of one open stream.

    age_s: seconds since the newest picture arrived, None before the first; of a FROZEN one since its
    content last changed.
    source_fps, shown_fps: over the last seconds. dropped: decoded or received, never shown.
    error: a `ServiceError` code, empty while all is well. economy: what is left out at present.
    bit_rate: received, bit/s over the last seconds.
    is_too_much: the machine cannot decode everything, and the sub-stream would do.
    is_unverified: it travels encrypted, but from whoever answered: no certificate was checked.
    """

    state: StreamState
    age_s: float | None = None
    source_fps: float = 0.0
    shown_fps: float = 0.0
    dropped: int = 0
    width_px: int = 0
    height_px: int = 0
    codec: str = ""
    error: str = ""
    economy: Economy = Economy.NONE
    bit_rate: float = 0.0
    is_too_much: bool = False
    is_unverified: bool = False
