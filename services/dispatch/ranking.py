"""Which guards to send first: walking distance, what their post would lose, what they have done already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from services.campus.routes import Route, Routes
from services.dispatch.orders import Candidate, Reason
from services.domain.classes import AlarmClass
from services.domain.coverage import Coverage, coverage, post_of
from services.domain.incidents import Dispatch, DispatchState
from services.domain.people import READY, GuardState
from services.domain.site import Guard, Point, PostNo, Site

# A guard whose post would fall below its minimum is offered as if they stood so much farther away:
# 30 s of running at 4 m/s, the time in which a reserve usually arrives instead.
SHORT_POST_M = 120.0
# Each order of the last hours makes a guard a little farther away, so that the same one does not always run;
# never so far that help comes noticeably later: 60 m are 15 s.
LOAD_WINDOW = timedelta(hours=4)
LOAD_M = 15.0
MOST_LOAD_M = 60.0

SKILL_FOR_CLASS: dict[AlarmClass, str] = {
    AlarmClass.FIRE: "fire",
    AlarmClass.MEDICAL: "first_aid",
    AlarmClass.PANIC: "riot",
    AlarmClass.INTRUSION: "riot",
}


def rank(
    site: Site,
    routes: Routes,
    states: Iterable[GuardState],
    point: Point | None,
    *,
    limit: int,
    alarm_class: AlarmClass | None = None,
    loads: Mapping[str, int] | None = None,
) -> list[Candidate]:
    """The `limit` best guards for `point` among those who are ready, best first.

    By walking distance, with SHORT_POST_M on top where a post would be left short and a little for each
    order they had lately (`loads`, by guard); a fitting skill decides between equals. Of a place that is on
    no map nobody is nearer than others.
    """
    held = list(states)
    loads = loads or {}
    guards = {guard.no: guard for guard in site.guards}
    ready = [(guards[state.no], state) for state in held if state.status in READY and state.no in guards]
    covered = coverage(site, held)
    wanted_skill = SKILL_FOR_CLASS.get(alarm_class) if alarm_class else None
    ways = routes.routes_to(point, [state.at for _, state in ready]) if point else [None] * len(ready)
    found = [
        _candidate(site, guard, state, way, covered, wanted_skill, loads.get(guard.no, 0))
        for (guard, state), way in zip(ready, ways, strict=True)
    ]
    return sorted(found, key=lambda candidate: _order(candidate, wanted_skill, loads))[:limit]


def loads_of(dispatches: Iterable[Dispatch], now: datetime) -> dict[str, int]:
    """How many orders each guard had within LOAD_WINDOW; one called off or given back does not count."""
    counted = (
        dispatch
        for dispatch in dispatches
        if now - dispatch.sent_at <= LOAD_WINDOW
        and not dispatch.is_drill
        and dispatch.state not in (DispatchState.CANCELLED, DispatchState.RETURNED)
    )
    return dict(Counter(guard for dispatch in counted for guard in dispatch.guards))


def _order(
    candidate: Candidate, wanted_skill: str | None, loads: Mapping[str, int]
) -> tuple[float, bool, str]:
    cost_m = candidate.distance_m + (SHORT_POST_M if candidate.leaves_post_short else 0.0)
    cost_m += min(MOST_LOAD_M, LOAD_M * loads.get(candidate.guard.no, 0))
    return round(cost_m), wanted_skill not in candidate.guard.skills, candidate.guard.no


def _candidate(
    site: Site,
    guard: Guard,
    state: GuardState,
    way: Route | None,
    covered: dict[PostNo, Coverage],
    wanted_skill: str | None,
    load: int,
) -> Candidate:
    reasons = [Reason("distance", {"metres": f"{way.distance_m:.0f}"})] if way else []
    reasons.append(Reason("status", {"status": state.status.value}))
    if wanted_skill in guard.skills:
        reasons.append(Reason("skill", {"skill": str(wanted_skill)}))
    left = _post_left(site, state, covered)
    if left is not None:
        reasons.append(left)
    if load:
        reasons.append(Reason("load", {"count": str(load)}))
    is_short = left is not None and left.code == "leaves_post_short"
    distance_m, line = (way.distance_m, way.line) if way else (0.0, ())
    return Candidate(guard, state, distance_m, line, tuple(reasons), is_short)


def _post_left(site: Site, state: GuardState, covered: dict[PostNo, Coverage]) -> Reason | None:
    """What coverage would remain at the guard's post; None for one of the reserve."""
    post = post_of(site, state)
    if post is None:
        return None
    there = covered[post.no]
    params = {"post": post.name, "left": str(there.left), "wanted": str(post.min_staff)}
    return Reason("leaves_post_short" if there.is_at_limit else "leaves_post", params)
