"""The plan tells armed, disarmed, isolated and tested zones apart, and says who took one out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from services.core.clock import ManualClock
from services.domain.arming import ArmState, Isolation, ZoneCondition, ZoneState, ZoneTest
from services.domain.board import Board
from services.domain.classes import AlarmClass
from services.domain.facts import ArmChanged, Fact, ZoneChanged
from services.domain.site import ArmGroup, PanelNo, Site, Zone, ZoneKind, ZoneNo
from tests.ui.pictures import START_AT
from ui.board import LiveBoard
from ui.map.marks import Spot, Thing
from views.map.presenter import MapPresenter
from views.map.screen import MapScreen


def zone(no: str, x: float, alarm_class: AlarmClass = AlarmClass.INTRUSION) -> Zone:
    kind = ZoneKind.INFRARED_BEAM if alarm_class is AlarmClass.INTRUSION else ZoneKind.PANIC_BUTTON
    return Zone(ZoneNo(no), PanelNo("A1"), 1, no, no, kind, alarm_class, "墙", (x, 50.0), arm_group="G1")


SITE = Site(
    "t", "校区", "Campus", 200.0, 100.0,
    zones=(zone("Z1", 30.0), zone("Z2", 70.0), zone("Z3", 110.0), zone("Z4", 150.0, AlarmClass.PANIC)),
    arm_groups=(ArmGroup("G1", "围墙", "Perimeter"),),
)  # fmt: skip


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START_AT)


@pytest.fixture
def live() -> LiveBoard:
    return LiveBoard(Board())


@pytest.fixture
def screen(qtbot: QtBot, live: LiveBoard, clock: ManualClock) -> MapScreen:
    made = MapScreen(MapPresenter(live, SITE, clock=clock))
    qtbot.addWidget(made)
    made.resize(900, 560)
    made.show()
    return made


def held(clock: ManualClock) -> list[Fact]:
    now = clock.now()
    until_at = now + timedelta(hours=1)
    isolation = Isolation("对射被树枝挡住", "zhao", "赵", now, until_at)
    return [
        ArmChanged(ArmState("G1", False, now, "wang", "王"), "disarmed"),
        ZoneChanged(ZoneState("Z2", isolation=isolation), "isolated"),
        ZoneChanged(ZoneState("Z3", test=ZoneTest("zhao", "赵", now, until_at)), "test_begun"),
        ZoneChanged(ZoneState("Z4", isolation=isolation), "isolated"),
    ]


def test_each_state_is_told_and_a_panic_button_is_always_on(
    screen: MapScreen, live: LiveBoard, clock: ManualClock
) -> None:
    presenter = screen._presenter
    assert set(presenter.zones().values()) == {ZoneCondition.ARMED, ZoneCondition.ALWAYS}
    live.apply(held(clock))
    assert presenter.zones() == {
        "Z1": ZoneCondition.DISARMED,
        "Z2": ZoneCondition.ISOLATED,
        "Z3": ZoneCondition.TEST,
        "Z4": ZoneCondition.ALWAYS,
    }
    assert "赵: 对射被树枝挡住" in presenter.explain(Spot(Thing.ZONE, "Z2", (70.0, 50.0)))


def test_the_marks_differ_in_shape_not_in_colour_alone(
    screen: MapScreen, live: LiveBoard, clock: ManualClock
) -> None:
    live.apply(held(clock))
    picture = screen.canvas.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    marks = []
    for one in SITE.zones:
        at = screen.canvas.pixel_of(one.at).toPoint()
        cut = picture.copy(at.x() - 6, at.y() - 6, 13, 13)
        ground = cut.pixelColor(0, 6).lightness()
        marks.append(
            tuple(abs(cut.pixelColor(x, y).lightness() - ground) > 20 for y in range(13) for x in range(13))
        )
    assert len(set(marks)) == 4
