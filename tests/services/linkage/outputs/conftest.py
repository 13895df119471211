"""A campus with outputs, a real database, a clock that a test moves, and a wire that notes its orders."""

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
from services.core.jobs import Jobs
from services.domain.alarms import AlarmSource, Qualifier, Signal
from services.domain.classes import AlarmClass
from services.domain.outputs import OutputAction, OutputOrder
from services.domain.people import Role, Session
from services.domain.site import (
    Interlock,
    InterlockKind,
    Output,
    OutputKind,
    Panel,
    PanelNo,
    PanelProtocol,
    Site,
    Zone,
    ZoneKind,
    ZoneNo,
)
from services.hub.outputs import FaultAlarms
from services.identity import Accounts
from services.linkage.outputs import Feedbacks, Outputs, Switchboard
from services.storage import Database
from tests.passwords import QUICK
from tests.records import new_record

STARTS_AT = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
WANG = Session("wang", "王某", Role.OPERATOR, "seat-1")
ZHAO = Session("zhao", "赵某", Role.OPERATOR, "seat-2")
LEADER = Session("li", "李某", Role.SHIFT_LEADER, "seat-1")
PASSWORDS = {"wang": "copper kettle", "zhao": "paper lantern", "chen": "winter plum"}


def output(no: str, kind: OutputKind, number: int, feedback: str = "") -> Output:
    return Output(
        no, PanelNo("M1"), number, f"{no} 输出", f"Output {no}", kind, "一号楼", (1.0, 1.0), feedback=feedback
    )


SITE = Site(
    code="test",
    name="测试校区",
    name_en="Test Campus",
    width_m=100.0,
    height_m=100.0,
    panels=(Panel(PanelNo("M1"), "4001", "联动模块", "Module", (1.0, 1.0), protocol=PanelProtocol.MODBUS),),
    zones=(
        Zone(
            ZoneNo("F1"), PanelNo("M1"), 1, "排烟风机反馈", "Fan feedback", ZoneKind.DIGITAL_INPUT,
            AlarmClass.DEVICE, "一号楼", (1.0, 1.0),
        ),
        Zone(
            ZoneNo("F2"), PanelNo("M1"), 2, "水泵反馈", "Pump feedback", ZoneKind.DIGITAL_INPUT,
            AlarmClass.DEVICE, "一号楼", (1.0, 1.0),
        ),
    ),
    outputs=(
        output("SOUND", OutputKind.SOUNDER, 1),
        output("FAN", OutputKind.SMOKE_FAN, 2, "F1"),
        output("PUMP", OutputKind.PUMP, 3, "F2"),
        output("DOOR", OutputKind.DOOR, 4),
        output("DAMPER", OutputKind.SHUTTER, 5),
    ),
    interlocks=(
        Interlock("I1", "FAN", "DAMPER", InterlockKind.REQUIRES, "排烟阀未开，风机不得启动", "damper"),
        Interlock("I2", "SOUND", "DOOR", InterlockKind.EXCLUDES, "试验联锁", "never both"),
    ),
)  # fmt: skip


@dataclass
class NotingWire:
    """Does what it is told unless a test says otherwise; `on` is what the device says of itself."""

    told: list[tuple[str, OutputAction]] = field(default_factory=list)
    on: dict[str, bool | None] = field(default_factory=dict)
    error: str = ""
    moves: bool = True
    before_answer: Callable[[], object] = lambda: None

    def switch(self, output: Output, action: OutputAction) -> None:
        if self.error in ("output.unreachable", "output.refused"):
            raise ServiceError(self.error)
        self.told.append((output.no, action))
        if self.moves:
            self.on[output.no] = action is OutputAction.ON
        self.before_answer()
        if self.error:
            raise ServiceError(self.error)

    def is_active(self, output: Output) -> bool | None:
        return self.on.get(output.no, False)


