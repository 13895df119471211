"""The motors of a PTZ camera: where it looks at any moment, from what it was last told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

# Full speed in units of the generic spaces a second: from stop to stop in 4 s, through the zoom in 3 s.
PAN_RATE = 0.5
TILT_RATE = 0.5
ZOOM_RATE = 1 / 3


class Look(NamedTuple):
    """pan, tilt: -1..1 (right and up positive). zoom: 0 wide .. 1 near."""

    pan: float
    tilt: float
    zoom: float


@dataclass(frozen=True, slots=True)
class _Motor:
    """One axis on its way from `start` to `target` since `since_s`, stopped by itself at `until_s`."""

    low: float
    high: float
    start: float
    target: float
    rate: float = 0.0
    since_s: float = 0.0
    until_s: float = float("inf")

    def at(self, now_s: float) -> float:
        way = self.rate * max(0.0, min(now_s, self.until_s) - self.since_s)
        if self.target >= self.start:
            return min(self.target, self.start + way)
        return max(self.target, self.start - way)

    def is_moving(self, now_s: float) -> bool:
        return self.rate > 0 and now_s < self.until_s and self.at(now_s) != self.target

    def towards(self, target: float, rate: float, now_s: float, until_s: float = float("inf")) -> _Motor:
        target = max(self.low, min(self.high, target))
        return replace(self, start=self.at(now_s), target=target, rate=rate, since_s=now_s, until_s=until_s)

    def turning(self, speed: float, full_rate: float, now_s: float, until_s: float) -> _Motor:
        """speed: -1..1; 0 stops."""
        speed = max(-1.0, min(1.0, speed))
        target = self.high if speed > 0 else self.low if speed < 0 else self.at(now_s)
        return self.towards(target, abs(speed) * full_rate, now_s, until_s)


class PtzHead:
    """Every method takes the monotonic time; not thread-safe."""

    def __init__(self, at: Look = Look(0.0, 0.0, 0.0)) -> None:  # noqa: B008 (a tuple)
        self._pan = _Motor(-1.0, 1.0, at.pan, at.pan)
        self._tilt = _Motor(-1.0, 1.0, at.tilt, at.tilt)
        self._zoom = _Motor(0.0, 1.0, at.zoom, at.zoom)
        self.home = at

    def look(self, now_s: float) -> Look:
        return Look(self._pan.at(now_s), self._tilt.at(now_s), self._zoom.at(now_s))

    def is_turning(self, now_s: float) -> bool:
        return self._pan.is_moving(now_s) or self._tilt.is_moving(now_s)

    def is_zooming(self, now_s: float) -> bool:
        return self._zoom.is_moving(now_s)

    def turn(self, pan: float, tilt: float, now_s: float, until_s: float = float("inf")) -> None:
        """Parts of full speed, -1..1."""
        self._pan = self._pan.turning(pan, PAN_RATE, now_s, until_s)
        self._tilt = self._tilt.turning(tilt, TILT_RATE, now_s, until_s)

    def zoom(self, speed: float, now_s: float, until_s: float = float("inf")) -> None:
        self._zoom = self._zoom.turning(speed, ZOOM_RATE, now_s, until_s)

    def go_to(self, look: Look, now_s: float, speed: float = 1.0) -> None:
        """As fast as `speed` (0..1) allows; each axis stops when it is there."""
        speed = max(0.0, min(1.0, speed))
        self._pan = self._pan.towards(look.pan, speed * PAN_RATE, now_s)
        self._tilt = self._tilt.towards(look.tilt, speed * TILT_RATE, now_s)
        self._zoom = self._zoom.towards(look.zoom, speed * ZOOM_RATE, now_s)

    def stop(self, now_s: float, *, turning: bool = True, zooming: bool = True) -> None:
        if turning:
            self.turn(0.0, 0.0, now_s)
        if zooming:
            self.zoom(0.0, now_s)
