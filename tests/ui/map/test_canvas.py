from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from services.core.clock import ManualClock
from services.domain.classes import AlarmClass, Priority
from services.domain.people import GuardState, GuardStatus
from services.domain.site import (
    Area,
    AreaKind,
    Camera,
    CameraNo,
    Guard,
    GuardNo,
    PanelNo,
    Post,
    PostKind,
    PostNo,
    Site,
    Wall,
    Zone,
    ZoneKind,
    ZoneNo,
)
from tests.ui.pictures import START_AT, has_colour, manual_clock
from ui.map.canvas import MapCanvas
from ui.map.live_paint import ALARM_REACH_PX
from ui.map.marks import MapAlarm, Spot, Thing
from ui.map.spots import describe
from ui.theme import tokens

LEFT, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def site() -> Site:
    return Site(
        code="t",
        name="测试校区",
        name_en="Test Campus",
        width_m=200,
        height_m=150,
        areas=(
            Area("A1", "图书馆", "Library", AreaKind.BUILDING, ((20, 20), (80, 20), (80, 60), (20, 60)), 12),
        ),
        walls=(Wall("W1", "围墙", "Wall", ((0, 0), (200, 0), (200, 150), (0, 150), (0, 0))),),
        cameras=(
            Camera(CameraNo("C01"), "东门", "East Gate", "东门", (150, 75), 4, 90, 60, 40, "rtsp://a", "rtsp://b"),
        ),
        posts=(Post(PostNo("P01"), "东门岗", "East Post", PostKind.GATE, (170, 20)),),
        guards=(Guard(GuardNo("G01"), "王某", "Wang", "", "", (), None, (100, 120)),),
        zones=(
            Zone(
                ZoneNo("Z01"), PanelNo("A1"), 1, "一键报警", "Panic button", ZoneKind.PANIC_BUTTON,
                AlarmClass.PANIC, "东门", (120, 30),
            ),
        ),
    )  # fmt: skip


@pytest.fixture
def clock() -> ManualClock:
    return manual_clock()


@pytest.fixture
def canvas(qtbot: QtBot, clock: ManualClock) -> MapCanvas:
    made = MapCanvas(clock=clock)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.set_site(site())
    made.show()
    return made


def pixel(canvas: MapCanvas, point: tuple[float, float]) -> QPoint:
    return canvas.pixel_of(point).toPoint()


def test_without_a_plan_the_canvas_says_so(qtbot: QtBot) -> None:
    empty = MapCanvas()
    qtbot.addWidget(empty)
    empty.resize(300, 200)
    image = empty.grab().toImage()
    assert len({image.pixelColor(x, 100).rgb() for x in range(300)}) > 3


def test_a_building_is_drawn_where_it_stands(canvas: MapCanvas) -> None:
    image = canvas.grab().toImage()
    assert image.pixelColor(pixel(canvas, (30, 30))).name() == tokens().map_building
    assert image.pixelColor(pixel(canvas, (110, 100))).name() == tokens().map_ground


@pytest.mark.parametrize(
    ("point", "signal", "number"),
    [
        ((150, 75), "camera_chosen", "C01"),
        ((170, 20), "post_chosen", "P01"),
        ((120, 30), "zone_chosen", "Z01"),
        ((100, 120), "guard_chosen", "G01"),
    ],
)
def test_a_click_tells_what_was_clicked(
    qtbot: QtBot, canvas: MapCanvas, point: tuple[float, float], signal: str, number: str
) -> None:
    canvas.set_guards([GuardState(GuardNo("G01"), GuardStatus.ON_POST, (100, 120), "post", START_AT)])
    with qtbot.waitSignal(getattr(canvas, signal), timeout=60_000) as told:
        qtbot.mouseClick(canvas, LEFT, NO_KEYS, pixel(canvas, point))
    assert told.args == [number]


def test_a_click_on_bare_ground_tells_the_place_in_metres(qtbot: QtBot, canvas: MapCanvas) -> None:
    with qtbot.waitSignal(canvas.point_chosen, timeout=60_000) as told:
        qtbot.mouseClick(canvas, LEFT, NO_KEYS, pixel(canvas, (110, 90)))
    assert told.args == pytest.approx([110, 90], abs=1)


def test_an_alarm_shows_its_priority_colour_at_its_place(canvas: MapCanvas) -> None:
    canvas.set_alarms([MapAlarm("a", Priority.P1, (120, 100), "一键报警")])
    image = canvas.grab().toImage()
    assert has_colour(image, pixel(canvas, (120, 100)), tokens().p1.fill)


