"""A hub with the guards' page on 127.0.0.1, one alarm, and one guard under way to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from services.campus.routes import Routes
from services.core.clock import SystemClock
from services.core.secrets import Secrets
from services.core.settings import Settings
from services.dispatch import DispatchDesk, Order
from services.dispatch.desk import import_site
from services.domain.alarms import Alarm, AlarmId, AlarmState
from services.domain.guard_links import IssuedLink
from services.domain.incidents import Channel, Dispatch
from services.domain.people import Role, Session
from services.domain.site import GeoReference, Site
from services.hub import Hub
from services.people.guard_links import GuardLinks
from services.storage import Database
from tests.alarms import PANIC
from tests.campus import read_demo_site
from tests.records import new_record
from tests.services.hub.guardpage.phone import Phone

OPERATOR = Session("wang", "王某", Role.OPERATOR, "seat-1")
ADMINISTRATOR = Session("admin", "管理员", Role.ADMINISTRATOR, "seat-1")
GEO = GeoReference(31.2, 121.45)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        data_dir=tmp_path,
        snapshot_dir=tmp_path / "shots",
        dc09_host="127.0.0.1",
        dc09_port=0,
        gb26875_host="",
        guard_host="127.0.0.1",
        guard_port=0,
    )


@pytest.fixture
def site() -> Site:
    """The demo campus without what the hub would call up."""
    demo = read_demo_site()
    return replace(demo, panels=(), zones=(), arm_groups=(), outputs=(), interlocks=(), cameras=(), geo=GEO)


@pytest.fixture
def database(settings: Settings, site: Site) -> Iterator[Database]:
    with new_record(settings.data_dir / "shouwang.db") as database:
        import_site(database, ADMINISTRATOR, site)
        yield database


@pytest.fixture
def alarm(database: Database, settings: Settings) -> Alarm:
    """With the picture that linkage kept of it."""
    now = SystemClock().now()
    alarm = replace(
        PANIC,
        id=AlarmId("alarm-1"),
        event_no=database.write(lambda tx: tx.next_no("BJ", now)),
        name_en="East gate panic button",
        at=(483.0, 190.0),
        feeds=(),
        received_at=now,
        last_occurrence_at=now,
        state=AlarmState.CLAIMED,
        owner=OPERATOR.user,
        owner_name=OPERATOR.display_name,
        claimed_at=now,
    )
    settings.snapshot_dir.mkdir()
    (settings.snapshot_dir / f"20261128-100000_{alarm.event_no}_C01_东门.jpg").write_bytes(jpeg())
    return database.write(lambda tx: tx.alarms.add(alarm))


def jpeg() -> bytes:
    kept = BytesIO()
    Image.new("RGB", (64, 36), (90, 120, 90)).save(kept, "JPEG")
    return kept.getvalue()


@pytest.fixture
def desk(database: Database, site: Site) -> DispatchDesk:
    return DispatchDesk(database, SystemClock(), Routes(site), site)


@pytest.fixture
def hub(settings: Settings, database: Database) -> Iterator[Hub]:
    assert database.read(lambda view: view.site()) is not None
    hub = Hub(settings, Secrets())
    hub.start()
    yield hub
    hub.stop()


@pytest.fixture
def order(desk: DispatchDesk, alarm: Alarm) -> Dispatch:
    return desk.send(OPERATOR, Order("G01", "速到东门查看，注意安全", alarm_id=alarm.id, channel=Channel.APP))


@pytest.fixture
def issue(hub: Hub, database: Database) -> Callable[[Dispatch], IssuedLink]:
    assert hub.guard_port
    links = GuardLinks(database, SystemClock())
    return lambda order: links.issue(OPERATOR, order.id)


@pytest.fixture
def pick_up(tmp_path: Path, hub: Hub) -> Iterator[Callable[[str], Phone]]:
    """`pick_up(fingerprint)`: a phone whose owner accepts that certificate and no other."""
    assert hub.guard_port  # the phones are put away before the hub ends
    phones: list[Phone] = []

    def make(accepts: str) -> Phone:
        phones.append(Phone(tmp_path, accepts))
        return phones[-1]

    yield make
    for phone in phones:
        phone.close()
