"""Smoke that rises from a fire point."""

from __future__ import annotations

import math
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from services.sim.actors import Placed
from services.sim.picture.figures import Canvas, Pixels, Rect

PUFFS = 14
RISE_M = 9.0
DRIFT_M = 2.2


def draw_smoke(canvas: Canvas, placed: Placed, right: float, far: float) -> list[Rect]:
    """Puffs that rise, grow, drift with the wind and thin out; returns the boxes they changed.

    `placed.step` is the part of the running second, in which each puff takes the place of the next.
    """
    found = []
    for puff in range(PUFFS):
        age = (puff / PUFFS + placed.step / PUFFS) % 1.0
        up = placed.lift_m + age * RISE_M
        side = DRIFT_M * age * age + 0.4 * math.sin(age * 17.0)
        middle = canvas.lens.pixel(right + side, far, up)
        size = (0.6 + 2.2 * age) * canvas.lens.focal_px / far
        rect = canvas.rect(middle[0] - size, middle[1] - size, middle[0] + size, middle[1] + size)
        if rect is not None and size >= 2:
            _puff(canvas, rect, middle, size, 0.85 * (1.0 - age) ** 0.6, far, 56.0 + 90.0 * age)
            found.append(rect)
    return found


def _puff(
    canvas: Canvas,
    rect: Rect,
    middle: tuple[float, float],
    size: float,
    cover: float,
    far: float,
    grey: float,
) -> None:
    def veil(patch: Pixels, box: Rect) -> None:
        x0, y0 = round(middle[0] - size), round(middle[1] - size)
        edge = max(2, round(2 * size))
        soft = cv2.resize(_soft(), (edge + 4, edge + 4))
        top, left = max(0, box.y0 - y0), max(0, box.x0 - x0)
        part = soft[top : top + patch.shape[0], left : left + patch.shape[1], None] * cover
        inside = patch[: part.shape[0], : part.shape[1]]
        inside[:] = (inside + (grey - inside) * part).astype(np.uint8)

    canvas.behind_things(rect, far, veil)


@lru_cache(maxsize=1)
def _soft() -> NDArray[np.float32]:
    """(64, 64) float32: a soft round blob, 1 in the middle."""
    y, x = np.mgrid[-1:1:64j, -1:1:64j]
    return np.asarray(np.clip(1.0 - np.sqrt(x * x + y * y), 0, 1) ** 0.8, np.float32)
