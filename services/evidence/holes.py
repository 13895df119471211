"""What is missing of a wished span, and why: told by the pictures that are there, not by an index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from services.domain.recordings import SEAM_S
from services.evidence.manifest import GapCause

# From a picture to the end of its being shown.
Span = tuple[datetime, datetime]
_SEAM = timedelta(seconds=SEAM_S)
# Pictures come no more evenly than that.
_TOUCH = timedelta(seconds=0.2)


@dataclass(frozen=True, slots=True)
class Hole:
    """A span of what was wished for that is on no reel."""

    since: datetime
    until: datetime
    cause: GapCause


# A piece that could not be had, or not to its end; other pieces may hold some of the same.
Lost = Hole


def add_span(spans: list[Span], new: Span) -> None:
    """One that follows the last makes it longer: an hour of pictures is one span."""
    if spans and abs(new[0] - spans[-1][1]) <= _TOUCH:
        spans[-1] = spans[-1][0], max(spans[-1][1], new[1])
    else:
        spans.append(new)


def holes_between(
    spans: Sequence[Span], since: datetime, until: datetime, lost: Sequence[Lost]
) -> list[Hole]:
    """Of [since, until) what no picture covers, by its beginning. spans, lost: in any order.

    A seam between two pieces is no hole, unless a piece was lost in it.
    """
    if not spans:
        return _split(since, until, lost) if since < until else []
    holes: list[Hole] = []
    covered = since
    for begin, end in (*sorted(spans), (until, until)):
        least = _TOUCH if any(one.since < begin and one.until > covered for one in lost) else _SEAM
        if begin - covered > least:
            holes += _split(covered, min(begin, until), lost)
        covered = max(covered, end)
    return holes


def _split(since: datetime, until: datetime, lost: Sequence[Lost]) -> list[Hole]:
    """One gap, cut where its cause changes; a rest between two lost pieces is theirs."""
    edges = sorted(
        {since, until, *(at for one in lost for at in (one.since, one.until) if since < at < until)}
    )
    parts: list[Hole] = []
    for begin, end in pairwise(edges):
        middle = begin + (end - begin) / 2
        cause = next((o.cause for o in lost if o.since <= middle < o.until), GapCause.NOT_RECORDED)
        if parts and (parts[-1].cause is cause or end - begin <= _SEAM):
            parts[-1] = Hole(parts[-1].since, end, parts[-1].cause)
        else:
            parts.append(Hole(begin, end, cause))
    return parts
