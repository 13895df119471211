"""The demo's day on one seat: button, beam and smoke each stand there with their linkage in milliseconds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from app.demo import demo_rules
from app.sim import CREDENTIAL, HOST, SimPorts, line_to
from services.core.clock import SystemClock
from services.core.secrets import Secrets
from services.domain.alarms import Alarm, AlarmSource, Qualifier
from services.domain.classes import AlarmClass
from services.domain.linkage import ActionKind
from services.linkage.rules import RuleDesk
from services.sim.day import Day
from services.sim.modules import IoModule
from services.sim.story import Story
from tests.end_to_end.conftest import Cameras
from tests.end_to_end.watch_kit import Watch, Workplace
from ui.linkage.record import LinkageChips

Wait = Callable[..., Any]
# The shipped story brings its three alarms within 75 s; nobody here has to watch them.
STORY_SPEED = 15.0
BUTTON, BEAM, SMOKE = "Z01", "Z11", "Z27"
KINDS = {
    BUTTON: (AlarmSource.DC09, AlarmClass.PANIC),
    BEAM: (AlarmSource.MODBUS, AlarmClass.INTRUSION),
    SMOKE: (AlarmSource.GB26875, AlarmClass.FIRE),
}
RULES = {BUTTON: "一键报警联动（第 1 版）", BEAM: "红外入侵联动（第 1 版）", SMOKE: "火灾联动（第 1 版）"}
# What a seat does at every alarm, whatever rules there are, as its chips name it.
OF_EVERY_ALARM = {
    ActionKind.POPUP: "弹出报警",
    ActionKind.FEEDS: "现场画面",
    ActionKind.MAP: "地图定位",
}
# A busy test machine is slow; a figure that is none at all is worse.
MOST_MS = 60_000


@pytest.fixture
def day(make_watch: Callable[..., Watch], cameras: Cameras) -> Iterator[tuple[Watch, Day]]:
    """The campus with the demo's rules, a hub process, cameras, a beam on a module, and panels that wait."""
    credential = cameras.secrets.credential(CREDENTIAL)
    assert credential is not None
    secrets = Secrets(
        credentials={CREDENTIAL: credential},
        panel_keys={"1002": bytes(range(16))},
    )
    beams = IoModule(HOST)
    beams.start()
    watch = make_watch("", Cameras(cameras.port, secrets), beam_port=beams.port)
    clock = SystemClock()
    RuleDesk(watch.database, clock).take_file(watch.log_in("admin", "OFFICE"), demo_rules())
    watch.start_hub()
    shipped = Story.load(None, watch.site)
    begun = (moment for moment in shipped.moments if moment.qualifier == Qualifier.NEW)
    moments = tuple(replace(moment, at_s=moment.at_s / STORY_SPEED) for moment in begun)
    ports = SimPorts(rtsp=0, dc09=watch.dc09_port, gb26875=watch.gb26875_port)
    story = replace(shipped, moments=moments, is_repeated=False)
    made = Day(watch.site, story, line_to(ports, secrets, beams), clock, None)
    made.start()
    yield watch, made
    made.stop()
    beams.stop()


def test_button_beam_and_smoke_each_show_their_linkage_in_milliseconds(
    day: tuple[Watch, Day], sit_down: Callable[..., Workplace], wait_until: Wait
) -> None:
    watch, panels = day
    desk = sit_down(watch, "wang", "SEAT-1").desk
    presenter, chips = desk.presenters.watch, desk.screens.side.linkage
    panels.begin(SystemClock().monotonic())

    def came() -> dict[str, Alarm]:
        found = {alarm.zone: alarm for alarm in presenter.queue}
        return found if set(KINDS) <= set(found) else {}

    alarms = wait_until(came)
    assert {zone: (alarms[zone].source, alarms[zone].alarm_class) for zone in KINDS} == KINDS
    assert alarms[SMOKE].note == "感烟火灾探测器 实验楼 A 座一层烟感"

    for zone, rule in RULES.items():
        alarm_id = alarms[zone].id
        presenter.pick(alarm_id)
        wait_until(lambda no=alarm_id: shown_ms(chips) == recorded_ms(watch, no) != {})
        assert chips.isVisible()
        took_ms = shown_ms(chips)
        assert all(0 < ms < MOST_MS for ms in took_ms.values()), (zone, took_ms)
        assert f"报警画面  {max(took_ms.values())} ms" in chips.toolTip()
        assert rule in chips.toolTip()


def shown_ms(chips: LinkageChips) -> dict[str, int]:
    """What the chips of the chosen alarm say; {} while one of those of every alarm is not done."""
    found = {name: re.search(rf"✓ {name} (\d+) ms", chips.words) for name in OF_EVERY_ALARM.values()}
    return {name: int(said[1]) for name, said in found.items() if said} if all(found.values()) else {}


def recorded_ms(watch: Watch, alarm_id: str) -> dict[str, int]:
    runs = watch.database.read(lambda view: view.linkage_runs.of_alarm(alarm_id))
    run = next(run for run in runs if run.id == alarm_id)
    took_ms = {OF_EVERY_ALARM[one.action.kind]: run.ms(one) for one in run.actions}
    return {name: ms for name, ms in took_ms.items() if ms is not None}
