"""The health screen on a real record: states, sorting, filter, events, export and both languages."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from services.core.clock import SystemClock
from services.core.errors import ServiceError
from services.devices.health import HealthDesk
from services.domain.devices import CameraReport, HealthState
from services.domain.facts import CameraHealthChanged
from services.domain.site import Site
from services.storage import Database
from tests.campus import read_demo_site
from tests.records import new_record
from tests.ui.test_i18n import HAN
from tests.ui.working import ui_jobs
from ui.board import LiveBoard
from ui.i18n import speak
from ui.jobs import UiJobs
from ui.text.names import name_of
from ui.text.places import learn_names
from views.health.presenter import HealthPresenter
from views.health.screen import HealthScreen

AT = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
Wait = Callable[..., object]


class Room:
    """The screen, its presenter and the record behind them."""

    def __init__(self, database: Database, site: Site, jobs: UiJobs) -> None:
        self.desk = HealthDesk(database, SystemClock())
        self.jobs = jobs
        self.live = LiveBoard(database.read(lambda view: view.board()))
        self.presenter = HealthPresenter(self.live, site, self.desk, jobs)
        self.screen = HealthScreen(self.presenter)

    def report(self, camera: str, state: HealthState, after_s: float = 0.0, **known: object) -> None:
        """As a seat would, and the fact comes back by the feed."""
        told = CameraReport(camera, state, AT + timedelta(seconds=after_s), **known)
        for health in self.desk.report([told], "seat-1"):
            self.live.apply([CameraHealthChanged(health)])

    def column(self, index: int) -> list[str]:
        table = self.screen.table
        return [table.item(row, index).text() for row in range(table.rowCount())]


@pytest.fixture
def site() -> Site:
    site = read_demo_site()
    learn_names(site)
    return site


@pytest.fixture
def room(tmp_path: Path, site: Site, qtbot: QtBot) -> Iterator[Room]:
    with new_record(tmp_path / "record.db") as database, ui_jobs() as jobs:
        room = Room(database, site, jobs)
        qtbot.addWidget(room.screen)
        room.screen.resize(1200, 700)
        room.screen.show()
        yield room
        room.screen.hide()


def test_every_camera_of_the_site_has_a_row_and_the_worst_stand_first(room: Room, site: Site) -> None:
    room.report("C02", HealthState.LIVE)
    room.report("C03", HealthState.BLACK)
    room.report("C04", HealthState.OFFLINE)

    assert len(room.column(1)) == len(site.cameras)
    assert room.column(1)[:2] == ["C04", "C03"]
    assert room.column(1)[-1] == "C02"
    assert room.column(0)[:2] == [name_of(HealthState.OFFLINE), name_of(HealthState.BLACK)]


def test_rates_and_uptime_are_read_while_the_screen_is_in_front(room: Room, qtbot: QtBot) -> None:
    room.report("C02", HealthState.LIVE, source_fps=24.9, bit_rate=812_000.0, reconnects=3)
    room.presenter.refresh()
    qtbot.waitUntil(lambda: "100.0 %" in room.column(5), timeout=60_000)

    row = room.column(1).index("C02")
    assert [room.column(column)[row] for column in (5, 6, 7, 8)] == [
        "100.0 %",
        "3",
        "812 kbit/s",
        "24.9 / 25",
    ]


def test_only_troubled_and_the_search_leave_what_is_asked_for(room: Room) -> None:
    room.report("C02", HealthState.LIVE)
    room.report("C03", HealthState.MOVED)
    room.report("C04", HealthState.OFFLINE)

    room.screen.only_troubled.setChecked(True)
    assert sorted(room.column(1)) == ["C03", "C04"]
    room.screen.search.setText("c04")
    assert room.column(1) == ["C04"]
    room.screen.search.setText("no such camera")
    assert not room.screen.table.isVisible()
    assert room.screen.empty.isVisible()


def test_the_chosen_camera_s_events_are_listed_newest_first(room: Room, qtbot: QtBot) -> None:
    room.report("C03", HealthState.LIVE)
    room.report("C03", HealthState.FROZEN, 60)
    room.presenter.choose("C03")
    qtbot.waitUntil(lambda: room.screen.events.count() == 2, timeout=60_000)

    assert name_of(HealthState.FROZEN) in room.screen.events.item(0).text()
    room.report("C03", HealthState.LIVE, 90)
    qtbot.waitUntil(lambda: room.screen.events.count() == 3, timeout=60_000)


def test_enter_on_a_row_shows_the_camera_on_the_wall(room: Room, qtbot: QtBot) -> None:
    opened: list[str] = []
    room.screen.camera_opened.connect(opened.append)
    room.report("C04", HealthState.OFFLINE)
    room.screen.table.selectRow(0)
    room.screen.table.setFocus()
    qtbot.keyClick(room.screen.table, Qt.Key.Key_Return)
    qtbot.keyClick(room.screen.table, Qt.Key.Key_Enter)
    assert opened == ["C04", "C04"]


def test_a_reading_that_fails_is_said_until_one_goes_well_and_the_events_are_read_too(
    room: Room, wait_until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(*_asked: str) -> object:
        raise ServiceError("storage.unreachable", reason="away")

    room.report("C04", HealthState.OFFLINE)
    with monkeypatch.context() as away:
        away.setattr(room.desk, "overview", unreachable)
        away.setattr(room.desk, "events_of", unreachable)
        room.presenter.refresh()
        room.presenter.choose("C04")
        wait_until(lambda: room.jobs.is_idle)
        message = room.screen.message
        assert message.text() == "读不到设备健康记录，显示的是上次读到的。程序会继续尝试。"
        assert message.property("tone") == "bad"
        # Nobody knows whether there are any.
        assert room.screen.events.count() == 0
    room.presenter.refresh()
    wait_until(lambda: room.screen.events.count() == 1)
    assert message.text() == ""


def test_after_a_reading_that_died_the_next_one_is_tried(
    room: Room, wait_until: Wait, monkeypatch: pytest.MonkeyPatch, expected_log: Callable[..., None]
) -> None:
    expected_log("job.crashed")

    def mistaken() -> object:
        raise ZeroDivisionError

    with monkeypatch.context() as ill:
        ill.setattr(room.desk, "overview", mistaken)
        room.presenter.refresh()
        wait_until(lambda: room.screen.message.text())
    room.presenter.refresh()
    wait_until(lambda: not room.screen.message.text())


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_table_is_exported_as_shown_and_holds_no_formula(
    room: Room, qtbot: QtBot, tmp_path: Path, ending: str
) -> None:
    room.report("C04", HealthState.OFFLINE, error="video.unreachable")
    room.desk.note_device("C04", clock_offset_s=2.5, firmware="=cmd|calc")
    room.presenter.refresh()
    qtbot.waitUntil(lambda: "=cmd|calc" in room.column(11), timeout=60_000)
    file = tmp_path / f"health.{ending}"

    with qtbot.waitSignal(room.presenter.exported, timeout=60_000):
        room.presenter.export(file, room.screen.table.texts())

    if ending == "xlsx":
        book = load_workbook(file)
        rows = [[cell or "" for cell in row] for row in book.active.iter_rows(values_only=True)]
        book.close()
    else:
        rows = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[1][1] == "C04"
    assert rows[1][11] == "'=cmd|calc"
    assert len(rows) == 25


def test_the_screen_speaks_english_too(room: Room) -> None:
    room.report("C04", HealthState.OFFLINE, error="video.unreachable")
    speak("en")
    QApplication.processEvents()
    try:
        headings = [
            room.screen.table.horizontalHeaderItem(column).text()
            for column in range(room.screen.table.columnCount())
        ]
        shown = [*headings, *room.column(0), *room.column(2), room.screen.summary.text()]
        assert not [text for text in shown if HAN.search(text)]
    finally:
        speak("zh")
        QApplication.processEvents()
