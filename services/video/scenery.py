"""Tells whether a camera still shows its scene: dark, without edges, or another scene than it learned."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from services.domain.video import StreamState

Luma = npt.NDArray[np.uint8]
Outline = npt.NDArray[np.float32]

BLACK_LEVEL = 16  # luma of black in video range
# A picture is black when so little of it is lighter than a lens with its cap on.
DARK_LEVEL = 34
DARK_SHARE = 0.005
# Below this brightness above black, edges drown in noise and rounding: nothing can be said of them.
LEAST_LIGHT = 12.0
# The steepest 2 % of the steps between neighbours, in parts of the brightness. Measured over six simulated
# cameras and real footage: a quarter of the light leaves 0.87 to 0.97 of it, a defocus of 4 pixels at
# 640 leaves 0.15 to 0.28, a cloth 0.06 to 0.11; a crowd that comes and goes 0.9 to 1.2.
EDGE_PART = 0.02
BLUNT_PART = 0.35
SHARP_PART = 0.50
LEAST_SHARPNESS = 0.06
# No step and no shade worth the name anywhere: covered, whatever was learned. In parts of the brightness,
# or every scene in little light would be flat: a campus by day has a deviation of 0.19 to 0.45 of it.
FLAT_STEP = 0.05
FLAT_DEVIATION = 0.12
# Likeness of outlines (normalised correlation). Other scenes: -0.15 to 0.35; the same scene in a quarter
# of the light 0.99, under slanting light 0.80 to 0.95, half hidden by somebody 0.44 to 0.67, a crowd 0.51.
OTHER_SCENE = 0.30
SAME_SCENE = 0.42

LEARN_LOOKS = 10
# The weight of one look afterwards: at one in two seconds a new truth takes about five minutes.
SLOW = 1.0 / 150.0
STEADY = 0.55  # while this unlike the look before, the camera is being turned: nothing is learned


@dataclass(frozen=True, slots=True)
class View:
    """What is measured of one picture. outline: (h, w) float32, mean 0, length 1."""

    is_black: bool
    is_flat: bool
    light: float
    sharpness: float
    outline: Outline


def measure(luma: Luma) -> View:
    """luma: any size; the strips where texts are burnt in are left out."""
    half = _half(luma)
    across = cv2.absdiff(half[:, 1:], half[:, :-1])
    mean, deviation = cv2.meanStdDev(half)
    light = float(mean[0, 0]) - BLACK_LEVEL
    step = _steepest(across)
    is_black = bool(np.count_nonzero(half > DARK_LEVEL) < DARK_SHARE * half.size)
    is_flat = light >= LEAST_LIGHT and step <= FLAT_STEP * light and deviation[0, 0] < FLAT_DEVIATION * light
    sharpness = step / light if light >= LEAST_LIGHT else 0.0
    return View(is_black, bool(is_flat), light, sharpness, _outline(half))


class Scenery:
    """Learns how sharp a camera is and what it shows, slowly, and only from pictures that are good."""

    def __init__(self) -> None:
        self._looks = 0
        self._sharpness = 0.0
        self._scene: Outline | None = None
        self._before: Outline | None = None
        self._is_covered = False
        self._is_moved = False

    @property
    def is_learning(self) -> bool:
        return self._looks < LEARN_LOOKS

    def forget(self) -> None:
        """Whatever is shown now is the scene to keep."""
        self._looks, self._scene, self._before = 0, None, None
        self._is_moved = False

    def look(self, view: View) -> StreamState | None:
        """What is wrong with this one picture, before any patience."""
        if view.is_black:
            return StreamState.BLACK
        if self._looks_covered(view):
            return StreamState.COVERED
        if self._looks_moved(view):
            return StreamState.MOVED
        self._learn(view)
        return None

    def _looks_covered(self, view: View) -> bool:
        if view.is_flat:
            self._is_covered = True
        elif self._looks < LEARN_LOOKS or self._sharpness < LEAST_SHARPNESS or view.light < LEAST_LIGHT:
            self._is_covered = False
        else:
            limit = SHARP_PART if self._is_covered else BLUNT_PART
            self._is_covered = view.sharpness < limit * self._sharpness
        return self._is_covered

    def _looks_moved(self, view: View) -> bool:
        scene = self._scene
        is_known = self._looks >= LEARN_LOOKS and view.light >= LEAST_LIGHT
        if scene is None or not is_known or scene.shape != view.outline.shape:
            self._is_moved = False
        else:
            limit = SAME_SCENE if self._is_moved else OTHER_SCENE
            self._is_moved = likeness(scene, view.outline) < limit
        return self._is_moved

    def _learn(self, view: View) -> None:
        if self._scene is not None and self._scene.shape != view.outline.shape:
            self.forget()
        before, self._before = self._before, view.outline
        if view.light < LEAST_LIGHT:
            return
        if self._looks < LEARN_LOOKS and before is not None and likeness(before, view.outline) < STEADY:
            self._looks, self._scene = 0, None
        self._looks += 1
        weight = 1.0 / self._looks if self._looks <= LEARN_LOOKS else SLOW
        self._sharpness += weight * (view.sharpness - self._sharpness)
        if self._scene is None:
            self._scene = view.outline.copy()
        else:
            cv2.accumulateWeighted(view.outline, self._scene, weight)


def likeness(one: Outline, other: Outline) -> float:
    """1 for the same outlines, about 0 for those of different scenes."""
    length = math.sqrt(_dot(one, one) * _dot(other, other))
    return _dot(one, other) / length if length > 0 else 1.0


def _dot(one: Outline, other: Outline) -> float:
    """Without BLAS, which wakes its threads for so little."""
    return float(np.einsum("ij,ij", one, other))


def _half(luma: Luma) -> Luma:
    """320 to 640 pixels wide, upper and lower seventh cut off; big pictures are thinned out first.

    Sides are cut to whole multiples: halving in whole steps is eight times faster than in broken ones.
    """
    height, width = luma.shape
    step = max(1, width // 640)
    body = np.ascontiguousarray(luma[height // 7 : height - height // 7 : step, ::step])
    body = body[: max(4, body.shape[0] & ~3), : max(4, body.shape[1] & ~3)]
    return _halved(body)


def _halved(luma: Luma) -> Luma:
    size = (max(1, luma.shape[1] // 2), max(1, luma.shape[0] // 2))
    return np.asarray(cv2.resize(luma, size, interpolation=cv2.INTER_AREA), np.uint8)


def _steepest(across: cv2.typing.MatLike) -> int:
    """The step that only `EDGE_PART` of all steps exceed."""
    counts = cv2.calcHist([across[::2]], [0], None, [256], [0, 256]).ravel()
    above = np.cumsum(counts[::-1])
    return 255 - int(np.searchsorted(above, EDGE_PART * above[-1]))


def _outline(half: Luma) -> Outline:
    small = _halved(half)
    across = cv2.absdiff(small[1:, 1:], small[1:, :-1])
    down = cv2.absdiff(small[1:, 1:], small[:-1, 1:])
    soft = cv2.blur(cv2.add(across, down), (3, 3)).astype(np.float32)
    soft -= cv2.mean(soft)[0]
    length = float(np.linalg.norm(soft))
    return np.asarray(soft / length if length > 0 else soft, np.float32)
