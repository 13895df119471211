"""A small campus, its database, and an engine whose hands are ours: the seam towards devices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.alarms.center import AlarmCenter
from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.domain.alarms import Alarm, AlarmSource, Qualifier, Signal
from services.domain.classes import AlarmClass
from services.domain.linkage import Action, ActionKind, Rule
from services.domain.linkage_runs import LinkageRun
from services.domain.site import CameraNo, Panel, PanelNo, Site, Zone, ZoneKind, ZoneNo
from services.domain.triggers import Trigger, TriggerKind
from services.linkage.engine import Failure, LinkageEngine, Task
from services.linkage.starting import LinkageStart
from services.storage import Database
from tests.records import new_record

STARTS_AT = datetime(2026, 11, 24, 6, 0, 0, tzinfo=UTC)
PANIC = Trigger(TriggerKind.CLASS, ("panic",))


def zone(no: str, number: int, kind: ZoneKind, alarm_class: AlarmClass) -> Zone:
    at = (float(number), 10.0)
    return Zone(ZoneNo(no), PanelNo("A1"), number, f"防区 {no}", f"Zone {no}", kind, alarm_class, "东门", at)


SITE = Site(
    code="test",
    name="测试校区",
    name_en="Test Campus",
    width_m=500.0,
    height_m=350.0,
    panels=(Panel(PanelNo("A1"), "1001", "一号主机", "Panel 1", (1.0, 1.0)),),
    zones=(
        zone("Z01", 1, ZoneKind.PANIC_BUTTON, AlarmClass.PANIC),
        zone("Z02", 2, ZoneKind.PANIC_BUTTON, AlarmClass.PANIC),
        zone("Z11", 11, ZoneKind.INFRARED_BEAM, AlarmClass.INTRUSION),
        zone("Z12", 12, ZoneKind.INFRARED_BEAM, AlarmClass.INTRUSION),
    ),
)


def rule(*actions: Action, trigger: Trigger = PANIC, **more: object) -> Rule:
    return Rule(id=new_id(), name="东门联动", name_en="East gate", trigger=trigger, actions=actions, **more)  # type: ignore[arg-type]


@dataclass
class Hands:
    """Everything the hub could do: notes what it was asked, and does what `then` says."""

    asked: list[Action] = field(default_factory=list)
    then: Callable[[Task], None] = lambda _task: None

    def __call__(self, task: Task) -> None:
        self.asked.append(task.action)
        self.then(task)


class Campus:
    """One hub's linkage over a real database, moved by hand."""

    def __init__(self, database: Database, clock: ManualClock) -> None:
        self.database = database
        self.clock = clock
        self.hands = Hands()
        self.failures: list[Failure] = []
        self.engines: list[LinkageEngine] = []
        self.start = LinkageStart(clock)
        database.after_commit(lambda tx: self.start.committed(tx))
        self.center = AlarmCenter(
            database, clock, SITE, lambda _zone: (CameraNo("C01"),), self.raised, self.repeated
        )
        self.engine = self.new_engine()

    def raised(self, tx: object, alarm: Alarm) -> None:
        self.start.raised(tx, alarm)  # type: ignore[arg-type]

    def repeated(self, tx: object, alarm: Alarm) -> None:
        self.start.repeated(tx, alarm)  # type: ignore[arg-type]

    def new_engine(self, database: Database | None = None) -> LinkageEngine:
        """As another hub process would have it; database: its line to the record."""
        hands = dict.fromkeys(ActionKind, self.hands)
        self.engine = LinkageEngine(database or self.database, self.clock, hands, self.failures.append)
        self.engines.append(self.engine)
        return self.engine

    def press(self, number: int = 1, code: str = "120") -> Alarm:
        """A panel speaks; returns its alarm."""
        signal = Signal(AlarmSource.DC09, "1001", code, number, Qualifier.NEW, self.clock.now(), new_id())
        (outcome,) = self.center.receive([signal])
        return self.database.read(lambda view: view.alarms.get(outcome.alarm))

    def work(self) -> None:
        """Let the engine go on until what it began has ended."""
        self.engine.once()
        for _ in range(50):
            if not self.engine.is_busy:
                break
            self.engine.wait(0.2)
            self.engine.once()
        self.engine.once()

    def runs(self, alarm: Alarm) -> list[LinkageRun]:
        return self.database.read(lambda view: view.linkage_runs.of_alarm(alarm.id))

    def rule_run(self, alarm: Alarm) -> LinkageRun:
        """The one that is not built in."""
        (run,) = [run for run in self.runs(alarm) if run.rule_version]
        return run

    def close(self) -> None:
        for engine in self.engines:
            engine.stop(5.0)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(STARTS_AT)


@pytest.fixture
def database(tmp_path: Path, clock: ManualClock) -> Iterator[Database]:
    with new_record(tmp_path / "shouwang.db", clock) as database:
        yield database


@pytest.fixture
def campus(database: Database, clock: ManualClock) -> Iterator[Campus]:
    campus = Campus(database, clock)
    yield campus
    campus.close()


def refuse(_task: Task) -> None:
    raise ServiceError("onvif.unreachable", host="192.0.2.1")
