"""What a stream may claim about itself, decided from ages and from what the picture watch saw."""

from __future__ import annotations

from services.domain.video import LATE_AFTER_S, STALLED_AFTER_S, StreamState
from services.video.trouble import DEFINITE


def state_of(
    *,
    age_s: float | None,
    open_for_s: float,
    is_connected: bool,
    error: str,
    seen: StreamState | None = None,
    is_recorded: bool = False,
) -> StreamState:
    """age_s: since the newest decoded packet arrived, None before the first.

    Never a picture: CONNECTING, until the reason is definite or STALLED_AFTER_S have passed.
    Afterwards only a connected stream may be LIVE or LATE; one without pictures for
    STALLED_AFTER_S is OFFLINE whatever else it does. What the picture watch has `seen` speaks only
    for a picture that is there, so every trouble of the connection goes before it. A recorded
    source is never anything that a live one could be.
    """
    if age_s is None:
        has_failed = error in DEFINITE or open_for_s > STALLED_AFTER_S
        return StreamState.OFFLINE if has_failed else StreamState.CONNECTING
    if age_s > STALLED_AFTER_S:
        return StreamState.OFFLINE
    if not is_connected:
        return StreamState.RECONNECTING
    if is_recorded:
        return StreamState.RECORDED
    if age_s > LATE_AFTER_S:
        return StreamState.LATE
    return seen or StreamState.LIVE
