"""Makes the index of a piece that nobody looked at while it was recorded, out of its own key pictures."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import av.error

from services.domain.motion import Look
from services.domain.recordings import Segment
from services.recording.motion.detector import MotionDetector
from services.recording.motion.eyes import key_glances
from services.recording.motion.sidefile import MotionIndex


def from_keys(path: Path, segment: Segment) -> MotionIndex | None:
    """None for a file that is gone, cannot be read, or whose times lead out of every calendar.

    Its pictures are looked at twice: the first time shows what is always there, clocks and leaves.
    """
    try:
        glances = key_glances(path)
    except (OSError, av.error.FFmpegError, IndexError):
        return None
    detector = MotionDetector()
    lap_s = glances[-1].media_s + 2.0 if glances else 0.0
    for glance in glances:
        detector.look(glance.luma, glance.media_s)
    try:
        looks = tuple(
            Look(
                segment.begins_at + timedelta(seconds=glance.media_s),
                detector.look(glance.luma, lap_s + glance.media_s),
            )
            for glance in glances
        )
    except OverflowError:
        return None
    return MotionIndex(looks, is_coarse=True)
