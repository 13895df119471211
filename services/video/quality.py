"""Which cameras are shown in their main stream and which in the sub-stream; pure, time is given."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

# A sub-stream enlarged by more than this looks soft; shown at its own height or smaller it loses nothing.
# The gap between the two is the hysteresis: a tile inside it keeps what it has.
RAISE_AT = 1.34
LOWER_AT = 1.0
# A size must hold this long before it counts: a window being dragged passes through many.
SETTLE_S = 1.0
# Between two switches that nobody asked for.
SWITCH_EVERY_S = 5.0
# After a main stream had to go because the machine could not keep up, doubling up to the most.
FIRST_REST_S = 60.0
MOST_REST_S = 900.0
# Until a picture says how tall a sub-stream is.
USUAL_SUB_HEIGHT_PX = 360


class Pin(IntEnum):
    """Why a tile must have the best picture; the greater wins."""

    NONE = 0
    FOCUSED = 1
    ALARM = 2
    FULL = 3


@dataclass(frozen=True, slots=True)
class Sight:
    """One place where a camera is shown. height_px: device pixels of its picture area, 0 = hidden."""

    camera_no: str
    height_px: int
    pin: Pin = Pin.NONE


@dataclass(slots=True)
class _Memory:
    """What is known of one camera: since when its size asks for the other stream, and its rest."""

    is_high: bool = False
    is_pinned: bool = False
    asks_since_s: float | None = None
    rest_s: float = FIRST_REST_S
    rests_until_s: float = -math.inf


class QualityController:
    """Decides when asked; never switches more than one camera in SWITCH_EVERY_S by its own wish.

    An alarm or a full screen raises at once and stays. A focused tile rises as soon as the main stream
    shows more of it, and strain does not lower it. Everything else goes by size, in turn: the largest
    raised first, the smallest lowered first.
    """

    def __init__(self) -> None:
        self._memories: dict[str, _Memory] = {}
        self._switched_s = -math.inf

    def decide(
        self,
        now_s: float,
        sights: Iterable[Sight],
        sub_heights_px: Mapping[str, int] | None = None,
        *,
        is_strained: bool = False,
    ) -> frozenset[str]:
        """The cameras whose main stream is wanted now.

        now_s: monotonic. sub_heights_px: height of each sub-stream as far as known. is_strained: the
        machine cannot decode all it shows.
        """
        seen = _greatest(sights)
        heights = sub_heights_px or {}
        for gone in self._memories.keys() - seen.keys():
            del self._memories[gone]
        for camera_no, sight in seen.items():
            self._pin(self._memories.setdefault(camera_no, _Memory()), sight)
        if now_s - self._switched_s >= SWITCH_EVERY_S:
            self._switch_one(now_s, seen, heights, is_strained=is_strained)
        else:
            self._note_sizes(now_s, seen, heights)
        return frozenset(no for no, memory in self._memories.items() if memory.is_high)

    def _pin(self, memory: _Memory, sight: Sight) -> None:
        memory.is_pinned = sight.pin is not Pin.NONE
        if sight.pin in (Pin.ALARM, Pin.FULL):
            memory.is_high = True
            memory.asks_since_s = None

    def _note_sizes(self, now_s: float, seen: Mapping[str, Sight], heights: Mapping[str, int]) -> None:
        for camera_no, sight in seen.items():
            memory = self._memories[camera_no]
            wish = _wish(sight, heights.get(camera_no) or USUAL_SUB_HEIGHT_PX)
            if wish is None or wish == memory.is_high:
                memory.asks_since_s = None
            elif memory.asks_since_s is None:
                memory.asks_since_s = now_s

    def _switch_one(
        self, now_s: float, seen: Mapping[str, Sight], heights: Mapping[str, int], *, is_strained: bool
    ) -> None:
        self._note_sizes(now_s, seen, heights)
        chosen = self._to_relieve(seen) if is_strained else None
        if chosen is not None:
            memory = self._memories[chosen]
            memory.rests_until_s = now_s + memory.rest_s
            memory.rest_s = min(2 * memory.rest_s, MOST_REST_S)
        else:
            chosen = self._most_wanted(now_s, seen, is_strained=is_strained)
        if chosen is not None:
            memory = self._memories[chosen]
            memory.is_high = not memory.is_high
            memory.asks_since_s = None
            self._switched_s = now_s

    def _to_relieve(self, seen: Mapping[str, Sight]) -> str | None:
        """The smallest tile in its main stream that nothing pins."""
        high = [no for no, memory in self._memories.items() if memory.is_high and not memory.is_pinned]
        return min(high, key=lambda no: (seen[no].height_px, no), default=None)

    def _most_wanted(self, now_s: float, seen: Mapping[str, Sight], *, is_strained: bool) -> str | None:
        ready = [no for no, memory in self._memories.items() if _is_settled(memory, now_s)]
        lower = [no for no in ready if self._memories[no].is_high]
        if lower:
            return min(lower, key=lambda no: (seen[no].height_px, no))
        higher = [no for no in ready if self._may_rise(no, now_s, is_strained=is_strained)]
        return max(higher, key=lambda no: (seen[no].pin, seen[no].height_px, no), default=None)

    def _may_rise(self, camera_no: str, now_s: float, *, is_strained: bool) -> bool:
        memory = self._memories[camera_no]
        return memory.is_pinned or (not is_strained and now_s >= memory.rests_until_s)


def _is_settled(memory: _Memory, now_s: float) -> bool:
    if memory.asks_since_s is None:
        return False
    return memory.is_pinned or now_s - memory.asks_since_s >= SETTLE_S


def _wish(sight: Sight, sub_height_px: int) -> bool | None:
    """Main (True) or sub (False) by size; None where either will do."""
    if sight.pin in (Pin.ALARM, Pin.FULL):
        return True
    if sight.height_px <= LOWER_AT * sub_height_px:
        # The sub-stream fills it: the main stream would be decoded for nothing.
        return False
    is_tall = sight.height_px >= RAISE_AT * sub_height_px
    return True if is_tall or sight.pin is Pin.FOCUSED else None


def _greatest(sights: Iterable[Sight]) -> dict[str, Sight]:
    """A camera shown in several places is judged by the largest and the strongest pin."""
    seen: dict[str, Sight] = {}
    for sight in sights:
        was = seen.get(sight.camera_no, sight)
        seen[sight.camera_no] = Sight(
            sight.camera_no, max(was.height_px, sight.height_px), max(was.pin, sight.pin)
        )
    return seen
