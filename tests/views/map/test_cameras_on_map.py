"""A camera that shows nothing is crossed out on the plan, until it is well again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from services.core.clock import ManualClock
from services.domain.board import Board
from services.domain.devices import CameraHealth, HealthState
from services.domain.facts import CameraHealthChanged
from services.domain.site import Camera, CameraNo, Site
from tests.ui.pictures import START_AT, has_colour
from ui.board import LiveBoard
from ui.map.canvas import MapCanvas
from ui.map.marks import Spot, Thing
from ui.theme import tokens
from views.map.presenter import MapPresenter
from views.map.screen import MapScreen

CAMERA = Camera(CameraNo("C01"), "东门", "Gate", "东门", (100.0, 50.0), 4.0, 0.0, 70.0, 30.0, "", "")
SITE = Site("t", "校区", "Campus", 200.0, 100.0, cameras=(CAMERA,))


@pytest.fixture
def live() -> LiveBoard:
    return LiveBoard(Board())


@pytest.fixture
def screen(qtbot: QtBot, live: LiveBoard) -> MapScreen:
    made = MapScreen(MapPresenter(live, SITE, clock=ManualClock(START_AT)))
    qtbot.addWidget(made)
    made.resize(900, 560)
    made.show()
    return made


def told(state: HealthState) -> CameraHealthChanged:
    at = START_AT - timedelta(minutes=5)
    return CameraHealthChanged(CameraHealth("C01", state, at, at))


def is_crossed_out(canvas: MapCanvas) -> bool:
    at = canvas.plan_view.to_px(CAMERA.at).toPoint()
    return has_colour(canvas.grab().toImage(), at, tokens().bad)


@pytest.mark.parametrize(
    "state", [HealthState.OFFLINE, HealthState.BLACK, HealthState.FROZEN, HealthState.COVERED]
)
def test_a_troubled_camera_is_crossed_out_until_it_is_well(
    screen: MapScreen, live: LiveBoard, state: HealthState
) -> None:
    assert not is_crossed_out(screen.canvas)
    live.apply([told(state)])
    assert is_crossed_out(screen.canvas)
    live.apply([told(HealthState.LIVE)])
    assert not is_crossed_out(screen.canvas)


def test_the_tool_tip_says_what_a_camera_s_trouble_is_and_since_when(
    live: LiveBoard,
) -> None:
    presenter = MapPresenter(live, SITE, clock=ManualClock(START_AT))
    spot = Spot(Thing.CAMERA, "C01", CAMERA.at)
    assert presenter.explain(spot) == ""
    live.apply([told(HealthState.OFFLINE)])
    assert presenter.explain(spot).startswith("离线 · 2026-11-24")
