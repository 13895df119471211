"""One camera's recording as a line: which piece holds a moment, and where nothing was recorded."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.domain.recordings import SEAM_S, Segment

# Between two pieces, or two pictures, no more than this: the last picture stays. Beyond, it is a gap.
SEAM = timedelta(seconds=SEAM_S)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a piece that is shown: [since, until). Pieces may overlap, stretches never do."""

    segment: Segment
    since: datetime
    until: datetime


class Line:
    """Not changed once made, so any thread may ask."""

    def __init__(self, segments: Iterable[Segment] = ()) -> None:
        self.stretches = _cut(segments)
        self._begins = [stretch.since for stretch in self.stretches]

    def last_before(self, at: datetime) -> int | None:
        """The number of the last stretch that begins at or before `at`; None when none does."""
        number = bisect_right(self._begins, at) - 1
        return number if number >= 0 else None

    def covers(self, at: datetime) -> bool:
        """Something was recorded then; a seam between two pieces counts as recorded."""
        number = self.last_before(at)
        return number is not None and at < self.shown_until(number)

    def shown_until(self, number: int) -> datetime:
        """How long the last picture of a stretch stays."""
        ends = self.stretches[number].until
        following = self.stretches[number + 1].since if number + 1 < len(self.stretches) else None
        return following if following is not None and following - ends <= SEAM else ends


def _cut(segments: Iterable[Segment]) -> tuple[Stretch, ...]:
    """What began first is shown until its end; then what else covers that moment."""
    stretches: list[Stretch] = []
    for segment in sorted(segments, key=lambda one: (one.begins_at, one.ends_at, one.path)):
        since = max(segment.begins_at, stretches[-1].until) if stretches else segment.begins_at
        if since < segment.ends_at:
            stretches.append(Stretch(segment, since, segment.ends_at))
    return tuple(stretches)
