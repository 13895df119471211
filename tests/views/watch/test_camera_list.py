from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QSplitter

from services.domain.site import Camera, CameraNo
from services.domain.video import StreamState
from tests.campus import read_demo_site
from tests.views.seat import Seat
from ui.i18n import speak
from ui.text.places import learn_names
from ui.tiles.wall import dragged_cameras
from views.watch.camera_groups import FAVOURITES, Grouping, grouped
from views.watch.camera_model import NO, STATE, CameraModel
from views.watch.camera_tree import CameraTree

Wait = Callable[..., object]
OpenSeat = Callable[..., Seat]


def many_cameras(count: int) -> list[Camera]:
    """Forty places with their buildings, spread over the demo site's cameras."""
    site = read_demo_site()
    return [
        replace(
            site.cameras[at % len(site.cameras)],
            no=CameraNo(f"K{at:04}"),
            name=f"{site.cameras[at % len(site.cameras)].name} {at}",
            place=f"片区 {at % 40}",
            building=f"{at % 40} 号楼",
            floor=f"{at % 7} 层",
        )
        for at in range(count)
    ]


def texts(model: CameraModel) -> list[str]:
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_the_demo_site_is_grouped_by_place_building_and_floor() -> None:
    site = read_demo_site()
    learn_names(site)
    model = CameraModel(site.cameras)
    assert texts(model)[:2] == ["东门  1", "南门  1"]
    model.set_kept(Grouping.BUILDING, ())
    assert texts(model)[0] == "东门岗亭  1"
    assert texts(model)[-1] == "室外  11"
    model.set_kept(Grouping.FLOOR, ())
    assert "图书馆 2 层  1" in texts(model)
    assert sum(model.rowCount(model.index(row, 0)) for row in range(model.rowCount())) == 24


def test_every_camera_is_in_one_group_and_favourites_stand_first_as_well() -> None:
    cameras = many_cameras(100)
    for grouping in Grouping:
        groups = grouped(cameras, grouping, {"K0007"})
        assert groups[0].key == FAVOURITES
        assert [camera.no for camera in groups[0].cameras] == ["K0007"]
        assert sorted(c.no for group in groups[1:] for c in group.cameras) == sorted(c.no for c in cameras)


@pytest.mark.usefixtures("qapp")
def test_the_model_keeps_qts_rules() -> None:
    model = CameraModel(read_demo_site().cameras)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_kept(Grouping.FLOOR, {"C03", "C20"})
    model.set_states({"C03": StreamState.LIVE})
    model.let_through(["C03"])
    model.let_through(None)
    model.set_states({})


@pytest.mark.usefixtures("qapp")
def test_a_state_changes_its_rows_only_and_moves_none() -> None:
    model = CameraModel(read_demo_site().cameras)
    model.set_kept(Grouping.PLACE, {"C03"})
    changed: list[str] = []
    resets: list[int] = []

    def note(first: QModelIndex, _last: QModelIndex) -> None:
        changed.append(first.data(NO))

    model.dataChanged.connect(note)
    model.modelReset.connect(lambda: resets.append(1))
    model.set_states({"C03": StreamState.OFFLINE, "C05": StreamState.LIVE})
    # C03 stands in its place and among the favourites.
    assert sorted(changed) == ["C03", "C03", "C05"]
    assert model.index_of("C03").data(STATE) == StreamState.OFFLINE
    assert "离线" in model.index_of("C03").data(Qt.ItemDataRole.ToolTipRole)
    changed.clear()
    model.set_states({"C03": StreamState.OFFLINE, "C05": StreamState.LATE})
    assert changed == ["C05"]
    assert resets == []


@pytest.mark.usefixtures("qapp")
def test_a_thousand_cameras_are_searched_and_grouped_by_few_resets() -> None:
    tree = CameraTree(many_cameras(1000))
    resets: list[int] = []
    tree.model.modelReset.connect(lambda: resets.append(1))
    tree.set_filter("k0999")
    assert tree.shown_numbers() == ["K0999"]
    tree.set_filter("")
    assert len(tree.shown_numbers()) == 1000
    assert len(resets) == 2
    tree.deleteLater()


@pytest.mark.usefixtures("qapp")
def test_several_cameras_are_dragged_together_from_the_top() -> None:
    model = CameraModel(read_demo_site().cameras)
    rows = [model.index_of(number) for number in ("C07", "C02", "C02")]
    assert dragged_cameras(model.mimeData(rows)) == ["C02", "C07"]


