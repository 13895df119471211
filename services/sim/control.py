"""A line protocol on a local TCP port, by which another process orders faults.

One command a line, one answer a line ("ok ..." or "error <code>"):
`fault C01 cut` · `clear C01` · `clear` (all) · `faults` · `position` · `url C01 sub`
`begin` (the story, for pictures and panels)
ONVIF: `happen C01 input|motion|tamper|relay on|off` · `clock C01 3600` (its clock is that far ahead)
"""

from __future__ import annotations

import asyncio
import re
from typing import Protocol

from services.core.errors import ServiceError
from services.sim.faults import Fault
from services.sim.film import Stream
from services.sim.onvif.bell import Happening

LINE_LIMIT_BYTES = 200
CLIENTS_LIMIT = 8
_SECONDS = re.compile(r"-?\d{1,9}")


class Orders(Protocol):
    """What can be ordered; everything runs on the loop."""

    def begin_story(self) -> None: ...
    def order_fault(self, camera_no: str, fault: Fault | None) -> None: ...
    def faults(self) -> dict[str, Fault]: ...
    def position_s(self) -> float: ...
    def url(self, camera_no: str, stream: Stream) -> str: ...
    def happen(self, camera_no: str, happening: Happening, is_on: bool) -> None: ...
    def put_clock(self, camera_no: str, ahead_s: float) -> None: ...


class Control:
    """The open control port."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders
        self._server: asyncio.Server | None = None
        self._clients: set[asyncio.StreamWriter] = set()
        self.port = 0

    async def open(self, host: str, port: int) -> None:
        """Raises ServiceError("sim.port_taken", host, port)."""
        try:
            self._server = await asyncio.start_server(self._serve, host, port, limit=LINE_LIMIT_BYTES)
        except OSError as error:
            raise ServiceError("sim.port_taken", host=host, port=port) from error
        self.port = int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
        for writer in list(self._clients):
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(self._clients) >= CLIENTS_LIMIT:
            writer.close()
            return
        self._clients.add(writer)
        try:
            while line := await reader.readline():
                writer.write((self.obey(line.decode("utf-8", "replace").split()) + "\n").encode())
                await writer.drain()
        except (ValueError, ConnectionError, asyncio.CancelledError):
            pass  # too long a line, a peer that left, or the end of the farm
        finally:
            self._clients.discard(writer)
            writer.close()

    def obey(self, words: list[str]) -> str:
        """Carry out one command; returns the answer line."""
        try:
            match words:
                case ["begin"]:
                    self._orders.begin_story()
                    return "ok"
                case ["fault", camera, kind] if kind in set(Fault):
                    self._orders.order_fault(camera, Fault(kind))
                    return "ok"
                case ["clear", camera]:
                    self._orders.order_fault(camera, None)
                    return "ok"
                case ["clear"]:
                    for camera in self._orders.faults():
                        self._orders.order_fault(camera, None)
                    return "ok"
                case ["faults"]:
                    shown = (f"{camera}={fault}" for camera, fault in sorted(self._orders.faults().items()))
                    return " ".join(["ok", *shown])
                case ["position"]:
                    return f"ok {self._orders.position_s():.3f}"
                case ["url", camera, stream] if stream in set(Stream):
                    return f"ok {self._orders.url(camera, Stream(stream))}"
                case ["happen", camera, kind, "on" | "off" as state] if kind in set(Happening):
                    self._orders.happen(camera, Happening(kind), state == "on")
                    return "ok"
                case ["clock", camera, ahead] if _SECONDS.fullmatch(ahead):
                    self._orders.put_clock(camera, float(ahead))
                    return "ok"
                case _:
                    return "error sim.unknown_command"
        except ServiceError as error:
            return f"error {error.code}"


async def open_control(orders: Orders, host: str, port: int | None) -> Control:
    """`port` None: nothing is opened."""
    control = Control(orders)
    if port is not None:
        await control.open(host, port)
    return control
