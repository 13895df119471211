"""Schedules and expiries happen once, with every workstation closed and the hub killed in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.core.settings import Settings
from services.domain.arming import ArmState, Isolation, Walk, ZoneState
from services.domain.classes import AlarmClass
from services.domain.site import ArmGroup, PanelNo, Site, Zone, ZoneKind, ZoneNo
from services.storage import Database
from tests.services.hub.killable_hub import HubProcess

Wait = Callable[..., object]
KILLS = 3


def beam() -> Zone:
    return Zone(
        no=ZoneNo("B1"),
        panel=PanelNo("A1"),
        number=500,
        name="围墙对射",
        name_en="Wall beam",
        kind=ZoneKind.INFRARED_BEAM,
        alarm_class=AlarmClass.INTRUSION,
        place="北墙",
        at=(10.0, 300.0),
        arm_group="G1",
    )


def changes(database: Database, change: str) -> int:
    rows = database.read(lambda view: view.changes_after(0, 1000))
    return sum(f'"change":"{change}"' in row.payload.replace(" ", "") for row in rows)


@pytest.fixture
def watched(database: Database, site: Site) -> Database:
    """A beam isolated for two seconds more, a walk as long; a group whose hours began while nobody looked."""
    now = datetime.now(UTC)
    began_at = (now - timedelta(minutes=5)).astimezone()
    ends_at = began_at + timedelta(hours=20)
    hours = f"daily {began_at:%H:%M}-{ends_at:%H:%M}"
    until_at = now + timedelta(seconds=2)
    state = ZoneState(
        "B1",
        isolation=Isolation("树枝", "zhao", "赵", now - timedelta(hours=1), until_at),
        walk=Walk("w1", "zhao", "赵", now - timedelta(hours=1), until_at),
    )
    arming = ArmState("G1", False, now - timedelta(hours=2), "zhao", "赵")
    group = ArmGroup("G1", "围墙", "Perimeter", (hours,))
    full = replace(site, zones=(*site.zones, beam()), arm_groups=(group,))
    database.write(lambda tx: (tx.replace_site(full), tx.zone_states.put(state), tx.arm_states.put(arming)))
    return database


def test_what_ends_by_time_ends_once_however_often_the_hub_is_killed(
    settings: Settings, watched: Database, wait_until: Wait
) -> None:
    hub = HubProcess(settings)
    try:
        for _ in range(KILLS):
            hub.start()
            hub.kill()
        hub.start()
        wait_until(lambda: changes(watched, "isolation_ended") and changes(watched, "scheduled"), 20.0)
        hub.kill()
        hub.start()
        state = watched.read(lambda view: view.zone_states.find("B1"))
        wait_until(lambda: not watched.read(lambda view: view.zone_states.held()), 20.0)
    finally:
        hub.kill()
    assert state is not None
    assert state.isolation is None
    arming = watched.read(lambda view: view.arm_states.find("G1"))
    assert arming is not None
    assert arming.is_armed
    for change in ("isolation_ended", "scheduled", "walk_ended"):
        assert changes(watched, change) == 1
