"""Drills at a seat: begun and stopped by a shift leader, in sight on every screen, scored and exported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.papers import save_paper
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.domain.drill_scores import Mark
from services.domain.people import Role, Session
from services.domain.plan_steps import Step, StepKind
from services.domain.plans import Plan, PlanId, PlanState, PlanText, PlanTrigger, PlanVersion
from services.hub.drills import DrillKeeper
from services.plans.drills import DrillDesk
from services.storage import Tx
from tests.views.seat import OPERATOR, Campus, Seat
from ui.queue.words import card_words
from views.drills.ports import PastEntry, PlanEntry
from views.drills.presenter import DrillsPresenter
from views.drills.screen import DrillsScreen
from views.drills.strip import DrillStrip
from views.drills.words import report_of

LEADER = Session("li", "李某", Role.SHIFT_LEADER, "SEAT-2")
Wait = Callable[..., object]


class DrillSeat:
    def __init__(self, campus: Campus, seat: Seat, session: Session) -> None:
        self.held: list[bool] = []
        self.refused: list[str] = []
        self.desk = DrillDesk(campus.database, campus.clock, lambda: campus.site)
        self.presenter = DrillsPresenter(
            live=seat.live,
            commands=self.desk,
            read_entries=self._entries,
            hold_outputs=self.held.append,
            save=save_paper,
            session=session,
            site=campus.site,
            jobs=seat.jobs,
        )
        self.presenter.refused.connect(self._refuse)

    def _entries(self) -> tuple[list[PlanEntry], list[PastEntry]]:
        return [
            PlanEntry("fire", "火灾预案", "Fire", True),
            PlanEntry("flood", "防汛预案", "Flood", False),
        ], []

    def _refuse(self, error: ServiceError) -> None:
        self.refused.append(error.code)


@pytest.fixture
def hub(campus: Campus) -> DrillKeeper:
    def publish(tx: Tx) -> None:
        steps = (Step("look", StepKind.CONFIRM, "看画面"),)
        text = PlanText("火灾预案", "Fire", trigger=PlanTrigger(), steps=steps)
        now = campus.clock.now()
        tx.plans.add(Plan(PlanId("fire"), text, "z", "z", now, PlanState.PUBLISHED, 1))
        tx.plan_versions.add(PlanVersion(new_id(), PlanId("fire"), 1, text, now, "z", "z"))

    campus.database.write(publish)
    return DrillKeeper(campus.database, campus.clock, campus.center, lambda: None)


@pytest.fixture
def drill_seat(campus: Campus, seat: Seat, hub: DrillKeeper, wait_until: Wait) -> Iterator[DrillSeat]:
    assert hub is not None
    made = DrillSeat(campus, seat, LEADER)
    yield made
    wait_until(lambda: seat.jobs.is_idle)
    made.presenter.deleteLater()


@pytest.fixture
def strip(drill_seat: DrillSeat) -> Iterator[DrillStrip]:
    made = DrillStrip(drill_seat.presenter)
    yield made
    made.close()
    made.deleteLater()


def test_a_drill_is_in_sight_until_it_is_stopped_and_one_press_stops_it(
    drill_seat: DrillSeat, strip: DrillStrip, wait_until: Wait
) -> None:
    assert strip.isHidden()
    drill_seat.presenter.try_plan("fire", "Z01", has_people=False, holds_outputs=True)
    wait_until(lambda: not strip.isHidden() and not drill_seat.presenter.is_busy)
    assert "演练" in strip.text
    assert drill_seat.held == [True]
    strip.stop.click()
    wait_until(lambda: strip.isHidden() and not drill_seat.presenter.is_busy)
    assert drill_seat.held == [True, False]


def test_after_a_score_that_died_the_next_one_is_read(
    drill_seat: DrillSeat,
    seat: Seat,
    wait_until: Wait,
    monkeypatch: pytest.MonkeyPatch,
    expected_log: Callable[..., None],
) -> None:
    expected_log("job.crashed")
    died: list[str] = []

    def mistaken(drill_id: str) -> object:
        died.append(drill_id)
        raise ZeroDivisionError

    with monkeypatch.context() as ill:
        ill.setattr(drill_seat.desk, "score", mistaken)
        drill_seat.presenter.try_plan("fire", "Z01", has_people=False, holds_outputs=False)
        wait_until(lambda: died and drill_seat.presenter.running and seat.jobs.is_idle)
    drill_seat.presenter.refresh()
    wait_until(lambda: drill_seat.presenter.sheet)


def test_an_alarm_of_a_drill_says_so_wherever_it_is_named(
    drill_seat: DrillSeat, seat: Seat, hub: DrillKeeper, wait_until: Wait
) -> None:
    drill_seat.presenter.try_plan("fire", "Z01", has_people=False, holds_outputs=False)
    wait_until(lambda: drill_seat.presenter.running)

    def rings() -> bool:
        hub.tick()
        return bool(seat.live.board.queue())

    wait_until(rings)
    (alarm,) = seat.live.board.queue()
    assert "演练" in card_words(alarm).title


def test_the_sheet_on_the_screen_and_on_paper_say_the_same(
    drill_seat: DrillSeat, wait_until: Wait, tmp_path: Path
) -> None:
    screen = DrillsScreen(drill_seat.presenter)
    try:
        drill_seat.presenter.try_plan("fire", "Z01", has_people=False, holds_outputs=False)
        wait_until(lambda: drill_seat.presenter.running and not drill_seat.presenter.is_busy)
        drill_seat.presenter.stop("到此为止")
        wait_until(lambda: drill_seat.presenter.running is None and not drill_seat.presenter.is_busy)
        wait_until(lambda: drill_seat.presenter.sheet and not drill_seat.presenter.sheet.drill.is_open)
        sheet = drill_seat.presenter.sheet
        assert sheet is not None
        assert [line.mark for line in sheet.lines] == [Mark.MISSED]
        assert screen.table.rowCount() == 1
        assert screen.table.item(0, 0).text() == "启动预案"
        for name in ("a.pdf", "a.docx", "a.xlsx"):
            drill_seat.presenter.save_document(report_of(sheet), tmp_path / name)
            wait_until(lambda name=name: (tmp_path / name).exists())
    finally:
        screen.close()
        screen.deleteLater()


def test_an_operator_sees_the_drill_and_cannot_stop_it(
    campus: Campus, seat: Seat, hub: DrillKeeper, wait_until: Wait
) -> None:
    assert hub is not None
    theirs = DrillSeat(campus, seat, OPERATOR)
    strip = DrillStrip(theirs.presenter)
    try:
        desk = DrillDesk(campus.database, campus.clock, lambda: campus.site)
        desk.try_plan(LEADER, new_id(), "fire", "Z01")
        wait_until(lambda: not strip.isHidden())
        assert strip.stop.isHidden()
        theirs.presenter.stop()
        wait_until(lambda: theirs.refused == ["identity.forbidden"])
    finally:
        wait_until(lambda: seat.jobs.is_idle)
        strip.close()
        strip.deleteLater()
        theirs.presenter.deleteLater()


def test_a_plan_chosen_in_the_library_is_chosen_here_and_nothing_begins(
    drill_seat: DrillSeat, wait_until: Wait
) -> None:
    screen = DrillsScreen(drill_seat.presenter)
    screen.begin.pick_plan("flood")
    wait_until(lambda: screen.begin.plan.currentData() == "flood")

    assert drill_seat.presenter.running is None
    screen.close()
    screen.deleteLater()
