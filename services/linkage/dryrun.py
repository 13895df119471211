"""What a rule would have done in the past: it is judged on every alarm on record, and nothing is done."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from services.alarms.meaning import LINKAGE_CODES
from services.core.clock import Clock
from services.domain.alarms import Alarm
from services.domain.arming import CLOCKS_APART, arming_of
from services.domain.linkage import Rule
from services.domain.site import Site
from services.domain.triggers import Happening, Moment, is_met
from services.linkage.starting import MOST_RECENT, point_of
from services.storage import Database

PAGE = 500
MOST_ALARMS = 20_000
MOST_DAYS = 90


@dataclass(frozen=True, slots=True)
class DryRun:
    """hits: the alarms it would have run for, the newest first. looked_at: how many were judged.

    is_cut: there were more than MOST_ALARMS, the oldest are left out.
    """

    hits: tuple[Alarm, ...]
    looked_at: int
    is_cut: bool = False


def dry_run(
    database: Database, clock: Clock, site: Site, rule: Rule, days: int, zone: tzinfo | None = None
) -> DryRun:
    """Judged as they were raised: their repeats are not on record one by one, and arm groups count as their
    schedules had them then. Blocks; reads page by page."""
    since = clock.now() - timedelta(days=max(1, min(days, MOST_DAYS)))
    alarms, is_cut = _past(database, since)
    recent: deque[Happening] = deque(maxlen=MOST_RECENT)
    ran_at: dict[object, datetime] = {}
    hits = []
    for alarm in alarms:
        happening = Happening(alarm, alarm.received_at)
        moment = Moment(zone, _armed(site, alarm.received_at, zone), tuple(recent))
        last = ran_at.get(point_of(rule.id, alarm))
        rests = last is not None and alarm.received_at - last < timedelta(seconds=rule.cool_down_s)
        if not rests and is_met(rule.trigger, happening, moment):
            hits.append(alarm)
            ran_at[point_of(rule.id, alarm)] = alarm.received_at
        recent.append(happening)
    return DryRun(tuple(reversed(hits)), len(alarms), is_cut)


def _past(database: Database, since: datetime) -> tuple[list[Alarm], bool]:
    """The oldest first."""
    found: list[Alarm] = []
    before: str | None = None
    while len(found) < MOST_ALARMS:
        page = database.read(lambda view, before=before: view.alarms.page(PAGE, before))  # type: ignore[misc]
        young = [alarm for alarm in page if alarm.received_at >= since]
        found += [alarm for alarm in young if alarm.code_raw not in LINKAGE_CODES]
        if len(young) < PAGE:
            return found[::-1], False
        before = page[-1].event_no
    return found[::-1], True


def _armed(site: Site, at: datetime, zone: tzinfo | None) -> frozenset[str]:
    groups = site.arm_groups
    return frozenset(g.no for g in groups if arming_of(g, None, at, CLOCKS_APART, zone).is_armed)
