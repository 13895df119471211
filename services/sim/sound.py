"""What a simulated camera hears: a gentle hum of its own and some wind, as G.711 µ-law."""

from __future__ import annotations

import zlib
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from services.sim.film import FPS

RATE_HZ = 8000
SAMPLES_PER_FRAME = RATE_HZ // FPS
_LOOP_S = 8
_BIAS, _CLIP = 132, 32_635


def heard(camera_no: str, frame: int) -> bytes:
    """The µ-law samples (ITU-T G.711) that belong to one picture; loops without a click."""
    loop = _loop(camera_no)
    at = frame * SAMPLES_PER_FRAME % len(loop)
    return loop[at : at + SAMPLES_PER_FRAME]


def tone_hz(camera_no: str) -> float:
    """Every camera has another: 220 to 440 Hz in steps that fill the loop a whole number of times."""
    return 220.0 + zlib.crc32(camera_no.encode()) % 221


@lru_cache(maxsize=256)
def _loop(camera_no: str) -> bytes:
    count = RATE_HZ * _LOOP_S
    seconds = np.arange(count) / RATE_HZ
    hum = np.sin(2 * np.pi * tone_hz(camera_no) * seconds) * (0.6 + 0.4 * np.sin(np.pi * seconds / 2))
    noise = np.random.default_rng(zlib.crc32(camera_no.encode())).normal(size=count)
    # A short average takes the hiss out; rolled over the seam, so that the loop has none.
    wind = sum(np.roll(noise, shift) for shift in range(12)) / 12
    return mu_law((3000 * hum + 1500 * wind).astype(np.int16)).tobytes()


def mu_law(samples: npt.NDArray[np.int16]) -> npt.NDArray[np.uint8]:
    """int16 to µ-law bytes."""
    loud = samples.astype(np.int32)
    sign = np.where(loud < 0, 0x80, 0)
    magnitude = np.minimum(np.abs(loud), _CLIP) + _BIAS
    exponent = np.floor(np.log2(magnitude)).astype(np.int32) - 7
    mantissa = (magnitude >> (exponent + 3)) & 0x0F
    packed: npt.NDArray[np.int32] = ~(sign | (exponent << 4) | mantissa) & 0xFF
    return packed.astype(np.uint8)
