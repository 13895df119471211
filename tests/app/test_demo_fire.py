"""The smoke of the demo's day reaches the hub through a fire transmission device."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from app.sim import SimPorts, demo_site, line_to
from services.core.clock import SystemClock
from services.core.secrets import Secrets
from services.core.settings import Settings
from services.domain.alarms import Alarm, AlarmSource
from services.domain.classes import AlarmClass
from services.hub import Hub
from services.sim.day import Day
from services.sim.story import Story
from services.storage import Database
from tests.records import new_sqlite

SMOKE_AT_S = 75.0


def test_the_smoke_in_the_laboratories_comes_by_gb26875_and_brings_up_their_cameras(
    tmp_path: Path, wait_until: Callable[..., object], expected_log: Callable[..., None]
) -> None:
    expected_log("listener.lost")  # modules and brokers of the site are not simulated here
    site, secrets = demo_site(0), Secrets(panel_keys={"1002": bytes(range(16))})
    url = new_sqlite(tmp_path / "shouwang.db")
    database = Database(url)
    with ExitStack() as running:
        database.open()
        running.callback(database.close)
        database.write(lambda tx: tx.replace_site(site))
        hub = Hub(Settings(data_dir=tmp_path, dc09_host="127.0.0.1", dc09_port=0, gb26875_port=0), secrets)
        hub.start()
        running.callback(hub.stop)
        clock = SystemClock()
        ports = SimPorts(rtsp=0, dc09=hub.dc09_port, gb26875=hub.gb26875_port)
        begun_s = clock.monotonic() - SMOKE_AT_S + 1.0
        day = Day(site, Story.load(None, site), line_to(ports, secrets, None), clock, begun_s)
        day.start()
        running.callback(day.stop)

        def smoke() -> Alarm | None:
            open_alarms = database.read(lambda view: view.alarms.open())
            return next((alarm for alarm in open_alarms if alarm.zone == "Z27"), None)

        alarm = wait_until(smoke)
        assert isinstance(alarm, Alarm)
        assert (alarm.source, alarm.alarm_class) == (AlarmSource.GB26875, AlarmClass.FIRE)
        assert alarm.note == "感烟火灾探测器 实验楼 A 座一层烟感"
        assert alarm.feeds
