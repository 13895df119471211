"""G.711, the sound that every ONVIF camera takes: 8 kHz, one byte a sample."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 8000
# Of the 14 bits that μ-law knows.
_CLIP, _BIAS = 8158, 33

Samples = NDArray[np.int16]


def to_ulaw(samples: Samples) -> bytes:
    """PCMU (μ-law) of 16-bit samples."""
    return _ulaw_table()[samples.view(np.uint16)].tobytes()


def to_alaw(samples: Samples) -> bytes:
    """PCMA (A-law) of 16-bit samples."""
    return _alaw_table()[samples.view(np.uint16)].tobytes()


@cache
def _ulaw_table() -> NDArray[np.uint8]:
    """By the sample's bits as an unsigned number; ITU-T G.711, table 2a."""
    value = np.arange(65_536).astype(np.uint16).view(np.int16).astype(np.int32) >> 2
    sign = np.where(value < 0, 0x80, 0)
    biased = np.minimum(np.abs(value), _CLIP) + _BIAS
    exponent = np.floor(np.log2(biased)).astype(np.int32) - 5
    mantissa = (biased >> (exponent + 1)) & 0x0F
    table: NDArray[np.uint8] = (~(sign | (exponent << 4) | mantissa) & 0xFF).astype(np.uint8)
    return table


@cache
def _alaw_table() -> NDArray[np.uint8]:
    """By the sample's bits as an unsigned number; ITU-T G.711, table 1a."""
    value = np.arange(65_536).astype(np.uint16).view(np.int16).astype(np.int32) >> 3
    sign = np.where(value >= 0, 0x80, 0)
    size = np.minimum(np.where(value >= 0, value, -value - 1), 0xFFF)
    exponent = np.maximum(np.floor(np.log2(np.maximum(size, 1))).astype(np.int32) - 4, 0)
    mantissa = np.where(exponent == 0, size >> 1, size >> exponent) & 0x0F
    table: NDArray[np.uint8] = ((sign | (exponent << 4) | mantissa) ^ 0x55).astype(np.uint8)
    return table
