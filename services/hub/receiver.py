"""Talks to the panels over TCP and UDP; answers an event only after it is stored."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import SupportsIndex, cast

from services.alarms.drivers.base import AlarmDriver, Conversation, Received
from services.core.clock import Clock
from services.domain.alarms import Signal
from services.hub.intake import Intake
from services.hub.peers import Peer, PeerLimits, Peers
from services.hub.sockets import Bound
from services.hub.strangers import Strangers

READ_BYTES = 4096

# Host and port, for IPv4 and IPv6 alike.
_Address = tuple[str, int]
_Taken = tuple[Received, "asyncio.Future[bool]"]
# Sends bytes to the peer a frame came from; False when it is gone.
Send = Callable[[bytes], bool]


class Receiver:
    """One driver on one pair of sockets; lives in one event loop.

    heard: told every account that proved to be alive. knows: whether the site has an account.
    is_fire: whether a signal of a known account goes before all others. may_be_invented: whether it goes
    behind them. overhear: told every frame with the way back to its sender, of protocols in which the centre
    speaks too.
    """

    def __init__(
        self,
        driver: AlarmDriver,
        intake: Intake,
        *,
        heard: Callable[[str], None],
        knows: Callable[[str], bool],
        clock: Clock,
        limits: PeerLimits,
        is_fire: Callable[[Signal], bool] = lambda _signal: False,
        may_be_invented: Callable[[Signal], bool] = lambda _signal: False,
        overhear: Callable[[Received, Send], None] | None = None,
    ) -> None:
        self._driver = driver
        self._intake = intake
        self._heard = heard
        self._knows = knows
        self._is_fire = is_fire
        self._may_be_invented = may_be_invented
        self._overhear = overhear
        self._clock = clock
        self._limits = limits
        self._server: asyncio.Server | None = None
        self._datagrams: asyncio.DatagramTransport | None = None
        self._peers = Peers(limits)
        self._strangers = Strangers()

    async def open(self, bound: Bound) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._pick_up, sock=bound.tcp)
        self._datagrams, _ = await loop.create_datagram_endpoint(lambda: _Datagrams(self), sock=bound.udp)

    async def close(self) -> None:
        """Stop listening and hang up; a frame whose answer has not gone out will be sent again."""
        if self._server is not None:
            self._server.close()
        if self._datagrams is not None:
            self._datagrams.close()
        tasks = self._peers.tasks()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def take(
        self, conversation: Conversation, data: bytes, peer: _Address, send: Send, came_at: datetime
    ) -> list[_Taken]:
        """Feed `data` in, hand its signals to the intake; each frame with whether it may be answered."""
        taken = []
        for received in conversation.feed(data, came_at):
            if received.account:
                self._heard(received.account)
            if self._overhear is not None:
                self._overhear(received, send)
            taken.append((received, self._submit(received, peer)))
        return taken

    def _submit(self, received: Received, peer: _Address) -> asyncio.Future[bool]:
        loop = asyncio.get_running_loop()
        signals = received.signals
        is_known = all(self._knows(signal.account) for signal in signals)
        if signals and (is_known or self._strangers.admits(peer[0], len(signals), loop.time())):
            is_fire = is_known and any(map(self._is_fire, signals))
            # One real signal takes the others of its frame with it.
            is_behind = all(map(self._may_be_invented, signals))
            return self._intake.submit(signals, peer, is_known=is_known, is_fire=is_fire, is_behind=is_behind)
        may_answer = loop.create_future()
        may_answer.set_result(not signals)
        return may_answer

    def take_once(self, data: bytes, peer: _Address, send: Send) -> list[_Taken]:
        """A datagram, which stands alone; it is read as soon as it comes."""
        return self.take(self._driver.converse(), data, peer, send, self._clock.now())

    def _pick_up(self) -> asyncio.StreamReaderProtocol:
        line = _Line(self._clock)
        return asyncio.StreamReaderProtocol(line, lambda _line, writer: self._converse(line, writer))

    async def _converse(self, reader: _Line, writer: asyncio.StreamWriter) -> None:
        task, address = asyncio.current_task(), writer.get_extra_info("peername")
        if task is None or address is None:  # gone before we looked
            writer.transport.abort()
            return
        peer = Peer(address[0], task, asyncio.get_running_loop().time())
        if not self._peers.admit(peer):
            writer.transport.abort()
            return
        try:
            await self._serve(reader, writer, peer, address[:2])
            writer.close()
        except (OSError, TimeoutError, asyncio.CancelledError):
            # Gone, silent for too long, displaced, or the receiver closes: all end the same way. Answers
            # that the peer did not fetch are not waited for.
            writer.transport.abort()
        finally:
            self._peers.leave(peer)

    async def _serve(
        self, reader: _Line, writer: asyncio.StreamWriter, peer: Peer, address: _Address
    ) -> None:
        conversation = self._driver.converse()
        send = partial(_send, writer)
        loop = asyncio.get_running_loop()
        frame_due_s = loop.time()
        while peer.empty_bytes < self._limits.empty_bytes:
            idle_s = self._limits.idle_s if peer.is_proven else self._limits.unproven_idle_s
            due_s = frame_due_s if conversation.is_midframe else loop.time() + idle_s
            async with asyncio.timeout_at(due_s):
                data = await reader.read(READ_BYTES)
            if not data:
                return
            was_midframe = conversation.is_midframe
            taken = self.take(conversation, data, address, send, reader.came_at)
            self._note(peer, taken, len(data))
            if taken or not was_midframe:
                frame_due_s = loop.time() + self._limits.frame_s
            for received, may_answer in taken:
                if await may_answer and received.answer:
                    writer.write(received.answer)
            async with asyncio.timeout(self._limits.frame_s):
                await writer.drain()
            await asyncio.sleep(0)  # a full buffer is read without waiting; the other peers come first

    def _note(self, peer: Peer, taken: list[_Taken], size_bytes: int) -> None:
        """What these bytes say about the peer."""
        accounts = [received.account for received, _ in taken if received.account]
        peer.heard_s = asyncio.get_running_loop().time()
        peer.empty_bytes = 0 if accounts else peer.empty_bytes + size_bytes
        peer.is_proven = peer.is_proven or any(map(self._knows, accounts))


class _Line(asyncio.StreamReader):
    """Knows when the newest bytes came that it holds: what is read after the frame before was stored, a
    repeat of it say, may have come long before that.
    """

    def __init__(self, clock: Clock) -> None:
        super().__init__(limit=READ_BYTES, loop=asyncio.get_running_loop())
        self._clock = clock
        self.came_at = clock.now()

    def feed_data(self, data: Iterable[SupportsIndex]) -> None:
        self.came_at = self._clock.now()
        super().feed_data(data)


def _send(writer: asyncio.StreamWriter, data: bytes) -> bool:
    """What a peer does not fetch is not piled up: its line is as good as gone."""
    transport = writer.transport
    if transport.is_closing() or transport.get_write_buffer_size() > READ_BYTES:
        return False
    writer.write(data)
    return True


class _Datagrams(asyncio.DatagramProtocol):
    """Every datagram stands alone: nothing is kept between two."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # The selector loop's transport does not inherit from the class it implements.
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str | object, int]) -> None:
        peer = (str(addr[0]), addr[1])
        for received, may_answer in self._receiver.take_once(data, peer, partial(self._send, addr)):
            may_answer.add_done_callback(
                lambda stored, answer=received.answer: self._answer(stored, answer, addr)  # type: ignore[misc]
            )

    def _answer(self, stored: asyncio.Future[bool], answer: bytes, addr: tuple[str | object, int]) -> None:
        if not stored.cancelled() and stored.result() and answer:
            self._send(addr, answer)

    def _send(self, addr: tuple[str | object, int], data: bytes) -> bool:
        if self._transport is None or self._transport.is_closing():
            return False
        with contextlib.suppress(OSError):
            self._transport.sendto(data, addr)
            return True
        return False
