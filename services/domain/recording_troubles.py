"""Why there is no recording: what kept the recorders from writing, from when until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from services.domain.recordings import Gap


class GapCause(StrEnum):
    """What stands beside a gap. UNKNOWN: nobody noted anything, and nothing is made up."""

    CAMERA_AWAY = "camera_away"
    BAD_STREAM = "bad_stream"
    DISK_AWAY = "disk_away"
    DISK_FULL = "disk_full"
    DISK_FAILED = "disk_failed"
    RECORDER_DOWN = "recorder_down"
    HUB_DOWN = "hub_down"
    STARTING = "starting"
    # Nothing was to be recorded.
    SCHEDULE_OFF = "schedule_off"
    SWITCHED_OFF = "switched_off"
    # Recorded on alarm or motion only, and there was none.
    QUIET = "quiet"
    # Was there, and went before its time so that newer ones had room.
    MADE_ROOM = "made_room"
    UNKNOWN = "unknown"


# A gap by one of these is as somebody wanted it.
WANTED_GAPS = frozenset({GapCause.SCHEDULE_OFF, GapCause.SWITCHED_OFF, GapCause.QUIET})
# A trouble is seen some seconds after the last picture, and over some before the next.
_REACH = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class RecordingTrouble:
    """One span of one camera without recording. ended_at None: it goes on.

    camera: "" = all. detail: an error code, a folder; "" = nothing more is known.
    """

    id: str
    camera: str
    cause: GapCause
    began_at: datetime
    ended_at: datetime | None = None
    detail: str = ""
    row_version: int = 1

    def overlap(self, since: datetime, until: datetime) -> timedelta:
        """How much of [since, until) it explains; not below zero."""
        ended_at = until if self.ended_at is None else min(self.ended_at, until)
        return max(timedelta(), ended_at - max(self.began_at, since))


@dataclass(frozen=True, slots=True)
class ExplainedGap:
    """A gap and its main cause. explained: the share of it, 0 to 1, for which that cause is on record."""

    gap: Gap
    cause: GapCause
    explained: float
    detail: str = ""

    @property
    def is_wanted(self) -> bool:
        return self.cause in WANTED_GAPS


def explain(gap: Gap, troubles: Sequence[RecordingTrouble]) -> ExplainedGap:
    """By the cause that covers most of it; troubles: of its camera and of all."""
    spans = {cause: timedelta() for cause in GapCause}
    details: dict[GapCause, str] = {}
    for trouble in troubles:
        overlap = trouble.overlap(gap.since - _REACH, gap.until + _REACH)
        spans[trouble.cause] += overlap
        if overlap:
            details[trouble.cause] = trouble.detail
    cause = max(spans, key=lambda one: spans[one])
    if not spans[cause]:
        return ExplainedGap(gap, GapCause.UNKNOWN, 0.0)
    length = max(gap.until - gap.since, timedelta(seconds=1))
    return ExplainedGap(gap, cause, min(1.0, spans[cause] / length), details[cause])
