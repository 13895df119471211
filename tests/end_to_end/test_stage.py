"""Alarms whose cameras are not on the wall: one stage, all of them kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from services.core.clock import SystemClock
from services.domain.alarms import AlarmState, Verdict
from services.domain.video import StreamState
from services.sim.panels import Dialler, Line, Report
from tests.end_to_end.conftest import Cameras
from tests.end_to_end.sight_lines import cameras_seeing, plan
from tests.end_to_end.watch_kit import HOST, Watch, Workplace
from ui.stage import AlarmStage

Wait = Callable[..., Any]


@pytest.fixture
def watch(make_watch: Callable[..., Watch], cameras: Cameras) -> Watch:
    made = make_watch("", cameras)
    made.start_hub()
    return made


@pytest.fixture
def dial(watch: Watch) -> Iterator[Callable[[str, int, str], bool]]:
    diallers: dict[str, Dialler] = {}

    def send(account: str, zone_number: int, code: str) -> bool:
        if account not in diallers:
            diallers[account] = Dialler(Line(account, HOST, watch.dc09_port), SystemClock())
        return diallers[account].send(Report(code, zone_number))

    yield send
    for dialler in diallers.values():
        dialler.close()


def test_an_alarm_off_the_wall_brings_the_stage_until_it_is_handled(
    watch: Watch,
    dial: Callable[[str, int, str], bool],
    sit_down: Callable[..., Workplace],
    wait_until: Wait,
) -> None:
    campus = plan()
    seers = cameras_seeing(campus, tuple(campus["zones"]["Z05"]["at"]))
    seat = sit_down(watch, "wang", "SEAT-1")
    desk, column = seat.desk, seat.desk.screens.watch_screen.column
    wait_until(lambda: desk.screens.watch_screen.wall.content(0) is not None)
    assert not set(seers) & desk.presenters.wall.plan.visible_cameras
    assert not desk.screens.watch_screen.stage.isVisible()
    assert dial("1001", 5, "120")
    wait_until(lambda: column.is_staged)
    stage = desk.screens.watch_screen.stage
    scene = stage.scene
    assert scene is not None
    (alarm,) = desk.presenters.watch.queue
    assert scene.plate.alarm_id == alarm.id
    assert [content.camera_no for content in scene.contents] == seers[:4]
    wait_until(lambda: _is_live(stage))

    seat.press(Qt.Key.Key_F1)
    wait_until(lambda: desk.live.board.alarms[alarm.id].owner == "wang")
    assert column.is_staged
    seat.press(Qt.Key.Key_F2)
    wait_until(lambda: desk.live.board.alarms[alarm.id].state is AlarmState.VERIFYING)
    desk.presenters.watch.decide(alarm.id, Verdict.FALSE_REPORT, "按错了")
    wait_until(lambda: not column.is_staged)


def _is_live(stage: AlarmStage) -> bool:
    content = stage.surface.content(0)
    return bool(content and content.feed and content.feed.status().state is StreamState.LIVE)


def test_ten_alarms_at_once_are_one_stage_and_ten_in_the_queue(
    watch: Watch,
    dial: Callable[[str, int, str], bool],
    sit_down: Callable[..., Workplace],
    wait_until: Wait,
) -> None:
    seat = sit_down(watch, "wang", "SEAT-1")
    desk = seat.desk
    wait_until(lambda: desk.screens.watch_screen.wall.content(0) is not None)
    # Places 5 to 10 of the buttons and 1 to 4 of the fire panel: no camera of theirs is on the wall.
    for number in range(5, 11):
        assert dial("1001", number, "120")
    for number in range(1, 5):
        assert dial("1003", number, "110")
    wait_until(lambda: len(desk.presenters.watch.queue) == 10)
    wait_until(lambda: len(desk.presenters.watch.staged) == 10)
    stages = [stage for stage in desk.shell.findChildren(AlarmStage) if stage.isVisible()]
    assert len(stages) == 1
    assert desk.screens.side.queue.view.model().rowCount() == 10
    kept = watch.database.read(lambda view: view.alarms.open())
    assert {alarm.id for alarm in kept} == {alarm.id for alarm in desk.presenters.watch.queue}
    # Each of them can be brought onto the one stage.
    brought = set()
    for _ in range(10):
        desk.presenters.watch.next_on_stage()
        QApplication.processEvents()  # the queue is painted first, the stage in the next turn
        scene = desk.screens.watch_screen.stage.scene
        assert scene is not None
        brought.add(scene.plate.alarm_id)
    assert len(brought) == 10
