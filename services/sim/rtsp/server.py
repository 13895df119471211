"""The RTSP server of all simulated cameras: one port, one loop, one pair of UDP ports."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from urllib.parse import urlsplit

import structlog

from services.core.errors import ServiceError
from services.sim.faults import Fault
from services.sim.film import Stream
from services.sim.rtsp.archive import ArchiveChannel
from services.sim.rtsp.channel import Channel
from services.sim.rtsp.connection import Connection
from services.sim.rtsp.digest import Doorman
from services.sim.rtsp.tracks import PICTURES, SOUND, VOICE, Track
from services.sim.rtsp.voices import Voices
from services.sim.rtsp.watcher import UdpWatcher

log = structlog.get_logger(__name__)

CONNECTIONS_LIMIT = 256
SWEEP_S = 5.0
UDP_TRIES = 40
REPLAY = "replay"
_SHORT_PATHS = {"stream1": Stream.MAIN, "stream2": Stream.SUB}


class _Rtcp(asyncio.DatagramProtocol):
    """Hears the receiver reports of UDP clients: they keep a session alive."""

    def __init__(self, server: RtspServer) -> None:
        self._server = server

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:  # noqa: ARG002 (asyncio's signature)
        self._server.heard_from(addr)


class _Voice(asyncio.DatagramProtocol):
    """Hears what UDP clients say to cameras."""

    def __init__(self, voices: Voices) -> None:
        self._voices = voices

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._voices.hear_from(addr[:2], data)


class RtspServer:
    """Belongs to one asyncio loop. `channels` are known as (camera number, stream), `archives` by camera."""

    def __init__(
        self,
        channels: dict[tuple[str, Stream], Channel],
        doorman: Doorman,
        archives: Mapping[str, ArchiveChannel] | None = None,
    ) -> None:
        self._channels = channels
        self._archives = archives or {}
        self.doorman = doorman
        self._connections: set[Connection] = set()
        self._server: asyncio.Server | None = None
        self._udp: tuple[asyncio.DatagramTransport, asyncio.DatagramTransport] | None = None
        self._sweeper: asyncio.Task[None] | None = None
        self.voices = Voices()
        self.udp_ports = (0, 0)
        self.port = 0

    async def open(self, host: str, port: int) -> None:
        """Listen; raises ServiceError("sim.port_taken", host, port)."""
        loop = asyncio.get_running_loop()
        try:
            self._server = await loop.create_server(lambda: Connection(self), host, port)
        except OSError as error:
            raise ServiceError("sim.port_taken", host=host, port=port) from error
        self.port = int(self._server.sockets[0].getsockname()[1])
        self._udp = await self._open_udp(host)
        self._sweeper = loop.create_task(self._sweep())

    async def close(self) -> None:
        """Cut everybody off and stop listening."""
        if self._sweeper is not None:
            self._sweeper.cancel()
        if self._server is not None:
            self._server.close()
        for connection in list(self._connections):
            connection.abort()
        for transport in self._udp or ():
            transport.close()
        await asyncio.sleep(0)  # let the transports say goodbye to their protocols

    def say_goodbye(self, *, is_open: bool = False) -> None:
        """Close each connection once what was sent is on its way. is_open: who comes again is let in."""
        if self._server is not None and not is_open:
            self._server.close()
        for connection in list(self._connections):
            connection.close()

    def now_s(self) -> float:
        return asyncio.get_running_loop().time()

    def channel(self, url: str) -> Channel | None:
        """The stream that a request's URL (with or without a track) is about."""
        try:
            parts = urlsplit(url).path.strip("/").split("/")
        except ValueError:
            return None
        track = parts.pop() if parts[-1] in (PICTURES, SOUND, VOICE) else PICTURES
        found = self._only(parts[0]) if len(parts) == 1 else self._named(parts)
        return None if found is None or (track == SOUND and not found.has_sound) else found

    def _named(self, parts: list[str]) -> Channel | None:
        if parts[1:] == [REPLAY]:
            return self._archives.get(parts[0])
        try:
            return self._channels.get((parts[0], Stream(parts[1]))) if len(parts) == 2 else None
        except ValueError:
            return None

    def _only(self, path: str) -> Channel | None:
        """A camera that is alone here also answers to the paths that small cameras have."""
        stream = _SHORT_PATHS.get(path)
        cameras = {no for no, _ in self._channels}
        return self._channels.get((cameras.pop(), stream)) if stream and len(cameras) == 1 else None

    def admit(self, connection: Connection) -> bool:
        if len(self._connections) >= CONNECTIONS_LIMIT:
            return False
        self._connections.add(connection)
        return True

    def forget(self, connection: Connection) -> None:
        self._connections.discard(connection)

    def udp_watcher(self, host: str, ports: tuple[int, int], track: Track) -> UdpWatcher | None:
        """None where no pair of UDP ports could be had."""
        return None if self._udp is None else UdpWatcher(*self._udp, host, ports, track)

    def heard_from(self, address: tuple[str, int]) -> None:
        for connection in self._connections:
            if connection.session is not None and address[:2] in connection.session.client_rtcp:
                connection.heard_s = self.now_s()

    def fault(self, camera: str, fault: Fault | None) -> None:
        """Order a fault for both streams of a camera, or end it with None."""
        for (no, _), channel in self._channels.items():
            if no == camera:
                channel.set_fault(fault)
        if camera in self._archives:
            self._archives[camera].set_fault(fault)
        for connection in list(self._connections):
            connection.hit_by(camera, fault)

    async def _open_udp(
        self, host: str
    ) -> tuple[asyncio.DatagramTransport, asyncio.DatagramTransport] | None:
        """An even port for RTP and the odd one above it for RTCP."""
        loop = asyncio.get_running_loop()
        for _ in range(UDP_TRIES):
            port = random.randrange(20_000, 60_000, 2)
            try:
                rtp, _ = await loop.create_datagram_endpoint(lambda: _Voice(self.voices), (host, port))
            except OSError:
                continue
            try:
                rtcp, _ = await loop.create_datagram_endpoint(lambda: _Rtcp(self), (host, port + 1))
            except OSError:
                rtp.close()
                continue
            self.udp_ports = (port, port + 1)
            return rtp, rtcp
        log.warning("rtsp.no_udp_ports", host=host)
        return None

    async def _sweep(self) -> None:
        """Close connections that have gone quiet."""
        while True:
            await asyncio.sleep(SWEEP_S)
            now_s = self.now_s()
            for connection in [c for c in self._connections if c.is_idle(now_s)]:
                connection.abort()
