"""A small campus, a real database and signals, for everything about alarms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.alarms.center import AlarmCenter
from services.core.clock import ManualClock
from services.core.ids import new_id
from services.domain.alarms import AlarmSource, Qualifier, Signal
from services.domain.classes import AlarmClass, Priority
from services.domain.site import CameraNo, Panel, PanelNo, Site, Zone, ZoneKind, ZoneNo
from services.storage import Database
from tests.records import new_record

STARTS_AT = datetime(2026, 11, 24, 6, 0, 0, tzinfo=UTC)


def zone(
    no: str,
    panel: str,
    number: int,
    kind: ZoneKind,
    alarm_class: AlarmClass,
    priority: Priority | None = None,
) -> Zone:
    return Zone(
        no=ZoneNo(no),
        panel=PanelNo(panel),
        number=number,
        name=f"防区 {no}",
        name_en=f"Zone {no}",
        kind=kind,
        alarm_class=alarm_class,
        place=f"地点 {no}",
        at=(float(number), 10.0),
        priority=priority,
    )


SITE = Site(
    code="test",
    name="测试校区",
    name_en="Test Campus",
    width_m=500.0,
    height_m=350.0,
    panels=(
        Panel(PanelNo("A1"), "1001", "一号主机", "Panel 1", (1.0, 1.0)),
        Panel(PanelNo("A2"), "1002", "二号主机", "Panel 2", (2.0, 2.0), is_encrypted=True),
        Panel(PanelNo("A3"), "1003", "消防主机", "Fire panel", (3.0, 3.0)),
    ),
    zones=(
        zone("Z01", "A1", 1, ZoneKind.PANIC_BUTTON, AlarmClass.PANIC, Priority.P3),
        zone("Z02", "A1", 2, ZoneKind.DOOR_CONTACT, AlarmClass.INTRUSION, Priority.P3),
        zone("Z11", "A2", 11, ZoneKind.INFRARED_BEAM, AlarmClass.INTRUSION),
        zone("Z12", "A2", 12, ZoneKind.INFRARED_BEAM, AlarmClass.INTRUSION),
        zone("Z31", "A3", 1, ZoneKind.SMOKE_DETECTOR, AlarmClass.FIRE),
    ),
)


def feeds_for(of: Zone) -> tuple[CameraNo, ...]:
    return (CameraNo(f"C{of.number:02d}"),)


@pytest.fixture
def site() -> Site:
    return SITE


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(STARTS_AT)


@pytest.fixture
def database(tmp_path: Path, clock: ManualClock) -> Iterator[Database]:
    with new_record(tmp_path / "shouwang.db", clock) as database:
        yield database


@pytest.fixture
def center(database: Database, clock: ManualClock) -> AlarmCenter:
    return AlarmCenter(database, clock, SITE, feeds_for)


@pytest.fixture
def signal(clock: ManualClock) -> Callable[..., Signal]:
    """A signal received now, unlike any other unless `fingerprint` is given."""

    def make(
        code: str = "120",
        zone: int = 1,
        qualifier: Qualifier = Qualifier.NEW,
        account: str = "1001",
        fingerprint: str = "",
        **more: object,
    ) -> Signal:
        return Signal(
            source=AlarmSource.DC09,
            account=account,
            code=code,
            zone=zone,
            qualifier=qualifier,
            received_at=clock.now(),
            fingerprint=fingerprint or new_id(),
            **more,  # type: ignore[arg-type]
        )

    return make
