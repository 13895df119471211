"""Relays of Modbus modules, switched from any thread and read back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import TimeoutError as FutureTimeoutError

from services.alarms.drivers.base import Listener
from services.alarms.drivers.modbus import PULSE_S, ModbusListener, RelayOrder
from services.core.errors import ServiceError

LIMIT_S = 5.0


class ModbusRelays:
    """loop: the hub's receiver loop, None while it does not run. listener_of: by panel number."""

    def __init__(
        self,
        loop: Callable[[], asyncio.AbstractEventLoop | None],
        listener_of: Callable[[str], Listener | None],
    ) -> None:
        self._loop = loop
        self._listener_of = listener_of

    def switch(self, panel: str, number: int, order: RelayOrder) -> bool:
        """Blocks until the relay has been read back: whether it is on now. A pulse takes PULSE_S more.

        panel: its number in the site. number: the coil's address. Not to be called on the loop's own thread.
        Raises ServiceError: source.silent(address), source.refused(address, number),
        source.not_listened(panel) when the site has no such module or the hub does not listen.
        """
        limit_s = LIMIT_S + (PULSE_S if order is RelayOrder.PULSE else 0.0)
        return self._ask(panel, lambda module: module.switch(number, order), limit_s)

    def is_on(self, panel: str, number: int) -> bool:
        """What the module says of relay `number`; blocks and raises as `switch` does."""
        return self._ask(panel, lambda module: module.is_on(number), LIMIT_S)

    def is_connected(self, panel: str) -> bool:
        """Whether a command would be sent now; what was sent may still be lost."""
        listener = self._listener_of(panel)
        return isinstance(listener, ModbusListener) and listener.is_connected

    def _ask(
        self, panel: str, ask: Callable[[ModbusListener], Coroutine[None, None, bool]], limit_s: float
    ) -> bool:
        loop, listener = self._loop(), self._listener_of(panel)
        if loop is None or loop.is_closed() or not isinstance(listener, ModbusListener):
            raise ServiceError("source.not_listened", panel=panel)
        asking = asyncio.run_coroutine_threadsafe(ask(listener), loop)
        try:
            return asking.result(limit_s)
        except FutureTimeoutError:
            asking.cancel()
            raise ServiceError("source.silent", address=panel) from None
