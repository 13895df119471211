"""The plan by keyboard: everything on it can be come to, read and opened without a mouse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from services.domain.classes import Priority
from tests.campus import read_demo_site
from tests.ui.pictures import manual_clock
from ui.map.marks import MapAlarm, Spot, Thing
from ui.map.spots import spots_of
from ui.map.walked import WalkedMap, spot_towards

WAYS = ((1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0))


@pytest.fixture
def plan(qapp: QApplication) -> Iterator[WalkedMap]:
    site = read_demo_site()
    made = WalkedMap(clock=manual_clock())
    made.resize(1200, 800)
    made.set_site(site)
    made.set_alarms([MapAlarm("a1", Priority.P1, (100.0, 100.0), "东门岗亭一键报警")])
    made.show()
    made.setFocus()
    qapp.processEvents()
    yield made
    made.close()
    made.deleteLater()


def test_every_place_on_the_plan_is_come_to_by_arrows(plan: WalkedMap) -> None:
    assert plan.site is not None
    spots = spots_of(plan.site, plan._marks)
    places = {spot.at for spot in spots}
    reached, waiting = {spots[0].at}, [spots[0].at]
    while waiting:
        start = waiting.pop()
        for way in WAYS:
            found = spot_towards(spots, start, way)
            if found is not None and found.at not in reached:
                reached.add(found.at)
                waiting.append(found.at)
    assert reached == places


def test_what_lies_straight_ahead_comes_before_what_is_nearer_aside() -> None:
    ahead, aside, behind = (
        Spot(Thing.CAMERA, no, at) for no, at in (("1", (20.0, 0.0)), ("2", (12.0, 10.0)), ("3", (-1.0, 0.0)))
    )
    assert spot_towards([aside, behind, ahead], (0.0, 0.0), (1.0, 0.0)) is ahead
    assert spot_towards([aside, behind, ahead], (20.0, 0.0), (1.0, 0.0)) is None


def test_the_keys_go_through_all_things_alarms_first_and_say_what_they_are(plan: WalkedMap) -> None:
    assert plan.site is not None
    spots = spots_of(plan.site, plan._marks)
    walked = []
    for _ in spots:
        QTest.keyClick(plan, Qt.Key.Key_N)
        walked.append(plan.walked)
    assert walked == spots
    QTest.keyClick(plan, Qt.Key.Key_N)
    assert plan.walked == spots[0]
    assert plan.accessibleDescription() == "P1 东门岗亭一键报警"
    QTest.keyClick(plan, Qt.Key.Key_P)
    assert plan.walked == spots[-1]


def test_enter_opens_a_camera_and_chooses_an_alarm(plan: WalkedMap) -> None:
    opened: list[str] = []
    chosen: list[str] = []
    plan.camera_opened.connect(opened.append)
    plan.alarm_chosen.connect(chosen.append)
    QTest.keyClick(plan, Qt.Key.Key_Right)
    QTest.keyClick(plan, Qt.Key.Key_Return)
    assert chosen == ["a1"]
    QTest.keyClick(plan, Qt.Key.Key_N)
    QTest.keyClick(plan, Qt.Key.Key_Return)
    assert plan.walked is not None
    assert opened == [plan.walked.no]
    assert plan.walked.thing is Thing.CAMERA


def test_keys_zoom_move_and_show_the_whole_plan(plan: WalkedMap) -> None:
    whole = plan.plan_view
    QTest.keyClick(plan, Qt.Key.Key_Plus)
    assert plan.px_per_m > whole.px_per_m
    nearer = plan.plan_view
    QTest.keyClick(plan, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert plan.plan_view.centre[0] > nearer.centre[0]
    QTest.keyClick(plan, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert plan.plan_view.centre[1] > nearer.centre[1]
    QTest.keyClick(plan, Qt.Key.Key_Home)
    assert plan.plan_view == whole


def test_a_thing_out_of_sight_is_brought_into_sight(plan: WalkedMap) -> None:
    for _ in range(12):
        plan.zoom_in()
    for _ in range(30):
        QTest.keyClick(plan, Qt.Key.Key_N)
        assert plan.walked is not None
        assert plan.rect().contains(plan.pixel_of(plan.walked.at).toPoint())
