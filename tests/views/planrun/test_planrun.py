"""A plan carried out at a seat: begun by keys, answered by digits, told when somebody else was faster."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from services.core.errors import ServiceError
from services.dispatch.orders import Order
from services.domain.people import Role, Session
from services.domain.plan_runs import PlanRun, PlanRunState
from services.plans.running import PlanRuns, Start
from services.plans.running_answers import Answer
from services.plans.running_clock import PlanClock
from tests.views.planrun.conftest import PlanSeat
from tests.views.seat import OPERATOR, OTHER, Campus
from ui.i18n import speak
from ui.plain_key import PlainKey
from views.planrun.run_panel import RunPanel
from views.planrun.screen import PlanRunScreen

BEGUN = "seen:active send:pending call:pending count:pending note:pending"
WAIT_S = 30.0
SUPERVISOR = Session("zhao", "赵某", Role.SUPERVISOR, "SEAT-3")


@pytest.fixture
def panel(plan_seat: PlanSeat) -> Iterator[RunPanel]:
    made = RunPanel(plan_seat.presenter)
    made.resize(520, 620)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def begin(plan_seat: PlanSeat) -> None:
    plan_seat.presenter.open_alarm(plan_seat.alarm)
    plan_seat.wait(lambda: plan_seat.presenter.choices)
    plan_seat.presenter.start("z-fire")
    plan_seat.wait_states(BEGUN)
    plan_seat.wait(lambda: not plan_seat.presenter.is_busy)


def test_what_fits_stands_first_and_enter_begins_it(plan_seat: PlanSeat, panel: RunPanel) -> None:
    plan_seat.presenter.open_alarm(plan_seat.alarm)
    plan_seat.wait(lambda: panel.plans.count() == 2)
    assert [choice.plan for choice in plan_seat.presenter.choices] == ["z-fire", "a-other"]
    assert panel.plans.currentRow() == 0
    panel.setFocus()
    QTest.keyClick(panel, Qt.Key.Key_Return)
    plan_seat.wait_states(BEGUN)
    incident = plan_seat.presenter.incident
    assert incident is not None
    assert incident.plan_run == plan_seat.run.id


def test_the_button_promises_enter_only_while_the_keyboard_is_on_the_plans(
    plan_seat: PlanSeat, panel: RunPanel
) -> None:
    plan_seat.presenter.open_alarm(plan_seat.alarm)
    plan_seat.wait(lambda: panel.plans.count() == 2)
    panel.activateWindow()
    panel.plans.setFocus()
    plan_seat.wait(panel.plans.hasFocus)
    assert panel.begin.text() == "启动预案 Enter"
    panel.another.show()
    panel.another.setFocus()
    assert panel.begin.text() == "启动预案"
    panel.setFocus()
    assert panel.begin.text() == "启动预案 Enter"


def test_digits_answer_the_step_in_front_and_the_next_one_comes(plan_seat: PlanSeat, panel: RunPanel) -> None:
    begin(plan_seat)
    panel.setFocus()
    QTest.keyClick(panel, Qt.Key.Key_2)
    plan_seat.wait_states("seen:done send:pending call:pending count:pending note:active")
    assert plan_seat.run.steps[0].answer == "no"
    assert plan_seat.presenter.step is not None
    assert plan_seat.presenter.step.id == "note"


def test_a_digit_after_enter_began_the_plan_answers_it_and_is_no_layout_of_the_wall(
    plan_seat: PlanSeat, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    panel = RunPanel(plan_seat.presenter, is_compact=True, parent=window)
    wall = QPushButton("wall", window)
    box = QVBoxLayout(window)
    box.addWidget(wall)
    box.addWidget(panel)
    heard: list[str] = []
    PlainKey("2", window, lambda: heard.append("2"))
    window.resize(400, 620)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    plan_seat.presenter.open_alarm(plan_seat.alarm)
    plan_seat.wait(lambda: panel.plans.count() == 2)
    panel.plans.setFocus()
    QTest.keyClick(panel.plans, Qt.Key.Key_Return)
    plan_seat.wait_states(BEGUN)
    plan_seat.wait(lambda: not plan_seat.presenter.is_busy)
    focused = QApplication.focusWidget()
    assert focused is panel
    QTest.keyClick(focused, Qt.Key.Key_2)
    plan_seat.wait_states("seen:done send:pending call:pending count:pending note:active")
    assert heard == []
    wall.setFocus()
    QTest.keyClick(wall, Qt.Key.Key_2)
    assert heard == ["2"]


def test_a_digit_that_is_typed_into_a_note_answers_nothing(plan_seat: PlanSeat, panel: RunPanel) -> None:
    begin(plan_seat)
    panel.card.text.setFocus()
    QTest.keyClick(panel.card.text, Qt.Key.Key_2)
    assert panel.card.text.text() == "2"
    plan_seat.settle()
    assert plan_seat.stored_states() == BEGUN


def test_a_step_that_sends_somebody_asks_for_the_dispatch_panel_and_takes_the_order(
    plan_seat: PlanSeat,
) -> None:
    begin(plan_seat)
    plan_seat.presenter.press(1)
    plan_seat.wait(lambda: plan_seat.run.steps[1].state.value == "active")
    plan_seat.wait(lambda: not plan_seat.presenter.is_busy)
    plan_seat.presenter.press(1)
    assert plan_seat.wanted == [(plan_seat.run.incident, "派人")]
    order = Order(guard="G01", text="前往", incident_id=plan_seat.run.incident)
    plan_seat.seat.campus.dispatches.send(OPERATOR, order)
    plan_seat.wait(lambda: plan_seat.run.steps[1].dispatches == (order.id,))
    assert plan_seat.run.steps[1].state.value == "done"
    assert [one.guard for one in plan_seat.presenter.dispatches_of(plan_seat.run.steps[1])] == ["G01"]


def test_whoever_was_slower_is_told_who_was_faster(plan_seat: PlanSeat) -> None:
    begin(plan_seat)
    campus = plan_seat.seat.campus
    runs = PlanRuns(campus.database, campus.clock, campus.dispatches.incident_for)
    runs.answer(OTHER, plan_seat.run.id, 0, Answer("yes"))
    # Before the feed has told it.
    plan_seat.presenter.answer(Answer("no"))
    plan_seat.wait(lambda: plan_seat.refused)
    assert plan_seat.refused == ["plan_run.step_ended"]
    plan_seat.wait(lambda: plan_seat.run.steps[0].by_name == OTHER.display_name)


def test_a_form_is_sent_with_what_was_filled_in(plan_seat: PlanSeat, panel: RunPanel) -> None:
    begin(plan_seat)
    plan_seat.presenter.answer(Answer("yes"))
    plan_seat.wait(lambda: plan_seat.run.steps[1].state.value == "active" and not plan_seat.presenter.is_busy)
    plan_seat.presenter.skip("已在现场")
    plan_seat.wait(lambda: plan_seat.run.steps[2].state.value == "active" and not plan_seat.presenter.is_busy)
    plan_seat.presenter.press(1, "接警员 07")
    plan_seat.wait(lambda: plan_seat.run.steps[3].state.value == "active" and not plan_seat.presenter.is_busy)
    line = panel.card.fields._lines["count"]
    QTest.keyClicks(line, "12")
    panel.card.give_answer(1)
    plan_seat.wait(lambda: plan_seat.run.steps[3].values == {"count": "12"})


def test_skipping_without_a_reason_asks_for_one(plan_seat: PlanSeat, panel: RunPanel) -> None:
    begin(plan_seat)
    panel.card.skip.click()
    plan_seat.settle()
    assert plan_seat.stored_states() == BEGUN
    assert "为什么跳过" in panel.card.text.placeholderText()
    panel.card.text.setText("已有人在现场")
    panel.card.skip.click()
    plan_seat.wait(lambda: plan_seat.run.steps[0].reason == "已有人在现场")


def test_a_paused_run_shows_that_it_is_paused_and_goes_on(plan_seat: PlanSeat, panel: RunPanel) -> None:
    begin(plan_seat)
    panel.card.text.setText("先处置真实报警")
    panel.pause.click()
    plan_seat.wait(lambda: plan_seat.run.state is PlanRunState.PAUSED)
    assert not any(button.isVisible() for button in panel.card.answers.buttons)
    plan_seat.wait(lambda: not plan_seat.presenter.is_busy)
    panel.pause.click()
    plan_seat.wait(lambda: plan_seat.run.state is PlanRunState.RUNNING)


def test_a_file_is_kept_with_its_hash(plan_seat: PlanSeat, tmp_path: Path) -> None:
    begin(plan_seat)
    source = tmp_path / "现场 照片.jpg"
    source.write_bytes(b"picture")
    plan_seat.presenter.attach_file(source, plan_seat.run.id, 0)
    plan_seat.wait(lambda: plan_seat.run.steps[0].evidence)
    (kept,) = plan_seat.run.steps[0].evidence
    assert kept.sha256 == hashlib.sha256(b"picture").hexdigest()
    assert Path(kept.path).read_bytes() == b"picture"
    assert kept.name == source.name


def test_a_late_step_says_so_in_words(plan_seat: PlanSeat, panel: RunPanel, hub: PlanClock) -> None:
    begin(plan_seat)
    plan_seat.presenter.press(2)
    plan_seat.wait(lambda: plan_seat.run.steps[4].state.value == "active")
    run = plan_seat.run
    one = run.steps[4]
    assert one.due_at is not None
    past = replace(one, due_at=one.due_at - timedelta(minutes=2))
    plan_seat.seat.campus.database.write(
        lambda tx: tx.plan_runs.save(replace(tx.plan_runs.get(run.id), steps=(*run.steps[:4], past)))
    )
    assert hub.tick() == 1
    plan_seat.wait(lambda: plan_seat.run.steps[4].is_late)
    assert "已超时" in panel.card.bar.text
    # The second that was taken: the first one's answer led here.
    assert "超时" in panel.list.item(1).text()


def test_the_security_office_reads_what_was_skipped(
    plan_seat: PlanSeat, make_plan_seat: Callable[..., PlanSeat]
) -> None:
    begin(plan_seat)
    plan_seat.presenter.skip("已有人在现场")
    plan_seat.wait(lambda: plan_seat.run.steps[0].state.value == "skipped")
    office = make_plan_seat(SUPERVISOR)
    screen = PlanRunScreen(office.presenter)
    try:
        assert plan_seat.presenter.unread_skips == []
        assert "已有人在现场" in screen.skips.text
        screen.skips.seen.click()
        office.wait(lambda: not office.presenter.unread_skips)
        assert plan_seat.run.steps[0].skip_seen_by_name == "赵某"
        assert not screen.skips.isVisibleTo(screen)
    finally:
        screen.close()
        screen.deleteLater()


def test_steps_and_answers_are_shown_in_the_language_of_the_moment(
    plan_seat: PlanSeat, panel: RunPanel
) -> None:
    begin(plan_seat)
    speak("en")
    try:
        plan_seat.wait(lambda: panel.card.answers.buttons[0].text() == "1  Flames")
        assert "Flames seen?" in panel.list.item(0).text()
    finally:
        speak("zh")


class SlowAnswers(PlanRuns):
    """What it wrote is on record; its own answers come late, or the first of them never."""

    is_lost = False
    held: threading.Event | None = None

    def start(self, session: Session, start: Start) -> PlanRun:
        begun = super().start(session, start)
        if self.is_lost:
            self.is_lost = False
            raise ServiceError("storage.unavailable")
        return begun

    def answer(self, session: Session, run_id: str, at: int, answer: Answer) -> PlanRun:
        answered = super().answer(session, run_id, at, answer)
        if self.held is not None:
            self.held.wait(WAIT_S)
        return answered


@pytest.fixture
def slow(campus: Campus) -> SlowAnswers:
    return SlowAnswers(campus.database, campus.clock, campus.dispatches.incident_for)


def test_a_plan_whose_beginning_was_not_answered_begins_once_however_often_it_is_asked(
    make_plan_seat: Callable[..., PlanSeat], slow: SlowAnswers, campus: Campus
) -> None:
    slow.is_lost = True
    plan_seat = make_plan_seat(commands=slow)
    plan_seat.presenter.open_alarm(plan_seat.alarm)
    plan_seat.presenter.start("z-fire")
    plan_seat.wait(lambda: plan_seat.refused)
    plan_seat.settle()
    plan_seat.presenter.start("z-fire")
    plan_seat.settle()
    plan_seat.wait(lambda: plan_seat.presenter.run)
    runs = campus.database.read(lambda view: view.board()).plan_runs
    assert list(runs) == [plan_seat.run.id]


def test_the_second_of_two_presses_answers_nothing_though_the_next_step_is_in_front_already(
    make_plan_seat: Callable[..., PlanSeat], slow: SlowAnswers
) -> None:
    plan_seat = make_plan_seat(commands=slow)
    begin(plan_seat)
    slow.held = threading.Event()
    plan_seat.presenter.press(2)
    next_in_front = "seen:done send:pending call:pending count:pending note:active"
    try:
        plan_seat.wait_states(next_in_front)
        plan_seat.presenter.press(1)
    finally:
        slow.held.set()
    plan_seat.settle()
    assert plan_seat.stored_states() == next_in_front
