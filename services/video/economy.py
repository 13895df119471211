"""How much is left out of which stream when the machine cannot decode everything; pure, time is given.

First of all main streams give way whose sub-streams would do: the wall is asked, and given a moment. Then
the steps: nothing; the loop filter of all ordinary streams; their pictures that no other needs, and the
rest of any group of pictures that is late; everything but their key frames. Only then the same three of
the important ones.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable
from dataclasses import dataclass

from services.domain.video import Economy

# How late a packet may be decoded; and the share of streams that may be later before all are helped.
LATE_S = 0.2
LATE_SHARE = 0.1
# The machine must be too slow for so long before a step is taken; the one before needs time to help.
STRAIN_S = 0.7
EFFECT_S = 1.5
# So much longer while a main stream may be shown as its sub-stream: that waits for its next key picture.
RELIEF_S = 2.5
# Below so many pictures a second a part of every group is worth less than every key frame.
LEAST_FPS = 2.0
# A step is taken back after a calm of so long; the wait doubles each time that proves too early.
FIRST_CALM_S = 5.0
MOST_CALM_S = 160.0
# How soon a strain after taking a step back blames it.
BLAME_S = 8.0
# A step may be taken back while the decode threads are at work for less than this share of the time.
ROOM = {Economy.LOOP_FILTER: 0.75, Economy.NON_REFERENCE: 0.65, Economy.KEY_FRAMES: 0.3}

_STEPS = len(Economy) - 1


@dataclass(frozen=True, slots=True)
class Effort:
    """How one stream did since the look before.

    lag_s: how late its packets were decoded, at worst. lost: packets thrown away. fps: decoded.
    is_replaceable: a main stream in whose place the sub-stream may be shown.
    """

    lag_s: float
    lost: int
    fps: float
    is_important: bool = False
    is_replaceable: bool = False

    @property
    def is_late(self) -> bool:
        return self.lag_s > LATE_S or self.lost > 0


class EconomyLadder:
    """`look` is called a few times a second; `of` says what a stream gives up."""

    def __init__(self) -> None:
        self._step = 0
        self._stepped_s = -math.inf
        self._lowered_s = -math.inf
        self._strained_since_s: float | None = None
        self._asks_relief = False
        self._calm_since_s: float | None = None
        self._calm_s = FIRST_CALM_S
        self._gives_way = False
        self._way_until_s = -math.inf

    @property
    def step(self) -> int:
        """0: nothing is left out; at most twice the steps of one stream."""
        return self._step

    @property
    def is_strained(self) -> bool:
        """The machine cannot decode all that is asked of it."""
        return self._step > 0 or self._strained_since_s is not None

    @property
    def asks_relief(self) -> bool:
        """Main streams whose sub-streams would do must give way now."""
        return self._step > 0 or self._asks_relief

    def of(self, *, is_important: bool) -> Economy:
        """What every stream of this kind leaves out."""
        if self._gives_way and not is_important:
            return Economy.KEY_FRAMES
        return Economy(min(max(0, self._step - (_STEPS if is_important else 0)), _STEPS))

    def give_way(self, until_s: float) -> None:
        """Ordinary streams show key frames only until then: something needs the machine more."""
        self._way_until_s = max(until_s, self._way_until_s)
        self._gives_way = True

    def look(self, now_s: float, efforts: Iterable[Effort], load: float) -> None:
        """load: the share of the time for which the busiest decode thread was at work."""
        self._gives_way = now_s < self._way_until_s
        efforts = tuple(efforts)
        is_strained = self._is_strained(efforts)
        if is_strained:
            self._calm_since_s = None
            if self._strained_since_s is None:
                self._strained_since_s = now_s
            strained_s = now_s - self._strained_since_s
            self._asks_relief = strained_s >= STRAIN_S
            is_relieved = self._step > 0 or not any(effort.is_replaceable for effort in efforts)
            if strained_s >= STRAIN_S + (0.0 if is_relieved else RELIEF_S):
                self._raise(now_s, efforts)
            return
        self._strained_since_s = None
        self._asks_relief = False
        if _are_late(efforts):
            self._calm_since_s = None
            return
        if self._calm_since_s is None:
            self._calm_since_s = now_s
        if now_s - max(self._calm_since_s, self._stepped_s) >= self._calm_s:
            self._lower(now_s, load)

    def _is_strained(self, efforts: tuple[Effort, ...]) -> bool:
        if any(effort.is_late and effort.is_important for effort in efforts):
            return True
        if self.of(is_important=False) is not Economy.NON_REFERENCE:
            return _are_late(efforts)
        # This step leaves late groups, so some are late: too little only when hardly anything is shown.
        shown_fps = [effort.fps for effort in efforts if not effort.is_important]
        return _are_late(efforts) and statistics.median(shown_fps or [math.inf]) < LEAST_FPS

    def _raise(self, now_s: float, efforts: tuple[Effort, ...]) -> None:
        if now_s - self._stepped_s < EFFECT_S:
            return
        has_important = any(effort.is_important for effort in efforts)
        if self._step >= _STEPS * (2 if has_important else 1):
            return
        if now_s - self._lowered_s < BLAME_S:
            self._calm_s = min(2 * self._calm_s, MOST_CALM_S)
        self._step += 1
        self._stepped_s = now_s

    def _lower(self, now_s: float, load: float) -> None:
        if self._step == 0:
            self._calm_s = FIRST_CALM_S
            return
        top = Economy((self._step - 1) % _STEPS + 1)
        if load <= ROOM[top]:
            self._step -= 1
            self._stepped_s = self._lowered_s = now_s


def _are_late(efforts: tuple[Effort, ...]) -> bool:
    return sum(effort.is_late for effort in efforts) > LATE_SHARE * len(efforts)
