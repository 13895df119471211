"""Talks to the panels over TCP and UDP; answers an event only after it is stored."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import structlog

from services.alarms.drivers.base import AlarmDriver, Conversation, Received
from services.core.clock import Clock
from services.hub.intake import Intake
from services.hub.sockets import Bound

READ_BYTES = 4096

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class PeerLimits:
    """How much a peer may ask of the receiver.

    idle_s: silence after which a connection is closed. frame_s: how long a frame may take to arrive.
    """

    connections: int = 512
    idle_s: float = 180.0
    frame_s: float = 15.0


class Receiver:
    """One driver on one pair of sockets; lives in one event loop.

    heard: told every account that proved to be alive.
    """

    def __init__(
        self,
        driver: AlarmDriver,
        intake: Intake,
        heard: Callable[[str], None],
        clock: Clock,
        limits: PeerLimits,
    ) -> None:
        self._driver = driver
        self._intake = intake
        self._heard = heard
        self._clock = clock
        self._limits = limits
        self._server: asyncio.Server | None = None
        self._datagrams: asyncio.DatagramTransport | None = None
        self._peers: set[asyncio.Task[None]] = set()

    async def open(self, bound: Bound) -> None:
        loop = asyncio.get_running_loop()
        self._server = await asyncio.start_server(self._converse, sock=bound.tcp, limit=READ_BYTES)
        self._datagrams, _ = await loop.create_datagram_endpoint(lambda: _Datagrams(self), sock=bound.udp)

    async def close(self) -> None:
        """Stop listening and hang up; a frame whose answer has not gone out will be sent again."""
        if self._server is not None:
            self._server.close()
        if self._datagrams is not None:
            self._datagrams.close()
        for peer in self._peers:
            peer.cancel()
        await asyncio.gather(*self._peers, return_exceptions=True)

    def take(self, conversation: Conversation, data: bytes) -> list[tuple[Received, asyncio.Future[bool]]]:
        """Feed `data` in, hand its signals to the intake; each frame with whether it may be answered."""
        taken = []
        for received in conversation.feed(data, self._clock.now()):
            if received.account:
                self._heard(received.account)
            if received.signals:
                may_answer = self._intake.submit(received.signals)
            else:
                may_answer = asyncio.get_running_loop().create_future()
                may_answer.set_result(True)
            taken.append((received, may_answer))
        return taken

    def converse_once(self) -> Conversation:
        return self._driver.converse()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None or len(self._peers) >= self._limits.connections:
            log.warning("receiver.too_many_peers", connections=len(self._peers))
            writer.close()
            return
        self._peers.add(task)
        try:
            await self._serve(reader, writer)
        except (OSError, TimeoutError, asyncio.CancelledError):
            pass  # the peer is gone, silent for too long, or the receiver closes: all end the same way
        finally:
            self._peers.discard(task)
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        conversation = self._driver.converse()
        loop = asyncio.get_running_loop()
        frame_due_s = loop.time()
        while True:
            due_s = frame_due_s if conversation.is_midframe else loop.time() + self._limits.idle_s
            async with asyncio.timeout_at(due_s):
                data = await reader.read(READ_BYTES)
            if not data:
                return
            was_midframe = conversation.is_midframe
            taken = self.take(conversation, data)
            if taken or not was_midframe:
                frame_due_s = loop.time() + self._limits.frame_s
            for received, may_answer in taken:
                if await may_answer and received.answer:
                    writer.write(received.answer)
            async with asyncio.timeout(self._limits.frame_s):
                await writer.drain()


class _Datagrams(asyncio.DatagramProtocol):
    """Every datagram stands alone: nothing is kept between two."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # The selector loop's transport does not inherit from the class it implements.
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str | object, int]) -> None:
        for received, may_answer in self._receiver.take(self._receiver.converse_once(), data):
            may_answer.add_done_callback(
                lambda stored, answer=received.answer: self._answer(stored, answer, addr)  # type: ignore[misc]
            )

    def _answer(self, stored: asyncio.Future[bool], answer: bytes, addr: tuple[str | object, int]) -> None:
        if self._transport is None or self._transport.is_closing() or stored.cancelled():
            return
        if stored.result() and answer:
            with contextlib.suppress(OSError):
                self._transport.sendto(answer, addr)
