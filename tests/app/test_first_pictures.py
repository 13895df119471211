"""What waits for the first pictures of a wall begins when they stand, and at last without them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from app.first_pictures import LONGEST_S, FirstPictures
from services.core.clock import ManualClock
from services.domain.video import StreamState

AT = datetime(2026, 11, 28, 22, tzinfo=UTC)


class Wall:
    """Two cameras, as their streams are told to be, and how often they were said to stand."""

    def __init__(self, qtbot: QtBot) -> None:
        assert qtbot
        self.clock = ManualClock(AT)
        self.states = {"C01": StreamState.CONNECTING, "C02": StreamState.CONNECTING}
        self.told = 0
        self.pictures = FirstPictures(lambda: self.states, self.clock)
        self.pictures.stand.connect(self._count)

    def _count(self) -> None:
        self.told += 1


@pytest.fixture
def wall(qtbot: QtBot) -> Wall:
    return Wall(qtbot)


def test_they_stand_when_every_camera_has_been_live(wall: Wall) -> None:
    wall.states["C01"] = StreamState.LIVE
    wall.pictures.look()
    wall.states.update(C01=StreamState.LATE, C02=StreamState.LIVE)
    assert wall.told == 0
    wall.pictures.look()
    assert wall.told == 1


def test_a_wall_without_cameras_has_no_pictures_yet(wall: Wall) -> None:
    wall.states.clear()
    wall.pictures.look()
    assert wall.told == 0


def test_a_camera_that_never_comes_holds_nothing_up_for_ever(wall: Wall) -> None:
    wall.clock.advance(LONGEST_S - 1)
    wall.pictures.look()
    assert wall.told == 0
    wall.clock.advance(1)
    wall.pictures.look()
    assert wall.told == 1
