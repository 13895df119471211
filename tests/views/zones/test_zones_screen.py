"""The zones screen on a real record: groups, holds, walks, editing, tables, rights and both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from services.alarms.arming_desk import ArmingDesk
from services.alarms.center import AlarmCenter
from services.alarms.meaning import POLLING_LOST
from services.core.errors import ServiceError
from services.core.jobs import Jobs
from services.devices.entries import EntryDesk
from services.domain.alarms import AlarmSource, Qualifier, Signal
from services.domain.classes import AlarmClass
from services.domain.people import Role, Session
from services.domain.site import ArmGroup, Site
from tests.records import facts_after
from tests.ui.test_i18n import HAN
from tests.views.seat import ADMINISTRATOR, OPERATOR, Campus
from tests.waiting import LIMIT_S
from ui.board import LiveBoard
from ui.entries.fields import ChoiceBox
from ui.i18n import speak
from ui.jobs import UiJobs
from ui.local_zone import local_zone
from ui.text.places import learn_names
from views.zones.import_presenter import ImportPresenter
from views.zones.presenter import ZonesPresenter
from views.zones.screen import ZonesScreen
from views.zones.zone_page import Hold

LEADER = Session("zhao", "赵班长", Role.SHIFT_LEADER, "SEAT-3")
Wait = Callable[..., object]
OpenRoom = Callable[..., "Room"]


class Room:
    """One person's screen; `pull` brings what happened, as the feed does."""

    def __init__(self, campus: Campus, session: Session, jobs: UiJobs) -> None:
        self.campus = campus
        self.jobs = jobs
        database = campus.database
        self.desk = ArmingDesk(database, campus.clock, local_zone())
        self.entries = EntryDesk(database)
        self.live = LiveBoard(database.read(lambda view: view.board()))
        self.seq = self.live.board.seq
        self.presenter = ZonesPresenter(
            live=self.live,
            site=campus.site,
            arming=self.desk,
            entries=self.entries,
            session=session,
            jobs=jobs,
            clock=campus.clock,
            zone=local_zone(),
        )
        self.importing = ImportPresenter(campus.site, self.entries, session, jobs)
        self.screen = ZonesScreen(self.presenter, self.importing)

    def pull(self) -> None:
        self.seq, facts = facts_after(self.campus.database, self.seq)
        self.live.apply(facts)
        site = self.campus.database.read(lambda view: view.site())
        assert site is not None
        self.presenter.use_site(site)
        self.screen.show_present()

    def row_of(self, no: str) -> int:
        table = self.screen.zones.table
        return next(row for row in range(table.rowCount()) if table.item(row, 1).text() == no)

    def state_of(self, no: str) -> str:
        return str(self.screen.zones.table.item(self.row_of(no), 0).text())

    def choose(self, no: str) -> None:
        self.screen.zones.table.selectRow(self.row_of(no))


def with_group(site: Site) -> Site:
    zones = tuple(
        replace(zone, arm_group="G1") if zone.alarm_class is AlarmClass.INTRUSION else zone
        for zone in site.zones
    )
    return replace(site, zones=zones, arm_groups=(ArmGroup("G1", "围墙周界", "Perimeter"),))


@pytest.fixture
def campus(tmp_path: Path) -> Iterator[Campus]:
    made = Campus(tmp_path)
    made.site = with_group(made.site)
    made.database.write(lambda tx: tx.replace_site(made.site))
    made.center = AlarmCenter(made.database, made.clock, made.site, lambda _zone: ())
    learn_names(made.site)
    yield made
    made.close()


@pytest.fixture
def open_room(qtbot: QtBot, campus: Campus, wait_until: Wait) -> Iterator[OpenRoom]:
    pool = Jobs("zones", threads=2)
    jobs = UiJobs(pool)

    def build(session: Session = LEADER) -> Room:
        room = Room(campus, session, jobs)
        qtbot.addWidget(room.screen)
        room.screen.resize(1302, 720)
        room.screen.show()
        wait_until(lambda: jobs.is_idle)
        room.screen.show_present()
        return room

    yield build
    jobs.close()
    pool.stop()
    speak("zh")


