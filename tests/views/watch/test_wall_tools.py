"""Menus, keys and editors of the wall, pressed and clicked in a real window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from services.domain.layouts import LAYOUTS, Cell
from services.domain.walls import Preset, Stop, StopKind, Tour, WallItem, WallItemKind
from services.wall import WallDesk
from tests.views.seat import OPERATOR, Campus, Seat
from ui.fonts import install_fonts
from ui.i18n import speak
from ui.menu_button import MenuButton
from ui.theme import NIGHT, wear

Wait = Callable[..., object]
OpenSeat = Callable[..., Seat]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
PRESET = WallItem(
    "", WallItemKind.PRESET, "夜间", "", "", preset=Preset("4", LAYOUTS["4"], ("C20", "C21", "C22", "C23"))
)


def press(seat: Seat, key: Qt.Key, keys: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(seat.shell.focusWidget() or seat.shell, key, keys)


def choose(button: MenuButton, text: str) -> None:
    """As a click on the menu's line does."""
    next(action for action in button.list.actions() if action.text().startswith(text)).trigger()


def kept(campus: Campus, kind: WallItemKind) -> list[WallItem]:
    items = campus.database.read(lambda view: view.wall_items.all())
    return [item for item in items if item.kind is kind]


def drag(seat: Seat, first: tuple[int, int], last: tuple[int, int]) -> None:
    """Over the editor's canvas, from the middle of one cell to another's."""
    assert seat.screen.tools is not None
    canvas = seat.screen.tools.drawer.layout_page.canvas
    start, end = canvas.cell_rect(*first).center(), canvas.cell_rect(*last).center()
    QTest.mousePress(canvas, LEFT, NONE, start)
    QTest.mouseMove(canvas, end)
    QTest.mouseRelease(canvas, LEFT, NONE, end)


def test_an_own_layout_is_dragged_together_saved_and_shown(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait
) -> None:
    seat = open_seat()
    tools = seat.screen.tools
    assert tools is not None
    choose(seat.screen.bar.layouts, "自定义布局")
    page = tools.drawer.layout_page
    drag(seat, (0, 0), (1, 1))
    drag(seat, (0, 2), (2, 2))
    assert page.draft.layout.cells == (Cell(0, 0, 2, 2), Cell(2, 0), Cell(2, 1), Cell(0, 2, 3, 1))
    page.undo.click()
    page.name.setText("门区")
    QTest.mouseClick(page.keep, LEFT)
    wait_until(lambda: not tools.drawer.isVisible())
    saved = kept(campus, WallItemKind.LAYOUT)[0]
    assert saved.layout is not None
    assert saved.layout.cells[0] == Cell(0, 0, 2, 2)
    assert (seat.wall.plan.layout, seat.wall.plan.cells) == (saved.id, saved.layout)
    wait_until(lambda: seat.screen.bar.layouts.text() == "门区")


def test_the_keyboard_alone_merges_and_splits(open_seat: OpenSeat) -> None:
    seat = open_seat()
    assert seat.screen.tools is not None
    seat.screen.tools.drawer.open_new_layout()
    page = seat.screen.tools.drawer.layout_page
    page.canvas.setFocus()
    press(seat, Qt.Key.Key_Right, SHIFT)
    press(seat, Qt.Key.Key_Return)
    assert page.draft.layout.cells[0] == Cell(0, 0, 2, 1)
    before = seat.wall.plan
    press(seat, Qt.Key.Key_Delete)
    assert len(page.draft.layout.cells) == 9
    assert seat.wall.plan == before, "Delete in the editor emptied a tile of the wall"


def test_digits_typed_in_the_drawer_change_no_layout_and_esc_closes_it_alone(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait
) -> None:
    seat = open_seat()
    campus.ring("Z01")
    wait_until(lambda: seat.watch.highlighted)
    seat.watch.pick(seat.watch.queue[0].id)
    assert seat.screen.tools is not None
    drawer = seat.screen.tools.drawer
    drawer.open_library()
    press(seat, Qt.Key.Key_2)
    assert seat.screen.numbers.typed == ""
    press(seat, Qt.Key.Key_Escape)
    assert not drawer.isVisible()
    assert seat.watch.highlighted is not None


