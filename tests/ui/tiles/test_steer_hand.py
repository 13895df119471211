"""Hands on a tile whose camera can be turned: what moves it, and what must always end the motion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from services.core.clock import ManualClock
from tests.ui.pictures import HandFeed
from ui.tiles.feed import TileContent
from ui.tiles.steer_hand import vector
from ui.tiles.wall import WallSurface

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
Wait = Callable[..., object]


class Hand:
    """A wall of four: P01 can be turned, C02 cannot; and what was heard of the hand."""

    def __init__(self, wall: WallSurface) -> None:
        self.wall = wall
        self.heard: list[tuple[object, ...]] = []
        wall.steer_hand.steered.connect(self._steered)
        wall.steer_hand.ended.connect(self._ended)
        wall.steer_hand.speed_stepped.connect(self._stepped)

    def _steered(self, camera_no: str, pan: float, tilt: float, zoom: float) -> None:
        self.heard.append((camera_no, pan, tilt, zoom))

    def _ended(self, camera_no: str) -> None:
        self.heard.append((camera_no, "ended"))

    def _stepped(self, step: int) -> None:
        self.heard.append(("speed", step))

    def key(self, kind: QEvent.Type, key: Qt.Key, *, repeats: bool = False) -> None:
        QApplication.sendEvent(self.wall, QKeyEvent(kind, key, NONE, "", repeats))

    def press(self, key: Qt.Key, *, repeats: bool = False) -> None:
        self.key(QEvent.Type.KeyPress, key, repeats=repeats)

    def release(self, key: Qt.Key, *, repeats: bool = False) -> None:
        self.key(QEvent.Type.KeyRelease, key, repeats=repeats)


@pytest.fixture
def hand(qtbot: QtBot, clock: ManualClock) -> Hand:
    wall = WallSurface(clock=clock)
    qtbot.addWidget(wall)
    wall.resize(806, 606)
    wall.set_layout(2, 2)
    feeds = [HandFeed(), HandFeed()]
    for feed in feeds:
        feed.put((200, 60, 40), clock.monotonic())
    wall.set_tile(0, TileContent("P01", "操场", feeds[0], has_lens=True))
    wall.set_tile(1, TileContent("C02", "南门", feeds[1]))
    wall.show()
    wall.choose(0)
    return Hand(wall)


def edge(hand: Hand, index: int = 0) -> QPoint:
    """At the right edge of a tile's picture, half way down."""
    picture = hand.wall.picture_rect(index)
    return QPoint(picture.right() - 2, picture.center().y())


def test_a_held_arrow_turns_and_its_release_ends_it(hand: Hand) -> None:
    hand.press(Qt.Key.Key_Right)
    hand.press(Qt.Key.Key_Right, repeats=True)
    hand.release(Qt.Key.Key_Right, repeats=True)
    assert hand.heard == [("P01", 1.0, 0.0, 0.0)]
    hand.release(Qt.Key.Key_Right)
    assert hand.heard[1:] == [("P01", "ended")]


def test_two_arrows_turn_aslant_and_the_last_release_ends_it(hand: Hand) -> None:
    hand.press(Qt.Key.Key_Right)
    hand.press(Qt.Key.Key_Up)
    hand.release(Qt.Key.Key_Right)
    hand.release(Qt.Key.Key_Up)
    assert hand.heard == [
        ("P01", 1.0, 0.0, 0.0),
        ("P01", 1.0, 1.0, 0.0),
        ("P01", 0.0, 1.0, 0.0),
        ("P01", "ended"),
    ]


def test_plus_and_minus_zoom(hand: Hand) -> None:
    hand.press(Qt.Key.Key_Minus)
    assert hand.heard == [("P01", 0.0, 0.0, -1.0)]
    hand.release(Qt.Key.Key_Minus)


def test_arrows_do_nothing_on_a_camera_without_motors(hand: Hand) -> None:
    hand.wall.choose(1)
    hand.press(Qt.Key.Key_Right)
    hand.release(Qt.Key.Key_Right)
    assert hand.heard == []


def test_brackets_step_the_speed(hand: Hand) -> None:
    hand.press(Qt.Key.Key_BracketLeft)
    hand.press(Qt.Key.Key_BracketRight)
    assert hand.heard == [("speed", -1), ("speed", 1)]


