"""The seam to recordings that others made: what a camera's recorder has, and its pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from services.playback.footage import Footage
from services.playback.lanes import Band, Lane

Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Heard:
    """What a recorder has said so far. is_asking: it has not answered yet; error: a code, "" = well."""

    stretches: tuple[Stretch, ...] = ()
    is_asking: bool = False
    error: str = ""


class Elsewhere(Protocol):
    """Every call returns at once, from any thread: recorders are asked by threads of their own."""

    def heard(self, camera: str, since: datetime, until: datetime) -> Heard: ...

    def footage(self, camera: str) -> Footage | None:
        """A new one, which asks nothing before its first picture is wanted; None when no other records it."""
        ...


class Nowhere:
    """All recordings are our own."""

    def heard(self, camera: str, since: datetime, until: datetime) -> Heard:  # noqa: ARG002
        return Heard()

    def footage(self, camera: str) -> None:  # noqa: ARG002
        return None


def with_elsewhere(lane: Lane, heard: Heard) -> Lane:
    """Own recordings first; a recorder fills what they leave open."""
    own = [(band.since, band.until) for band in lane.bands]
    added = [
        Band(since, until, is_elsewhere=True)
        for stretch in heard.stretches
        for since, until in without(stretch, own)
    ]
    missing = tuple(
        replace(gap, since=since, until=until)
        for gap in lane.missing
        for since, until in without((gap.since, gap.until), heard.stretches)
    )
    bands = tuple(sorted((*lane.bands, *added), key=lambda band: band.since))
    return replace(lane, bands=bands, missing=missing, is_asking=heard.is_asking, error=heard.error)


def without(stretch: Stretch, others: Iterable[Stretch]) -> Iterator[Stretch]:
    """What of `stretch` lies in none of `others`, in order."""
    since, until = stretch
    for begins, ends in sorted(others):
        if begins >= until:
            break
        if since < begins:
            yield since, begins
        since = max(since, ends)
    if since < until:
        yield since, until


def elsewhere_of(lane: Lane) -> Sequence[Stretch]:
    return [(band.since, band.until) for band in lane.bands if band.is_elsewhere]
