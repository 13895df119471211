"""Cameras enter and leave the stored site whole, written down, by those who may, over nobody's change."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from services.campus.sight import Sight
from services.campus.sitefile import dump_site, parse_site
from services.devices.cameras import CameraDesk
from services.domain.site import CameraNo, PanelNo, PanelProtocol, Site
from services.storage import Database
from tests.services.devices.conftest import ADMINISTRATOR, LEADER, new_camera, refused


@pytest.fixture
def desk(database: Database) -> CameraDesk:
    return CameraDesk(database)


def stored(database: Database) -> Site:
    site = database.read(lambda view: view.site())
    assert site is not None
    return site


def facts(database: Database) -> list[tuple[str, str, str]]:
    rows = database.read(lambda view: view.changes_after(0, 1000))
    return [
        (row.kind, row.subject, json.loads(row.payload)["change"])
        for row in rows
        if row.kind == "CameraChanged"
    ]


def test_a_new_camera_gets_the_next_number_and_is_told_to_every_seat(
    desk: CameraDesk, database: Database
) -> None:
    added = desk.add(ADMINISTRATOR, new_camera())
    assert added.no == "C25"
    assert stored(database).camera("C25") == added
    assert facts(database) == [("CameraChanged", "C25", "added")]


def test_a_number_once_given_is_not_given_again(desk: CameraDesk) -> None:
    first = desk.add(ADMINISTRATOR, new_camera())
    desk.remove(ADMINISTRATOR, first)
    assert desk.add(ADMINISTRATOR, new_camera()).no == "C26"


def test_a_number_that_is_taken_is_refused(desk: CameraDesk) -> None:
    error = refused(lambda: desk.add(ADMINISTRATOR, new_camera("C01")))
    assert (error.code, error.params["camera"]) == ("camera.number_taken", "C01")


def test_of_many_cameras_all_or_none_come_in(desk: CameraDesk, database: Database) -> None:
    bad = replace(new_camera(), fov_deg=400.0)
    error = refused(lambda: desk.add_all(ADMINISTRATOR, [new_camera(), bad]))
    assert (error.code, error.params["field"]) == ("camera.invalid", "fov_deg")
    assert len(stored(database).cameras) == 24
    assert [c.no for c in desk.add_all(ADMINISTRATOR, [new_camera(), new_camera()])] == ["C25", "C26"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("main_url", "rtsp://admin:12345@10.1.2.3/main"),
        ("main_url", "telnet://10.1.2.3"),
        ("at", (-5.0, 10.0)),
        ("name", ""),
        ("name", "一\n二"),
    ],
)
def test_the_rules_of_the_site_file_hold_here_too(
    desk: CameraDesk, database: Database, field: str, value: object
) -> None:
    error = refused(lambda: desk.add(ADMINISTRATOR, replace(new_camera(), **{field: value})))  # type: ignore[arg-type]
    assert (error.code, error.params["field"]) == ("camera.invalid", field)
    assert "12345" not in str(error)
    assert len(stored(database).cameras) == 24


def test_only_who_may_edit_the_site_touches_its_cameras(desk: CameraDesk) -> None:
    assert refused(lambda: desk.add(LEADER, new_camera())).code == "identity.forbidden"


def test_a_camera_changed_elsewhere_meanwhile_is_not_overwritten(
    desk: CameraDesk, database: Database
) -> None:
    seen = stored(database).camera("C03")
    assert seen is not None
    desk.change(ADMINISTRATOR, seen, replace(seen, name="先改的"))
    error = refused(lambda: desk.change(ADMINISTRATOR, seen, replace(seen, name="后改的")))
    assert error.code == "storage.conflict"
    assert refused(lambda: desk.remove(ADMINISTRATOR, seen)).code == "storage.conflict"
    found = stored(database).camera("C03")
    assert found is not None
    assert found.name == "先改的"


def test_a_replaced_camera_keeps_number_name_and_place(desk: CameraDesk, database: Database) -> None:
    seen = stored(database).camera("C03")
    assert seen is not None
    device = replace(new_camera(name="别的名字"), credential="new")
    now = desk.replace(ADMINISTRATOR, seen, device)
    assert (now.no, now.name, now.at, now.place) == ("C03", seen.name, seen.at, seen.place)
    assert (now.main_url, now.sub_url, now.credential) == (device.main_url, device.sub_url, "new")
    assert facts(database) == [("CameraChanged", "C03", "replaced")]


def test_a_camera_that_zones_name_leaves_only_after_they_let_go(desk: CameraDesk, database: Database) -> None:
    site = stored(database)
    zone = site.zones[0]
    named = replace(zone, pinned=(CameraNo("C03"),), added=(CameraNo("C04"),))
    database.write(lambda tx: tx.replace_site(replace(site, zones=(named, *site.zones[1:]))))
    seen = site.camera("C03")
    assert seen is not None
    error = refused(lambda: desk.remove(ADMINISTRATOR, seen))
    assert (error.code, error.params["zones"]) == ("camera.pinned", zone.no)
    assert stored(database).camera("C03") == seen
    desk.remove(ADMINISTRATOR, seen, unpin=True)
    after = stored(database)
    assert after.camera("C03") is None
    assert (after.zones[0].pinned, after.zones[0].added) == ((), ("C04",))


def test_a_camera_whose_own_events_are_a_panel_stays_until_the_panel_is_gone(
    desk: CameraDesk, database: Database
) -> None:
    site = stored(database)
    panel = replace(
        site.panels[0], no=PanelNo("A9"), account="9009", protocol=PanelProtocol.ONVIF, address="C03"
    )
    database.write(lambda tx: tx.replace_site(replace(site, panels=(*site.panels, panel))))
    seen = site.camera("C03")
    assert seen is not None
    error = refused(lambda: desk.remove(ADMINISTRATOR, seen, unpin=True))
    assert (error.code, error.params["panels"]) == ("camera.heard", "A9")
    assert stored(database).camera("C03") == seen
    database.write(lambda tx: tx.replace_site(site))
    desk.remove(ADMINISTRATOR, seen, unpin=True)
    assert stored(database).camera("C03") is None


def test_an_unplaced_camera_is_kept_in_the_site_file_and_sees_no_zone(desk: CameraDesk) -> None:
    site = parse_site(dump_site(_with_unplaced(desk)), "again.toml")
    camera = site.camera("C25")
    assert camera is not None
    assert not camera.is_placed
    assert all(seen.camera.no != "C25" for seen in Sight(site).cameras_seeing((40.0, 31.0)))


def _with_unplaced(desk: CameraDesk) -> Site:
    desk.add(ADMINISTRATOR, replace(new_camera(), is_placed=False, heading_deg=0.0, fov_deg=170.0))
    return stored(desk._database)
