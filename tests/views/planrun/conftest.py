"""A seat on the demo campus with a plan in force and a claimed fire alarm."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from app.plans import PlanChoices
from services.core.clock import Clock
from services.core.ids import new_id
from services.domain.people import Session
from services.domain.plan_runs import PlanRun
from services.domain.plan_steps import Choice, FieldKind, FormField, Step, StepKind
from services.domain.plans import Plan, PlanId, PlanState, PlanText, PlanTrigger, PlanVersion
from services.plans.running import PlanRuns
from services.plans.running_clock import PlanClock
from services.plans.running_evidence import keep_file
from services.storage import Tx
from tests.views.seat import OPERATOR, Campus, Seat
from views.planrun.ports import KeepFile
from views.planrun.presenter import PlanRunPresenter

STEPS = (
    Step(
        "seen",
        StepKind.YES_NO,
        "见到明火？",
        "Flames seen?",
        choices=(Choice("yes", "有明火", "Flames"), Choice("no", "没有", "None", next="note")),
    ),
    Step("send", StepKind.DISPATCH, "派人", "Send somebody", deadline_s=60.0),
    Step("call", StepKind.CALL, "报 119", "Call 119", text="这里是……"),
    Step(
        "count",
        StepKind.FORM,
        "清点",
        "Count",
        fields=(FormField("count", "人数", "People", FieldKind.NUMBER, True),),
    ),
    Step("note", StepKind.CONFIRM, "记录", "Write down", deadline_s=60.0),
)


@dataclass
class PlanSeat:
    """The seat's plan presenter and what it refused and asked for."""

    seat: Seat
    presenter: PlanRunPresenter
    alarm: str
    refused: list[str]
    wanted: list[tuple[str, str]]
    wait: Callable[..., object]

    @property
    def run(self) -> PlanRun:
        assert self.presenter.run is not None
        return self.presenter.run

    def settle(self) -> None:
        """Until every press is back."""
        self.wait(lambda: self.seat.jobs.is_idle and not self.presenter.is_busy)

    def states(self) -> str:
        return _states(self.run)

    def stored_states(self) -> str:
        run_id = self.run.id
        return _states(self.seat.campus.database.read(lambda view: view.plan_runs.get(run_id)))

    def wait_states(self, wanted: str) -> None:
        self.wait(lambda: self.presenter.run is not None and self.states() == wanted)


def _states(run: PlanRun) -> str:
    return " ".join(f"{one.step}:{one.state.value}" for one in run.steps)


@pytest.fixture
def make_plan_seat(
    campus: Campus, seat: Seat, tmp_path: Path, wait_until: Callable[..., object]
) -> Iterator[Callable[..., PlanSeat]]:
    def publish(tx: Tx) -> None:
        now = campus.clock.now()
        for name, chinese, trigger in (
            ("a-other", "停电预案", PlanTrigger()),
            ("z-fire", "火灾预案", PlanTrigger(tuple({zone.alarm_class for zone in campus.site.zones}))),
        ):
            text = PlanText(chinese, name, trigger=trigger, steps=STEPS)
            tx.plans.add(Plan(PlanId(name), text, "z", "z", now, PlanState.PUBLISHED, 1))
            tx.plan_versions.add(PlanVersion(new_id(), PlanId(name), 1, text, now, "z", "z"))

    campus.database.write(publish)
    alarm = campus.ring("Z01")
    campus.alarms.claim(OPERATOR, alarm)
    wait_until(lambda: alarm in seat.live.board.alarms and seat.live.board.alarms[alarm].owner)
    made = []

    def make(
        session: Session = OPERATOR,
        commands: PlanRuns | None = None,
        *,
        keep: KeepFile | None = None,
        clock: Clock | None = None,
    ) -> PlanSeat:
        presenter = PlanRunPresenter(
            live=seat.live,
            commands=commands or PlanRuns(campus.database, campus.clock, campus.dispatches.incident_for),
            choices=PlanChoices(campus.database, lambda: campus.site).of,
            keep_file=keep or partial(keep_file, tmp_path / "evidence"),
            session=session,
            jobs=seat.jobs,
            clock=clock or campus.clock,
        )
        found = PlanSeat(seat, presenter, alarm, [], [], wait_until)
        presenter.refused.connect(lambda error: found.refused.append(error.code))
        presenter.dispatch_wanted.connect(lambda incident, words: found.wanted.append((incident, words)))
        made.append(presenter)
        return found

    yield make
    wait_until(lambda: seat.jobs.is_idle)
    for presenter in made:
        presenter.deleteLater()


@pytest.fixture
def plan_seat(make_plan_seat: Callable[..., PlanSeat]) -> PlanSeat:
    return make_plan_seat()


@pytest.fixture
def hub(campus: Campus) -> PlanClock:
    return PlanClock(campus.database, campus.clock)