def test_an_alarm_flashes_until_somebody_owns_it(canvas: MapCanvas) -> None:
    timer = canvas.findChild(QTimer)
    assert timer is not None
    canvas.set_alarms([MapAlarm("a", Priority.P1, (120, 100))])
    assert timer.isActive()
    canvas.set_alarms([MapAlarm("a", Priority.P1, (120, 100), is_claimed=True)])
    assert not timer.isActive()


def test_centring_brings_the_place_to_the_middle(canvas: MapCanvas) -> None:
    # 900 x 700 px at 6 px/m show 150 x 117 m: (110, 80) lies far enough from every edge of 200 x 150 m.
    canvas.centre_on((110, 80), 6.0)
    assert pixel(canvas, (110, 80)) == QPoint(450, 350)


def test_centring_at_the_edge_shows_little_of_what_lies_outside(canvas: MapCanvas) -> None:
    canvas.centre_on((199, 2), 6.0)
    corner = pixel(canvas, (200, 0))
    assert corner == QPoint(900 - ALARM_REACH_PX, 700 - ALARM_REACH_PX)
    canvas.resize(600, 500)
    assert pixel(canvas, (200, 0)) == QPoint(600 - ALARM_REACH_PX, 500 - ALARM_REACH_PX)


def test_dragging_the_ground_moves_the_plan(qtbot: QtBot, canvas: MapCanvas) -> None:
    start = pixel(canvas, (110, 90))
    qtbot.mousePress(canvas, LEFT, NO_KEYS, start)
    qtbot.mouseMove(canvas, start + QPoint(60, 40))
    qtbot.mouseRelease(canvas, LEFT, NO_KEYS, start + QPoint(60, 40))
    assert pixel(canvas, (110, 90)) == start + QPoint(60, 40)


def test_an_offline_camera_looks_different_from_a_live_one(canvas: MapCanvas) -> None:
    at = pixel(canvas, (150, 75))
    assert has_colour(canvas.grab().toImage(), at, tokens().map_camera)
    canvas.set_troubled_cameras(["C01"])
    image = canvas.grab().toImage()
    assert has_colour(image, at, tokens().bad)
    assert not has_colour(image, at, tokens().map_camera)


def test_guards_on_one_spot_are_counted_and_a_walking_one_stands_out(canvas: MapCanvas) -> None:
    at = (100.0, 120.0)
    resting = [GuardState(GuardNo(f"G0{i}"), GuardStatus.ON_POST, at, "post", START_AT) for i in range(3)]
    walking = GuardState(GuardNo("G09"), GuardStatus.EN_ROUTE, (60, 100), "sim", START_AT)
    canvas.set_guards([*resting, walking])
    image = canvas.grab().toImage()
    assert has_colour(image, pixel(canvas, at), tokens().map_guard_ready)
    assert has_colour(image, pixel(canvas, (60, 100)), tokens().map_guard_busy)


def test_a_spot_s_tool_tip_names_it_and_adds_what_the_screen_knows(canvas: MapCanvas) -> None:
    canvas.set_explain(lambda spot: f"{spot.thing.value} 实时")
    at = pixel(canvas, (150, 75))
    QApplication.sendEvent(canvas, QHelpEvent(QEvent.Type.ToolTip, at, canvas.mapToGlobal(at)))
    shown = QToolTip.text()
    QToolTip.hideText()
    assert shown == "C01 东门\n东门\ncamera 实时"


def test_a_position_that_is_too_old_is_a_ring_and_no_disc(canvas: MapCanvas, clock: ManualClock) -> None:
    walking = GuardState(GuardNo("G09"), GuardStatus.EN_ROUTE, (60, 100), "feed", clock.now())
    canvas.set_guards([walking])
    below = pixel(canvas, (60, 100)) + QPoint(0, 6)
    fresh = canvas.grab().toImage().pixelColor(below)
    clock.advance(151)
    old = canvas.grab().toImage().pixelColor(below)
    # The disc is bright by night; the ring is filled with the ground.
    assert fresh.lightness() > 2 * old.lightness()


def test_every_guard_status_on_duty_has_a_sign_of_its_own(canvas: MapCanvas) -> None:
    letters = canvas._look.letters
    assert set(letters) == set(GuardStatus) - {GuardStatus.OFF}
    assert len(set(letters.values())) == len(letters)


def test_names_follow_the_language(canvas: MapCanvas) -> None:
    spot = Spot(Thing.CAMERA, "C01", (150, 75))
    marks = canvas._marks
    assert describe(spot, site(), marks, english=False).startswith("C01 东门")
    assert describe(spot, site(), marks, english=True).startswith("C01 East Gate")