def test_while_a_tour_is_made_the_keys_of_the_queue_still_walk_through_it(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait
) -> None:
    seat = open_seat()
    campus.ring("Z01")
    campus.ring("Z11")
    wait_until(lambda: len(seat.watch.queue) == 2 and seat.watch.highlighted)
    assert seat.screen.tools is not None
    page = seat.screen.tools.drawer.tour_page
    seat.screen.tools.drawer.open_new_tour()
    page.offered.selectAll()
    page.add.click()
    page.stops.setCurrentRow(0)
    first = page.item().tour.stops[0]
    before = seat.watch.highlighted
    press(seat, Qt.Key.Key_Down, CTRL)
    assert seat.watch.highlighted != before
    assert page.item().tour.stops[0] == first
    press(seat, Qt.Key.Key_Down, CTRL | SHIFT)
    wait_until(lambda: page.item().tour.stops[1] == first)
    press(seat, Qt.Key.Key_Up, CTRL | SHIFT)
    wait_until(lambda: page.item().tour.stops[0] == first)


def test_a_preset_of_the_wall_is_saved_by_key_and_recalled_by_key(
    open_seat: OpenSeat, wait_until: Wait
) -> None:
    seat = open_seat()
    tools = seat.screen.tools
    assert tools is not None
    seat.wall.set_layout("1+5")
    shown = seat.wall.plan.cameras[:6]
    press(seat, Qt.Key.Key_S, CTRL | SHIFT)
    tools.drawer.preset_page.name.setText("早班")
    press(seat, Qt.Key.Key_Return, CTRL)
    wait_until(lambda: not tools.drawer.isVisible())
    wait_until(lambda: seat.library.items(WallItemKind.PRESET))
    seat.wall.set_layout("16")
    seat.wall.put_camera(0, "C24")
    seat.screen.wall.setFocus()
    press(seat, Qt.Key.Key_1, CTRL)
    assert (seat.wall.plan.layout, seat.wall.plan.cameras[:6]) == ("1+5", shown)


def test_a_name_that_is_taken_is_said_in_the_editor_and_nothing_typed_is_lost(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait
) -> None:
    WallDesk(campus.database).save(OPERATOR, PRESET)
    seat = open_seat()
    tools = seat.screen.tools
    assert tools is not None
    tools.drawer.open_new_preset()
    page = tools.drawer.preset_page
    page.name.setText(PRESET.name)
    page.add.click()
    page.keep.click()
    wait_until(tools.drawer.trouble.isVisible)
    assert "夜间" in tools.drawer.trouble.text()
    assert (page.name.text(), len(page.rows)) == (PRESET.name, 1)


def test_a_name_that_looks_like_markup_is_said_letter_by_letter(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait
) -> None:
    named = replace(PRESET, name='<img src="file:///x">')
    WallDesk(campus.database).save(OPERATOR, named)
    seat = open_seat()
    tools = seat.screen.tools
    assert tools is not None
    tools.drawer.open_new_preset()
    tools.drawer.preset_page.name.setText(named.name)
    tools.drawer.preset_page.keep.click()
    wait_until(tools.drawer.trouble.isVisible)
    assert named.name in tools.drawer.trouble.text()
    assert [label.text() for label in seat.screen.findChildren(QLabel) if reads_markup(label)] == []


def reads_markup(label: QLabel) -> bool:
    is_open_to_it = label.textFormat() is not Qt.TextFormat.PlainText
    return is_open_to_it and Qt.mightBeRichText(label.text())


