"""When a picture was really sent: the times in a stream, laid on this machine's clock."""

from __future__ import annotations

from datetime import datetime, timedelta

# Long enough that one packet came through without waiting, short beside the drift of a clock.
WINDOW_S = 30.0
# The wall clock was set, or has drifted so far from the monotonic one: times from now on are by the new one.
SET_S = 1.0
# Two looks at both clocks agree so well, unless the thread was kept waiting between them.
_AGREE_S = 0.25


class ArrivalClock:
    """Of one connection. The packet that waited least says how far the stream's time lies behind ours.

    At the beginning packets come in a burst, which FFmpeg read while it looked what they are: only the last
    of it is punctual. So the first second is better looked at (`note`) before it is asked (`at`).
    """

    def __init__(self) -> None:
        self._least_s: float | None = None
        self._before_s: float | None = None
        self._window_began_s = 0.0
        # What the wall clock would say at the monotonic clock's zero.
        self._zero_at: datetime | None = None
        self._last_zero_at: datetime | None = None

    def note(self, media_s: float, at: datetime, at_s: float) -> None:
        """A packet of that time in its stream came at this moment of both clocks."""
        if self._zero_at is None:
            self._window_began_s = at_s
        self._follow(at - timedelta(seconds=at_s))
        if at_s - self._window_began_s > WINDOW_S:
            self._before_s, self._least_s, self._window_began_s = self._least_s, None, at_s
        behind_s = at_s - media_s
        self._least_s = behind_s if self._least_s is None else min(self._least_s, behind_s)

    def at(self, media_s: float) -> datetime:
        """When a packet of that time would have come without waiting; `note` was called before."""
        assert self._zero_at is not None
        known = [least for least in (self._least_s, self._before_s) if least is not None]
        return self._zero_at + timedelta(seconds=media_s + min(known))

    def _follow(self, zero_at: datetime) -> None:
        """A clock that was set is believed when two packets in a row say so."""
        last, self._last_zero_at = self._last_zero_at, zero_at
        is_sure = last is not None and abs((zero_at - last).total_seconds()) < _AGREE_S
        if self._zero_at is None or (is_sure and abs((zero_at - self._zero_at).total_seconds()) >= SET_S):
            self._zero_at = zero_at
