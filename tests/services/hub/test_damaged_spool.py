"""A hub whose file of kept signals is damaged or out of reach hears its panels all the same, and says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from services.alarms.meaning import SPOOL_LOST
from services.core.clock import SystemClock
from services.core.secrets import Secrets
from services.core.settings import Settings
from services.domain.alarms import Alarm, AlarmSource, Qualifier, Signal
from services.domain.site import Site
from services.hub import Hub
from services.sim.panels import Dialler, Line, Report
from services.storage import Database
from services.storage.spool import SPOOL_FILE, Spool

Wait = Callable[..., object]


def overwrite(file: Path) -> None:
    file.write_bytes(b"no database" * 1000)


def tear(file: Path) -> None:
    """One page in the middle of a hundred signals that an earlier hub acknowledged."""
    spool = Spool(file)
    spool.open()
    at = SystemClock().now()
    spool.keep(
        [
            Signal(AlarmSource.DC09, "1001", "130", zone, Qualifier.NEW, at, f"f{zone}", text="x" * 3000)
            for zone in range(1, 101)
        ]
    )
    spool.close()
    content = bytearray(file.read_bytes())
    content[50 * 4096 : 51 * 4096] = b"\xff" * 4096
    file.write_bytes(content)


def hears_a_button(hub: Hub, zone: int) -> bool:
    line = Line("1001", "127.0.0.1", hub.dc09_port, answer_s=5.0, retry_s=0.1, tries=2)
    dialler = Dialler(line, SystemClock())
    try:
        return dialler.send(Report("120", zone))
    finally:
        dialler.close()


def said(database: Database) -> list[Alarm]:
    return [one for one in database.read(lambda view: view.alarms.open()) if one.code_raw == SPOOL_LOST]


def zones_of(database: Database) -> set[int]:
    alarms = database.read(lambda view: view.alarms.open())
    return {one.zone_number for one in alarms if one.panel == "A1"}


@pytest.mark.parametrize(("damage", "least"), [(overwrite, 0), (tear, 97)])
def test_a_damaged_file_is_put_aside_and_an_alarm_names_it(
    damage: Callable[[Path], None],
    least: int,
    settings: Settings,
    database: Database,
    site: Site,
    expected_log: Callable[..., None],
    wait_until: Wait,
) -> None:
    expected_log("spool.damaged", "panel.silent")
    assert database.read(lambda view: view.site()) == site
    file = settings.data_dir / SPOOL_FILE
    damage(file)
    damaged = file.read_bytes()
    hub = Hub(settings, Secrets())
    hub.start()
    try:
        assert hears_a_button(hub, 1)
        wait_until(lambda: said(database))
        # What could still be read of it is in the record.
        wait_until(lambda: len(zones_of(database)) >= max(least, 1))
    finally:
        hub.stop()
    (alarm,) = said(database)
    aside = settings.data_dir / "spool.damaged-1"
    assert alarm.note == aside.name
    assert aside.read_bytes() == damaged

    following = Hub(settings, Secrets())
    following.start()
    try:
        wait_until(lambda: not said(database)[0].source_active)
    finally:
        following.stop()


def test_a_file_that_cannot_be_opened_is_tried_again_until_it_can(
    settings: Settings,
    database: Database,
    site: Site,
    expected_log: Callable[..., None],
    wait_until: Wait,
    log_events: list[dict[str, object]],
) -> None:
    expected_log("spool.away", "panel.silent")
    assert database.read(lambda view: view.site()) == site
    file = settings.data_dir / SPOOL_FILE
    file.mkdir()
    hub = Hub(settings, Secrets())
    hub.start()
    try:
        assert hears_a_button(hub, 1)
        wait_until(lambda: said(database) and said(database)[0].source_active)
        file.rmdir()
        wait_until(lambda: not said(database)[0].source_active)
        assert file.is_file()
    finally:
        hub.stop()
    assert sum(one["event"] == "spool.away" for one in log_events) == 1
