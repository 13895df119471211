from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from services.core.clock import ManualClock
from services.domain.classes import Priority
from tests.ui.pictures import START_AT, HandFeed
from ui.tiles.feed import AlarmPlate, TileContent
from ui.tiles.menu import TileAction, TileMenu
from ui.tiles.wall import WallSurface


class Table:
    """Two lines, of which the second is for tile 1 alone."""

    def __init__(self) -> None:
        self.done: list[tuple[str, int]] = []

    def lines(self) -> list[TileAction]:
        return [
            TileAction(lambda _i: "抓图", lambda i: self.done.append(("snapshot", i)), "Ctrl+S"),
            TileAction(
                lambda i: f"监听 {i}", lambda i: self.done.append(("listen", i)), "", lambda i: i == 1
            ),
        ]


@pytest.fixture
def wall(wall: WallSurface) -> WallSurface:
    for index in range(3):
        wall.set_tile(index, TileContent(f"C0{index}", "东门", HandFeed()))
    return wall


@pytest.fixture
def table() -> Table:
    return Table()


@pytest.fixture
def menu(wall: WallSurface, table: Table) -> TileMenu:
    return TileMenu(wall, table.lines())


def right_click(wall: WallSurface, index: int) -> None:
    at = wall.tile_rect(index).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, wall.mapToGlobal(at))
    QApplication.sendEvent(wall, event)


def texts(menu: TileMenu) -> list[str]:
    return [action.text() for action in menu.actions()]


def test_a_right_click_chooses_the_tile_and_offers_what_can_be_done_with_it(
    wall: WallSurface, menu: TileMenu
) -> None:
    right_click(wall, 0)
    assert (wall.chosen, texts(menu)) == (0, ["抓图\tCtrl+S"])
    menu.close()
    right_click(wall, 1)
    assert (wall.chosen, texts(menu)) == (1, ["抓图\tCtrl+S", "监听 1"])
    menu.close()


def test_a_chosen_line_is_done_for_the_tile_that_was_clicked(
    wall: WallSurface, menu: TileMenu, table: Table
) -> None:
    right_click(wall, 1)
    wall.choose(0)
    menu.actions()[1].trigger()
    assert table.done == [("listen", 1)]
    menu.close()


def test_the_menu_key_opens_the_chosen_tile_s_menu_over_that_tile(wall: WallSurface, menu: TileMenu) -> None:
    wall.choose(1)
    nowhere = QPoint(-1, -1)
    QApplication.sendEvent(
        wall, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, nowhere, wall.mapToGlobal(nowhere))
    )
    assert menu.isVisible()
    assert wall.tile_rect(1).contains(wall.mapFromGlobal(menu.pos()))
    assert texts(menu)[-1] == "监听 1"
    menu.close()


def test_a_new_alarm_closes_the_menu(wall: WallSurface, menu: TileMenu, clock: ManualClock) -> None:
    right_click(wall, 1)
    assert menu.isVisible()
    wall.set_alarms({"C01": AlarmPlate("a1", Priority.P1, "一键报警", "东门岗亭", START_AT)})
    clock.advance(0.5)
    wall.tick()
    wall.grab()
    assert not menu.isVisible()


def test_an_alarm_key_pressed_in_the_menu_reaches_the_alarm(
    qtbot: QtBot, wall: WallSurface, menu: TileMenu
) -> None:
    right_click(wall, 1)
    with qtbot.waitSignal(menu.key_passed, timeout=60_000) as passed:
        qtbot.keyClick(menu, Qt.Key.Key_F1)
    assert passed.args == ["claim"]
    assert not menu.isVisible()


def test_lines_of_others_come_below(wall: WallSurface, menu: TileMenu) -> None:
    menu.add([TileAction(lambda _i: "回放 & 导出", lambda _i: None)])
    right_click(wall, 0)
    assert texts(menu) == ["抓图\tCtrl+S", "回放 && 导出"]
    menu.close()
