"""Whatever states a fire device reports in whatever order, the open alarms say what holds now."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest

from services.alarms.center import AlarmCenter
from services.alarms.drivers.gb26875 import read_frame
from services.alarms.drivers.gb26875_frame import Command, Frame
from services.core.clock import ManualClock
from services.domain.alarms import Alarm, AlarmSource
from services.domain.site import Panel, PanelNo, PanelProtocol
from services.sim.firebox import component_state
from services.storage import Database
from tests.services.alarms.conftest import SITE, feeds_for

ACCOUNT = 0x379
# By the standard: bit 1 fire, 2 fault, 3 disabled, 4 supervisory, 7 counting down, 8 power fault; bits 5 and
# 6 (started, feedback) are records.
ALARM_BITS = {
    1: "gb26875:fire",
    2: "gb26875:fault",
    3: "gb26875:shielded",
    4: "gb26875:supervisory",
    7: "gb26875:delayed",
    8: "gb26875:power_fault",
}
POINTS = ("1.1.10.2", "1.1.10.3", "11.2.1.1")


@pytest.fixture
def center(database: Database, clock: ManualClock) -> AlarmCenter:
    device = Panel(
        PanelNo("F1"), "000000000379", "装置", "Device", (0.0, 0.0), protocol=PanelProtocol.GB26875
    )
    return AlarmCenter(database, clock, replace(SITE, panels=(*SITE.panels, device)), feeds_for)


@pytest.mark.parametrize("seed", range(4))
def test_each_state_of_each_point_is_one_alarm_that_is_active_while_its_bit_is_set(
    center: AlarmCenter, database: Database, clock: ManualClock, seed: int
) -> None:
    chance, now, counts = random.Random(seed), dict.fromkeys(POINTS, 1), Counter[tuple[str, str]]()
    for serial in range(1, 41):
        point, flags = chance.choice(POINTS), chance.getrandbits(9)
        now[point] = flags
        counts.update((point, code) for bit, code in ALARM_BITS.items() if flags >> bit & 1)
        unit = component_state(point, flags, clock.now())
        frame = Frame(serial, (1, 1), clock.now(), ACCOUNT, 1, Command.SEND, unit)
        center.receive(read_frame(frame, clock.now()).signals)
        clock.advance(1)

        alarms = [a for a in open_alarms(database) if a.source is AlarmSource.GB26875]
        active = {(alarm.point, alarm.code_raw) for alarm in alarms if alarm.source_active}
        assert active == {(p, code) for p in POINTS for bit, code in ALARM_BITS.items() if now[p] >> bit & 1}
    assert {(a.point, a.code_raw): a.occurrence_count for a in alarms} == dict(counts)


def open_alarms(database: Database) -> list[Alarm]:
    return database.read(lambda view: view.alarms.open())
