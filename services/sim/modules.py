"""A simulated Modbus TCP module: beams and buttons on its inputs, relays on its coils."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import TypeVar

from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

from services.core.errors import ServiceError
from services.core.workers import Worker
from services.domain.alarms import Qualifier
from services.domain.inputs import ModbusTable, read_input
from services.sim.panels import Report

INPUTS = 32
RELAYS = 16
LINES = 16
UNIT = 1
START_LIMIT_S = 5.0
STOP_LIMIT_S = 5.0
_READ_COILS, _READ_INPUTS, _READ_REGISTERS = 1, 2, 4

Result = TypeVar("Result")


class IoModule:
    """Discrete inputs 0 to 31, relays 0 to 15, supervised lines (input registers) 0 to 15; unit 1.

    It has a loop and a thread of its own; every method may be called from any other thread.
    """

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        self._host = host
        self._wanted_port = port
        self.port = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._server: ModbusTcpServer | None = None
        self._ending: asyncio.Event | None = None
        self._is_open = threading.Event()
        self._worker = Worker("sim-module", self._run)

    @property
    def address(self) -> str:
        return f"{self._host}:{self.port}"

    def start(self) -> None:
        """Raises ServiceError("sim.port_taken", host, port)."""
        self._worker.start()
        self._is_open.wait(START_LIMIT_S)
        if not self.port:
            self._worker.stop(STOP_LIMIT_S)
            raise ServiceError("sim.port_taken", host=self._host, port=self._wanted_port)

    def stop(self) -> None:
        if self._loop is not None and self._ending is not None and not self._loop.is_closed():
            with contextlib.suppress(RuntimeError):  # it ended by itself a moment ago
                self._loop.call_soon_threadsafe(self._ending.set)
        self._worker.stop(STOP_LIMIT_S)

    def set_input(self, number: int, is_on: bool) -> None:
        self._do(self._open_server().async_setValues(UNIT, _READ_INPUTS, number, [is_on]))

    def set_line(self, number: int, value: int) -> None:
        """value: 0 normal, 1 alarm, 2 cut, 3 short."""
        self._do(self._open_server().async_setValues(UNIT, _READ_REGISTERS, number, [value]))

    def relay(self, number: int) -> bool:
        (is_on,) = self._do(self._open_server().async_getValues(UNIT, _READ_COILS, number, 1))
        return bool(is_on)

    def _open_server(self) -> ModbusTcpServer:
        assert self._server is not None, "start it first"
        return self._server

    def _do(self, work: Coroutine[object, object, Result]) -> Result:
        assert self._loop is not None
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(START_LIMIT_S)

    def _run(self, _stop: threading.Event) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop, self._ending = asyncio.get_running_loop(), asyncio.Event()
        self._server = ModbusTcpServer(_device(), address=(self._host, self._wanted_port))
        try:
            await self._server.serve_forever(background=True)
        except RuntimeError:  # the library's word for a port that is taken
            self._is_open.set()
            return
        listening = self._server.transport
        assert isinstance(listening, asyncio.Server)
        self.port = int(listening.sockets[0].getsockname()[1])
        self._is_open.set()
        await self._ending.wait()
        await self._server.shutdown()  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """How a panel of the story is a module: what it reports shows on its inputs."""

    account: str
    module: IoModule


class ModuleWires:
    """Moves the inputs of a module as the story says; nobody is dialled, the hub comes and looks."""

    def __init__(self, line: ModuleLine, stop: threading.Event) -> None:
        self._module = line.module
        self._stop = stop

    def send(self, report: Report) -> bool:
        """False when the report's point is no input that this module has."""
        wire = read_input(report.point, report.zone)
        is_on = report.qualifier is not Qualifier.RESTORE
        if wire is not None and wire.table is ModbusTable.INPUTS and wire.address < INPUTS:
            self._module.set_input(wire.address, is_on)
            return True
        if wire is not None and wire.line and wire.address < LINES:
            self._module.set_line(wire.address, wire.line[is_on])
            return True
        return False

    def poll(self) -> bool:
        return True

    def rest(self, seconds: float) -> bool:
        """Wait so long; True when `stop` was set."""
        return self._stop.wait(seconds)

    def close(self) -> None:
        """The module belongs to who started it."""


def _device() -> SimDevice:
    bits, registers = DataType.BITS, DataType.REGISTERS
    coils = SimData(0, values=[False] * RELAYS, datatype=bits)
    inputs = SimData(0, values=[False] * INPUTS, datatype=bits)
    holding = SimData(0, values=[0] * LINES, datatype=registers)
    lines = SimData(0, values=[0] * LINES, datatype=registers)
    return SimDevice(UNIT, simdata=([coils], [inputs], [holding], [lines]))
