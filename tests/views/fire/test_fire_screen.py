"""The fire linkage screen on a real record: what an operator sees, and that nothing goes unconfirmed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from services.core.bus import Bus
from services.core.clock import SystemClock
from services.domain.outputs import WHOLE_SITE, OrderCause, OrderState, OutputAction, OutputMode, OutputOrder
from services.domain.people import Role, Session
from services.domain.site import Site
from services.linkage.outputs import Outputs, book
from services.storage import ChangeFeed, Database, Tx
from tests.campus import read_demo_site
from tests.records import new_record
from tests.ui.test_i18n import HAN
from tests.ui.working import ui_jobs
from ui.board import LiveBoard
from ui.bridge import FactBridge
from ui.i18n import speak
from ui.jobs import UiJobs
from ui.text.places import learn_names
from views.fire.presenter import FirePresenter
from views.fire.screen import FireScreen

LEADER = Session("li", "李班长", Role.SHIFT_LEADER, "SEAT-1")
FAN, DAMPER, SOUNDERS, PUMP = "L04", "L03", "L01", "L07"
Wait = Callable[..., object]


class Acquaintances:
    def vouch(self, name: str, password: str, workstation: str, purpose: str) -> Session:
        assert (password, bool(purpose)) == (f"password of {name}", True)
        return Session(name, f"{name} 某", Role.OPERATOR, workstation)


class Room:
    """The screen, its presenter, the record and the feed behind them."""

    def __init__(self, database: Database, site: Site, jobs: UiJobs, session: Session) -> None:
        self.database = database
        self.outputs = Outputs(database, SystemClock(), lambda: site, Acquaintances())
        self.live = LiveBoard(database.read(lambda view: view.board()))
        bus = Bus()
        self.bridge = FactBridge(bus)
        self.bridge.facts_arrived.connect(self.live.apply)
        self.feed = ChangeFeed(database, bus)
        self.feed.start(self.live.board.seq)
        self.presenter = FirePresenter(
            live=self.live,
            site=site,
            commands=self.outputs,
            session=session,
            jobs=jobs,
            clock=SystemClock(),
        )
        self.screen = FireScreen(self.presenter)

    def choose(self, output_no: str) -> None:
        table = self.screen.table
        for row in range(table.rowCount()):
            if table.item(row, 0).data(Qt.ItemDataRole.UserRole) == output_no:
                table.selectRow(row)

    def cells(self, output_no: str) -> list[str]:
        table = self.screen.table
        for row in range(table.rowCount()):
            if table.item(row, 0).data(Qt.ItemDataRole.UserRole) == output_no:
                return [table.item(row, column).text() for column in range(table.columnCount())]
        raise AssertionError(output_no)

    def newest(self) -> OutputOrder | None:
        return next(iter(self.outputs.history(1)), None)

    def carry_out(self, order: OutputOrder) -> None:
        """As the hub would."""

        def work(tx: Tx) -> None:
            now = SystemClock().now()
            sent = book.send(tx, tx.output_orders.get(order.id), now)
            started = book.start(tx, sent, now, 5.0)
            book.prove(tx, started, now)

        self.database.write(work)


@pytest.fixture
def site() -> Site:
    site = read_demo_site()
    learn_names(site)
    return site


@pytest.fixture
def make_room(tmp_path: Path, site: Site, qtbot: QtBot) -> Iterator[Callable[..., Room]]:
    with new_record(tmp_path / "record.db") as database, ui_jobs() as jobs:
        rooms: list[Room] = []

        def make(session: Session = LEADER) -> Room:
            room = Room(database, site, jobs, session)
            rooms.append(room)
            qtbot.addWidget(room.screen)
            room.screen.resize(1000, 680)
            room.screen.show()
            return room

        yield make
        for room in rooms:
            room.screen.hide()
            room.feed.stop()
            room.bridge.close()


@pytest.fixture
def room(make_room: Callable[..., Room]) -> Room:
    return make_room()


def test_a_button_asks_and_only_the_confirmation_sends(room: Room, wait_until: Wait) -> None:
    room.choose(SOUNDERS)
    chosen = room.screen.chosen
    chosen.buttons[OutputAction.ON].click()
    assert chosen.confirm_button.isVisible()
    assert room.newest() is None

    chosen.confirm_button.click()
    order = wait_until(room.newest)
    assert isinstance(order, OutputOrder)
    assert (order.output, order.state, order.asked_by) == (SOUNDERS, OrderState.CONFIRMED, "li")
    room.carry_out(order)
    wait_until(lambda: room.cells(SOUNDERS)[4] == "启动 · 反馈")
    assert room.cells(SOUNDERS)[3] == "已动作"
    assert "–" not in room.cells(SOUNDERS)[5:7]


def test_escape_leaves_the_question_and_nothing_is_sent(room: Room) -> None:
    room.choose(SOUNDERS)
    chosen = room.screen.chosen
    chosen.buttons[OutputAction.ON].click()
    chosen.escape()

    assert not chosen.confirm_button.isVisible()
    assert room.newest() is None


def test_a_question_about_one_output_does_not_stay_for_the_next(room: Room) -> None:
    room.choose(SOUNDERS)
    room.screen.chosen.buttons[OutputAction.ON].click()
    room.choose(DAMPER)

    assert not room.screen.chosen.confirm_button.isVisible()


def test_a_dangerous_output_goes_only_after_two_persons_and_forgets_their_passwords(
    room: Room, wait_until: Wait
) -> None:
    room.choose(PUMP)
    chosen = room.screen.chosen
    form = chosen.two_persons
    chosen.buttons[OutputAction.ON].click()
    chosen.confirm_button.click()
    wait_until(form.isVisible)
    assert not chosen.confirm_button.isVisible()

    def stand_in(name: str) -> None:
        form.name.setText(name)
        form.password.setText(f"password of {name}")
        form.button.click()
        assert form.password.text() == ""

    stand_in("wang")
    wait_until(lambda: "wang 某" in form._intro.text() and form.button.isEnabled())
    assert form.name.text() == ""
    stand_in("wang")
    wait_until(lambda: "wang 某" in chosen.message.text())
    stand_in("zhao")
    wait_until(lambda: room.newest() is not None and room.newest().state is OrderState.CONFIRMED)
    wait_until(lambda: not form.isVisible())


def test_what_linkage_asks_in_manual_mode_waits_on_the_screen_for_one_person(
    room: Room, wait_until: Wait
) -> None:
    room.outputs.switch(SOUNDERS, OutputAction.ON, "实验楼烟感", "run-1")
    room.choose(SOUNDERS)
    chosen = room.screen.chosen
    wait_until(chosen.confirm_button.isVisible)
    assert "实验楼烟感" in chosen.question.text()

    chosen.confirm_button.click()
    wait_until(lambda: room.newest().state is OrderState.CONFIRMED)


def test_a_refusal_of_the_interlocks_is_said_with_its_reason(room: Room, wait_until: Wait) -> None:
    room.choose(FAN)
    chosen = room.screen.chosen
    assert "✕" in chosen.locks.text()
    chosen.buttons[OutputAction.ON].click()
    chosen.confirm_button.click()

    wait_until(lambda: "排烟阀没有打开" in chosen.message.text())
    assert room.newest() is None


def test_the_mode_of_the_site_is_shown_with_who_set_it(room: Room, wait_until: Wait) -> None:
    assert room.cells(SOUNDERS)[2] == "手动"
    room.screen.mode_button.click()

    wait_until(lambda: room.cells(SOUNDERS)[2] == "自动")
    assert "李班长" in room.screen.mode.text()


def test_an_operator_may_switch_and_not_set_modes_and_a_supervisor_the_other_way(
    make_room: Callable[..., Room],
) -> None:
    operator = make_room(Session("wang", "王某", Role.OPERATOR, "SEAT-1"))
    supervisor = make_room(Session("zhou", "周某", Role.SUPERVISOR, "SEAT-2"))
    operator.choose(SOUNDERS)
    supervisor.choose(SOUNDERS)

    def buttons(room: Room) -> tuple[bool, bool]:
        chosen = room.screen.chosen
        return chosen.buttons[OutputAction.ON].isEnabled(), room.screen.mode_button.isEnabled()

    assert (buttons(operator), buttons(supervisor)) == ((True, False), (False, True))


def test_a_drill_has_a_banner_and_its_orders_say_so(room: Room, wait_until: Wait) -> None:
    assert not room.screen.banner.isVisible()
    room.outputs.start_drill(LEADER, timedelta(minutes=30))
    wait_until(room.screen.banner.isVisible)
    room.outputs.order(LEADER, SOUNDERS, OutputAction.ON)

    wait_until(lambda: room.cells(SOUNDERS)[4] == "[演练] 启动 · 已确认")


def test_a_fault_is_said_in_the_table_and_in_the_history(room: Room, wait_until: Wait) -> None:
    order = room.outputs.order(LEADER, DAMPER, OutputAction.ON)

    def work(tx: Tx) -> None:
        now = SystemClock().now()
        sent = book.send(tx, tx.output_orders.get(order.id), now)
        book.fail(tx, book.start(tx, sent, now, 5.0), now, OrderCause.NO_FEEDBACK)

    room.database.write(work)
    wait_until(lambda: room.cells(DAMPER)[7].startswith("无反馈"))
    assert room.cells(DAMPER)[3] == "不明"
    wait_until(lambda: "无反馈" in room.screen.history.item(0).text())


def test_the_whole_screen_is_english_after_a_switch(room: Room, qapp: QApplication) -> None:
    room.outputs.set_mode(LEADER, WHOLE_SITE, OutputMode.AUTOMATIC)
    room.choose(FAN)
    speak("en")
    try:
        qapp.processEvents()
        screen = room.screen
        chosen = screen.chosen
        texts = [
            *(screen.table.horizontalHeaderItem(c).text() for c in range(screen.table.columnCount())),
            *room.cells(FAN),
            chosen.title.text(),
            chosen.facts.text(),
            chosen.locks.text(),
            *(button.text() for button in chosen.buttons.values()),
            screen.mode_button.text(),
            screen.drill_button.text(),
        ]
        assert not [text for text in texts if HAN.search(text)]
    finally:
        speak("zh")
