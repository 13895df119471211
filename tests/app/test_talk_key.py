"""The talk key calls the camera that the bar names, or else the chosen tile's, and lets go when released."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from services.core.errors import ServiceError
from tests.end_to_end.watch_kit import Watch, Workplace
from views.watch.talking import TalkState

Wait = Callable[..., object]


@pytest.fixture
def workplace(qapp: QApplication, data_dir: Path, expected_log: Callable[..., None]) -> Iterator[Workplace]:
    """An operator's whole window, shown, without streams: no camera answers."""
    qapp.processEvents()
    expected_log("sound.no_device")
    watch = Watch(data_dir)
    made = Workplace(watch, "wang", "SEAT-1")
    made.desk.shell.resize(1600, 900)
    made.desk.shell.show()
    made.desk.shell.show_screen("watch")
    made.desk.shell.activateWindow()
    yield made
    made.close()
    watch.close()


def test_the_key_calls_the_chosen_camera_and_its_release_lets_go(
    workplace: Workplace, wait_until: Wait
) -> None:
    desk = workplace.desk
    talking = desk.presenters.talking
    refused: list[str] = []
    states: list[TalkState] = []

    def note(error: ServiceError) -> None:
        refused.append(error.code)

    def note_state() -> None:
        states.append(talking.state)

    talking.refused.connect(note)
    talking.changed.connect(note_state)
    desk.presenters.wall.show_camera("C01")
    wall = desk.screens.watch_screen.wall
    wait_until(lambda: wall.chosen is not None)
    wall.setFocus()
    QTest.keyPress(wall, Qt.Key.Key_T)
    wait_until(lambda: talking.camera_no == "C01" or refused)
    QTest.keyRelease(wall, Qt.Key.Key_T)

    wait_until(lambda: bool(refused), 15.0)
    assert refused == ["talk.unreachable"]
    assert states[0] is TalkState.CONNECTING
    assert talking.state is TalkState.IDLE
    assert desk.screens.talk.bar.isHidden()


def test_the_key_calls_the_camera_that_the_bar_names_as_its_button_does(
    workplace: Workplace, wait_until: Wait
) -> None:
    desk = workplace.desk
    talking = desk.presenters.talking
    bar = desk.screens.talk.bar
    called: list[str] = []
    refused: list[ServiceError] = []

    def note() -> None:
        if talking.state is TalkState.CONNECTING:
            called.append(talking.camera_no)

    talking.changed.connect(note)
    talking.refused.connect(refused.append)
    desk.presenters.wall.show_camera("C01")
    wall = desk.screens.watch_screen.wall
    wait_until(lambda: wall.chosen is not None)
    talking.offer("C05")
    assert "C05" in bar.words.text()
    assert "(T)" in bar.button.text()
    wall.setFocus()
    QTest.keyPress(wall, Qt.Key.Key_T)
    QTest.keyRelease(wall, Qt.Key.Key_T)
    wait_until(lambda: len(refused) == 1, 15.0)
    QTest.mousePress(bar.button, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(bar.button, Qt.MouseButton.LeftButton)
    wait_until(lambda: len(refused) == 2, 15.0)
    assert called == ["C05", "C05"]

    talking.offer("")
    QTest.keyPress(wall, Qt.Key.Key_T)
    QTest.keyRelease(wall, Qt.Key.Key_T)
    wait_until(lambda: len(refused) == 3, 15.0)
    assert called == ["C05", "C05", "C01"]


def test_the_menu_of_a_tile_names_the_key_only_where_the_key_calls_the_tile(
    workplace: Workplace, wait_until: Wait
) -> None:
    desk = workplace.desk
    desk.presenters.wall.show_camera("C01")
    wall, menu = desk.screens.watch_screen.wall, desk.screens.watch_screen.tile_menu
    wait_until(lambda: wall.chosen is not None)
    chosen = wall.chosen
    assert chosen is not None

    def talk_lines() -> list[str]:
        menu.ask(chosen, QPoint(0, 0))
        texts = [action.text() for action in menu.actions()]
        menu.close()
        return [text for text in texts if "对讲" in text]

    assert talk_lines() == ["开始对讲\tT"]
    desk.presenters.talking.offer("C05")
    assert talk_lines() == ["开始对讲"]
    desk.presenters.talking.offer("C01")
    assert talk_lines() == ["开始对讲\tT"]
