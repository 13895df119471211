"""A hub on a real database with real sockets on 127.0.0.1."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from services.core.clock import SystemClock
from services.core.secrets import Secrets
from services.core.settings import Settings
from services.domain.classes import AlarmClass
from services.domain.site import Panel, PanelNo, PanelProtocol, Site, Zone, ZoneKind, ZoneNo
from services.hub import Hub
from services.sim.panels import Dialler, Line
from services.storage import Database
from tests.records import new_record, new_sqlite

KEY = bytes(range(16))


def panic(panel: str, number: int) -> Zone:
    return Zone(
        no=ZoneNo(f"{panel}-{number}"),
        panel=PanelNo(panel),
        number=number,
        name=f"{panel} {number} 号按钮",
        name_en=f"{panel} button {number}",
        kind=ZoneKind.PANIC_BUTTON,
        alarm_class=AlarmClass.PANIC,
        place="东门",
        at=(10.0, float(number)),
    )


SITE = Site(
    code="test",
    name="测试校区",
    name_en="Test campus",
    width_m=500.0,
    height_m=350.0,
    panels=(
        Panel(PanelNo("A1"), "1001", "一号主机", "Panel 1", (1.0, 1.0)),
        Panel(PanelNo("A2"), "1002", "二号主机", "Panel 2", (2.0, 2.0), is_encrypted=True),
        Panel(PanelNo("A24"), "1024", "二四号主机", "Panel 24", (2.0, 4.0), is_encrypted=True),
        Panel(PanelNo("A32"), "1032", "三二号主机", "Panel 32", (2.0, 5.0), is_encrypted=True),
        Panel(PanelNo("A5"), "5001", "五号主机", "Panel 5", (1.0, 2.0)),
        Panel(PanelNo("A6"), "5002", "六号主机", "Panel 6", (1.0, 3.0)),
        Panel(PanelNo("A9"), "1009", "九号主机", "Panel 9", (3.0, 3.0), supervision_s=1.5),
        Panel(
            PanelNo("F1"),
            "000000000379",
            "消防传输装置",
            "Fire device",
            (4.0, 4.0),
            protocol=PanelProtocol.GB26875,
        ),
    ),
    zones=(
        *(panic(panel, number) for panel in ("A1", "A2") for number in range(1, 100)),
        Zone(
            ZoneNo("F1-1"),
            PanelNo("F1"),
            1,
            "F1 1 号烟感",
            "F1 smoke detector 1",
            ZoneKind.SMOKE_DETECTOR,
            AlarmClass.FIRE,
            "实验楼",
            (20.0, 20.0),
            point="1.1.10.2",
        ),
    ),
)


@pytest.fixture
def site() -> Site:
    return SITE


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, dc09_host="127.0.0.1", dc09_port=0, gb26875_port=0)


@pytest.fixture
def secrets() -> Secrets:
    return Secrets(panel_keys={"1002": KEY, "1024": bytes(range(24)), "1032": bytes(range(32))})


@pytest.fixture
def database(settings: Settings, site: Site) -> Iterator[Database]:
    """The hub's database, holding the site, as another process sees it."""
    with new_record(settings.data_dir / "shouwang.db") as database:
        database.write(lambda tx: tx.replace_site(site))
        yield database


@pytest.fixture(params=["sqlite", "postgres"])
def record(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Settings, Database]]:
    """Where a killable hub and this test meet."""
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    is_sqlite = request.param == "sqlite"
    url = (
        new_sqlite(data_dir / "shouwang.db") if is_sqlite else str(request.getfixturevalue("postgres_record"))
    )
    settings = Settings(data_dir=data_dir, database=None if is_sqlite else url, dc09_host="127.0.0.1")
    with closing(Database(url)) as database:
        database.open()
        yield settings, database


@pytest.fixture
def hub(
    settings: Settings, secrets: Secrets, database: Database, expected_log: Callable[..., None]
) -> Iterator[Hub]:
    assert database.read(lambda view: view.site()) == SITE
    expected_log("panel.silent")  # the panel of account 1009 may be silent for 1.5 s only
    hub = Hub(settings, secrets)
    hub.start()
    yield hub
    hub.stop()


@pytest.fixture
def dial(hub: Hub) -> Iterator[Callable[..., Dialler]]:
    """`dial(account, **line)`: a dialler of our own simulator towards the hub."""
    diallers: list[Dialler] = []

    def make(account: str = "1001", **line: object) -> Dialler:
        more = {"retry_s": 0.05, "tries": 3, "answer_s": 3.0, **line}
        dialler = Dialler(Line(account, "127.0.0.1", hub.dc09_port, **more), SystemClock())  # type: ignore[arg-type]
        diallers.append(dialler)
        return dialler

    yield make
    for dialler in diallers:
        dialler.close()
