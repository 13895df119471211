"""Bookmarks 书签: what somebody wrote of what cameras recorded; what else a line of time marks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MOST_TEXT = 500
# A note about more than a day is a note about nothing; it also bounds the look-up by time.
LONGEST = timedelta(days=1)


class MarkKind(StrEnum):
    """What a playback can be taken to, the next one or the one before."""

    ALARM = "alarm"
    INCIDENT = "incident"
    BOOKMARK = "bookmark"
    GAP = "gap"
    MOTION = "motion"


@dataclass(frozen=True, slots=True)
class Bookmark:
    """At the moment `since`, or from there to `until`.

    An ended one stays in the record, with who ended it and why.
    """

    id: str
    cameras: tuple[str, ...]
    since: datetime
    text: str
    author: str
    author_name: str
    made_at: datetime
    until: datetime | None = None
    edited_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by_name: str = ""
    ended_reason: str = ""
    row_version: int = 1

    def touches(self, since: datetime, until: datetime) -> bool:
        """Whether any of it lies in [since, until)."""
        return self.since < until and (self.until or self.since) >= since

    def says(self, words: str) -> bool:
        """Whether every word of a search stands in its text, its author's name or its cameras' numbers."""
        told = f"{self.text} {self.author_name} {' '.join(self.cameras)}".casefold()
        return all(word in told for word in words.casefold().split())
