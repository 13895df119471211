"""A wall that ends before it was read, or whose record is away at its start or its saving."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from services.domain.layouts import LAYOUTS
from services.domain.walls import Stop, StopKind, Tour, WallItem, WallItemKind
from services.wall import WallDesk
from tests.views.seat import OPERATOR, Campus, Seat
from views.watch.wall_plan import first_plan, plan_to_plain
from views.watch.wall_presenter import PREFERENCE

Wait = Callable[..., object]
TOUR = WallItem(
    "",
    WallItemKind.TOUR,
    "东区",
    "",
    "",
    tour=Tour((Stop(StopKind.CAMERA, "C05", 10), Stop(StopKind.CAMERA, "C06", 10))),
)


@pytest.fixture
def fresh(qapp: QApplication, campus: Campus) -> Iterator[Seat]:
    """A seat whose wall was never started."""
    qapp.processEvents()
    made = Seat(campus)
    yield made
    made.close()


def running_timers(seat: Seat) -> list[QTimer]:
    return [t for owner in (seat.wall, seat.kit) for t in owner.findChildren(QTimer) if t.isActive()]


def test_a_wall_that_ends_before_its_layout_is_read_opens_no_stream(fresh: Seat, wait_until: Wait) -> None:
    fresh.wall.start()
    fresh.wall.stop()
    wait_until(lambda: fresh.jobs.is_idle)
    assert fresh.video.live == []
    assert running_timers(fresh) == []


def test_a_wall_that_ends_before_its_tour_is_read_starts_none(
    campus: Campus, fresh: Seat, wait_until: Wait
) -> None:
    tour = WallDesk(campus.database).save(OPERATOR, TOUR)
    fresh.preferences.save(f"{fresh.wall.preference}.tour", {"item": tour.id, "tile": 0})
    wait_until(lambda: fresh.library.find(tour.id))
    fresh.wall.restored.connect(fresh.kit.stop)
    fresh.wall.start()
    wait_until(lambda: fresh.video.live and fresh.jobs.is_idle)
    fresh.wall.stop()
    assert fresh.kit.tour.state is None
    assert running_timers(fresh) == []


def test_a_layout_arranged_while_the_record_was_away_is_kept_when_it_is_back(
    seat: Seat, wait_until: Wait
) -> None:
    seat.preferences.is_away = True
    seat.wall.set_layout("1")
    wait_until(lambda: seat.refusals)
    seat.preferences.is_away = False
    wait_until(lambda: (seat.preferences.load(PREFERENCE) or {}).get("layout") == "1")
    assert [error.code for error in seat.refusals] == ["storage.unreachable"]


def test_a_record_that_is_away_at_the_start_takes_no_kept_layout(
    campus: Campus, fresh: Seat, wait_until: Wait
) -> None:
    plan = first_plan([str(camera.no) for camera in campus.site.cameras]).with_layout("1", LAYOUTS["1"])
    fresh.preferences.save(PREFERENCE, plan_to_plain(plan))
    fresh.preferences.is_away = True
    fresh.wall.start()
    wait_until(lambda: fresh.video.live)
    assert fresh.wall.plan.layout != "1"
    fresh.preferences.is_away = False
    wait_until(lambda: fresh.wall.plan.layout == "1")
    fresh.wall.stop()


def test_what_was_arranged_before_the_kept_layout_could_be_read_stays(
    campus: Campus, fresh: Seat, wait_until: Wait
) -> None:
    plan = first_plan([str(camera.no) for camera in campus.site.cameras]).with_layout("1", LAYOUTS["1"])
    fresh.preferences.save(PREFERENCE, plan_to_plain(plan))
    fresh.preferences.is_away = True
    fresh.wall.start()
    wait_until(lambda: fresh.video.live)
    fresh.wall.set_layout("4")
    fresh.preferences.is_away = False
    wait_until(lambda: (fresh.preferences.load(PREFERENCE) or {}).get("layout") == "4")
    assert fresh.wall.plan.layout == "4"
    fresh.wall.stop()
