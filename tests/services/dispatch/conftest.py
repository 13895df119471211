"""A real SQLite record with the demo campus in it, a clock that a test moves, and one claimed alarm."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.campus.routes import Routes
from services.core.clock import ManualClock
from services.core.ids import new_id
from services.dispatch import CallDesk, IncidentDesk
from services.dispatch.deadlines import DeadlineClock
from services.dispatch.desk import DispatchDesk, import_site
from services.domain.alarms import Alarm, AlarmId, AlarmSource, AlarmState, Qualifier
from services.domain.classes import PRIORITY_OF_CLASS, AlarmClass
from services.domain.people import Role, Session
from services.domain.site import Site
from services.storage import Database
from tests.campus import read_demo_site
from tests.records import new_sqlite

START_AT = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
OPERATOR = Session("wang", "王某", Role.OPERATOR, "seat-1")
LEADER = Session("li", "李某", Role.SHIFT_LEADER, "seat-2")
ADMINISTRATOR = Session("admin", "管理员", Role.ADMINISTRATOR, "seat-1")


@pytest.fixture
def site() -> Site:
    return read_demo_site()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START_AT)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return new_sqlite(tmp_path / "record.db")


@pytest.fixture
def empty_database(url: str, clock: ManualClock) -> Iterator[Database]:
    database = Database(url, clock)
    database.open()
    yield database
    database.close()


@pytest.fixture
def database(empty_database: Database, clock: ManualClock, site: Site) -> Database:
    import_site(empty_database, ADMINISTRATOR, site, clock)
    return empty_database


@pytest.fixture
def desk(database: Database, clock: ManualClock, site: Site) -> DispatchDesk:
    return DispatchDesk(database, clock, Routes(site), site)


@pytest.fixture
def deadlines(database: Database, clock: ManualClock) -> DeadlineClock:
    return DeadlineClock(database, clock)


@pytest.fixture
def incidents(database: Database, clock: ManualClock) -> IncidentDesk:
    return IncidentDesk(database, clock)


@pytest.fixture
def calls(database: Database, clock: ManualClock, site: Site) -> CallDesk:
    return CallDesk(database, clock, Routes(site), site)


@pytest.fixture
def operator() -> Session:
    return OPERATOR


@pytest.fixture
def leader() -> Session:
    return LEADER


@pytest.fixture
def administrator() -> Session:
    return ADMINISTRATOR


@pytest.fixture
def raise_alarm(database: Database, clock: ManualClock, site: Site) -> Callable[..., Alarm]:
    """`raise_alarm(zone_no, **changes)`: an alarm of that zone, claimed by the operator, in the record."""

    def add(zone_no: str = "Z01", **changes: object) -> Alarm:
        zone = site.zone(zone_no)
        assert zone is not None
        alarm = Alarm(
            id=AlarmId(new_id()),
            event_no=database.write(lambda tx: tx.next_no("BJ", clock.now())),
            source=AlarmSource.DC09,
            dedup_key=new_id(),
            alarm_class=zone.alarm_class,
            priority=PRIORITY_OF_CLASS[AlarmClass(zone.alarm_class)],
            qualifier=Qualifier.NEW,
            code_raw="120",
            payload_raw="",
            panel=zone.panel,
            zone=zone.no,
            zone_number=zone.number,
            name=zone.name,
            name_en=zone.name_en,
            place=zone.place,
            at=zone.at,
            feeds=("C01",),
            received_at=clock.now(),
            last_occurrence_at=clock.now(),
            state=AlarmState.CLAIMED,
            owner=OPERATOR.user,
            owner_name=OPERATOR.display_name,
            claimed_at=clock.now(),
        )
        alarm = replace(alarm, **changes)  # type: ignore[arg-type]
        return database.write(lambda tx: tx.alarms.add(alarm))

    return add


@pytest.fixture
def alarm(raise_alarm: Callable[..., Alarm]) -> Alarm:
    return raise_alarm()
