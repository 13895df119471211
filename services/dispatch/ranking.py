"""Which guards to send first: walking distance, and what their post would lose."""

from __future__ import annotations

from collections.abc import Iterable

from services.campus.routes import Routes
from services.dispatch.orders import Candidate, Reason
from services.domain.classes import AlarmClass
from services.domain.coverage import Coverage, coverage, left_short
from services.domain.people import READY, GuardState
from services.domain.site import Guard, Point, PostNo, Site

# A guard whose post would fall below its minimum is offered as if they stood so much farther away:
# 30 s of running at 4 m/s, the time in which a reserve usually arrives instead.
SHORT_POST_M = 120.0

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
    point: Point,
    *,
    limit: int,
    alarm_class: AlarmClass | None = None,
) -> list[Candidate]:
    """The `limit` best guards for `point` among those who are ready, best first.

    By walking distance, with SHORT_POST_M on top where a post would be left short; a fitting skill
    decides between equals.
    """
    held = list(states)
    guards = {guard.no: guard for guard in site.guards}
    ready = [(guards[state.no], state) for state in held if state.status in READY and state.no in guards]
    covered = coverage(site, held)
    wanted_skill = SKILL_FOR_CLASS.get(alarm_class) if alarm_class else None
    ways = routes.routes_to(point, [state.at for _, state in ready])
    found = [
        _candidate(site, guard, state, way.line, way.distance_m, covered, wanted_skill)
        for (guard, state), way in zip(ready, ways, strict=True)
    ]
    return sorted(found, key=lambda candidate: _order(candidate, wanted_skill))[:limit]


def _order(candidate: Candidate, wanted_skill: str | None) -> tuple[float, bool, str]:
    cost_m = candidate.distance_m + (SHORT_POST_M if candidate.leaves_post_short else 0.0)
    return round(cost_m), wanted_skill not in candidate.guard.skills, candidate.guard.no


def _candidate(
    site: Site,
    guard: Guard,
    state: GuardState,
    line: tuple[Point, ...],
    distance_m: float,
    covered: dict[PostNo, Coverage],
    wanted_skill: str | None,
) -> Candidate:
    reasons = [
        Reason("distance", {"metres": f"{distance_m:.0f}"}),
        Reason("status", {"status": state.status.value}),
    ]
    if wanted_skill in guard.skills:
        reasons.append(Reason("skill", {"skill": str(wanted_skill)}))
    short = _short_post(site, state, covered)
    if short is not None:
        reasons.append(short)
    return Candidate(guard, state, distance_m, line, tuple(reasons), short is not None)


def _short_post(site: Site, state: GuardState, covered: dict[PostNo, Coverage]) -> Reason | None:
    short = left_short(site, state, covered)
    if short is None:
        return None
    params = {"post": short.post.name, "left": str(short.left), "wanted": str(short.post.min_staff)}
    return Reason("leaves_post_short", params)
