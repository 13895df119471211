from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.pictures import manual_clock
from ui.palette import Entry, Palette
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
    qtbot.waitUntil(made.isActiveWindow, timeout=60_000)
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


@pytest.fixture
def search(shell: Shell) -> Palette:
    field = Palette(lambda: [Entry("screen:watch", "监控")], shell)
    field.opening.connect(shell.show_search)
    field.left.connect(shell.hide_search)
    shell.set_search(field)
    field.show()
    return field


def test_ctrl_k_brings_the_search_into_a_full_screen_until_it_is_left(
    qtbot: QtBot, shell: Shell, search: Palette
) -> None:
    press_f11(qtbot, shell)
    qtbot.keyClick(shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert shell.top_bar.isVisible()
    assert search.hasFocus()
    assert search.found() == ["screen:watch"]
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert not shell.top_bar.isVisible()
    assert shell.isFullScreen()


def test_what_was_found_in_a_full_screen_is_chosen_and_the_bar_goes(
    qtbot: QtBot, shell: Shell, search: Palette
) -> None:
    press_f11(qtbot, shell)
    qtbot.keyClick(shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(search.entry_chosen, timeout=60_000) as chosen:
        qtbot.keyClick(search, Qt.Key.Key_Return)
    assert chosen.args == ["screen:watch"]
    assert not shell.top_bar.isVisible()


def test_nobody_searches_on_a_locked_seat(qtbot: QtBot, shell: Shell, search: Palette) -> None:
    press_f11(qtbot, shell)
    shell.centralWidget().setEnabled(False)
    qtbot.keyClick(shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert not shell.top_bar.isVisible()
    assert not search.hasFocus()
