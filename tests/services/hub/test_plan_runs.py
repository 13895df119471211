"""Plans go on though hubs are killed at any moment and no seat is open: each deadline once, no step lost."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from services.core.clock import ManualClock
from services.core.ids import new_id
from services.core.settings import Settings
from services.domain.incidents import Incident, IncidentId, IncidentState
from services.domain.linkage import Action, ActionKind
from services.domain.people import Role, Session
from services.domain.plan_runs import PlanRun, StepState
from services.domain.plan_steps import Step, StepKind
from services.domain.plans import Plan, PlanId, PlanState, PlanText, PlanVersion
from services.plans.running import PlanRuns, Start
from services.storage import Database, Tx
from tests.services.hub.killable_hub import HubProcess

Wait = Callable[..., object]
WANG = Session("wang", "王", Role.OPERATOR, "S1")
RUNS = 12
STEPS = (
    # A door that the site does not have: the hub says so at once, and says it once.
    Step("door", StepKind.DOOR, "开门", action=Action(ActionKind.DOOR, "none"), is_mandatory=False),
    Step("wait", StepKind.WAIT, "等", wait_s=10.0),
    Step("look", StepKind.CONFIRM, "看", deadline_s=3.0),
)


def begin_runs(database: Database) -> None:
    """As many runs, whose waits end one after the other within the next seconds."""

    def publish(tx: Tx) -> None:
        now, text = datetime.now(UTC), PlanText("预案", steps=STEPS)
        tx.plans.add(Plan(PlanId("p"), text, "z", "z", now, PlanState.PUBLISHED, 1))
        tx.plan_versions.add(PlanVersion(new_id(), PlanId("p"), 1, text, now, "z", "z"))
        for number in range(RUNS):
            one = IncidentId(f"i{number}")
            tx.incidents.add(
                Incident(
                    one, f"JQ{number}", "t", "fire", "", None, "", "wang", "王", now, IncidentState.ACCEPTED
                )
            )

    database.write(publish)
    for number in range(RUNS):
        began_at = datetime.now(UTC) - timedelta(seconds=8.0 - number * 0.4)
        runs = PlanRuns(database, ManualClock(began_at), lambda *_: pytest.fail("no alarm here"))
        runs.start(WANG, Start(f"r{number}", "p", incident=f"i{number}"))


def stored(database: Database) -> list[PlanRun]:
    return database.read(lambda view: view.plan_runs.open())


def test_hubs_killed_at_random_flag_each_deadline_once_and_lose_no_step(
    record: tuple[Settings, Database], wait_until: Wait
) -> None:
    settings, database = record
    begin_runs(database)
    hub, chance = HubProcess(settings), random.Random(11)
    try:
        for _ in range(4):
            hub.start()
            time.sleep(0.4 + chance.random())
            hub.kill()
        hub.start()
        wait_until(lambda: all(run.steps[2].is_late for run in stored(database)), timeout_s=60)
    finally:
        hub.kill()
    runs = stored(database)
    assert len(runs) == RUNS
    for run in runs:
        assert [one.step for one in run.steps] == ["door", "wait", "look"]
        assert [one.state for one in run.steps] == [StepState.FAILED, StepState.DONE, StepState.ACTIVE]
    told = Counter(_told(database))
    assert {key for key in told if key[1] in ("late", "done", "failed")} == {
        (f"r{number}", change) for number in range(RUNS) for change in ("late", "done", "failed")
    }
    assert set(told.values()) == {1}
    # Each action was handed to linkage once.
    with_action = {run.steps[0].linkage for run in runs}
    assert len(with_action) == RUNS


def _told(database: Database) -> Iterator[tuple[str, str]]:
    for row in database.read(lambda view: view.changes_after(0, 100_000)):
        if row.kind == "PlanRunChanged":
            fact = json.loads(row.payload)
            if fact["change"] != "dated":
                yield fact["run"]["id"], fact["change"]
