"""What a stream may claim about itself, decided from ages alone."""

from __future__ import annotations

from services.domain.video import LATE_AFTER_S, STALLED_AFTER_S, StreamState
from services.video.trouble import DEFINITE


def state_of(*, age_s: float | None, open_for_s: float, is_connected: bool, error: str) -> StreamState:
    """age_s: since the newest decoded packet arrived, None before the first.

    Never a picture: CONNECTING, until the reason is definite or STALLED_AFTER_S have passed.
    Afterwards only a connected stream may be LIVE or LATE; one without pictures for
    STALLED_AFTER_S is OFFLINE whatever else it does.
    """
    if age_s is None:
        has_failed = error in DEFINITE or open_for_s > STALLED_AFTER_S
        return StreamState.OFFLINE if has_failed else StreamState.CONNECTING
    if age_s > STALLED_AFTER_S:
        return StreamState.OFFLINE
    if not is_connected:
        return StreamState.RECONNECTING
    return StreamState.LATE if age_s > LATE_AFTER_S else StreamState.LIVE