def test_a_tour_is_made_of_marked_cameras_and_run_from_the_menu(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait
) -> None:
    seat = open_seat()
    tools = seat.screen.tools
    assert tools is not None
    choose(tools.tours, "新建轮巡")
    page = tools.drawer.tour_page
    page.name.setText("围墙")
    page.filter.setText("围墙")
    page.dwell.setValue(7)
    page.offered.selectAll()
    page.add.click()
    page.stops.setCurrentRow(1)
    page.up.click()
    page.keep.click()
    wait_until(lambda: not tools.drawer.isVisible())
    tour = kept(campus, WallItemKind.TOUR)[0].tour
    assert tour is not None
    assert [stop.target for stop in tour.stops[:3]] == ["C06", "C05", "C07"]
    assert {stop.dwell_s for stop in tour.stops} == {7}
    wait_until(lambda: len(tools.tours.list.actions()) == 4)
    choose(tools.tours, "围墙")
    wait_until(tools.strip.isVisible)
    press(seat, Qt.Key.Key_T, CTRL)
    said = [label.text() for label in tools.strip.findChildren(QLabel) if label.isVisible()]
    assert any("已暂停" in text for text in said)
    press(seat, Qt.Key.Key_T, CTRL | SHIFT)
    assert not tools.strip.isVisible()


def test_the_library_asks_once_before_it_deletes(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait
) -> None:
    WallDesk(campus.database).save(OPERATOR, PRESET)
    seat = open_seat()
    assert seat.screen.tools is not None
    seat.screen.tools.drawer.open_library()
    page = seat.screen.tools.drawer.library
    page.delete.click()
    assert kept(campus, WallItemKind.PRESET)
    assert page.delete.text() == "确认删除"
    page.delete.click()
    wait_until(lambda: not kept(campus, WallItemKind.PRESET))
    wait_until(lambda: page.list.count() == 0)


def test_alt_left_goes_back_on_the_chosen_tile_and_h_makes_it_the_hotspot(open_seat: OpenSeat) -> None:
    seat = open_seat()
    seat.wall.put_camera(1, "C20")
    press(seat, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert seat.wall.plan.cameras[1] == "C02"
    press(seat, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert seat.wall.plan.cameras[1] == "C20"
    press(seat, Qt.Key.Key_H)
    content = seat.screen.wall.content(1)
    assert content is not None
    assert content.title.startswith("热点")


@pytest.fixture
def themed(qapp: QApplication) -> Iterator[None]:
    """As the workstation looks; the other tests have Qt's own wide buttons."""
    palette, face = qapp.palette(), qapp.font()
    install_fonts(qapp)
    wear(qapp, NIGHT)
    yield
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setFont(face)


@pytest.mark.usefixtures("themed")
@pytest.mark.parametrize("name", ["zh", "en"])
def test_the_bar_keeps_every_button_whole_at_1366(open_seat: OpenSeat, wait_until: Wait, name: str) -> None:
    speak(name)
    seat = open_seat()
    bar = seat.screen.bar
    shown = [button for button in bar.findChildren(QPushButton) if button.isVisible()]
    assert len(shown) == 14
    wait_until(lambda: all(button.width() >= button.sizeHint().width() for button in shown))
    assert all(bar.rect().contains(button.geometry()) for button in shown)


def test_the_editors_cover_no_tile(open_seat: OpenSeat) -> None:
    seat = open_seat()
    assert seat.screen.tools is not None
    seat.screen.tools.drawer.open_library()
    QTest.qWait(1)
    drawer, wall = seat.screen.tools.drawer, seat.screen.wall
    origin = wall.mapTo(seat.screen, QPoint(0, 0))
    placed = drawer.geometry().translated(drawer.parentWidget().mapTo(seat.screen, QPoint(0, 0)))
    assert not placed.intersects(wall.rect().translated(origin))


def test_a_stop_of_a_tour_that_is_gone_keeps_its_place_in_the_editor(
    campus: Campus, open_seat: OpenSeat
) -> None:
    tour = Tour((Stop(StopKind.PRESET, "gone", 9),))
    item = WallDesk(campus.database).save(OPERATOR, WallItem("", WallItemKind.TOUR, "墙", "", "", tour=tour))
    seat = open_seat()
    assert seat.screen.tools is not None
    seat.screen.tools.drawer.edit(item)
    assert seat.screen.tools.drawer.tour_page.item() == item
