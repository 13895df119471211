"""What a walk test has shown: which zones answered since it began, and which did not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from services.domain.arming import Walk, ZoneState


@dataclass(frozen=True, slots=True)
class WalkReport:
    """answered: zone and when, in that order. silent: the others. ended_at: None while people walk."""

    id: str
    owner_name: str
    begun_at: datetime
    until_at: datetime
    ended_at: datetime | None
    answered: tuple[tuple[str, datetime], ...]
    silent: tuple[str, ...]


def report_of(states: Iterable[ZoneState], walk_id: str) -> WalkReport | None:
    """None when no zone was part of that walk."""
    walks = {state.zone: state.walk for state in states if state.walk and state.walk.id == walk_id}
    if not walks:
        return None
    any_walk = next(iter(walks.values()))
    answered = [(zone, walk.answered_at) for zone, walk in walks.items() if walk.answered_at is not None]
    return WalkReport(
        id=walk_id,
        owner_name=any_walk.owner_name,
        begun_at=any_walk.begun_at,
        until_at=any_walk.until_at,
        ended_at=any_walk.ended_at,
        answered=tuple(sorted(answered, key=lambda pair: (pair[1], pair[0]))),
        silent=tuple(sorted(zone for zone, walk in walks.items() if walk.answered_at is None)),
    )


def newest_walk(states: Iterable[ZoneState]) -> Walk | None:
    """The walk that began last, ended or not."""
    walks = [state.walk for state in states if state.walk is not None]
    return max(walks, key=lambda walk: (walk.begun_at, walk.id), default=None)
