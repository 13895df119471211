"""Writes down what schedules and expiries have made true, once, whoever sits at a workstation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, tzinfo

from services.alarms.commits import write_again
from services.alarms.walking import report_of
from services.core.clock import Clock
from services.domain.arming import CLOCKS_APART, ArmState, ZoneState, arming_of, settled
from services.domain.facts import ArmChanged, ZoneChanged
from services.domain.site import ArmGroup, Site
from services.storage import Database, Tx, View


class ArmingClock:
    """A duty of the hub's rounds. What it writes was in force before: the centre judges each signal by the
    time itself, so a late round delays the record and no alarm."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        present_site: Callable[[], Site],
        local_zone: tzinfo | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._present_site = present_site
        self._local_zone = local_zone

    def tick(self) -> int:
        """How many zones and groups changed; one read, and one write only when something is due."""
        site = self._present_site()
        if not self._database.read(lambda view: any(True for _ in self._due(view, site))):
            return 0
        return write_again(self._database, lambda tx: self._settle(tx, site))

    def _due(self, view: View, site: Site) -> Iterator[ZoneState | ArmState]:
        now = self._clock.now()
        for state in view.zone_states.held():
            after = settled(state, site.zone(state.zone), now)
            if after is not state:
                yield after
        stored = {state.group: state for state in view.arm_states.all()}
        for group in site.arm_groups:
            arming = self._arming(group, stored.get(group.no), now)
            if arming is not None:
                yield arming

    def _arming(self, group: ArmGroup, stored: ArmState | None, now: datetime) -> ArmState | None:
        """None when the record says it already; an armed group needs no record."""
        arming = arming_of(group, stored, now, CLOCKS_APART, self._local_zone)
        was_armed = stored.is_armed if stored is not None else True
        return None if arming.is_armed is was_armed else arming

    def _settle(self, tx: Tx, site: Site) -> int:
        due = list(self._due(tx, site))
        walks: set[str] = set()
        for after in due:
            if isinstance(after, ArmState):
                _put_arming(tx, after)
            else:
                walks.update(_put_zone(tx, after))
        for walk_id in sorted(walks):
            report = report_of(tx.zone_states.all(), walk_id)
            tx.audit(None, "zone.walk_ended", walk_id, after=report, reason="expired")
        return len(due)


def _put_arming(tx: Tx, after: ArmState) -> None:
    before = tx.arm_states.find(after.group)
    saved = tx.arm_states.put(after)
    action = "armed" if saved.is_armed else "disarmed"
    tx.audit(None, f"arming.{action}", saved.group, before=before, after=saved, reason="schedule")
    tx.record(ArmChanged(saved, "scheduled"))


def _put_zone(tx: Tx, after: ZoneState) -> set[str]:
    """The walk that this ends, if any."""
    before = tx.zone_states.find(after.zone)
    assert before is not None
    saved = tx.zone_states.put(after)
    for what, was, now in (
        ("isolation", before.isolation, saved.isolation),
        ("test", before.test, saved.test),
    ):
        if was is not None and now is None:
            tx.audit(None, f"zone.{what}_ended", saved.zone, before=was, reason="expired")
            tx.record(ZoneChanged(saved, f"{what}_ended"))
    if before.walk == saved.walk or saved.walk is None:
        return set()
    tx.record(ZoneChanged(saved, "walk_ended"))
    return {saved.walk.id}
