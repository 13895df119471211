"""The talk key: pressed on a tile it calls the tile's camera, released it lets go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
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
