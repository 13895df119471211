"""The screen of fire transmission devices on a real record: what may be asked, and how answers are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from services.alarms.fire_requests import FireRequests
from services.core.clock import SystemClock
from services.domain.facts import FireRequestChanged
from services.domain.fire_requests import (
    FireOutcome,
    FireRequest,
    FireRequestKind,
    FireRequestState,
    FireTold,
)
from services.domain.people import Role, Session
from services.domain.site import Site
from services.storage import Database
from tests.campus import read_demo_site
from tests.records import new_record
from tests.ui.test_i18n import HAN
from tests.ui.working import ui_jobs
from ui.board import LiveBoard
from ui.i18n import speak
from ui.jobs import UiJobs
from ui.text.places import learn_names
from views.firedevices.presenter import FireDevicesPresenter
from views.firedevices.screen import FireDevicesScreen

AT = datetime(2026, 11, 24, 1, 58, 2, tzinfo=UTC)


class Room:
    """The screen, its presenter and the record behind them."""

    def __init__(self, database: Database, site: Site, jobs: UiJobs, role: Role) -> None:
        self.database = database
        self.live = LiveBoard(database.read(lambda view: view.board()))
        self.presenter = FireDevicesPresenter(
            live=self.live,
            site=site,
            desk=FireRequests(database, SystemClock()),
            session=Session("wang", "王某", role, "SEAT-1"),
            jobs=jobs,
        )
        self.screen = FireDevicesScreen(self.presenter)

    def open_requests(self) -> list[FireRequest]:
        return self.database.read(lambda view: view.fire_requests.open())

    def told(self, **changes: object) -> None:
        """The hub went on with the newest request, and the fact comes by the feed."""
        request = replace(self.presenter.requests()[0], **changes)  # type: ignore[arg-type]
        request = replace(request, row_version=request.row_version + 1)
        self.live.apply([FireRequestChanged(request, request.state.value)])

    def line(self, row: int) -> list[str]:
        table = self.screen.requests
        return [table.item(row, column).text() for column in range(table.columnCount())]


@pytest.fixture
def site() -> Site:
    site = read_demo_site()
    learn_names(site)
    return site


@pytest.fixture
def open_room(tmp_path: Path, site: Site, qtbot: QtBot) -> Iterator[Callable[..., Room]]:
    with new_record(tmp_path / "record.db") as database, ui_jobs() as jobs:
        database.write(lambda tx: tx.replace_site(site))
        rooms: list[Room] = []

        def make(role: Role = Role.OPERATOR, shown_site: Site = site) -> Room:
            room = Room(database, shown_site, jobs, role)
            qtbot.addWidget(room.screen)
            room.screen.resize(1200, 700)
            room.screen.show()
            rooms.append(room)
            return room

        yield make
        for room in rooms:
            room.screen.hide()


def test_a_click_asks_for_duty_once_and_the_answer_is_shown_as_it_comes(
    open_room: Callable[..., Room], qtbot: QtBot
) -> None:
    room = open_room()
    button = room.screen.buttons[FireRequestKind.DUTY_CHECK]
    assert room.presenter.chosen == "F1"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: room.screen.requests.rowCount() == 1, timeout=60_000)
    assert [(r.panel, r.kind) for r in room.open_requests()] == [("F1", FireRequestKind.DUTY_CHECK)]
    assert not button.isEnabled()
    assert room.line(0)[1:5] == ["消防传输装置", "查岗", "王某", "下发中"]

    room.told(state=FireRequestState.RINGING, outcome=FireOutcome.ACCEPTED)
    assert room.line(0)[4] == "等人应答"
    answer = FireTold("gb26875:device_duty_answer", text="#1")
    room.told(state=FireRequestState.DONE, told=(answer,))
    assert room.line(0)[4:] == ["完成", "查岗应答 #1"]
    assert button.isEnabled()


def test_a_state_that_was_read_says_what_holds_or_that_all_is_well(
    open_room: Callable[..., Room], qtbot: QtBot
) -> None:
    room = open_room()
    room.presenter.ask(FireRequestKind.READ_STATE)
    qtbot.waitUntil(lambda: room.screen.requests.rowCount() == 1, timeout=60_000)
    fault = FireTold("gb26875:state", ("gb26875:device_main_power_fault",))
    room.told(state=FireRequestState.DONE, told=(fault,))
    assert room.line(0)[5] == "状态 主电故障"
    room.told(told=(FireTold("gb26875:state"),))
    assert room.line(0)[5] == "一切正常"
    room.told(state=FireRequestState.FAILED, outcome=FireOutcome.NOT_CONNECTED, told=())
    assert room.line(0)[4:] == ["失败", "装置没有连接"]


def test_an_operator_does_not_see_how_to_initialise_and_an_administrator_is_asked_once_more(
    open_room: Callable[..., Room], qtbot: QtBot
) -> None:
    assert not open_room(Role.OPERATOR).screen.buttons[FireRequestKind.INITIALISE].isVisible()
    room = open_room(Role.ADMINISTRATOR)
    button = room.screen.buttons[FireRequestKind.INITIALISE]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert room.open_requests() == []
    assert button.text() == "再按一次：初始化"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(room.open_requests()) == 1, timeout=60_000)


def test_a_supervisor_sees_only_how_to_read(open_room: Callable[..., Room]) -> None:
    buttons = open_room(Role.SUPERVISOR).screen.buttons
    shown = {kind for kind, button in buttons.items() if button.isVisible()}
    assert shown == {kind for kind in FireRequestKind if kind.value.startswith("read_")}


def test_a_component_is_asked_once_its_point_is_typed(open_room: Callable[..., Room], qtbot: QtBot) -> None:
    room = open_room()
    system = room.screen.buttons[FireRequestKind.READ_SYSTEM_STATE]
    component = room.screen.buttons[FireRequestKind.READ_COMPONENT_STATE]
    typed = [("", False, False), ("1.1", True, False), ("1.1.10.2", True, True)]
    for text, *are_enabled in typed:
        room.screen.point.setEditText(text)
        assert [system.isEnabled(), component.isEnabled()] == are_enabled
    qtbot.mouseClick(component, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: room.screen.requests.rowCount() == 1, timeout=60_000)
    assert [r.point for r in room.open_requests()] == ["1.1.10.2"]
    assert not component.isEnabled()
    room.screen.point.setEditText("1.1.10.3")
    assert component.isEnabled()
    told = FireTold("gb26875:analogue", text="23.5 ℃", point="1.1.10.2")
    room.told(state=FireRequestState.DONE, told=(told, replace(told, point="1.1.10.4")))
    assert room.line(0)[2] == "读部件状态 1.1.10.2"
    assert room.line(0)[5] == "模拟量 23.5 ℃; 1.1.10.4 模拟量 23.5 ℃"


def test_the_points_that_the_site_knows_are_offered(open_room: Callable[..., Room], site: Site) -> None:
    zones = tuple(replace(site.zones[0], no=no, panel="F1", point=f"1.1.{no}.2") for no in ("7", "8"))  # type: ignore[arg-type]
    box = open_room(shown_site=replace(site, zones=zones)).screen.point
    assert [box.itemText(index) for index in range(box.count())] == ["1.1.7.2", "1.1.8.2"]
    assert box.currentText() == ""


def test_a_refusal_is_said_in_a_sentence(open_room: Callable[..., Room], qtbot: QtBot, site: Site) -> None:
    room = open_room()
    room.database.write(lambda tx: tx.replace_site(replace(site, panels=())))
    room.presenter.ask(FireRequestKind.SET_CLOCK)
    qtbot.waitUntil(lambda: "校区里没有消防传输装置 F1" in room.screen.message.text(), timeout=60_000)


def test_a_site_without_such_devices_says_what_to_do(open_room: Callable[..., Room], site: Site) -> None:
    room = open_room(shown_site=replace(site, panels=()))
    assert room.screen.empty.isVisible()
    assert not room.screen.devices.isVisible()
    assert not any(button.isEnabled() for button in room.screen.buttons.values())


def test_everything_is_said_in_english_too(open_room: Callable[..., Room], qtbot: QtBot) -> None:
    room = open_room(Role.ADMINISTRATOR)
    room.presenter.ask(FireRequestKind.READ_STATE)
    qtbot.waitUntil(lambda: room.screen.requests.rowCount() == 1, timeout=60_000)
    told = FireTold("gb26875:state", ("gb26875:device_fault",), at=AT)
    room.told(state=FireRequestState.DONE, told=(told,))
    speak("en")
    QApplication.processEvents()
    try:
        tables = (room.screen.devices, room.screen.requests)
        said = [button.text() for button in room.screen.buttons.values()]
        said += [t.horizontalHeaderItem(c).text() for t in tables for c in range(t.columnCount())]
        said += [room.line(0)[index] for index in (1, 2, 4, 5)]
        assert [text for text in said if HAN.search(text)] == []
    finally:
        speak("zh")
        QApplication.processEvents()
