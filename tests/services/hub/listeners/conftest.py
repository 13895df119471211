"""A hub that listens to one simulated module of 16 beams and relays, over a real socket."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from services.core.secrets import Secrets
from services.core.settings import Settings
from services.domain.alarms import Alarm
from services.domain.classes import AlarmClass
from services.domain.site import (
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
from services.hub import Hub
from services.sim.modules import IoModule
from services.storage import Database
from tests.records import new_record


def module_panel(no: str, account: str, address: str) -> Panel:
    at = (1.0, 1.0)
    return Panel(
        PanelNo(no),
        account,
        f"{no} 模块",
        f"Module {no}",
        at,
        protocol=PanelProtocol.MODBUS,
        address=address,
    )


def beam(number: int, *, panel: str = "M1", point: str = "") -> Zone:
    return Zone(
        no=ZoneNo(f"{panel}-{number}"),
        panel=PanelNo(panel),
        number=number,
        name=f"{number} 号对射",
        name_en=f"Beam {number}",
        kind=ZoneKind.INFRARED_BEAM,
        alarm_class=AlarmClass.INTRUSION,
        place="北围墙",
        at=(10.0, float(number)),
        point=point,
    )


@pytest.fixture
def module() -> Iterator[IoModule]:
    module = IoModule()
    module.start()
    yield module
    module.stop()


@pytest.fixture
def site(module: IoModule) -> Site:
    light = Output("O1", PanelNo("M1"), 5, "警灯", "Light", OutputKind.LIGHT, "北围墙", (1.0, 1.0))
    return Site(
        code="test",
        name="测试校区",
        name_en="Test campus",
        width_m=500.0,
        height_m=350.0,
        panels=(
            module_panel("M1", "2001", module.address),
            replace(module_panel("M2", "2002", "127.0.0.1:1"), supervision_s=2.0),
        ),
        zones=(beam(1), beam(2), beam(1, panel="M2")),
        outputs=(light,),
    )


@pytest.fixture
def database(settings: Settings, site: Site) -> Iterator[Database]:
    with new_record(settings.data_dir / "shouwang.db") as database:
        database.write(lambda tx: tx.replace_site(site))
        yield database


@pytest.fixture
def secrets() -> Secrets:
    return Secrets()


@pytest.fixture
def hub(
    settings: Settings, secrets: Secrets, database: Database, expected_log: Callable[..., None]
) -> Iterator[Hub]:
    """Module M2 is away."""
    assert database.read(lambda view: view.site()) is not None
    expected_log("listener.lost", "panel.silent")
    hub = Hub(settings, secrets)
    hub.start()
    yield hub
    hub.stop()


@pytest.fixture
def open_alarms(hub: Hub, database: Database) -> Callable[[], dict[str, Alarm]]:
    """What the hub has raised, by name; those of module M2 aside."""

    def raised() -> dict[str, Alarm]:
        assert not hub.is_over
        found = database.read(lambda view: view.alarms.open())
        return {alarm.name: alarm for alarm in found if alarm.panel != "M2"}

    return raised


@pytest.fixture
def changed_site(database: Database) -> Callable[..., None]:
    """`changed_site(zones=…)`: store the site so changed."""

    def change(**fields: object) -> None:
        site = database.read(lambda view: view.site())
        assert site is not None
        database.write(lambda tx: tx.replace_site(replace(site, **fields)))  # type: ignore[arg-type]

    return change
