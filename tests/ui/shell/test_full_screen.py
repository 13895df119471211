from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.pictures import manual_clock
from ui.shell import LampState, ScreenEntry, Severity, Shell


@pytest.fixture
def shell(qtbot: QtBot) -> Shell:
    made = Shell(clock=manual_clock())
    qtbot.addWidget(made)
    made.set_screens([ScreenEntry("watch", "watch")])
    made.add_screen("watch", QLabel("watch"))
    made.show_screen("watch")
    made.set_side(QLabel("queue"))
    made.setGeometry(QRect(10, 20, 1100, 700))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def press_f11(qtbot: QtBot, shell: Shell) -> None:
    qtbot.keyClick(shell, Qt.Key.Key_F11)


def test_f11_takes_the_chrome_away_and_leaves_the_alarms(qtbot: QtBot, shell: Shell) -> None:
    shell.say("接收机没有运行", Severity.TROUBLE)
    press_f11(qtbot, shell)
    assert shell.isFullScreen()
    assert not shell.rail.isVisible()
    assert not shell.top_bar.isVisible()
    assert shell._side.isVisible()
    assert shell._side.width() > 0
    assert shell.banner.isVisible()


def test_f11_again_brings_window_and_chrome_back(qtbot: QtBot, shell: Shell) -> None:
    before = shell.geometry()
    press_f11(qtbot, shell)
    press_f11(qtbot, shell)
    assert not shell.isFullScreen()
    assert (shell.rail.isVisible(), shell.top_bar.isVisible()) == (True, True)
    assert shell.geometry() == before


def test_a_dead_receiver_brings_the_top_bar_back_into_a_full_screen(qtbot: QtBot, shell: Shell) -> None:
    press_f11(qtbot, shell)
    shell.set_lamp("receiver", LampState.BAD)
    assert shell.top_bar.isVisible()
    shell.set_lamp("receiver", LampState.GOOD)
    assert not shell.top_bar.isVisible()


def test_the_kept_place_is_the_one_before_the_full_screen(qtbot: QtBot, shell: Shell) -> None:
    before = shell.save_place()["geometry"]
    press_f11(qtbot, shell)
    assert shell.save_place()["geometry"] == before


def test_leaving_a_full_screen_that_is_not_on_changes_nothing(shell: Shell) -> None:
    assert not shell.leave_full()
    assert not shell.isFullScreen()
