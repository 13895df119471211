from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.domain.alarms import Alarm, AlarmId
from services.domain.classes import PRIORITY_OF_CLASS, AlarmClass
from services.domain.people import Role, Session
from services.handover.desk import HandoverDesk
from services.handover.lending import LentLedger
from services.identity import Accounts
from services.storage import Database, Tx
from tests.alarms import BEAM
from tests.passwords import QUICK
from tests.records import new_sqlite

START = datetime(2026, 11, 28, 0, 0, tzinfo=UTC)
PASSWORD = "quiet night 平安"
WANG = Session("wang", "王值班", Role.OPERATOR, "SEAT-1")


def code_of(work: Callable[[], object]) -> str:
    with pytest.raises(ServiceError) as caught:
        work()
    return caught.value.code


@dataclass
class Night:
    """A site in the night: its record, its people, its handover desk."""

    database: Database
    clock: ManualClock
    accounts: Accounts
    handovers: HandoverDesk
    lent: LentLedger
    _numbers: list[int] = field(default_factory=list)

    def ring(self, kind: AlarmClass = AlarmClass.INTRUSION, owner: str = "", **more: object) -> Alarm:
        self._numbers.append(1)
        number = len(self._numbers)
        alarm = replace(
            BEAM,
            id=AlarmId(new_id()),
            event_no=f"BJ20261128-{number:04d}",
            dedup_key=new_id(),
            alarm_class=kind,
            priority=PRIORITY_OF_CLASS[kind],
            panel="P1",
            zone=f"Z{number:02d}",
            zone_number=number,
            name=f"防区{number}",
            name_en="",
            place="东门",
            received_at=self.clock.now(),
            last_occurrence_at=self.clock.now(),
            owner=owner,
            owner_name=owner,
        )
        alarm = replace(alarm, **more)  # type: ignore[arg-type]
        self.write(lambda tx: tx.alarms.add(alarm))
        return alarm

    def change(self, alarm: Alarm, **values: object) -> Alarm:
        changed = replace(alarm, **values)  # type: ignore[arg-type]
        return self.write(lambda tx: tx.alarms.save(changed))

    def write(self, work: Callable[[Tx], Alarm]) -> Alarm:
        return self.database.write(work)

    def sign_out(self, name: str = "wang", password: str = PASSWORD) -> object:
        return self.handovers.sign_out(WANG, name, password, self.handovers.present().items)

    def sign_in(self, name: str = "li", password: str = PASSWORD) -> object:
        return self.handovers.sign_in(WANG, name, password, self.handovers.present().items)

    def pass_time(self, **parts: float) -> None:
        self.clock.advance(timedelta(**parts).total_seconds())


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    with night_on(new_sqlite(tmp_path / "watch.db")) as night:
        yield night


@contextmanager
def night_on(url: str) -> Iterator[Night]:
    clock = ManualClock(START)
    database = Database(url, clock)
    database.open()
    accounts = Accounts(database, clock, passwords=QUICK)
    accounts.create_first_administrator("admin", "管理员", PASSWORD)
    administrator = accounts.log_in("admin", PASSWORD, "desk")
    for name, display_name, role in (
        ("wang", "王值班", Role.OPERATOR),
        ("li", "李值班", Role.OPERATOR),
        ("zhao", "赵处长", Role.SUPERVISOR),
    ):
        accounts.create(administrator, name, display_name, role, PASSWORD)
    yield Night(
        database, clock, accounts, HandoverDesk(database, clock, accounts), LentLedger(database, clock)
    )
    database.close()
