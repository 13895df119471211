"""A Modbus module heard: our simulator on pymodbus's server, and a bare socket with the standard's bytes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from itertools import pairwise
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.alarms.drivers import LISTENERS
from services.alarms.drivers.base import Received, Source
from services.alarms.drivers.modbus import Block, ModbusListener, RelayOrder, blocks_of
from services.alarms.drivers.modbus_link import ModbusLink, split_address
from services.core.clock import SystemClock
from services.core.errors import ServiceError
from services.domain.alarms import Qualifier
from services.domain.classes import AlarmClass
from services.domain.inputs import ModbusInput, ModbusTable
from services.domain.site import Output, OutputKind, Panel, PanelNo, PanelProtocol, Zone, ZoneKind, ZoneNo
from services.sim.modules import IoModule
from tests.services.alarms.drivers.ear import HERE_S, Ear


def zone(number: int, point: str = "", *, closed: bool = False) -> Zone:
    return Zone(
        no=ZoneNo(f"Z{number}"),
        panel=PanelNo("M1"),
        number=number,
        name=f"{number} 号",
        name_en=f"No. {number}",
        kind=ZoneKind.INFRARED_BEAM,
        alarm_class=AlarmClass.INTRUSION,
        place="北围墙",
        at=(1.0, 1.0),
        point=point,
        is_normally_closed=closed,
    )


def source(address: str, *zones: Zone, outputs: tuple[Output, ...] = ()) -> Source:
    panel = Panel(PanelNo("M1"), "2001", "模块", "Module", (1.0, 1.0), protocol=PanelProtocol.MODBUS)
    return Source(_at(panel, address), zones, outputs)


def _at(panel: Panel, address: str) -> Panel:
    return Panel(
        panel.no, panel.account, panel.name, panel.name_en, panel.at, protocol=panel.protocol, address=address
    )


@asynccontextmanager
async def listening(listener: ModbusListener, ear: Ear) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(listener.run(ear.tell))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def module() -> Iterator[IoModule]:
    module = IoModule()
    module.start()
    yield module
    module.stop()


def test_a_press_and_its_end_are_told_with_the_zone(module: IoModule) -> None:
    async def story() -> Ear:
        ear = Ear()
        async with listening(ModbusListener(source(module.address, zone(1)), SystemClock()), ear):
            await ear.until(lambda: bool(ear.signals))
            await asyncio.to_thread(module.set_input, 0, True)
            await ear.until(lambda: Qualifier.NEW in ear.told("modbus:alarm"))
            await asyncio.to_thread(module.set_input, 0, False)
            await ear.until(lambda: len(ear.told("modbus:alarm")) == 3)
        return ear

    ear = asyncio.run(story())
    assert ear.told("modbus:alarm") == [Qualifier.RESTORE, Qualifier.NEW, Qualifier.RESTORE]
    assert {(signal.account, signal.zone) for signal in ear.signals} == {("2001", 1)}
    assert len({signal.fingerprint for signal in ear.signals}) == len(ear.signals)


@pytest.mark.parametrize(("value", "code"), [(1, "modbus:alarm"), (2, "modbus:cut"), (3, "modbus:short")])
def test_a_supervised_line_tells_alarm_cut_and_short_apart(module: IoModule, value: int, code: str) -> None:
    async def story() -> Ear:
        ear = Ear()
        async with listening(ModbusListener(source(module.address, zone(1, "ir2:line")), SystemClock()), ear):
            await ear.until(lambda: bool(ear.signals))
            await asyncio.to_thread(module.set_line, 2, value)
            await ear.until(lambda: any(s.qualifier is Qualifier.NEW for s in ear.signals))
        return ear

    ear = asyncio.run(story())
    assert [s.code for s in ear.signals if s.qualifier is Qualifier.NEW] == [code]


def test_an_active_input_at_the_start_is_told_as_still_active(module: IoModule) -> None:
    module.set_input(3, True)

    async def story() -> Ear:
        ear = Ear()
        async with listening(ModbusListener(source(module.address, zone(1, "di3")), SystemClock()), ear):
            await ear.until(lambda: bool(ear.told("modbus:alarm")))
        return ear

    assert asyncio.run(story()).told("modbus:alarm") == [Qualifier.STILL]


def test_a_zone_whose_input_the_module_refuses_is_a_fault_and_its_neighbours_work(module: IoModule) -> None:
    async def story() -> Ear:
        ear = Ear()
        zones = (zone(1, "di0"), zone(2, "di400"), zone(3, "no such thing"))
        async with listening(ModbusListener(source(module.address, *zones), SystemClock()), ear):
            await ear.until(lambda: len(ear.signals) >= 4)
        return ear

    ear = asyncio.run(story())
    faults = {s.zone for s in ear.signals if s.code == "modbus:unreadable" and s.qualifier is Qualifier.STILL}
    assert faults == {2, 3}
    assert [s.zone for s in ear.signals if s.code == "modbus:alarm"] == [1]


def test_a_press_while_the_database_is_away_is_told_when_it_returns(module: IoModule) -> None:
    async def story() -> Ear:
        ear = Ear()
        async with listening(ModbusListener(source(module.address, zone(1)), SystemClock()), ear):
            await ear.until(lambda: bool(ear.signals))
            ear.is_durable = False
            await asyncio.to_thread(module.set_input, 0, True)
            await ear.until(lambda: ear.refused > 0)
            await asyncio.to_thread(module.set_input, 0, False)
            ear.is_durable = True
            await ear.until(lambda: len(ear.told("modbus:alarm")) == 3)
        return ear

    assert asyncio.run(story()).told("modbus:alarm")[1:] == [Qualifier.NEW, Qualifier.RESTORE]


def test_a_module_is_asked_ten_times_a_second_so_that_no_press_of_a_tenth_is_missed(module: IoModule) -> None:
    """The listener as the hub makes it; the middle one of its pauses, for a busy machine delays some."""
    told_s: list[float] = []

    async def tell(_received: Received) -> bool:
        told_s.append(asyncio.get_running_loop().time())
        return True

    async def story() -> None:
        listener = LISTENERS[PanelProtocol.MODBUS](source(module.address, zone(1)), SystemClock())
        running = asyncio.create_task(listener.run(tell))
        async with asyncio.timeout(HERE_S):
            while len(told_s) < 22:
                await asyncio.sleep(0.01)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    asyncio.run(story())
    assert median(later - earlier for earlier, later in pairwise(told_s)) <= 0.1


def test_a_module_that_goes_ends_the_run_with_a_word(module: IoModule) -> None:
    async def story() -> None:
        ear = Ear()
        async with listening(ModbusListener(source(module.address, zone(1)), SystemClock()), ear) as running:
            await ear.until(lambda: bool(ear.signals))
            await asyncio.to_thread(module.stop)
            await asyncio.wait_for(running, HERE_S)

    with pytest.raises(ServiceError, match="silent"):
        asyncio.run(story())


RELAY = Output("O1", PanelNo("M1"), 5, "警灯", "Light", OutputKind.LIGHT, "门岗", (1.0, 1.0))


def test_a_relay_is_switched_and_read_back(module: IoModule) -> None:
    async def story() -> list[bool]:
        ear, listener = Ear(), ModbusListener(source(module.address, outputs=(RELAY,)), SystemClock())
        async with listening(listener, ear):
            await ear.until(lambda: listener.is_connected)
            seen = [await listener.switch(5, RelayOrder.ON), await asyncio.to_thread(module.relay, 5)]
            seen += [await listener.switch(5, RelayOrder.OFF), await asyncio.to_thread(module.relay, 5)]
        return seen

    assert asyncio.run(story()) == [True, True, False, False]


def test_a_relay_that_the_module_does_not_have_is_refused(module: IoModule) -> None:
    async def story() -> None:
        ear, listener = Ear(), ModbusListener(source(module.address, outputs=(RELAY,)), SystemClock())
        async with listening(listener, ear):
            await ear.until(lambda: listener.is_connected)
            await listener.switch(500, RelayOrder.ON)

    with pytest.raises(ServiceError, match="refused"):
        asyncio.run(story())


def test_a_pulse_broken_by_a_lost_module_is_ended_when_it_returns(
    module: IoModule, expected_log: Callable[..., None]
) -> None:
    expected_log("modbus.pulse_ended_late")

    async def story() -> tuple[bool, bool]:
        ear, listener = Ear(), ModbusListener(source(module.address, outputs=(RELAY,)), SystemClock())
        async with listening(listener, ear):
            await ear.until(lambda: listener.is_connected)
            pulse = asyncio.create_task(listener.switch(5, RelayOrder.PULSE))
            while not await asyncio.to_thread(module.relay, 5):
                await asyncio.sleep(0.01)
            listener.hang_up()
            await asyncio.gather(pulse, return_exceptions=True)
        was_on = await asyncio.to_thread(module.relay, 5)
        async with listening(listener, ear), asyncio.timeout(HERE_S):
            while await asyncio.to_thread(module.relay, 5):
                await asyncio.sleep(0.01)
        return was_on, await asyncio.to_thread(module.relay, 5)

    assert asyncio.run(story()) == (True, False)


# --- the standard's own bytes: MODBUS Messaging on TCP/IP V1.0b, 3.1.3; Application Protocol V1.1b3, 6.2 ----


@asynccontextmanager
async def peer(answer: Callable[[bytes], bytes]) -> AsyncIterator[tuple[str, list[bytes]]]:
    """A bare socket that answers each request of twelve bytes."""
    asked: list[bytes] = []
    open_writers: list[asyncio.StreamWriter] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        open_writers.append(writer)
        while request := await reader.read(12):
            asked.append(request)
            writer.write(answer(request))

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield f"127.0.0.1:{port}", asked
    finally:
        server.close()
        for writer in open_writers:
            writer.close()
            await writer.wait_closed()


async def with_peer(
    answer: Callable[[bytes], bytes], work: Callable[[ModbusLink], Awaitable[object]]
) -> tuple[object, list[bytes]]:
    async with peer(answer) as (address, asked):
        link = ModbusLink(address, unit=1)
        await link.open()
        try:
            return await work(link), asked
        finally:
            link.close()


def test_the_standards_example_of_discrete_inputs_is_asked_and_read_as_printed() -> None:
    """6.2: inputs 197 to 218 (address 00C4, count 0016) are AC DB 35: 197 is off, 199 and 200 are on."""
    answered, asked = asyncio.run(
        with_peer(
            lambda request: request[:2] + bytes.fromhex("0000 0006 01 02 03 AC DB 35"),
            lambda link: link.read(ModbusTable.INPUTS, 196, 22),
        )
    )
    assert asked[0][2:] == bytes.fromhex("0000 0006 01 02 00C4 0016")
    # AC = 1010 1100, DB = 1101 1011, 35 = 0011 0101, lowest bit first
    assert answered == (0, 0, 1, 1, 0, 1, 0, 1, 1, 1, 0, 1, 1, 0, 1, 1, 1, 0, 1, 0, 1, 1)


def test_the_standards_example_of_a_coil_is_written_as_printed() -> None:
    """6.5: coil 173 on is 05 00 AC FF 00, echoed."""
    answered, asked = asyncio.run(with_peer(lambda request: request, lambda link: link.switch(172, True)))
    assert asked[0][2:] == bytes.fromhex("0000 0006 01 05 00AC FF00")
    assert answered is True


def test_an_exception_answer_is_a_refusal_not_a_lost_module() -> None:
    """7: function code with its highest bit set, exception 02 = illegal data address."""
    answered, _ = asyncio.run(
        with_peer(
            lambda request: request[:2] + bytes.fromhex("0000 0003 01 82 02"),
            lambda link: link.read(ModbusTable.INPUTS, 400, 1),
        )
    )
    assert answered is None


@given(st.binary(min_size=1, max_size=300))
def test_whatever_a_module_answers_is_borne(noise: bytes) -> None:
    """Noise behind a right head, so that it reaches the decoder: an answer, a refusal or a lost module."""
    head = len(noise).to_bytes(2, "big")

    async def ask(link: ModbusLink) -> object:
        try:
            async with asyncio.timeout(0.02):
                return await link.read(ModbusTable.REGISTERS, 0, 2)
        except (ServiceError, TimeoutError):
            return None

    answered, _ = asyncio.run(with_peer(lambda request: request[:2] + b"\0\0" + head + noise, ask))
    assert answered is None or (isinstance(answered, tuple) and len(answered) == 2)


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("10.0.0.7:5020", ("10.0.0.7", 5020)),
        ("io-1.campus", ("io-1.campus", 502)),
        ("[fd00::7]:502", ("fd00::7", 502)),
        ("fd00::7", ("fd00::7", 502)),
    ],
)
def test_an_address_names_host_and_port(address: str, parts: tuple[str, int]) -> None:
    assert split_address(address) == parts


@pytest.mark.parametrize("address", ["", ":502", "host:port", "host:0", "host:70000", "host:５０２"])
def test_an_address_without_host_or_port_is_refused(address: str) -> None:
    with pytest.raises(ServiceError, match="bad_address"):
        split_address(address)


def test_neighbours_share_a_request_and_gaps_do_not() -> None:
    inputs = [ModbusInput(ModbusTable.INPUTS, n) for n in (0, 1, 2, 4, 2)]
    registers = [ModbusInput(ModbusTable.REGISTERS, n) for n in range(130)]
    assert blocks_of([*inputs, *registers]) == (
        Block(ModbusTable.INPUTS, 0, 3),
        Block(ModbusTable.INPUTS, 4, 1),
        Block(ModbusTable.REGISTERS, 0, 125),
        Block(ModbusTable.REGISTERS, 125, 5),
    )
