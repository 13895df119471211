"""What people do about arming: arm and disarm groups, isolate and test zones, walk; all until a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from services.alarms.commits import write_again
from services.alarms.walking import WalkReport, report_of
from services.campus.stored import stored_site
from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.core.typed import typed_text
from services.domain.arming import (
    CLOCKS_APART,
    MOST_ISOLATED,
    MOST_TESTED,
    ArmState,
    Isolation,
    Walk,
    ZoneState,
    ZoneTest,
    arming_of,
)
from services.domain.classes import DISARMABLE
from services.domain.facts import ArmChanged, ZoneChanged
from services.domain.people import Permission, Session, Thing
from services.domain.site import Site, Zone
from services.identity import authorize, refuse_barred
from services.storage import Database, Tx


class ArmingDesk:
    """Commands; each is one transaction of state, audit and fact, and blocks the caller.

    All of several or none. Zones whose signals always count (panic, fire, medical, tamper, faults) are
    refused with arming.always_counts(zone, name); beside what a method names all raise ServiceError:
    identity.forbidden, storage.*, arming.no_zone(zone), arming.no_group(group).
    """

    def __init__(self, database: Database, clock: Clock, local_zone: tzinfo | None = None) -> None:
        self._database = database
        self._clock = clock
        self._local_zone = local_zone

    def states(self) -> tuple[list[ZoneState], list[ArmState]]:
        """What is on record of every zone and group."""
        return self._database.read(lambda view: (view.zone_states.all(), view.arm_states.all()))

    def arm(self, session: Session, groups: Sequence[str]) -> list[ArmState]:
        return self._set_armed(session, groups, True)

    def disarm(self, session: Session, groups: Sequence[str]) -> list[ArmState]:
        """Also ends the entry delays that run: their alarms are not raised, their signals stay on record."""
        return self._set_armed(session, groups, False)

    def isolate(self, session: Session, zone_no: str, reason: str, until_at: datetime) -> ZoneState:
        """Raises arming.reason_needed, arming.bad_until(most_hours), arming.isolated(zone, owner)."""
        authorize(session, Permission.ISOLATE)
        if not typed_text(reason):
            raise ServiceError("arming.reason_needed")
        now = self._clock.now()
        _check_until(now, until_at, MOST_ISOLATED)
        isolation = Isolation(typed_text(reason), session.user, session.display_name, now, until_at)

        def work(tx: Tx) -> ZoneState:
            before = _holdable(tx, zone_no)
            if before.isolation is not None and before.isolation.until_at > now:
                raise ServiceError("arming.isolated", zone=zone_no, owner=before.isolation.owner_name)
            after = replace(before, isolation=isolation)
            return _put(tx, session, before, after, "isolated", isolation.reason)

        return write_again(self._database, work)

    def end_isolation(self, session: Session, zone_no: str) -> ZoneState:
        """Changes nothing when the zone is not isolated."""
        authorize(session, Permission.ISOLATE)

        def work(tx: Tx) -> ZoneState:
            before = tx.zone_states.find(zone_no) or ZoneState(zone_no)
            if before.isolation is None:
                return before
            return _put(tx, session, before, replace(before, isolation=None), "isolation_ended")

        return write_again(self._database, work)

    def test(self, session: Session, zones: Sequence[str], until_at: datetime) -> list[ZoneState]:
        """Their signals are kept as tests until then. Raises arming.bad_until(most_hours)."""
        authorize(session, Permission.TEST_ZONES)
        now = self._clock.now()
        _check_until(now, until_at, MOST_TESTED)
        test = ZoneTest(session.user, session.display_name, now, until_at)

        def work(tx: Tx) -> list[ZoneState]:
            found = [_holdable(tx, no) for no in zones]
            return [_put(tx, session, one, replace(one, test=test), "test_begun") for one in found]

        return write_again(self._database, work)

    def end_test(self, session: Session, zones: Sequence[str]) -> list[ZoneState]:
        """Of those that are under test; a walk they are part of goes on."""
        authorize(session, Permission.TEST_ZONES)

        def work(tx: Tx) -> list[ZoneState]:
            found = [state for no in zones if (state := tx.zone_states.find(no)) and state.test]
            return [_put(tx, session, one, replace(one, test=None), "test_ended") for one in found]

        return write_again(self._database, work)

    def begin_walk(self, session: Session, zones: Sequence[str], until_at: datetime) -> str:
        """Ask `zones` to answer; returns the walk's id. Those that may be held are put to test meanwhile;
        panic, fire, medical and tamper zones answer with an alarm that sounds, as any other time.

        Raises arming.bad_until(most_hours), arming.no_zones, arming.walk_running(owner).
        """
        authorize(session, Permission.TEST_ZONES)
        now = self._clock.now()
        _check_until(now, until_at, MOST_TESTED)
        if not zones:
            raise ServiceError("arming.no_zones")
        walk = Walk(new_id(), session.user, session.display_name, now, until_at)
        test = ZoneTest(session.user, session.display_name, now, until_at)

        def work(tx: Tx) -> str:
            site = stored_site(tx)
            running = [s.walk for s in tx.zone_states.all() if s.walk and s.walk.is_running(now)]
            if running:
                raise ServiceError("arming.walk_running", owner=running[0].owner_name)
            for no in dict.fromkeys(zones):
                zone = _zone(site, no)
                refuse_barred(session, Permission.TEST_ZONES, Thing(zone.place))
                before = tx.zone_states.find(no) or ZoneState(no)
                is_held = zone.alarm_class in DISARMABLE
                after = replace(before, walk=walk, test=test if is_held else before.test)
                saved = tx.zone_states.put(after)
                tx.record(ZoneChanged(saved, "walk_begun"))
            tx.audit(session, "zone.walk_begun", walk.id, after={"zones": list(zones), "until": until_at})
            return walk.id

        return write_again(self._database, work)

    def end_walk(self, session: Session, walk_id: str) -> WalkReport:
        """The report; of a walk that is over already as it was. The zones' tests end with it.

        Raises arming.no_walk.
        """
        authorize(session, Permission.TEST_ZONES)

        def work(tx: Tx) -> WalkReport:
            part = [state for state in tx.zone_states.all() if state.walk and state.walk.id == walk_id]
            after = [_walked(state, self._clock.now()) for state in part]
            for before, state in zip(part, after, strict=True):
                if state != before:
                    _refuse_barred(tx, session, Permission.TEST_ZONES, state.zone)
                    tx.record(ZoneChanged(tx.zone_states.put(state), "walk_ended"))
            report = report_of(after, walk_id)
            if report is None:
                raise ServiceError("arming.no_walk")
            if after != part:
                tx.audit(session, "zone.walk_ended", walk_id, after=report)
            return report

        return write_again(self._database, work)

    def _set_armed(self, session: Session, groups: Sequence[str], is_armed: bool) -> list[ArmState]:
        authorize(session, Permission.ARM)

        def work(tx: Tx) -> list[ArmState]:
            site = stored_site(tx)
            return [self._arm_one(tx, session, site, no, is_armed) for no in dict.fromkeys(groups)]

        return write_again(self._database, work)

    def _arm_one(self, tx: Tx, session: Session, site: Site, no: str, is_armed: bool) -> ArmState:
        group = next((group for group in site.arm_groups if group.no == no), None)
        if group is None:
            raise ServiceError("arming.no_group", group=no)
        for zone in site.zones:
            if zone.arm_group == no:
                authorize(session, Permission.ARM, Thing(zone.place))
        now, stored = self._clock.now(), tx.arm_states.find(no)
        before = arming_of(group, stored, now, CLOCKS_APART, self._local_zone)
        if stored is not None and before.is_armed is is_armed and not (before.delayed and not is_armed):
            return before
        delayed = before.delayed if is_armed else ()
        after = ArmState(no, is_armed, now, session.user, session.display_name, delayed)
        saved = tx.arm_states.put(after)
        change = "armed" if is_armed else "disarmed"
        tx.audit(session, f"arming.{change}", no, before=before, after=saved)
        tx.record(ArmChanged(saved, change))
        return saved


def _walked(state: ZoneState, now: datetime) -> ZoneState:
    walk = state.walk
    assert walk is not None
    if walk.ended_at is not None:
        return state
    test = state.test
    if test is not None and test.since_at == walk.begun_at:
        test = None
    return replace(state, walk=replace(walk, ended_at=now), test=test)


def _check_until(now: datetime, until_at: datetime, most: timedelta) -> None:
    if not now < until_at <= now + most:
        raise ServiceError("arming.bad_until", most_hours=int(most.total_seconds() // 3600))


def _zone(site: Site, no: str) -> Zone:
    zone = site.zone(no)
    if zone is None:
        raise ServiceError("arming.no_zone", zone=no)
    return zone


def _holdable(tx: Tx, no: str) -> ZoneState:
    zone = _zone(stored_site(tx), no)
    if zone.alarm_class not in DISARMABLE:
        raise ServiceError("arming.always_counts", zone=no, name=zone.name)
    return tx.zone_states.find(no) or ZoneState(no)


def _refuse_barred(tx: Tx, session: Session, permission: Permission, zone_no: str) -> None:
    """A zone that left the site is at no place any more."""
    if session.limits:
        zone = stored_site(tx).zone(zone_no)
        refuse_barred(session, permission, Thing(zone.place if zone is not None else ""))


def _put(
    tx: Tx, session: Session, before: ZoneState, after: ZoneState, change: str, reason: str = ""
) -> ZoneState:
    needed = Permission.ISOLATE if "isolat" in change else Permission.TEST_ZONES
    _refuse_barred(tx, session, needed, before.zone)
    saved = tx.zone_states.put(after)
    tx.audit(session, f"zone.{change}", saved.zone, before=before, after=saved, reason=reason)
    tx.record(ZoneChanged(saved, change))
    return saved
