"""When a picture was really sent: the times in a stream, laid on this machine's clock."""

from __future__ import annotations

from datetime import datetime, timedelta

# Long enough that one packet came through without waiting, short beside the drift of a clock.
WINDOW_S = 30.0


class ArrivalClock:
    """Of one connection. The packet that waited least says how far the stream's time lies behind ours.

    At the beginning packets come in a burst, which FFmpeg read while it looked what they are: only the last
    of it is punctual. So the first second is better looked at (`note`) before it is asked (`at`).
    """

    def __init__(self) -> None:
        self._least_s: float | None = None
        self._before_s: float | None = None
        self._window_began_s = 0.0
        self._base_at: datetime | None = None
        self._base_s = 0.0

    def note(self, media_s: float, at: datetime, at_s: float) -> None:
        """A packet of that time in its stream came at this moment of both clocks."""
        if self._base_at is None:
            self._base_at, self._base_s, self._window_began_s = at, at_s, at_s
        if at_s - self._window_began_s > WINDOW_S:
            self._before_s, self._least_s, self._window_began_s = self._least_s, None, at_s
        behind_s = at_s - media_s
        self._least_s = behind_s if self._least_s is None else min(self._least_s, behind_s)

    def at(self, media_s: float) -> datetime:
        """When a packet of that time would have come without waiting; `note` was called before."""
        assert self._base_at is not None
        known = [least for least in (self._least_s, self._before_s) if least is not None]
        return self._base_at + timedelta(seconds=media_s + min(known) - self._base_s)
