"""Tells where something moves from what light, rain, noise and burnt-in clocks do to a picture."""

from __future__ import annotations

from collections import deque

import cv2
import numpy as np
import numpy.typing as npt

from services.domain.motion import COLUMNS, ROWS

Luma = npt.NDArray[np.uint8]
_Field = npt.NDArray[np.float32]
_Cells = npt.NDArray[np.bool_]

# A cell is looked at as 4x4 points.
POINTS = 4
WIDTH, HEIGHT = COLUMNS * POINTS, ROWS * POINTS
# What is compared is how a point differs from its surroundings, in parts of their brightness: light that
# comes, goes or creeps changes both alike. A person is smaller than the surroundings.
_AROUND = (13, 13)
# Dark pictures are mostly noise: so much brightness is added to what is divided by.
_DARK = 24.0
_SCALE = 100.0
# Differences below this are coding and sensor noise of a good picture by day.
_LEAST = 7.0
# A point's own restlessness (rain, leaves, noise by night) raises what counts there, up to a limit.
_NOISE_TIMES = 4.0
_MOST_NOISE = 12.0
# Of a cell's 16 points so many must differ.
_LEAST_POINTS = 2
# When so much of the picture changes at once, it is the picture and not what is in it: lamps, infra-red,
# another exposure, a turned camera. A crowd moves on; so for longer than this it counts as motion.
_WHOLE_SHARE = 0.5
_WHOLE_FOR_S = 3.0
# A place that differs at so many of the looks of a minute is a clock, a flag, a screen: it is passed over.
_RESTLESS = 0.5
# Between looks far apart each digit of a clock is another; so where texts are burnt in less is enough.
_RESTLESS_BETWEEN = np.full((ROWS, COLUMNS), _RESTLESS, np.float32)
_RESTLESS_BETWEEN[:2] = _RESTLESS_BETWEEN[-2:] = 0.1
# Noise that was learned hides no digit.
_GLARING = 3 * _LEAST
_SCENE_S = 8.0
_NOISE_S = 10.0
_RESTLESS_S = 40.0
# Looks further apart than this show nobody twice at one place.
_DENSE_S = 0.7
# Rain and snow fall at random everywhere: where no more differs than that explains, nothing moves. Counted
# over a cell, its neighbours and the last looks; so many there are never chance in dry weather.
_LOOKS_BACK = 3
_LEAST_NEAR = 3.0
_WEATHER_S = 6.0
_CHANCE = 8.0
# Rain spares no corner of a picture, the densest crowd leaves its sky or its walls alone.
_QUIETEST = 20.0