def test_arrows_and_enter_in_the_search_field_put_a_camera_on_the_chosen_tile(open_seat: OpenSeat) -> None:
    seat = open_seat()
    seat.wall.choose(4)
    seat.screen.bar.show_list(True)
    tree = seat.screen.tree
    tree.focus_filter()
    QTest.keyClicks(tree.filter, "shiyan")
    QTest.keyClick(tree.filter, Qt.Key.Key_Return)
    assert seat.wall.plan.cameras[4] == "C22"
    tree.set_filter("北围墙")
    assert tree.chosen_numbers() == ["C05"]
    QTest.keyClick(tree.filter, Qt.Key.Key_Down)
    assert tree.chosen_numbers() == ["C06"]
    assert tree.filter.hasFocus()
    QTest.keyClick(tree.filter, Qt.Key.Key_Escape)
    assert (tree.filter.text(), tree.filter.hasFocus()) == ("", True)
    QTest.keyClick(tree.filter, Qt.Key.Key_Escape)
    assert seat.screen.wall.hasFocus()


def cut_names(tree: CameraTree) -> list[str]:
    """What is not to be read to its end."""
    rows = [tree.model.index_of(number) for number in tree.shown_numbers()]
    view = tree.view
    return [row.data() for row in rows if view.visualRect(row).width() < view.sizeHintForIndex(row).width()]


def test_every_name_is_whole_in_a_narrow_window_and_the_list_keeps_the_width_it_was_given(
    open_seat: OpenSeat,
) -> None:
    screen = open_seat().screen
    speak("en")
    screen.resize(960, 640)
    screen.bar.show_list(True)
    QApplication.processEvents()
    assert cut_names(screen.tree) == []
    splitter = screen.tree.parentWidget()
    assert isinstance(splitter, QSplitter)
    splitter.setSizes([420, 540])
    splitter.splitterMoved.emit(420, 1)
    for shown in (False, True):
        screen.bar.show_list(shown)
        QApplication.processEvents()
    assert screen.tree.width() > 400


def test_several_marked_cameras_fill_the_tiles_from_the_chosen_one(open_seat: OpenSeat) -> None:
    seat = open_seat()
    seat.wall.choose(2)
    tree = seat.screen.tree
    tree.view.clearSelection()
    how = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for number in ("C20", "C21"):
        tree.view.selectionModel().select(tree.model.index_of(number), how)
    tree.view.activated.emit(tree.model.index_of("C20"))
    assert seat.wall.plan.cameras[2:4] == ("C20", "C21")
    assert seat.wall.plan.chosen == 2


def test_favourites_and_grouping_are_there_again_after_a_restart(
    open_seat: OpenSeat, wait_until: Wait
) -> None:
    seat = open_seat()
    seat.screen.bar.show_list(True)
    tree = seat.screen.tree
    tree.view.setCurrentIndex(tree.model.index_of("C24"))
    tree.view.setFocus()
    QTest.keyClick(tree.view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(tree.view, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert tree.model.groups[0].key == FAVOURITES
    wait_until(lambda: seat.jobs.is_idle)
    later = open_seat()
    wait_until(lambda: later.camera_list.favourites == {"C24"})
    assert later.camera_list.grouping is Grouping.BUILDING
    assert [camera.no for camera in later.screen.tree.model.groups[0].cameras] == ["C24"]


def test_a_group_that_was_closed_stays_closed_when_the_list_is_filtered_and_shown_again(
    open_seat: OpenSeat,
) -> None:
    seat = open_seat()
    tree = seat.screen.tree
    tree.view.collapse(tree.model.index(0, 0))
    tree.set_filter("东门")
    assert tree.view.isExpanded(tree.model.index(0, 0))
    tree.set_filter("")
    assert not tree.view.isExpanded(tree.model.index(0, 0))
    assert tree.view.isExpanded(tree.model.index(1, 0))


def test_the_list_marks_the_cameras_whose_streams_are_open(open_seat: OpenSeat, wait_until: Wait) -> None:
    seat = open_seat()
    seat.screen.bar.show_list(True)
    model = seat.screen.tree.model
    wait_until(lambda: model.index_of("C01").data(STATE) == StreamState.LIVE)
    assert model.index_of("C24").data(STATE) is None
