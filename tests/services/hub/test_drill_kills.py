"""A drill is played on though hubs are killed at any moment: no alarm twice, none left over at its end."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from services.core.clock import SystemClock
from services.core.settings import Settings
from services.domain.classes import AlarmClass
from services.domain.drills import Drill, DrillId, DrillMoment, DrillState
from services.domain.people import Role, Session
from services.plans.drills import DrillDesk
from services.storage import Database, View
from tests.campus import read_demo_site
from tests.services.hub.killable_hub import HubProcess

Wait = Callable[..., object]
LI = Session("li", "李", Role.SHIFT_LEADER, "S1")
MOMENTS = 25


def begin_drill(database: Database) -> None:
    """A moment is due each 0.3 s from now on, so that every kill falls among them."""
    moments = tuple(
        DrillMoment(number * 0.3, AlarmClass.FIRE, f"烟感{number}", "三号宿舍") for number in range(MOMENTS)
    )
    began_at = datetime.now(UTC) - timedelta(seconds=1)
    drill = Drill(DrillId("d1"), "演练", "li", "李", began_at, moments, has_people=False)
    database.write(lambda tx: tx.drills.add(drill))


def stored(view: View) -> Drill:
    found = view.drills.find("d1")
    assert found is not None
    return found


def raised(view: View) -> Counter[str]:
    """How often each alarm of a drill was raised, by the moment that it is of."""
    facts = [json.loads(row.payload) for row in view.changes_after(0, 100_000) if row.kind == "AlarmRaised"]
    alarms = [fact["alarm"] for fact in facts if fact["alarm"]["is_drill"]]
    return Counter(alarm["name"] or alarm["note"] for alarm in alarms)


def played(view: View) -> tuple[int, Counter[str]]:
    """On one snapshot: moments that have their alarm, and the alarms."""
    return len(set(stored(view).alarms)), raised(view)


def test_hubs_killed_at_random_play_each_moment_once_and_the_drill_can_be_ended(
    record: tuple[Settings, Database], wait_until: Wait
) -> None:
    settings, database = record
    hub, chance = HubProcess(settings), random.Random(7)
    try:
        hub.start()
        begin_drill(database)
        for _ in range(4):
            time.sleep(0.4 + chance.random())
            hub.kill()
            moments, alarms = database.read(played)
            assert moments == alarms.total(), "an alarm and its moment are one"
            hub.start()
        wait_until(lambda: database.read(played)[0] == MOMENTS, timeout_s=60)
    finally:
        hub.kill()
    assert set(database.read(raised).values()) == {1}
    assert database.read(raised).total() == MOMENTS
    ended = DrillDesk(database, SystemClock(), read_demo_site).stop(LI, "d1", "够了")
    assert ended.state is DrillState.STOPPED
    assert database.read(lambda view: view.alarms.open()) == []
