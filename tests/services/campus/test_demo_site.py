"""What others rely on in the campus that ships."""

from __future__ import annotations

import re

from shapely import LineString, Polygon
from shapely import Point as Spot

from services.campus.sight import Sight
from services.domain.classes import AlarmClass
from services.domain.site import AreaKind, Site

# No camera in these corners; the operator sees the place on the map only.
WITHOUT_CAMERA = {"Z37", "Z41", "Z42", "Z46"}


def test_it_has_what_the_requirement_counts(demo: Site) -> None:
    assert len(demo.cameras) == 24
    assert len(demo.posts) == 11
    assert len(demo.guards) == 44
    assert len(demo.zones) >= 44
    assert len(demo.gates) == 4
    assert sum(area.kind is AreaKind.DORMITORY for area in demo.areas) >= 4
    assert sum(area.kind is AreaKind.BUILDING for area in demo.areas) >= 14
    assert (demo.width_m, demo.height_m) == (500, 350)


def test_the_numbers_that_the_story_and_the_demo_use_are_there(demo: Site) -> None:
    east, button, beam = demo.camera("C01"), demo.zone("Z01"), demo.zone("Z11")
    assert east is not None
    assert (east.name, east.name_en) == ("东门", "East Gate")
    assert east.main_url == "rtsp://127.0.0.1:8554/C01/main"
    assert button is not None
    assert (button.name, button.panel, button.number) == ("东门岗亭一键报警", "A1", 1)
    assert beam is not None
    assert (beam.name, beam.name_en, beam.panel) == ("北围墙红外 1", "North Wall Beam 1", "M2")
    assert {panel.no: (panel.account, panel.is_encrypted) for panel in demo.panels} == {
        "A1": ("1001", False),
        "A2": ("1002", True),
        "A3": ("1003", False),
        "A4": ("1004", False),
        "F1": ("000000000379", False),
        "M1": ("2001", False),
        "M2": ("2002", False),
    }


def test_cameras_have_sensible_optics(demo: Site) -> None:
    for camera in demo.cameras:
        assert 4 <= camera.height_m <= 8
        assert 40 <= camera.fov_deg <= 90
        assert 30 <= camera.range_m <= 90
        assert camera.credential == "demo"


def test_nothing_stands_in_a_building_or_on_a_road(demo: Site) -> None:
    buildings = {area.no: Polygon(area.outline) for area in demo.areas if area.height_m > 0}
    for no, building in buildings.items():
        assert building.is_valid, no
        for other_no, other in buildings.items():
            assert no == other_no or not building.intersects(other), (no, other_no)
        for area in demo.areas:
            if area.kind in (AreaKind.ROAD, AreaKind.WATER):
                overlap = building.intersection(Polygon(area.outline)).area
                assert overlap < 0.01, (no, area.no)
    for camera in demo.cameras:
        assert all(not solid.buffer(-0.3).contains(Spot(camera.at)) for solid in buildings.values()), (
            camera.no
        )
    for person in (*demo.posts, *demo.guards):
        assert all(not solid.contains(Spot(person.at)) for solid in buildings.values()), person.no


def test_every_gate_is_an_opening_in_the_wall(demo: Site) -> None:
    for gate in demo.gates:
        nearest = min(LineString(wall.line).distance(Spot(gate.at)) for wall in demo.walls)
        assert gate.width_m / 2 - 1 <= nearest <= gate.width_m / 2 + 1, gate.no


def test_beams_run_just_inside_the_wall(demo: Site) -> None:
    for zone in demo.zones:
        if zone.beam:
            wall = min(LineString(wall.line).distance(LineString(zone.beam)) for wall in demo.walls)
            assert 0.5 <= wall <= 2.0, zone.no


def test_every_other_zone_is_seen_by_a_camera(demo: Site) -> None:
    sight = Sight(demo)
    assert {zone.no for zone in demo.zones if not sight.feeds_for(zone)} == WITHOUT_CAMERA


def test_every_camera_is_of_use_to_some_zone(demo: Site) -> None:
    sight = Sight(demo)
    used = {no for zone in demo.zones for no in sight.feeds_for(zone)}
    assert {camera.no for camera in demo.cameras} - used == {"C15", "C20"}


def test_names_are_invented_and_numbers_cannot_be_called(demo: Site) -> None:
    assert len({guard.name for guard in demo.guards}) == 44
    for guard in demo.guards:
        assert re.fullmatch(r".[一二三四五六七八九十]", guard.name)
        assert re.fullmatch(r"内线 8\d\d", guard.phone)


def test_every_panic_button_is_urgent_and_unbendable(demo: Site) -> None:
    panics = [zone for zone in demo.zones if zone.alarm_class is AlarmClass.PANIC]
    assert len(panics) == 10
    assert all(zone.priority is None for zone in panics)


def test_every_place_has_its_english(demo: Site) -> None:
    named = {place.name for place in demo.places}
    places = {entity.place for entity in (*demo.cameras, *demo.zones)}
    groups = {name for camera in demo.cameras for name in (camera.building, camera.floor) if name}
    assert places | groups == named
