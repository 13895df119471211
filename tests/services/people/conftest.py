"""A real record with the demo campus in it, a clock that a test moves, and the desks on guards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.alarms.center import AlarmCenter
from services.campus.routes import Routes
from services.campus.sight import Sight
from services.core.clock import ManualClock
from services.dispatch.desk import DispatchDesk, Order, import_site
from services.domain.incidents import Dispatch, Incident, IncidentId, IncidentState
from services.domain.people import Role, Session
from services.domain.site import Site
from services.people.calls import DuressLine
from services.people.statuses import StatusDesk
from services.storage import Database
from tests.campus import read_demo_site
from tests.records import new_record

# A Tuesday, 14:00 in Shanghai.
START_AT = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
OPERATOR = Session("wang", "王某", Role.OPERATOR, "seat-1")
SUPERVISOR = Session("zhang", "张处", Role.SUPERVISOR, "seat-3")
ADMINISTRATOR = Session("admin", "管理员", Role.ADMINISTRATOR, "seat-1")


@pytest.fixture
def site() -> Site:
    return read_demo_site()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START_AT)


@pytest.fixture
def database(tmp_path: Path, clock: ManualClock, site: Site) -> Iterator[Database]:
    with new_record(tmp_path / "record.db", clock) as database:
        import_site(database, ADMINISTRATOR, site, clock)
        yield database


@pytest.fixture
def operator() -> Session:
    return OPERATOR


@pytest.fixture
def supervisor() -> Session:
    return SUPERVISOR


@pytest.fixture
def administrator() -> Session:
    return ADMINISTRATOR


@pytest.fixture
def center(database: Database, clock: ManualClock, site: Site) -> AlarmCenter:
    return AlarmCenter(database, clock, site, Sight(site).feeds_for)


@pytest.fixture
def duress(database: Database, clock: ManualClock, site: Site, center: AlarmCenter) -> DuressLine:
    return DuressLine(database, clock, lambda: site, lambda: center)


@pytest.fixture
def desk(database: Database, clock: ManualClock, site: Site, duress: DuressLine) -> StatusDesk:
    return StatusDesk(database, clock, lambda: site, duress)


@pytest.fixture
def dispatches(database: Database, clock: ManualClock, site: Site) -> DispatchDesk:
    return DispatchDesk(database, clock, Routes(site), site)


@pytest.fixture
def send(database: Database, clock: ManualClock, dispatches: DispatchDesk) -> Callable[[str], Dispatch]:
    """`send(guard)`: to an open incident of its own."""

    def sent(guard: str) -> Dispatch:
        incident = Incident(
            id=IncidentId(f"incident-{guard}"),
            incident_no=f"JQ-{guard}",
            title="打架",
            category="panic",
            place="第一食堂",
            at=(75.0, 196.0),
            content="",
            owner=OPERATOR.user,
            owner_name=OPERATOR.display_name,
            received_at=clock.now(),
            state=IncidentState.ACCEPTED,
        )
        database.write(lambda tx: tx.incidents.add(incident))
        return dispatches.send(OPERATOR, Order(guard, "去看看", incident_id=incident.id))

    return sent
