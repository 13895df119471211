"""Panels, zones, arm groups and outputs enter and leave the stored site whole, and only lawful ones."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from services.devices.entries import EntryDesk
from services.domain.classes import AlarmClass, Priority
from services.domain.site import (
    ArmGroup,
    Interlock,
    InterlockKind,
    Output,
    OutputKind,
    Panel,
    PanelNo,
    Site,
    Zone,
    ZoneKind,
    ZoneNo,
)
from services.storage import Database
from tests.services.devices.conftest import ADMINISTRATOR, LEADER, refused


@pytest.fixture
def desk(database: Database) -> EntryDesk:
    return EntryDesk(database)


def stored(database: Database) -> Site:
    site = database.read(lambda view: view.site())
    assert site is not None
    return site


def new_zone(number: int = 900, **more: object) -> Zone:
    made = Zone(
        ZoneNo(""), PanelNo("A1"), number, "北墙对射", "", ZoneKind.INFRARED_BEAM, AlarmClass.INTRUSION,
        "北墙", (40.0, 30.0),
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def test_what_a_table_brings_is_stored_whole_or_not_at_all(desk: EntryDesk, database: Database) -> None:
    seen = stored(database).zones[0]
    wanted, wrong = replace(seen, name="新名"), new_zone(901, arm_group="G99")
    assert refused(lambda: desk.put_all(ADMINISTRATOR, [(seen, wanted)], [wrong])).code == "entry.invalid"
    assert stored(database).zone(seen.no) == seen
    changed, added = desk.put_all(ADMINISTRATOR, [(seen, wanted)], [new_zone()])
    assert (stored(database).zone(seen.no), stored(database).zone(added.no)) == (changed, added)
    assert len(stored(database).zones) == len({zone.no for zone in stored(database).zones})
    late = refused(lambda: desk.put_all(ADMINISTRATOR, [(seen, replace(seen, name="旧"))], [new_zone(902)]))
    assert late.code == "storage.conflict"
    assert stored(database).zone_on_wire("A1", 902) is None
    assert refused(lambda: desk.put_all(LEADER, [(changed, seen)], [])).code == "identity.forbidden"


def test_a_zone_is_added_changed_and_removed_and_every_seat_is_told(
    desk: EntryDesk, database: Database
) -> None:
    highest = max(int(zone.no[1:]) for zone in stored(database).zones if zone.no[1:].isdigit())
    added = desk.add(ADMINISTRATOR, new_zone())
    assert added.no == f"Z{highest + 1:02d}"
    changed = desk.change(ADMINISTRATOR, added, replace(added, name="北墙对射 1"))
    assert stored(database).zone(added.no) == changed
    desk.remove(ADMINISTRATOR, changed)
    assert stored(database).zone(added.no) is None
    rows = database.read(lambda view: view.changes_after(0, 1000))
    told = [(r.subject, json.loads(r.payload)["change"]) for r in rows if r.kind == "SiteEdited"]
    assert told == [(f"zones.{added.no}", change) for change in ("added", "changed", "removed")]
    assert desk.add(ADMINISTRATOR, new_zone()).no != added.no  # its number is for ever


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kind": ZoneKind.PANIC_BUTTON, "alarm_class": AlarmClass.PANIC, "arm_group": "G9"}, "arm_group"),
        (
            {"kind": ZoneKind.SMOKE_DETECTOR, "alarm_class": AlarmClass.FIRE, "entry_delay_s": 5.0},
            "entry_delay_s",
        ),
        (
            {"kind": ZoneKind.PANIC_BUTTON, "alarm_class": AlarmClass.PANIC, "priority": Priority.P3},
            "priority",
        ),
        ({"kind": ZoneKind.PANIC_BUTTON, "alarm_class": AlarmClass.INTRUSION}, "alarm_class"),
        ({"panel": PanelNo("A99")}, "panel"),
        ({"arm_group": "nowhere"}, "arm_group"),
        ({"at": (-1.0, 5.0)}, "at"),
    ],
)  # fmt: skip
def test_the_law_and_the_rules_of_the_site_file_hold_here_too(
    desk: EntryDesk, database: Database, more: dict[str, object], field: str
) -> None:
    desk.add(ADMINISTRATOR, ArmGroup("G9", "围墙", ""))
    error = refused(lambda: desk.add(ADMINISTRATOR, new_zone(**more)))
    assert (error.code, error.params["field"]) == ("entry.invalid", field)
    assert stored(database).zone_on_wire("A1", 900) is None


def test_of_many_zones_all_or_none_come_in(desk: EntryDesk, database: Database) -> None:
    before = stored(database).zones
    refused(lambda: desk.add_all(ADMINISTRATOR, [new_zone(900), new_zone(901), new_zone(900)]))
    assert stored(database).zones == before
    assert len(desk.add_all(ADMINISTRATOR, [new_zone(900), new_zone(901)])) == 2


def test_a_wrong_schedule_is_refused(desk: EntryDesk) -> None:
    error = refused(lambda: desk.add(ADMINISTRATOR, ArmGroup("", "围墙", "", ("mon 22-06",))))
    assert (error.code, error.params["field"]) == ("entry.invalid", "schedule")


def test_what_others_name_is_not_removed(desk: EntryDesk, database: Database) -> None:
    group = desk.add(ADMINISTRATOR, ArmGroup("", "围墙", ""))
    zone = desk.add(ADMINISTRATOR, new_zone(arm_group=group.no))
    panel = next(panel for panel in stored(database).panels if panel.no == "A1")
    output = Output("", PanelNo("A1"), 1, "警灯", "", OutputKind.LIGHT, "北墙", (1.0, 1.0), feedback=zone.no)
    desk.add(ADMINISTRATOR, output)
    for entry in (group, zone, panel):
        assert refused(lambda e=entry: desk.remove(ADMINISTRATOR, e)).code == "entry.in_use"  # type: ignore[misc]


def test_an_output_of_an_interlock_is_not_removed(desk: EntryDesk, database: Database) -> None:
    output = Output("", PanelNo("A1"), 77, "警灯", "", OutputKind.LIGHT, "北墙", (1.0, 1.0))
    light, siren = desk.add_all(ADMINISTRATOR, [output, replace(output, number=78)])
    lock = Interlock("X9", light.no, siren.no, InterlockKind.EXCLUDES, "不同时", "not both")
    site = stored(database)
    database.write(lambda tx: tx.replace_site(replace(site, interlocks=(*site.interlocks, lock))))
    for one in (light, siren):
        error = refused(lambda e=one: desk.remove(ADMINISTRATOR, e))  # type: ignore[misc]
        assert (error.code, error.params["users"]) == ("entry.in_use", "X9")


def test_only_who_may_edit_the_site_touches_it_and_nobody_overwrites(desk: EntryDesk) -> None:
    assert refused(lambda: desk.add(LEADER, new_zone())).code == "identity.forbidden"
    panel = desk.add(ADMINISTRATOR, Panel(PanelNo(""), "ABCD", "新主机", "", (1.0, 1.0)))
    desk.change(ADMINISTRATOR, panel, replace(panel, name="甲"))
    error = refused(lambda: desk.change(ADMINISTRATOR, panel, replace(panel, name="乙")))
    assert error.code == "storage.conflict"