@pytest.mark.parametrize("lost", ["focus", "window", "hidden"])
def test_a_hand_that_is_taken_away_ends_the_motion(hand: Hand, lost: str) -> None:
    hand.press(Qt.Key.Key_Right)
    if lost == "focus":
        QApplication.sendEvent(hand.wall, QFocusEvent(QEvent.Type.FocusOut))
    elif lost == "window":
        QApplication.sendEvent(hand.wall, QEvent(QEvent.Type.WindowDeactivate))
    else:
        hand.wall.hide()
    assert hand.heard[-1] == ("P01", "ended")
    hand.release(Qt.Key.Key_Right)
    assert hand.heard.count(("P01", "ended")) == 1


def test_a_key_whose_release_is_never_heard_ends_by_itself(hand: Hand, wait_until: Wait) -> None:
    hand.press(Qt.Key.Key_Right)
    wait_until(lambda: hand.heard[-1] == ("P01", "ended"))


def test_press_and_hold_at_the_edge_turns_that_way(hand: Hand, qtbot: QtBot, wait_until: Wait) -> None:
    qtbot.mousePress(hand.wall, LEFT, NONE, edge(hand))
    wait_until(lambda: bool(hand.heard))
    camera_no, pan, tilt, zoom = hand.heard[0]
    assert (camera_no, zoom) == ("P01", 0.0)
    assert pan == pytest.approx(1.0, abs=0.03)
    assert tilt == pytest.approx(0.0, abs=0.03)
    qtbot.mouseRelease(hand.wall, LEFT, NONE, edge(hand))
    assert hand.heard[-1] == ("P01", "ended")


def test_dragging_changes_the_direction(hand: Hand, qtbot: QtBot, wait_until: Wait) -> None:
    qtbot.mousePress(hand.wall, LEFT, NONE, edge(hand))
    wait_until(lambda: bool(hand.heard))
    picture = hand.wall.picture_rect(0)
    above = QPoint(picture.center().x(), picture.top() + 2)
    here = QPointF(above)
    move = QMouseEvent(QEvent.Type.MouseMove, here, QPointF(hand.wall.mapToGlobal(above)), LEFT, LEFT, NONE)
    QApplication.sendEvent(hand.wall, move)
    assert hand.heard[-1][2] == pytest.approx(1.0, abs=0.05)
    qtbot.mouseRelease(hand.wall, LEFT, NONE, above)
    assert hand.heard[-1] == ("P01", "ended")


def test_a_click_and_a_double_click_turn_nothing(hand: Hand, qtbot: QtBot) -> None:
    opened: list[int] = []
    hand.wall.tile_opened.connect(opened.append)
    qtbot.mouseClick(hand.wall, LEFT, NONE, edge(hand))
    qtbot.mouseDClick(hand.wall, LEFT, NONE, edge(hand))
    assert hand.heard == []
    assert opened == [0]


def test_the_click_that_chooses_a_tile_does_not_steer(hand: Hand, qtbot: QtBot) -> None:
    hand.wall.choose(1)
    qtbot.mousePress(hand.wall, LEFT, NONE, edge(hand))
    assert not hand.wall.steer_hand.is_holding
    qtbot.mouseRelease(hand.wall, LEFT, NONE, edge(hand))
    assert hand.wall.chosen == 0


def test_a_press_in_the_middle_is_an_ordinary_press(hand: Hand, qtbot: QtBot) -> None:
    middle = hand.wall.picture_rect(0).center()
    qtbot.mousePress(hand.wall, LEFT, NONE, middle)
    assert not hand.wall.steer_hand.is_holding
    qtbot.mouseRelease(hand.wall, LEFT, NONE, middle)


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        ((200, 100), (0.0, 0.0)),
        ((400, 100), (1.0, 0.0)),
        ((200, 0), (0.0, 1.0)),
        ((0, 100), (-1.0, 0.0)),
        # Half way to the edge: (0.5 - 0.18) / (1 - 0.18) of the speed.
        ((300, 100), (0.39, 0.0)),
    ],
)
def test_the_nearer_to_the_edge_the_faster(point: tuple[int, int], expected: tuple[float, float]) -> None:
    found = vector(QRect(0, 0, 401, 201), QPoint(*point))
    assert found == pytest.approx(expected, abs=0.02)


def test_who_steers_is_written_on_the_tile(hand: Hand, clock: ManualClock) -> None:
    def look() -> bytes:
        clock.advance(0.5)
        hand.wall.tick()
        return bytes(hand.wall.grab(hand.wall.tile_rect(0)).toImage().constBits())

    look()
    before = look()
    content = hand.wall.content(0)
    assert content is not None
    hand.wall.set_tile(0, replace(content, lock="云台：王某 在控制"))
    assert look() != before
