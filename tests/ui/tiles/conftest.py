"""A wall of four tiles, and its clock."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from services.core.clock import ManualClock
from tests.ui.pictures import manual_clock
from ui.tiles.wall import WallSurface


@pytest.fixture
def clock() -> ManualClock:
    return manual_clock()


@pytest.fixture
def wall(qtbot: QtBot, clock: ManualClock) -> WallSurface:
    made = WallSurface(clock=clock)
    qtbot.addWidget(made)
    made.resize(806, 606)
    made.set_layout(2, 2)
    made.show()
    return made
