"""Makes the index of a piece that nobody looked at while it was recorded, out of its own key pictures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import av.error

from services.domain.motion import Look
from services.domain.recordings import Segment
from services.recording.motion.detector import MotionDetector
from services.recording.motion.eyes import Glance, key_glances
from services.recording.motion.sidefile import MotionIndex


def from_keys(path: Path, segment: Segment) -> MotionIndex | None:
    """None for a file that is gone or cannot be read. What it says of another time than its own is left
    out."""
    try:
        found = key_glances(path)
    except (OSError, av.error.FFmpegError, ValueError):
        return None
    longest_s = (segment.ends_at - segment.begins_at).total_seconds() + 1.0
    glances = [one for one in found if 0.0 <= one.media_s <= longest_s]
    return MotionIndex(looks_of(glances, segment.begins_at), is_coarse=True)


def looks_of(glances: Sequence[Glance], begins_at: datetime) -> tuple[Look, ...]:
    """Of key pictures in order; begins_at: second 0 of their times.

    They are looked at twice: the first time shows what is always there, clocks and leaves.
    """
    detector = MotionDetector()
    lap_s = glances[-1].media_s + 2.0 if glances else 0.0
    for glance in glances:
        detector.look(glance.luma, glance.media_s)
    return tuple(
        Look(
            begins_at + timedelta(seconds=glance.media_s),
            detector.look(glance.luma, lap_s + glance.media_s),
        )
        for glance in glances
    )
