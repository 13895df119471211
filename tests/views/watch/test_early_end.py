"""A window that is closed before its wall was read leaves nothing running behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from services.domain.walls import Stop, StopKind, Tour, WallItem, WallItemKind
from services.wall import WallDesk
from tests.views.seat import OPERATOR, Campus, Seat

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
