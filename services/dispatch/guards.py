"""The guard force as it is now: set up from the site file, kept current by position reports."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from services.core.clock import Clock, SystemClock
from services.core.errors import ServiceError
from services.domain.coverage import post_of
from services.domain.facts import GuardChanged, SiteImported
from services.domain.people import GuardState, GuardStatus, Permission, Session
from services.domain.site import Guard, Point, Post, PostKind, Site
from services.identity import authorize
from services.storage import Database, Tx

# So near their own post, a free guard counts as on it.
ON_POST_WITHIN_M = 6.0
_STANDING_POSTS = frozenset({PostKind.FIXED, PostKind.GATE, PostKind.CONTROL_ROOM, PostKind.VIDEO_PATROL})
_GOES_OFF = frozenset({GuardStatus.AVAILABLE, GuardStatus.ON_POST, GuardStatus.PATROLLING, GuardStatus.BREAK})


@dataclass(frozen=True, slots=True)
class Position:
    """Where a guard was seen; source: post, checkpoint, feed or sim. seen_at: None = now."""

    guard: str
    at: Point
    source: str
    seen_at: datetime | None = None


def import_site(database: Database, session: Session, site: Site, clock: Clock | None = None) -> None:
    """Make `site` the site, in one transaction; guards never seen before begin their watch.

    Guards who are no longer listed go off duty unless they are on a dispatch.
    Raises ServiceError: identity.forbidden, storage.*.
    """
    authorize(session, Permission.EDIT_SITE)
    now = (clock or SystemClock()).now()

    def work(tx: Tx) -> None:
        known = tx.site()
        tx.replace_site(site)
        tx.audit(session, "site.imported", site.code, before=_summary(known), after=_summary(site))
        seed_guards(tx, site, now)
        tx.record(SiteImported(site.code))

    database.write(work, deadline_s=30.0)


def seed_guards(tx: Tx, site: Site, now: datetime) -> None:
    """Give every listed guard a state; take those who are no longer listed off duty."""
    known = {state.no: state for state in tx.guards.all()}
    for guard in site.guards:
        if guard.no not in known:
            tx.record(GuardChanged(tx.guards.put(first_state(site, guard, now))))
    listed = {guard.no for guard in site.guards}
    for state in known.values():
        if state.no not in listed and state.status in _GOES_OFF:
            tx.record(GuardChanged(tx.guards.save(replace(state, status=GuardStatus.OFF, post=""))))


def first_state(site: Site, guard: Guard, now: datetime) -> GuardState:
    """On post where they have one, patrolling from a mobile one, free otherwise."""
    return GuardState(
        guard.no, status_at(site.post(guard.post) if guard.post else None), guard.at, "post", now
    )


def status_at(post: Post | None) -> GuardStatus:
    """Of a free guard who stands where they belong; None: the reserve."""
    if post is None:
        return GuardStatus.AVAILABLE
    return GuardStatus.ON_POST if post.kind in _STANDING_POSTS else GuardStatus.PATROLLING


def place_guards(tx: Tx, site: Site, positions: Iterable[Position], now: datetime) -> list[GuardState]:
    """Note where guards are. Positions are telemetry: a fact each, no audit row.

    Raises ServiceError("dispatch.position_outside", guard) and storage.not_found.
    """
    return [_place(tx, site, position, now) for position in positions]


def _place(tx: Tx, site: Site, position: Position, now: datetime) -> GuardState:
    x, y = position.at
    if not (math.isfinite(x) and math.isfinite(y) and 0 <= x <= site.width_m and 0 <= y <= site.height_m):
        raise ServiceError("dispatch.position_outside", guard=position.guard)
    state = tx.guards.get(position.guard)
    after = replace(
        state,
        at=position.at,
        position_source=position.source,
        position_at=position.seen_at or now,
        status=_status_there(site, state, position.at),
    )
    saved = tx.guards.save(after)
    tx.record(GuardChanged(saved))
    return saved


def _status_there(site: Site, state: GuardState, at: Point) -> GuardStatus:
    """A free guard back at the post of their shift is on it again."""
    post = post_of(site, state)
    if post is None or state.status is not GuardStatus.AVAILABLE:
        return state.status
    return status_at(post) if math.dist(post.at, at) <= ON_POST_WITHIN_M else state.status


def _summary(site: Site | None) -> dict[str, object] | None:
    """What the audit keeps; the whole site lies in its own row."""
    if site is None:
        return None
    return {
        "code": site.code,
        "name": site.name,
        "areas": len(site.areas),
        "cameras": len(site.cameras),
        "posts": len(site.posts),
        "guards": len(site.guards),
        "panels": len(site.panels),
        "zones": len(site.zones),
    }
