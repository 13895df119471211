"""Synthesises the alarm sounds: p1.wav to p4.wav, and one for each class that has its own.

Usage: python3 packaging/make_sounds.py FOLDER
"""

from __future__ import annotations

import math
import sys
import wave
from array import array
from collections.abc import Sequence
from pathlib import Path

RATE_HZ = 22_050
FADE_S = 0.008  # keeps a tone from clicking where it begins and ends

# One loop each: (frequency in Hz, 0 = silence; seconds; loudness 0..1). Rhythm tells them apart.
LOOPS: dict[str, Sequence[tuple[float, float, float]]] = {
    # P1: fast two-tone without a pause
    "p1": [(880.0, 0.16, 0.85), (1320.0, 0.16, 0.85)] * 3,
    # P2: three short pulses, then a pause
    "p2": [(988.0, 0.12, 0.7), (0.0, 0.08, 0.0)] * 3 + [(0.0, 0.7, 0.0)],
    # P3: two falling notes, then a long pause
    "p3": [(784.0, 0.22, 0.5), (587.0, 0.32, 0.5), (0.0, 1.8, 0.0)],
    # P4: one soft low note, then a very long pause
    "p4": [(523.0, 0.25, 0.35), (0.0, 3.75, 0.0)],
    # Fire: a slow rise, three times, as fire sounders do
    "fire": [(520.0 + 60.0 * step, 0.09, 0.85) for step in range(8)] * 2,
    # Panic: very fast, two high notes
    "panic": [(1480.0, 0.07, 0.85), (1110.0, 0.07, 0.85)] * 6,
    # Medical: two equal long calls, then a breath
    "medical": [(740.0, 0.35, 0.8), (0.0, 0.08, 0.0)] * 2 + [(0.0, 0.3, 0.0)],
    # Intrusion: three pulses going up, then a pause
    "intrusion": [
        *((784.0, 0.12, 0.7), (0.0, 0.06, 0.0), (988.0, 0.12, 0.7), (0.0, 0.06, 0.0)),
        *((1175.0, 0.16, 0.7), (0.0, 0.7, 0.0)),
    ],
    # Tamper: two low knocks, then a pause
    "tamper": [(392.0, 0.09, 0.7), (0.0, 0.07, 0.0)] * 2 + [(0.0, 0.9, 0.0)],
}


def tone(frequency_hz: float, seconds: float, loudness: float) -> list[int]:
    """16-bit samples of a tone with two overtones, faded in and out."""
    count = round(seconds * RATE_HZ)
    fade = FADE_S * RATE_HZ
    samples = []
    for index in range(count):
        turn = 2.0 * math.pi * frequency_hz * index / RATE_HZ
        shape = (math.sin(turn) + 0.35 * math.sin(2.0 * turn) + 0.15 * math.sin(3.0 * turn)) / 1.5
        edge = min(1.0, index / fade, (count - 1 - index) / fade)
        samples.append(round(32_000 * loudness * edge * shape))
    return samples


def write(path: Path, loop: Sequence[tuple[float, float, float]]) -> None:
    """One channel, 16 bits, little-endian."""
    samples = array("h", (sample for part in loop for sample in tone(*part)))
    if sys.byteorder == "big":
        samples.byteswap()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(samples.tobytes())


def main(folder: str) -> None:
    for name, loop in LOOPS.items():
        write(Path(folder) / f"{name}.wav", loop)


if __name__ == "__main__":
    main(*sys.argv[1:])
