"""One connection to a Modbus TCP module: read and write with a limit, and errors in our own codes."""

from __future__ import annotations

import logging
import struct
from collections.abc import Awaitable

from pymodbus.client import AsyncModbusTcpClient
from pymodbus.exceptions import ModbusException
from pymodbus.framer import FramerSocket
from pymodbus.pdu import DecodePDU, ModbusPDU

from services.core.errors import ServiceError
from services.domain.inputs import ModbusTable

ANSWER_LIMIT_S = 2.0
MODBUS_PORT = 502
# What one request may ask for (Modbus Application Protocol V1.1b3, 6.1 to 6.4).
MOST_BITS = 2000
MOST_REGISTERS = 125

# The library tells of every lost module itself, at WARNING and with its address; we tell once.
logging.getLogger("pymodbus").setLevel(logging.CRITICAL)


class _BearingFramer(FramerSocket):
    """Passes over what cannot be decoded; the library's own lets the error out into the event loop."""

    def handleFrame(self, data: bytes, exp_devid: int, exp_tid: int) -> tuple[int, ModbusPDU | None]:
        try:
            return super().handleFrame(data, exp_devid, exp_tid)
        except (ModbusException, struct.error, IndexError, ValueError):
            return len(data), None


class ModbusLink:
    """Used by one event loop. Requests of several tasks follow each other: a module has one ear.

    All calls but `close` raise ServiceError: source.silent(address) when the module does not answer in time,
    source.bad_address(address).
    """

    def __init__(self, address: str, unit: int) -> None:
        self._address = address
        self._unit = unit
        self._client: AsyncModbusTcpClient | None = None

    @property
    def is_open(self) -> bool:
        return self._client is not None and self._client.connected

    async def open(self) -> None:
        host, port = split_address(self._address)
        # It neither repeats nor reconnects by itself: after any trouble the connection is made anew, so an
        # answer that comes too late is never taken for the next question's.
        self._client = AsyncModbusTcpClient(
            host, port=port, timeout=ANSWER_LIMIT_S, retries=0, reconnect_delay=0
        )
        self._client.ctx.framer = _BearingFramer(DecodePDU(False))
        if not await self._client.connect():
            raise self._silent()

    def close(self) -> None:
        if self._client is not None:
            self._client.close()
        self._client = None

    async def read(self, table: ModbusTable, address: int, count: int) -> tuple[int, ...] | None:
        """`count` bits (0 or 1) or registers from `address`; None when the module refuses them."""
        client = self._connected()
        ask = {
            ModbusTable.COILS: client.read_coils,
            ModbusTable.INPUTS: client.read_discrete_inputs,
            ModbusTable.HOLDING: client.read_holding_registers,
            ModbusTable.REGISTERS: client.read_input_registers,
        }[table]
        answer = await self._answer(ask(address, count=count, device_id=self._unit))
        if answer.isError():
            return None
        values = [int(bit) for bit in answer.bits] if table.is_bits else answer.registers
        return tuple(values[:count]) if len(values) >= count else None

    async def switch(self, coil: int, is_on: bool) -> bool:
        """False when the module refuses."""
        answer = await self._answer(self._connected().write_coil(coil, is_on, device_id=self._unit))
        return not answer.isError()

    async def _answer(self, asking: Awaitable[ModbusPDU]) -> ModbusPDU:
        try:
            return await asking
        except ModbusException:
            self.close()
            raise self._silent() from None

    def _connected(self) -> AsyncModbusTcpClient:
        if self._client is None or not self._client.connected:
            raise self._silent()
        return self._client

    def _silent(self) -> ServiceError:
        return ServiceError("source.silent", address=self._address)


def split_address(address: str) -> tuple[str, int]:
    """Host and port of "host", "host:port" or "[v6]:port"; raises source.bad_address(address)."""
    host, port = address, ""
    if address.startswith("["):
        host, _, rest = address[1:].partition("]")
        port = rest.removeprefix(":")
    elif address.count(":") == 1:
        host, _, port = address.partition(":")
    is_port = not port or (port.isascii() and port.isdigit() and 0 < int(port) <= 65_535)
    if not host.strip() or not is_port:
        raise ServiceError("source.bad_address", address=address)
    return host, int(port or MODBUS_PORT)
