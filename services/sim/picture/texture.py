"""Noise that repeats without a seam, sampled by metres, for ground and walls."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

TILE_PX = 512
GRAINS = ((7.0, 6), (0.9, 7), (0.12, 8))  # (feature size in metres, random seed)

Floats = NDArray[np.float32]


@lru_cache(maxsize=8)
def tile(seed: int, blur_px: float = 2.0) -> Floats:
    """(512, 512) float32 noise around 0 with deviation 1; it repeats without a seam."""
    rough = np.random.default_rng(seed).normal(size=(TILE_PX, TILE_PX)).astype(np.float32)
    wide = cv2.copyMakeBorder(rough, 16, 16, 16, 16, cv2.BORDER_WRAP)
    soft = cv2.GaussianBlur(wide, (0, 0), blur_px)[16:-16, 16:-16]
    return np.ascontiguousarray((soft - soft.mean()) / soft.std(), dtype=np.float32)


def sample(noise: Floats, x: Floats, y: Floats) -> Floats:
    """`noise` at tile coordinates (x, y) in pixels of the tile, wrapped; same shape as x."""
    if x.size == 0:
        return np.zeros(x.shape, np.float32)
    u = np.mod(x, TILE_PX).astype(np.float32)
    v = np.mod(y, TILE_PX).astype(np.float32)
    return np.asarray(cv2.remap(noise, u, v, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP), np.float32)


def scatter(*numbers: NDArray[np.float32] | float) -> Floats:
    """A repeatable pseudo-random value in 0..1 for whole numbers, element by element."""
    total: NDArray[np.float64] = np.zeros((), np.float64)
    for i, number in enumerate(numbers):
        total = total + np.asarray(number, np.float64) * (12.9898, 78.233, 37.719, 9.131)[i]
    spread = np.sin(total) * 43758.5453
    return np.asarray(spread - np.floor(spread), np.float32)
