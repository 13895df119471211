"""What is pressed and typed is done on the step it was meant for, and waits for nothing else."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from services.core.clock import ManualClock
from services.domain.people import Session
from services.domain.plan_runs import EvidenceKind, PlanRun, PlanRunState
from services.plans.running import PlanRuns, Proof, Start
from services.plans.running_answers import Answer
from tests.views.planrun.conftest import PlanSeat
from tests.views.seat import OTHER, Campus
from tests.waiting import LIMIT_S
from ui.settling import SETTLE_S
from views.planrun.run_panel import RunPanel

BEGUN = "seen:active send:pending call:pending count:pending note:pending"
NO_FLAMES = "seen:done send:pending call:pending count:pending note:active"


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Open = what is held back goes on."""
    held = threading.Event()
    yield held
    held.set()


@pytest.fixture
def clock(campus: Campus) -> ManualClock:
    return ManualClock(campus.clock.now())


@pytest.fixture
def plan_seat(make_plan_seat: Callable[..., PlanSeat], gate: threading.Event, clock: ManualClock) -> PlanSeat:
    """Its files are copied when the gate opens; its run has begun."""

    def keep(path: Path) -> Proof:
        assert gate.wait(LIMIT_S)
        return Proof(EvidenceKind.FILE, path.name, hashlib.sha256(path.read_bytes()).hexdigest(), str(path))

    made = make_plan_seat(keep=keep, clock=clock)
    made.presenter.open_alarm(made.alarm)
    made.wait(lambda: made.presenter.choices)
    made.presenter.start("z-fire")
    made.wait_states(BEGUN)
    made.settle()
    return made


@pytest.fixture
def panel(plan_seat: PlanSeat) -> Iterator[RunPanel]:
    made = RunPanel(plan_seat.presenter)
    made.resize(520, 620)
    made.show()
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def film(tmp_path: Path) -> Path:
    made = tmp_path / "film.mp4"
    made.write_bytes(b"film")
    return made


@pytest.fixture
def colleague(campus: Campus) -> PlanRuns:
    return PlanRuns(campus.database, campus.clock, campus.dispatches.incident_for)


def answered_elsewhere(plan_seat: PlanSeat, colleague: PlanRuns) -> None:
    """The first step, so that the last one comes in front by itself."""
    colleague.answer(OTHER, plan_seat.run.id, 0, Answer("no"))
    plan_seat.wait_states(NO_FLAMES)


def press(panel: RunPanel, key: Qt.Key) -> None:
    panel.setFocus()
    QTest.keyClick(panel, key)


# a file on its way


def test_while_a_file_is_copied_steps_are_answered_and_it_is_seen(
    plan_seat: PlanSeat, panel: RunPanel, gate: threading.Event, film: Path
) -> None:
    plan_seat.presenter.attach_file(film, plan_seat.run.id, 0)
    assert "正在附上" in panel.card._more.text()
    assert panel.card.answers.buttons[0].isEnabled()
    press(panel, Qt.Key.Key_2)
    plan_seat.wait_states(NO_FLAMES)
    assert "正在附上" not in panel.card._more.text()
    plan_seat.presenter.pick(0)
    assert "正在附上" in panel.card._more.text()
    gate.set()
    plan_seat.settle()
    plan_seat.wait(lambda: plan_seat.run.steps[0].evidence)
    assert "正在附上" not in panel.card._more.text()
    assert "凭据 1 件" in panel.card._more.text()


def test_a_file_that_is_attached_leaves_the_words_typed_meanwhile(
    plan_seat: PlanSeat, panel: RunPanel, gate: threading.Event, film: Path
) -> None:
    plan_seat.presenter.attach_file(film, plan_seat.run.id, 0)
    QTest.keyClicks(panel.card.text, "smoke on 2nd floor")
    gate.set()
    plan_seat.settle()
    assert panel.card.text.text() == "smoke on 2nd floor"


def test_a_file_that_is_refused_is_said_and_no_longer_on_its_way(
    plan_seat: PlanSeat, panel: RunPanel, gate: threading.Event, film: Path
) -> None:
    plan_seat.presenter.attach_file(film, plan_seat.run.id, 1)
    gate.set()
    plan_seat.settle()
    assert plan_seat.refused == ["plan_run.not_begun"]
    plan_seat.presenter.pick(1)
    assert "正在附上" not in panel.card._more.text()