class Acquaintances:
    """Knows who is who without hashing; what passwords do is tried with real accounts."""

    def vouch(self, name: str, password: str, workstation: str, purpose: str) -> Session:
        assert (PASSWORDS[name], bool(purpose)) == (password, True)
        return Session(name, name, Role.OPERATOR, workstation)


@pytest.fixture
def site() -> Site:
    return SITE


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(STARTS_AT)


@pytest.fixture
def database(tmp_path: Path, clock: ManualClock) -> Iterator[Database]:
    with new_record(tmp_path / "shouwang.db", clock) as database:
        database.write(lambda tx: tx.replace_site(SITE))
        yield database


@pytest.fixture
def accounts(database: Database, clock: ManualClock) -> Accounts:
    accounts = Accounts(database, clock, passwords=QUICK)
    accounts.create_first_administrator("chen", "陈某", PASSWORDS["chen"])
    administrator = accounts.log_in("chen", PASSWORDS["chen"], "seat-1")
    for session in (WANG, ZHAO):
        accounts.create(
            administrator, session.user, session.display_name, session.role, PASSWORDS[session.user]
        )
    return accounts


@pytest.fixture
def outputs(database: Database, clock: ManualClock) -> Outputs:
    return Outputs(database, clock, lambda: SITE, Acquaintances())


@pytest.fixture
def guarded_outputs(database: Database, clock: ManualClock, accounts: Accounts) -> Outputs:
    """With real accounts and passwords, which take their time."""
    return Outputs(database, clock, lambda: SITE, accounts)


@pytest.fixture
def wire() -> NotingWire:
    return NotingWire()


@pytest.fixture
def center(database: Database, clock: ManualClock) -> AlarmCenter:
    return AlarmCenter(database, clock, SITE, lambda _zone: (), takes_feedback=Feedbacks(lambda: SITE).take)


@pytest.fixture
def hear(center: AlarmCenter, clock: ManualClock) -> Callable[..., None]:
    """`hear(zone_number, qualifier)`: the module reports one of its inputs."""

    def report(number: int, qualifier: Qualifier = Qualifier.NEW) -> None:
        signal = Signal(
            AlarmSource.MODBUS, "4001", "130", number, qualifier, clock.now(), fingerprint=new_id()
        )
        center.receive([signal])

    return report


@pytest.fixture
def make_switchboard(
    database: Database, clock: ManualClock, wire: NotingWire, center: AlarmCenter
) -> Iterator[Callable[..., Switchboard]]:
    """One for each life of the hub; the wire and the database outlive them."""
    pools: list[Jobs] = []

    def make(**changes: object) -> Switchboard:
        jobs = Jobs("test-output", threads=2)
        pools.append(jobs)
        parts: dict[str, object] = {
            "database": database,
            "clock": clock,
            "site": lambda: SITE,
            "wires": {PanelProtocol.MODBUS: wire},
            "jobs": jobs,
            "tell": FaultAlarms(center, clock, lambda: SITE).tell,
            "may_send": lambda: True,
        }
        return Switchboard(**{**parts, **changes})  # type: ignore[arg-type]

    yield make
    for jobs in pools:
        jobs.stop()


@pytest.fixture
def switchboard(make_switchboard: Callable[..., Switchboard]) -> Switchboard:
    return make_switchboard()


@pytest.fixture
def carry_on(
    switchboard: Switchboard, database: Database, wait_until: Callable[..., object]
) -> Callable[..., OutputOrder]:
    """`carry_on(order, state)`: tick until the order is in that state, and what ended badly is told of."""

    def until(order: OutputOrder, state: str, by: Switchboard = switchboard) -> OutputOrder:
        def reached() -> OutputOrder | None:
            by.tick()
            held = database.read(lambda view: view.output_orders.get(order.id))
            return held if held.state == state else None

        found = wait_until(reached)
        assert isinstance(found, OutputOrder)
        by.tick()  # it may have ended after this tick had looked
        return found

    return until
