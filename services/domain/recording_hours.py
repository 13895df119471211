"""What a camera records at a moment, by its weekly hours; pure, in the site's local time."""

from __future__ import annotations

from datetime import datetime, tzinfo
from functools import lru_cache

from services.domain.arm_hours import last_edge
from services.domain.recordings import RecordingMode
from services.domain.site import Camera

# What a scheduled camera may do outside its hours, the most first.
OUTSIDE_HOURS = (RecordingMode.MOTION, RecordingMode.ALARM, RecordingMode.OFF)
# Asked each second for every camera; a site has few different schedules.
_MOST_HELD = 256


def mode_at(camera: Camera, at: datetime, zone: tzinfo | None = None) -> RecordingMode:
    """What `camera` does at `at` (aware), never SCHEDULED; zone None: the machine's own."""
    if camera.recording is not RecordingMode.SCHEDULED:
        return camera.recording
    # Hours begin and end with a minute.
    if _is_within(camera.recording_hours, at.replace(second=0, microsecond=0), zone):
        return RecordingMode.CONTINUOUS
    return camera.recording_outside


@lru_cache(maxsize=_MOST_HELD)
def _is_within(hours: tuple[str, ...], at: datetime, zone: tzinfo | None) -> bool:
    """Without hours always: rather too much than nothing."""
    edge = last_edge(hours, at, zone)
    return edge is None or edge.is_armed