class MotionDetector:
    """Of one camera, look by look. Used by one thread."""

    def __init__(self) -> None:
        self._scene: _Field | None = None
        self._before: _Field = np.zeros((HEIGHT, WIDTH), np.float32)
        self._noise: _Field = np.zeros((HEIGHT, WIDTH), np.float32)
        self._restless: _Field = np.zeros((ROWS, COLUMNS), np.float32)
        self._rate: _Field = np.zeros((ROWS, COLUMNS), np.float32)
        self._raws: deque[_Field] = deque(maxlen=_LOOKS_BACK)
        self._at_s = 0.0
        self._whole_since_s: float | None = None

    def look(self, luma: Luma, at_s: float) -> int:
        """The cells in which something moves, as in `domain.motion.Look`.

        luma: (HEIGHT, WIDTH); at_s: seconds, of any clock that goes on. The first look shows nothing.
        """
        shape = _against_surroundings(luma)
        gone_s, self._at_s = at_s - self._at_s, at_s
        if self._scene is None:
            self._scene, self._before = shape, shape
            return 0
        from_scene = np.abs(shape - self._scene)
        from_before = np.abs(shape - self._before)
        limit = _LEAST + _NOISE_TIMES * np.minimum(self._noise, _MOST_NOISE)
        # What stands where nobody stood before is in the scene's way, but it does not move.
        differs = (from_scene > limit) & (from_before > limit * 0.6)
        raw = _cells_of(differs)
        moving = self._judged(raw, gone_s, at_s, shape)
        glaring = _cells_of(from_before > _GLARING)
        self._learn(shape, np.minimum(from_scene, from_before), raw, glaring, gone_s)
        self._before = shape
        return _bits(moving)

    def _judged(self, raw: _Cells, gone_s: float, at_s: float, shape: _Field) -> _Cells:
        if np.count_nonzero(raw) > _WHOLE_SHARE * raw.size:
            if self._whole_since_s is None:
                self._whole_since_s = at_s
            if at_s - self._whole_since_s <= _WHOLE_FOR_S:
                self._scene = shape.copy()
                return np.zeros_like(raw)
            return raw
        self._whole_since_s = None
        found, near = raw.astype(np.float32), np.ones((3, 3), np.uint8)
        if gone_s > _DENSE_S:
            self._raws.clear()
            # In one line with a clock's seconds are its minutes.
            quiet = raw & (cv2.dilate(self._restless, np.ones((3, 7), np.uint8)) < _RESTLESS_BETWEEN)
            return np.asarray(quiet & self._is_more_than_weather(found, 1), np.bool_)
        before = self._raws[-1] if self._raws else np.zeros_like(found)
        self._raws.append(found)
        # Who moves was near a moment ago; a drop of rain, or a clock's new digit, was not.
        was_near = cv2.dilate(before, near) > 0
        counts = np.asarray(np.sum(self._raws, axis=0), np.float32)
        is_moving = was_near & self._is_more_than_weather(counts, len(self._raws))
        return np.asarray(raw & (self._restless < _RESTLESS) & is_moving, np.bool_)

    def _is_more_than_weather(self, counts: _Field, looks: int) -> _Cells:
        """counts: how often each cell differed in so many looks."""
        around = cv2.blur(self._rate, (5, 5), borderType=cv2.BORDER_REPLICATE)
        rate, places = float(np.percentile(around, _QUIETEST)), 9.0 * looks
        by_chance = places * rate + _CHANCE * float(np.sqrt(places * rate * (1.0 - rate)))
        near = cv2.boxFilter(counts, -1, (3, 3), normalize=False, borderType=cv2.BORDER_CONSTANT)
        return np.asarray(near >= max(by_chance, _LEAST_NEAR if looks > 1 else 1.0), np.bool_)

    def _learn(self, shape: _Field, differences: _Field, raw: _Cells, glaring: _Cells, gone_s: float) -> None:
        assert self._scene is not None
        cv2.accumulateWeighted(shape, self._scene, _weight(gone_s, _SCENE_S))
        cv2.accumulateWeighted(differences, self._noise, _weight(gone_s, _NOISE_S))
        restless = (raw | glaring).astype(np.float32)
        cv2.accumulateWeighted(restless, self._restless, _weight(gone_s, _RESTLESS_S))
        cv2.accumulateWeighted(raw.astype(np.float32), self._rate, _weight(gone_s, _WEATHER_S))


def _against_surroundings(luma: Luma) -> _Field:
    points = luma.astype(np.float32)
    around = cv2.blur(points, _AROUND)
    return np.asarray((points - around) * (_SCALE / (around + _DARK)), np.float32)


def _cells_of(differs: npt.NDArray[np.bool_]) -> _Cells:
    counts = differs.reshape(ROWS, POINTS, COLUMNS, POINTS).sum(axis=(1, 3))
    return np.asarray(counts >= _LEAST_POINTS, np.bool_)


def _weight(gone_s: float, time_s: float) -> float:
    return float(1.0 - np.exp(-max(0.0, gone_s) / time_s))


def _bits(cells: _Cells) -> int:
    return int.from_bytes(np.packbits(cells.ravel(), bitorder="little").tobytes(), "little")
