"""A plan in force and an incident to carry it out for, on a real database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.domain.incidents import (
    Channel,
    Dispatch,
    DispatchId,
    DispatchState,
    Incident,
    IncidentId,
    IncidentState,
)
from services.domain.linkage import Action, ActionKind
from services.domain.linkage_runs import LinkageRun, Outcome, with_outcome
from services.domain.people import Role, Session
from services.domain.plan_runs import PlanRun
from services.domain.plan_steps import Choice, FieldKind, FormField, Step, StepKind
from services.domain.plans import Plan, PlanId, PlanState, PlanText, PlanVersion
from services.plans.running import PlanRuns, Start
from services.plans.running_clock import PlanClock
from services.storage import Database, Tx

AT = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)
WANG = Session("wang", "王某", Role.OPERATOR, "SEAT-1")
LI = Session("li", "李某", Role.SHIFT_LEADER, "SEAT-2")
ZHAO = Session("zhao", "赵某", Role.SUPERVISOR, "SEAT-3")


def confirm(step_id: str, **more: object) -> Step:
    return Step(step_id, StepKind.CONFIRM, f"步骤{step_id}", **more)  # type: ignore[arg-type]


ASK = Step(
    "ask",
    StepKind.YES_NO,
    "见到明火？",
    "Flames seen?",
    choices=(Choice("yes", "有明火", "Flames"), Choice("no", "没有", "None", next="note")),
)
CALL = Step("call", StepKind.CALL, "报 119", "Call 119", text="这里是……", deadline_s=30.0)
FORM = Step(
    "form",
    StepKind.FORM,
    "登记",
    fields=(
        FormField("count", "人数", kind=FieldKind.NUMBER, is_required=True),
        FormField("floor", "楼层"),
    ),
)
SEND = Step("send", StepKind.DISPATCH, "派两人", units=2)
WAIT = Step("wait", StepKind.WAIT, "等一分钟", wait_s=60.0)
PROVE = Step("prove", StepKind.EVIDENCE, "拍照")
DOOR = Step("door", StepKind.DOOR, "开东门", action=Action(ActionKind.DOOR, "D1"))
PTZ = Step("ptz", StepKind.PTZ, "转向现场", action=Action(ActionKind.PTZ_AIM, ""))
BY_PRESS = Step("light", StepKind.LIGHT, "开灯", target="L1")


def incident(incident_id: str = "i1", *, is_drill: bool = False) -> Incident:
    return Incident(
        IncidentId(incident_id),
        f"JQ-{incident_id}",
        "三号宿舍",
        "fire",
        "三号宿舍",
        (10.0, 10.0),
        "",
        WANG.user,
        WANG.display_name,
        AT,
        IncidentState.ACCEPTED,
        is_drill=is_drill,
    )


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(ServiceError) as caught:
        yield
    assert caught.value.code == code


def no_opening(_tx: Tx, _session: Session, alarm_id: str) -> Incident:
    raise AssertionError(alarm_id)


@dataclass(frozen=True)
class RunKit:
    """One seat's commands beside the hub's clock."""

    database: Database
    clock: ManualClock
    runs: PlanRuns
    hub: PlanClock

    def publish(self, *steps: Step, plan_id: str = "p1") -> None:
        text = PlanText("火灾预案", "Fire plan", steps=steps)

        def work(tx: Tx) -> None:
            plan = Plan(PlanId(plan_id), text, "zhao", "赵某", AT, PlanState.PUBLISHED, version=1)
            tx.plans.add(plan)
            version = PlanVersion(new_id(), PlanId(plan_id), 1, text, AT, "zhao", "赵某")
            tx.plan_versions.add(version)

        self.database.write(work)

    def add_incident(self, added: Incident) -> None:
        self.database.write(lambda tx: tx.incidents.add(added))

    def begin(self, *steps: Step, is_drill: bool = False) -> PlanRun:
        self.publish(*steps)
        self.add_incident(incident(is_drill=is_drill))
        return self.runs.start(WANG, Start("r1", "p1", incident="i1"))

    def stored(self, run_id: str = "r1") -> PlanRun:
        return self.database.read(lambda view: view.plan_runs.get(run_id))

    def states(self, run_id: str = "r1") -> str:
        return " ".join(f"{one.step}:{one.state.value}" for one in self.stored(run_id).steps)

    def told(self, what: str) -> int:
        """How many lines of this kind stand in the incident's record."""
        lines = self.database.read(lambda view: view.timeline_of("i1"))
        return sum(line.what == what for line in lines)

    def facts(self, change: str) -> int:
        rows = self.database.read(lambda view: view.changes_after(0, 10_000))
        told = [json.loads(row.payload) for row in rows if row.kind == "PlanRunChanged"]
        return sum(fact["change"] == change for fact in told)

    def linkage(self, at: int) -> LinkageRun:
        name = self.stored().steps[at].linkage
        return self.database.read(lambda view: view.linkage_runs.some([name]))[0]

    def carry_out(self, at: int, outcome: Outcome) -> None:
        """As the hub's linkage does."""
        done = with_outcome(self.linkage(at), 0, outcome)
        self.database.write(lambda tx: tx.linkage_runs.save(done))

    def send(self, guard: str, *, incident_id: str = "i1", behind_s: float = 0.0, **more: object) -> str:
        """As the dispatch desk does, as far as a plan looks at it. behind_s: of the seat's clock."""
        dispatch = Dispatch(
            DispatchId(new_id()),
            f"PJ-{new_id()[-6:]}",
            IncidentId(incident_id),
            guard,
            f"{guard}某",
            "去",
            Channel.RADIO,
            "",
            10.0,
            WANG.user,
            WANG.display_name,
            self.clock.now() - timedelta(seconds=behind_s),
        )
        dispatch = replace(dispatch, **more)  # type: ignore[arg-type]
        self.database.write(lambda tx: tx.dispatches.add(dispatch))
        return dispatch.id

    def end_order(self, dispatch_id: str, state: DispatchState) -> None:
        def work(tx: Tx) -> None:
            tx.dispatches.save(replace(tx.dispatches.get(dispatch_id), state=state))

        self.database.write(work)
