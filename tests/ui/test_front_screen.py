"""Nothing is read for a screen that nobody looks at, and its words follow the language."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.front_screen import FrontScreen

Wait = Callable[..., object]


class Told:
    """A presenter that keeps what it was told."""

    def __init__(self) -> None:
        self.shown: list[bool] = []

    def show(self, is_shown: bool) -> None:
        self.shown.append(is_shown)


class Plain(FrontScreen):
    times_named = 0

    def _retranslate(self) -> None:
        self.times_named += 1


def test_the_presenter_reads_from_showing_to_hiding(qtbot: QtBot) -> None:
    told = Told()
    screen = Plain(told)
    qtbot.addWidget(screen)
    assert told.shown == []
    screen.show()
    screen.hide()
    screen.show()
    assert told.shown == [True, False, True]


def test_it_beats_only_while_it_is_in_front(qtbot: QtBot, wait_until: Wait) -> None:
    screen, beats = Plain(Told(), beat_ms=1), []
    qtbot.addWidget(screen)
    screen._beat.timeout.connect(lambda: beats.append(screen.isVisible()))
    screen.show()
    wait_until(lambda: beats)
    screen.hide()
    assert not screen._beat.isActive()
    assert all(beats)


def test_a_screen_that_asks_for_no_beat_has_none(qtbot: QtBot) -> None:
    screen = Plain(Told())
    qtbot.addWidget(screen)
    screen.show()
    assert not screen._beat.isActive()


def test_another_language_names_everything_anew(qtbot: QtBot) -> None:
    screen = Plain(Told())
    qtbot.addWidget(screen)
    QApplication.sendEvent(screen, QEvent(QEvent.Type.LanguageChange))
    assert screen.times_named == 1
