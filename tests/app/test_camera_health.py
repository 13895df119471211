"""A seat tells the record of every camera it shows, on whichever monitor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.camera_health import CameraHealthReports
from services.devices.health import HealthDesk
from tests.views.seat import Campus, Seat, StoredPreferences
from views.watch.wall_plan import single_plan
from views.watch.wall_presenter import WallPresenter

Wait = Callable[..., object]


@pytest.fixture
def seat(qapp: QApplication, tmp_path: Path) -> Iterator[Seat]:
    qapp.processEvents()
    campus = Campus(tmp_path)
    made = Seat(campus)
    yield made
    made.close()
    campus.close()


def test_a_camera_that_only_another_monitor_shows_is_reported(seat: Seat, wait_until: Wait) -> None:
    preferences = StoredPreferences(seat.campus.database, "another wall")
    other = WallPresenter(seat.campus.site, seat.video, preferences, seat.jobs, first=single_plan)
    seat.watch.set_other_walls([other])
    for wall in (seat.wall, other):
        wall.start()
    wait_until(lambda: seat.wall.seen_statuses())
    assert "C24" not in seat.wall.seen_statuses()
    other.show_camera("C24")
    wait_until(lambda: "C24" in other.seen_statuses())
    desk = HealthDesk(seat.campus.database, seat.clock)
    reports = CameraHealthReports(desk, seat.watch, seat.jobs, seat.clock, "SEAT-1")
    reports.look()
    wait_until(lambda: seat.jobs.is_idle)
    known = {health.camera for health in desk.overview()[0]}
    assert known == seat.wall.seen_statuses().keys() | {"C24"}
    seat.watch.set_other_walls([])
    other.stop()