def test_one_press_disarms_a_group_and_its_zones_say_so(open_room: OpenRoom, wait_until: Wait) -> None:
    room = open_room(OPERATOR)
    assert room.state_of("Z11") == "已布防"
    room.screen.groups.cards[0].disarm.click()
    wait_until(lambda: room.campus.database.read(lambda view: view.arm_states.find("G1")))
    room.pull()
    assert room.state_of("Z11") == "已撤防"
    assert room.state_of("Z01") == "始终有效"
    assert not room.screen.groups.cards[0].disarm.isEnabled()


def test_a_leader_isolates_a_beam_and_cannot_isolate_a_panic_button(
    open_room: OpenRoom, wait_until: Wait
) -> None:
    room = open_room()
    page = room.screen.zones
    room.choose("Z01")
    assert not page.isolate.isEnabled()
    assert not page.test.isEnabled()
    room.choose("Z11")
    page.ask_hold(Hold.ISOLATE)
    page.hold_bar.go.click()
    wait_until(lambda: "必须写明原因" in page.message.text())
    page.hold_bar.reason.setText("对射被树枝挡住")
    page.hold_bar.go.click()
    wait_until(lambda: not page.hold_bar.isVisible())
    room.pull()
    assert room.state_of("Z11").startswith("已隔离，至 ")
    room.choose("Z11")
    page.end_hold.click()
    wait_until(lambda: not room.campus.database.read(lambda view: view.zone_states.held()))


