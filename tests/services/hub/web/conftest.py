"""A hub that takes reports by HTTP from one sender with a token."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services.core.secrets import Credential, Secrets
from services.core.settings import Settings
from services.domain.alarms import Alarm
from services.domain.classes import AlarmClass
from services.domain.site import Panel, PanelNo, PanelProtocol, Site, Zone, ZoneKind, ZoneNo
from services.hub import Hub
from services.storage import Database
from tests.records import new_record

TOKEN = "a-long-token-of-the-gate-button"


@pytest.fixture
def token() -> str:
    return TOKEN


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, dc09_host="127.0.0.1", dc09_port=0, http_host="127.0.0.1", http_port=0)


@pytest.fixture
def secrets() -> Secrets:
    return Secrets({"gate": Credential("", TOKEN), "empty": Credential("", "")})


@pytest.fixture
def site() -> Site:
    at, http = (1.0, 1.0), PanelProtocol.HTTP
    return Site(
        code="test",
        name="测试校区",
        name_en="Test campus",
        width_m=500.0,
        height_m=350.0,
        panels=(
            Panel(PanelNo("H1"), "4001", "门岗按钮", "Gate", at, protocol=http, credential="gate"),
            Panel(PanelNo("H2"), "4002", "没有令牌", "None", at, protocol=http),
            Panel(PanelNo("H3"), "4003", "空令牌", "Empty", at, protocol=http, credential="empty"),
        ),
        zones=(
            Zone(
                ZoneNo("H1-1"),
                PanelNo("H1"),
                1,
                "东门按钮",
                "East gate button",
                ZoneKind.PANIC_BUTTON,
                AlarmClass.PANIC,
                "东门",
                at,
                point="east",
            ),
        ),
    )


@pytest.fixture
def database(settings: Settings, site: Site) -> Iterator[Database]:
    with new_record(settings.data_dir / "shouwang.db") as database:
        database.write(lambda tx: tx.replace_site(site))
        yield database


@pytest.fixture
def start_hub(
    settings: Settings, secrets: Secrets, site: Site, database: Database
) -> Iterator[Callable[..., Hub]]:
    """`start_hub(**settings)`."""
    assert database.read(lambda view: view.site()) == site
    started: list[Hub] = []

    def start(**more: object) -> Hub:
        hub = Hub(settings.model_copy(update=more), secrets)
        hub.start()
        started.append(hub)
        return hub

    yield start
    for hub in started:
        hub.stop()


@pytest.fixture
def alarms(database: Database) -> Callable[[], list[Alarm]]:
    return lambda: database.read(lambda view: view.alarms.open())
