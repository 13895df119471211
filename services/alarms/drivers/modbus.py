"""Beams, buttons and relays on Modbus TCP modules: asked ten times a second."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import structlog

from services.alarms.drivers.base import Received, Source, Tell
from services.alarms.drivers.contact import Change, Contact
from services.alarms.drivers.modbus_link import MOST_BITS, MOST_REGISTERS, ModbusLink
from services.alarms.drivers.outbox import Outbox
from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.domain.alarms import AlarmSource, Signal
from services.domain.inputs import ModbusInput, ModbusTable, read_input
from services.domain.site import Zone

# From one look to the next, what the looking itself takes included.
POLL_S = 0.08
PULSE_S = 1.0

log = structlog.get_logger(__name__)


class RelayOrder(StrEnum):
    ON = "on"
    OFF = "off"
    PULSE = "pulse"


@dataclass(slots=True)
class _Watched:
    """A zone with its input; wire: None when the site names none that can be understood."""

    zone: Zone
    wire: ModbusInput | None
    contact: Contact


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring addresses that one request reads."""

    table: ModbusTable
    address: int
    count: int


class ModbusListener:
    """One module: its inputs as zones, its coils as relays, over one connection.

    A state that lasts shorter than one look may be missed: a module for buttons should hold its inputs for
    100 ms or more.
    """

    def __init__(self, source: Source, clock: Clock) -> None:
        self._panel = source.panel
        self._clock = clock
        self._link = ModbusLink(source.panel.address, source.panel.unit)
        self._watched = [_watched(zone) for zone in source.zones]
        wires = [watched.wire for watched in self._watched if watched.wire is not None]
        coils = [ModbusInput(ModbusTable.COILS, output.number) for output in source.outputs]
        # A module without zones is asked for its relays, so that it is heard too.
        self._blocks = blocks_of(wires or coils or [ModbusInput(ModbusTable.COILS, 0)])
        self._outbox = Outbox()
        # Relays whose pulse could not be ended; they are switched off first thing.
        self._owed_off: set[int] = set()

    async def run(self, tell: Tell) -> None:
        delivering = asyncio.create_task(self._outbox.run(tell))
        try:
            await self._link.open()
            await self._end_pulses()
            await self._look_on(tell)
        finally:
            self._link.close()
            delivering.cancel()
            await asyncio.gather(delivering, return_exceptions=True)

    @property
    def is_connected(self) -> bool:
        return self._link.is_open

    def hang_up(self) -> None:
        """Let the connection go; `run` ends and makes it anew when it is run again."""
        self._link.close()

    async def switch(self, number: int, order: RelayOrder) -> bool:
        """Switch relay `number` and read it back: whether it is on now; a pulse returns when it has ended.

        Raises ServiceError: source.silent(address), source.refused(address, number).
        """
        if order is not RelayOrder.PULSE:
            self._owed_off.discard(number)
            return await self._set(number, order is RelayOrder.ON)
        if not self._link.is_open:
            raise ServiceError("source.silent", address=self._panel.address)
        # Owed before it is on: whatever happens from here, the next connection ends it.
        self._owed_off.add(number)
        try:
            if not await self._set(number, True):
                raise self._refused(number)
            await asyncio.sleep(PULSE_S)
        finally:
            is_on = await asyncio.shield(self._set(number, False))
            if not is_on:
                self._owed_off.discard(number)
        return is_on

    async def _set(self, number: int, is_on: bool) -> bool:
        if not await self._link.switch(number, is_on):
            raise self._refused(number)
        return await self.is_on(number)

    async def is_on(self, number: int) -> bool:
        """As the module says; raises what `switch` does."""
        read = await self._link.read(ModbusTable.COILS, number, 1)
        if read is None:
            raise self._refused(number)
        return bool(read[0])

    def _refused(self, number: int) -> ServiceError:
        return ServiceError("source.refused", address=self._panel.address, number=number)

    async def _end_pulses(self) -> None:
        for number in sorted(self._owed_off):
            if not await self._set(number, False):
                self._owed_off.discard(number)
                log.warning("modbus.pulse_ended_late", panel=self._panel.no, relay=number)

    async def _look_on(self, tell: Tell) -> None:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        due_s = loop.time()
        while True:
            await self._look()
            await tell(Received(self._panel.account))
            # The library waits by `wait_for`, which in Python 3.11 may drop a cancellation.
            if task is not None and task.cancelling():
                raise asyncio.CancelledError
            due_s = max(due_s + POLL_S, loop.time())
            await asyncio.sleep(due_s - loop.time())

    async def _look(self) -> None:
        values: dict[tuple[ModbusTable, int], int] = {}
        for block in self._blocks:
            read = await self._link.read(block.table, block.address, block.count)
            for offset, value in enumerate(read or ()):
                values[block.table, block.address + offset] = value
        now_s = self._clock.monotonic()
        for watched in self._watched:
            self._see(watched, values, now_s)

    def _see(self, watched: _Watched, values: dict[tuple[ModbusTable, int], int], now_s: float) -> None:
        wire, value = watched.wire, None
        if wire is not None:
            value = values.get((wire.table, wire.address))
        state = None
        if wire is not None and value is not None:
            state = wire.state_of(value, is_normally_closed=watched.zone.is_normally_closed)
        changes = watched.contact.see(state, now_s)
        signals = tuple(self._signal(watched.zone, change, value) for change in changes)
        if not self._outbox.put(signals):
            watched.contact.forget()

    def _signal(self, zone: Zone, change: Change, value: int | None) -> Signal:
        return Signal(
            source=AlarmSource.MODBUS,
            account=self._panel.account,
            code=f"modbus:{change.what}",
            zone=zone.number,
            qualifier=change.qualifier,
            received_at=self._clock.now(),
            fingerprint=f"modbus:{new_id()}",
            raw=f"{zone.point or f'di{zone.number - 1}'} = {'?' if value is None else value}",
            point=zone.point,
        )


def _watched(zone: Zone) -> _Watched:
    wire = read_input(zone.point, zone.number)
    return _Watched(zone, wire, Contact(wire.states if wire else (), zone.debounce_ms / 1000))


def blocks_of(wires: Iterable[ModbusInput]) -> tuple[Block, ...]:
    """As few requests as possible that ask for nothing but these: a module refuses a block in which one
    address does not exist."""
    return tuple(_blocks(sorted({(wire.table, wire.address) for wire in wires})))


def _blocks(places: list[tuple[ModbusTable, int]]) -> Iterator[Block]:
    begin = 0
    for index in range(1, len(places) + 1):
        table, address = places[begin]
        is_next = index < len(places) and places[index] == (table, address + index - begin)
        if not is_next or index - begin >= (MOST_BITS if table.is_bits else MOST_REGISTERS):
            yield Block(table, address, index - begin)
            begin = index
