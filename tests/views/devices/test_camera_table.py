"""A camera's line says where it is once."""

from __future__ import annotations

import pytest

from services.campus.sitefile import parse_site
from services.core.paths import resource
from views.devices.camera_table import CameraTable

PLACE = 2


@pytest.mark.usefixtures("qapp")
def test_a_building_named_like_its_place_is_said_once() -> None:
    site = parse_site(resource("sites", "demo.toml").read_text(encoding="utf-8"), "demo.toml")
    table = CameraTable()
    table.show_cameras(site.cameras)
    library = next(camera for camera in site.cameras if camera.building and camera.building == camera.place)
    row = table.row_of(str(library.no))
    assert table.data(table.index(row, PLACE)) == f"{library.place} · {library.floor}"
