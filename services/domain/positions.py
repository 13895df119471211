"""How long a reported position is worth something, by what reported it."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.domain.people import READY, GuardState

POST, CHECKPOINT, FEED, SIM = "post", "checkpoint", "feed", "sim"

# A feed that lives speaks at least once a minute; a patrol meets a checkpoint about every half hour.
FRESH: dict[str, timedelta] = {
    FEED: timedelta(seconds=150),
    SIM: timedelta(seconds=150),
    CHECKPOINT: timedelta(minutes=40),
}


def age_of(state: GuardState, now: datetime) -> timedelta:
    return max(timedelta(), now - state.position_at)


def is_stale(state: GuardState, now: datetime) -> bool:
    """Nobody may walk there on the word of this. Whoever stands ready at a post is taken to be there."""
    fresh = FRESH.get(state.position_source)
    if fresh is None:
        return state.status not in READY
    return age_of(state, now) > fresh
