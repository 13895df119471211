"""The simulated Modbus module: what the story says shows on its inputs; its relays can be seen."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from services.alarms.drivers.modbus_link import ModbusLink
from services.core.clock import ManualClock, SystemClock
from services.core.errors import ServiceError
from services.domain.alarms import Qualifier
from services.domain.classes import AlarmClass
from services.domain.inputs import ModbusTable
from services.domain.site import PanelNo, Zone, ZoneKind, ZoneNo
from services.sim.actors import Moment
from services.sim.day import PanelDay
from services.sim.modules import UNIT, IoModule, ModuleLine, ModuleWires
from services.sim.panels import Report


@pytest.fixture
def module() -> Iterator[IoModule]:
    module = IoModule()
    module.start()
    yield module
    module.stop()


def read(module: IoModule, table: ModbusTable, address: int) -> int:
    async def ask() -> int:
        link = ModbusLink(module.address, UNIT)
        await link.open()
        try:
            values = await link.read(table, address, 1)
        finally:
            link.close()
        assert values is not None
        return values[0]

    return asyncio.run(ask())


def test_a_second_module_on_the_same_port_is_refused(module: IoModule) -> None:
    with pytest.raises(ServiceError, match="port_taken"):
        IoModule(port=module.port).start()


@pytest.mark.parametrize(
    ("point", "table", "address", "value"),
    [
        ("di3", ModbusTable.INPUTS, 3, 1),
        ("", ModbusTable.INPUTS, 6, 1),
        ("ir5:line", ModbusTable.REGISTERS, 5, 1),
    ],
)
def test_a_report_shows_on_the_input_of_its_point(
    module: IoModule, point: str, table: ModbusTable, address: int, value: int
) -> None:
    wires = ModuleWires(ModuleLine("2001", module), threading.Event())
    assert wires.send(Report("alarm", 7, point=point))
    assert read(module, table, address) == value
    assert wires.send(Report("alarm", 7, Qualifier.RESTORE, point=point))
    assert read(module, table, address) == 0


def test_a_report_for_an_input_that_is_not_there_is_lost_and_said_so(module: IoModule) -> None:
    wires = ModuleWires(ModuleLine("2001", module), threading.Event())
    assert not wires.send(Report("alarm", 7, point="di400"))
    assert not wires.send(Report("alarm", 7, point="nothing"))


def test_the_crossing_of_the_story_is_a_broken_beam(module: IoModule) -> None:
    beam = Zone(
        ZoneNo("Z11"),
        PanelNo("M1"),
        1,
        "红外",
        "Beam",
        ZoneKind.INFRARED_BEAM,
        AlarmClass.INTRUSION,
        "墙",
        (1.0, 1.0),
        point="di3",
    )
    clock, line = ManualClock(SystemClock().now()), ModuleLine("2001", module)
    moments = [(Moment(45.0, "Z11", "new"), beam), (Moment(49.0, "Z11", "restore"), beam)]
    day = PanelDay(line, moments, 120.0, clock, clock.monotonic(), lambda: 0.5)
    wires = ModuleWires(line, threading.Event())
    seen = []
    for seconds in (44.0, 2.0, 4.0):
        clock.advance(seconds)
        day.tell(wires)
        seen.append(read(module, ModbusTable.INPUTS, 3))
    assert seen == [0, 1, 0]
