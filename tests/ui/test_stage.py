from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from services.core.clock import ManualClock
from services.domain.classes import Priority
from tests.ui.pictures import START_AT, HandFeed, manual_clock
from ui.stage import AlarmStage, StageScene
from ui.stage_column import WallColumn
from ui.tiles.feed import AlarmPlate, TileContent
from ui.tiles.wall import WallSurface


@pytest.fixture
def clock() -> ManualClock:
    return manual_clock()


@pytest.fixture
def wall(clock: ManualClock) -> WallSurface:
    return WallSurface(clock=clock)


@pytest.fixture
def stage(clock: ManualClock) -> AlarmStage:
    return AlarmStage(clock=clock)


@pytest.fixture
def column(qtbot: QtBot, wall: WallSurface, stage: AlarmStage) -> WallColumn:
    made = WallColumn(wall, stage)
    qtbot.addWidget(made)
    made.resize(960, 640)
    made.show()
    return made


def scene(alarm_id: str = "a1", feeds: int = 4) -> StageScene:
    contents = tuple(TileContent(f"C0{i}", "东门", HandFeed()) for i in range(feeds))
    return StageScene(AlarmPlate(alarm_id, Priority.P1, "一键报警", "东门岗亭", START_AT), contents)


def test_the_way_to_the_recording_is_offered_to_whoever_may_see_it(
    qtbot: QtBot, column: WallColumn, stage: AlarmStage
) -> None:
    column.stage(scene())
    assert not stage._playback.isVisible()
    stage.offer_playback("Shift+F2")
    assert "Shift+F2" in stage._playback.toolTip()
    with qtbot.waitSignal(stage.playback_asked, timeout=60_000):
        qtbot.mouseClick(stage._playback, Qt.MouseButton.LeftButton)


def test_opening_the_loop_leads_to_the_recording_and_a_live_tile_to_its_camera(
    column: WallColumn, stage: AlarmStage
) -> None:
    live = TileContent("C01", "东门", HandFeed())
    loop = TileContent("", "东门", HandFeed(), behind="±10s")
    column.stage(StageScene(scene().plate, (live, loop)))
    opened: list[str] = []
    stage.tile_opened.connect(opened.append)
    stage.playback_asked.connect(lambda: opened.append("recording"))
    for index in (0, 1):
        stage.surface.tile_opened.emit(index)
    assert opened == ["C01", "recording"]


def test_the_stage_slides_to_a_place_off_the_chosen_tile(
    column: WallColumn, wall: WallSurface, stage: AlarmStage, wait_until: Callable[..., object]
) -> None:
    wall.set_layout(3, 3)
    wall.choose(2)
    column.stage(scene())
    wait_until(lambda: stage.geometry().x() == 0)
    assert stage.isVisible()
    assert not stage.geometry().intersects(wall.tile_rect(2))


def test_the_stage_steps_aside_when_another_tile_is_taken_up(
    column: WallColumn, wall: WallSurface, stage: AlarmStage
) -> None:
    wall.set_layout(2, 2)
    column.stage(scene())
    for index in range(4):
        wall.choose(index)
        wall.tile_chosen.emit(index)
        assert not stage.geometry().intersects(wall.tile_rect(index))


def test_a_wall_with_one_tile_makes_room(column: WallColumn, wall: WallSurface, stage: AlarmStage) -> None:
    wall.set_layout(1, 1)
    wall.choose(0)
    column.stage(scene())
    column.resize(1000, 700)
    assert not stage.geometry().intersects(wall.geometry())
    column.stage(None)
    assert wall.geometry() == column.rect()
    assert not stage.isVisible()


def test_the_stage_never_takes_the_keyboard(
    qtbot: QtBot, wall: WallSurface, stage: AlarmStage, wait_until: Callable[..., object]
) -> None:
    desk = QWidget()
    qtbot.addWidget(desk)
    field, column = QLineEdit(desk), WallColumn(wall, stage)
    rows = QVBoxLayout(desk)
    rows.addWidget(field)
    rows.addWidget(column, 1)
    desk.resize(960, 700)
    desk.show()
    desk.activateWindow()
    field.setFocus()
    wait_until(lambda: QApplication.focusWidget() is field)
    column.stage(scene())
    stage._next.click()
    qtbot.mouseClick(stage.surface, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(QApplication.focusWidget(), "ok")
    assert field.text() == "ok"


def test_plate_and_first_picture_are_told_from_the_stage(
    column: WallColumn, stage: AlarmStage, clock: ManualClock, wait_until: Callable[..., object]
) -> None:
    plates: list[str] = []
    pictures: list[str] = []
    stage.plate_painted.connect(lambda alarm_id, _s: plates.append(alarm_id))
    stage.picture_painted_under_alarm.connect(lambda alarm_id, _s: pictures.append(alarm_id))
    shown = scene()
    column.stage(shown)
    feed = shown.contents[0].feed
    assert isinstance(feed, HandFeed)
    feed.put((10, 20, 30), clock.monotonic())
    wait_until(lambda: plates and pictures)
    assert (plates, pictures) == (["a1"], ["a1"])


def test_at_most_four_feeds_are_on_the_stage(column: WallColumn, stage: AlarmStage) -> None:
    column.stage(scene(feeds=9))
    assert stage.surface.tile_count == 4


def test_an_alarm_that_no_camera_sees_still_shows_its_plate(
    column: WallColumn, stage: AlarmStage, wait_until: Callable[..., object]
) -> None:
    told: list[str] = []
    stage.plate_painted.connect(lambda alarm_id, _s: told.append(alarm_id))
    column.stage(scene(feeds=0), 1, 10)
    wait_until(lambda: told)
    assert told == ["a1"]
    assert stage._counter.text() == "1 / 10"