def test_words_typed_while_a_press_is_on_its_way_stay(plan_seat: PlanSeat, panel: RunPanel) -> None:
    panel.card.text.setText("first")
    panel.card.give_answer(2)
    panel.card.text.setText("second")
    plan_seat.wait_states(NO_FLAMES)
    plan_seat.settle()
    assert plan_seat.run.steps[0].note == "first"
    assert panel.card.text.text() == "second"


# the step that comes in front by itself


def test_a_reason_typed_for_a_step_does_not_skip_the_one_that_came_in_front(
    plan_seat: PlanSeat, panel: RunPanel, colleague: PlanRuns, clock: ManualClock
) -> None:
    QTest.keyClicks(panel.card.text, "cannot see it")
    answered_elsewhere(plan_seat, colleague)
    clock.advance(60.0)
    panel.card.skip.click()
    plan_seat.settle()
    assert plan_seat.stored_states() == NO_FLAMES
    assert plan_seat.refused == ["plan_run.step_changed"]
    assert panel.card.text.text() == "cannot see it"
    panel.card.skip.click()
    plan_seat.wait(lambda: plan_seat.run.steps[4].reason == "cannot see it")


def test_words_begun_after_a_step_came_in_front_are_its_own(
    plan_seat: PlanSeat, panel: RunPanel, colleague: PlanRuns, clock: ManualClock
) -> None:
    answered_elsewhere(plan_seat, colleague)
    clock.advance(SETTLE_S)
    QTest.keyClicks(panel.card.text, "nothing to note")
    panel.card.skip.click()
    plan_seat.wait(lambda: plan_seat.run.steps[4].reason == "nothing to note")
    assert plan_seat.refused == []


def test_for_half_a_second_keys_do_not_answer_a_step_that_came_by_itself(
    plan_seat: PlanSeat, panel: RunPanel, colleague: PlanRuns, clock: ManualClock
) -> None:
    answered_elsewhere(plan_seat, colleague)
    clock.advance(SETTLE_S - 0.01)
    press(panel, Qt.Key.Key_1)
    plan_seat.settle()
    assert plan_seat.stored_states() == NO_FLAMES
    assert plan_seat.refused == ["plan_run.step_changed"]
    clock.advance(0.01)
    press(panel, Qt.Key.Key_1)
    plan_seat.wait(lambda: plan_seat.run.state is PlanRunState.COMPLETED)


def test_after_ones_own_answer_keys_act_at_once(plan_seat: PlanSeat, panel: RunPanel) -> None:
    press(panel, Qt.Key.Key_2)
    plan_seat.wait_states(NO_FLAMES)
    plan_seat.settle()
    press(panel, Qt.Key.Key_1)
    plan_seat.wait(lambda: plan_seat.run.state is PlanRunState.COMPLETED)
    assert plan_seat.refused == []


def test_a_reason_typed_for_one_run_does_not_end_another_that_came_in_front(
    plan_seat: PlanSeat, panel: RunPanel, colleague: PlanRuns
) -> None:
    first: PlanRun = plan_seat.run
    plan_seat.presenter.open_incident(first.incident)
    QTest.keyClicks(panel.card.text, "false alarm")
    colleague.start(OTHER, Start("another", "a-other", "", first.incident))
    plan_seat.wait(lambda: plan_seat.run.id == "another")
    panel.abort.click()
    plan_seat.settle()
    assert plan_seat.refused == ["plan_run.step_changed"]
    assert plan_seat.run.state is PlanRunState.RUNNING


def test_a_step_left_out_by_somebody_else_at_this_seat_is_not_ones_own(
    plan_seat: PlanSeat, panel: RunPanel, colleague: PlanRuns, clock: ManualClock
) -> None:
    stranger = Session("zhou", "周某", OTHER.role, "SEAT-1")
    colleague.skip(stranger, plan_seat.run.id, 0, "看不到")
    plan_seat.wait(lambda: plan_seat.run.steps[1].state.value == "active")
    press(panel, Qt.Key.Key_1)
    assert plan_seat.wanted == []
    clock.advance(SETTLE_S)
    press(panel, Qt.Key.Key_1)
    assert plan_seat.wanted == [(plan_seat.run.incident, "派人")]
