"""What a picture on a screen may claim about itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

LATE_AFTER_S = 1.5
STALLED_AFTER_S = 10.0


class StreamState(StrEnum):
    """Only LIVE may look live."""

    CONNECTING = "connecting"
    LIVE = "live"
    LATE = "late"
    RECONNECTING = "reconnecting"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class FeedStatus:
    """What is known of one open stream.

    age_s: seconds since the newest picture arrived, None before the first.
    source_fps, shown_fps: over the last seconds. dropped: decoded or received, never shown.
    error: a `ServiceError` code, empty while all is well.
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