def test_a_reading_that_fails_meanwhile_does_not_answer_for_the_command(
    open_room: OpenRoom, wait_until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = open_room()
    page, is_told, isolate = room.screen.zones, Event(), room.desk.isolate

    def unreachable() -> object:
        raise ServiceError("storage.unreachable")

    def isolate_after_it(*command: Any) -> object:
        assert is_told.wait(LIMIT_S)
        return isolate(*command)

    monkeypatch.setattr(room.desk, "states", unreachable)
    monkeypatch.setattr(room.desk, "isolate", isolate_after_it)
    room.choose("Z11")
    page.ask_hold(Hold.ISOLATE)
    page.hold_bar.reason.setText("对射被树枝挡住")
    page.hold_bar.go.click()
    room.presenter.refresh()
    wait_until(lambda: "连不上" in room.screen.message.text())
    is_told.set()
    wait_until(lambda: not page.hold_bar.isVisible())


def test_after_a_reading_that_died_the_next_one_is_tried(
    open_room: OpenRoom,
    wait_until: Wait,
    monkeypatch: pytest.MonkeyPatch,
    expected_log: Callable[..., None],
) -> None:
    expected_log("job.crashed")
    room, died = open_room(), []

    def mistaken() -> object:
        died.append(True)
        raise ZeroDivisionError

    with monkeypatch.context() as ill:
        ill.setattr(room.desk, "states", mistaken)
        room.presenter.refresh()
        wait_until(lambda: died and room.jobs.is_idle)
    read = room.desk.states
    asked: list[bool] = []

    def noted() -> object:
        asked.append(True)
        return read()

    monkeypatch.setattr(room.desk, "states", noted)
    room.presenter.refresh()
    wait_until(lambda: asked and room.jobs.is_idle)


def test_a_hold_of_nothing_says_what_is_missing(open_room: OpenRoom) -> None:
    room = open_room()
    page = room.screen.zones
    room.choose("Z11")
    page.ask_hold(Hold.ISOLATE)
    page.table.clearSelection()
    page.hold_bar.go.click()
    assert "先在表中选防区" in page.message.text()


def test_an_operator_may_test_and_not_isolate_nor_edit(open_room: OpenRoom) -> None:
    page = open_room(OPERATOR).screen.zones
    page.table.selectRow(
        next(r for r in range(page.table.rowCount()) if page.table.item(r, 1).text() == "Z11")
    )
    assert (page.test.isEnabled(), page.isolate.isEnabled()) == (True, False)
    assert not any(button.isVisible() for button in (page.add, page.edit, page.remove, page.import_button))


def test_the_last_signal_and_what_became_of_it_are_shown(open_room: OpenRoom, wait_until: Wait) -> None:
    room = open_room()
    room.desk.disarm(LEADER, ["G1"])
    room.campus.ring("Z11")
    room.pull()
    room.presenter.refresh()
    wait_until(lambda: "撤防未报" in room.screen.zones.table.item(room.row_of("Z11"), 5).text())


def test_search_and_state_narrow_the_table(open_room: OpenRoom, wait_until: Wait) -> None:
    room = open_room()
    room.campus.ring("Z01")
    room.pull()
    page = room.screen.zones
    page.search.setText("bwq")  # 北围墙 by its initials
    wait_until(lambda: {page.table.item(r, 1).text()[:1] for r in range(page.table.rowCount())} == {"Z"})
    wait_until(lambda: page.table.rowCount() < len(room.campus.site.zones))
    page.search.clear()
    page.condition.setCurrentIndex(1)
    wait_until(lambda: page.table.rowCount() == 1)
    assert page.table.item(0, 1).text() == "Z01"


def test_escape_leaves_the_form_and_the_line_of_a_hold_and_not_an_alarm(
    open_room: OpenRoom, qtbot: QtBot
) -> None:
    room = open_room(ADMINISTRATOR)
    page, let_go = room.screen.zones, list[bool]()
    alarms_own = QShortcut(QKeySequence("Esc"), room.screen)
    alarms_own.activated.connect(lambda: let_go.append(True))
    page.begin_new()
    qtbot.keyClick(page.form.widget("name"), Qt.Key.Key_Escape)
    assert not page.form.isVisible()
    room.choose("Z11")
    page.ask_hold(Hold.ISOLATE)
    qtbot.keyClick(page.hold_bar.reason, Qt.Key.Key_Escape)
    assert not page.hold_bar.isVisible()
    assert let_go == []
    qtbot.keyClick(room.screen, Qt.Key.Key_Escape)
    assert let_go == [True]


def test_an_administrator_adds_a_zone_by_the_form_and_a_click_on_the_plan(
    open_room: OpenRoom, wait_until: Wait
) -> None:
    room = open_room(ADMINISTRATOR)
    page = room.screen.zones
    page.begin_new()
    form = page.form
    name, place, number = form.widget("name"), form.widget("place"), form.widget("number")
    assert isinstance(name, QLineEdit)
    assert isinstance(place, QLineEdit)
    assert isinstance(number, QSpinBox)
    name.setText("北墙对射 9")
    number.setValue(1)  # taken
    form.picker.placed.emit(40.0, 30.0)
    form.picker.set_point((40.0, 30.0))
    form.save.click()
    wait_until(lambda: form.message.text())
    place.setText("北墙")
    number.setValue(900)
    form.save.click()
    wait_until(lambda: not form.isVisible())
    room.pull()
    added = room.presenter.site.zone_on_wire("A1", 900)
    assert added is not None
    assert (added.name, added.at, added.alarm_class) == ("北墙对射 9", (40.0, 30.0), AlarmClass.INTRUSION)


def test_a_panic_detector_offers_no_group_and_no_delay(open_room: OpenRoom) -> None:
    room = open_room(ADMINISTRATOR)
    room.choose("Z11")
    room.screen.zones.begin_edit()
    form = room.screen.zones.form
    kind = form.widget("kind")
    assert isinstance(kind, ChoiceBox)
    kind.value = "panic_button"
    assert not form.widget("arm_group").isEnabled()
    assert not form.widget("entry_delay_s").isEnabled()
    entry = form.entry()
    assert (getattr(entry, "alarm_class", None), getattr(entry, "arm_group", None)) == (AlarmClass.PANIC, "")


def test_a_table_with_one_wrong_row_brings_nothing_and_a_right_one_everything(
    open_room: OpenRoom, wait_until: Wait, tmp_path: Path
) -> None:
    room = open_room(ADMINISTRATOR)
    file = tmp_path / "z.csv"
    head = "主机,防区号,名称,探测器,位置,东 (米),北 (米),布防组"
    good, bad = "A1,900,北墙对射,红外对射,北墙,40,30,G1", "A1,901,按钮,一键报警按钮,北墙,40,30,G1"
    file.write_text("\n".join((head, good, bad)), encoding="utf-8")
    room.importing.read(file)
    wait_until(lambda: room.importing.rows)
    assert not room.screen.importing.take_all.isEnabled()
    assert "始终有效" in room.screen.importing.table.item(0, 6).text()
    file.write_text("\n".join((head, good)), encoding="utf-8")
    room.importing.read(file)
    wait_until(room.screen.importing.take_all.isEnabled)
    assert room.campus.database.read(lambda view: view.site()).zone_on_wire("A1", 900) is None  # type: ignore[union-attr]
    room.screen.importing.take_all.click()
    wait_until(lambda: "已新增 1" in room.screen.importing.state.text())


def test_a_table_shows_what_is_other_before_anything_is_written_and_removes_nothing(
    open_room: OpenRoom, wait_until: Wait, tmp_path: Path
) -> None:
    room = open_room(ADMINISTRATOR)
    zones = room.campus.site.zones
    file = tmp_path / "z.csv"
    room.importing.export([replace(zones[0], name="新名"), zones[1]], file)
    wait_until(lambda: not room.importing.is_busy)
    room.importing.read(file)
    page = room.screen.importing
    wait_until(page.take_all.isEnabled)
    checks = [page.table.item(row, 6).text() for row in range(2)]
    assert checks == [f"更改：名称 {zones[0].name} → 新名", "不变"]
    assert f"没有的 {len(zones) - 2} 个防区保持原样" in page.state.text()
    page.take_all.click()
    wait_until(lambda: "已新增 0 个防区，更改 1 个" in page.state.text())
    stored = room.campus.database.read(lambda view: view.site())
    assert stored is not None
    assert stored.zones == (replace(zones[0], name="新名"), *zones[1:])


def test_a_walk_shows_who_answered_while_it_runs_and_its_report_after(
    open_room: OpenRoom, wait_until: Wait
) -> None:
    room = open_room(OPERATOR)
    walk = room.screen.walk
    room.screen.zones.walk_wanted.emit(["Z11", "Z12"])
    walk.begin.click()
    wait_until(lambda: room.campus.database.read(lambda view: view.zone_states.held()))
    room.campus.ring("Z11")
    room.pull()
    assert walk.report is not None
    assert [zone for zone, _at in walk.report.answered] == ["Z11"]
    walk.end.click()
    wait_until(lambda: not room.campus.database.read(lambda view: view.zone_states.held()))
    room.presenter.refresh()
    wait_until(lambda: walk.report is not None and walk.report.ended_at is not None)
    assert "1/2" in walk.state.text()
    assert len(walk.lines()) == 4


def test_a_silent_panel_is_said_to_be_so(open_room: OpenRoom) -> None:
    room = open_room()
    account = next(panel.account for panel in room.campus.site.panels if panel.no == "A2")
    now = room.campus.clock.now()
    lost = Signal(AlarmSource.DEVICE, account, POLLING_LOST, 0, Qualifier.NEW, now, "polling:1")
    room.campus.center.receive([lost])
    room.pull()
    room.screen.tabs.setCurrentWidget(room.screen.panels)
    table = room.screen.panels.table
    states = {table.item(row, 1).text(): table.item(row, 0).text() for row in range(table.rowCount())}
    assert states["A1"] == "正常"
    assert states["A2"].startswith("失联")


def test_the_screen_speaks_english_wholly(open_room: OpenRoom) -> None:
    room = open_room(ADMINISTRATOR)
    room.desk.isolate(LEADER, "Z11", "x", room.campus.clock.now() + timedelta(hours=1))
    room.pull()
    speak("en")
    QApplication.processEvents()
    screen = room.screen
    texts = {w.text() for kind in (QLabel, QPushButton) for w in screen.findChildren(kind)}
    texts |= {w.accessibleName() for w in screen.findChildren(QLineEdit)}
    for page in (screen.zones, screen.panels, screen.group_page, screen.walk, screen.importing):
        screen.tabs.setCurrentWidget(page)
        screen.show_present()
        texts |= {text for line in page.table.texts() for text in line}
    assert {text for text in texts if HAN.search(text)} == set()
