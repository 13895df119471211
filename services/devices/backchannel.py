"""The way back into a camera: one RTSP session that carries our sound to its loudspeaker (ONVIF backchannel).

FFmpeg cannot send on it, so the few requests and the RTP packets are made here.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import secrets
import socket
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from services.core.errors import ServiceError
from services.core.secrets import Credential
from services.devices.g711 import RATE_HZ, Samples, to_alaw, to_ulaw
from services.devices.rtsp import RTSP_PORT, Reply, Silence, authorization, challenge_of, read_reply

REQUIRE = "www.onvif.org/ver20/backchannel"
OPEN_LIMIT_S = 6.0
ANSWER_LIMIT_S = 4.0
MOST_BYTES = 65_536
MOST_PORT = 65_535
# A camera that says no time-out keeps a session for 60 s.
KEEP_EVERY_S = 20.0
FRAME_SAMPLES = RATE_HZ // 50
_ENCODERS: dict[int, Callable[[Samples], bytes]] = {0: to_ulaw, 8: to_alaw}
_RTPMAP = re.compile(r"^a=rtpmap:(\d+) (PCMU|PCMA)/8000", re.MULTILINE | re.IGNORECASE)
_CONTROL = re.compile(r"^a=control:(\S+)", re.MULTILINE)
_CHANNELS = re.compile(r"interleaved=(\d{1,3})-")
_SERVER_PORT = re.compile(r"server_port=(\d{1,5})")
_STANDARD_TYPES = {"PCMU": 0, "PCMA": 8}


@dataclass(frozen=True, slots=True)
class Track:
    """Where our sound goes: the track's address, the number in its packets, and 0 or 8 for its coding."""

    url: str
    payload_type: int
    coding: int


class Backchannel:
    """Open, send 20 ms at a time, close; all of it in one event loop."""

    def __init__(
        self,
        url: str,
        login: Credential | None,
        ways: Sequence[str],
        *,
        answer_limit_s: float = ANSWER_LIMIT_S,
    ) -> None:
        """ways: "tcp" and "udp" in the order they are tried. answer_limit_s: of each request."""
        self._url = url
        self._login = login
        self._ways = ways
        self._answer_limit_s = answer_limit_s
        self._number = 0
        self._session = ""
        self._challenge: tuple[str, dict[str, str]] = ("", {})
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._send: Callable[[bytes], None] = lambda _packet: None
        self._udp: socket.socket | None = None
        self._track: Track | None = None
        self._sequence = secrets.randbelow(1 << 15)
        self._ticks = secrets.randbelow(1 << 31)
        self._source = secrets.randbits(32)
        self._is_first = True
        self.is_lost = False

    async def open(self) -> None:
        """Raises ServiceError: talk.no_backchannel, talk.unauthorized, talk.unreachable,
        talk.refused(status)."""
        try:
            async with asyncio.timeout(OPEN_LIMIT_S):
                await self._open()
        # ValueError: an address, or an answer, with a port or name that cannot be.
        except (TimeoutError, OSError, Silence, ValueError) as error:
            await self.close()
            raise ServiceError("talk.unreachable") from error
        except ServiceError:
            await self.close()
            raise

    def send(self, samples: Samples) -> None:
        """FRAME_SAMPLES of 16 bit at 8 kHz; a camera that has hung up is seen by `is_lost`."""
        assert self._track is not None
        marker = 0x80 if self._is_first else 0
        self._is_first = False
        head = struct.pack(
            "!BBHII",
            0x80,
            marker | self._track.payload_type,
            self._sequence & 0xFFFF,
            self._ticks & 0xFFFFFFFF,
            self._source,
        )
        self._sequence += 1
        self._ticks += len(samples)
        try:
            self._send(head + _ENCODERS[self._track.coding](samples))
        except OSError:
            self.is_lost = True

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        if self._writer is not None:
            with contextlib.suppress(OSError, TimeoutError):
                if self._session and not self.is_lost:
                    self._write("TEARDOWN", self._url)
                    async with asyncio.timeout(1.0):
                        await self._writer.drain()
            self._writer.close()
            with contextlib.suppress(OSError, TimeoutError):
                async with asyncio.timeout(1.0):
                    await self._writer.wait_closed()
        if self._udp is not None:
            self._udp.close()

    async def _open(self) -> None:
        parts = urlsplit(self._url)
        if parts.scheme != "rtsp" or not parts.hostname:
            raise ServiceError("talk.no_backchannel")
        self._reader, self._writer = await asyncio.open_connection(
            parts.hostname, parts.port or RTSP_PORT, limit=MOST_BYTES
        )
        described = await self._ask("DESCRIBE", self._url, "Accept: application/sdp\r\n")
        base = described.headers.get("content-base") or self._url
        self._track = track_of(described.body, base, self._url)
        if self._track is None:
            raise ServiceError("talk.no_backchannel")
        await self._set_up(self._track)
        await self._ask("PLAY", self._url, "Range: npt=now-\r\n")
        self._tasks = [asyncio.create_task(self._drain()), asyncio.create_task(self._keep())]

    async def _set_up(self, track: Track) -> None:
        for way in self._ways:
            reply = await self._try_way(way, track)
            if reply is not None:
                self._session = reply.headers.get("session", "").partition(";")[0].strip()
                return
        raise ServiceError("talk.refused", status=461)

    async def _try_way(self, way: str, track: Track) -> Reply | None:
        """None when the camera does not take that transport."""
        assert self._writer is not None
        wanted = "RTP/AVP/TCP;unicast;interleaved=0-1"
        if way == "udp":
            self._udp = _udp_socket(self._writer)
            port = self._udp.getsockname()[1]
            wanted = f"RTP/AVP;unicast;client_port={port}-{port + 1}"
        reply = await self._ask("SETUP", track.url, f"Transport: {wanted}\r\n", allowed=(461,))
        if reply.status == 461:
            return None
        given = reply.headers.get("transport", "")
        if way == "udp":
            found = _SERVER_PORT.search(given)
            if found is None or self._udp is None or not 0 < int(found[1]) <= MOST_PORT:
                return None
            # To the camera itself, whatever the answer says of a source.
            address = (self._writer.get_extra_info("peername")[0], int(found[1]))
            udp = self._udp
            self._send = lambda packet: _send_to(udp, packet, address)
        else:
            found = _CHANNELS.search(given)
            channel = int(found[1]) & 0xFF if found else 0
            self._send = lambda packet: self._send_inside(channel, packet)
        return reply

    def _send_inside(self, channel: int, packet: bytes) -> None:
        assert self._writer is not None
        if self._writer.transport.get_write_buffer_size() > MOST_BYTES:
            # It takes nothing any more: late words are worse than none.
            self.is_lost = True
            return
        self._writer.write(struct.pack("!BBH", 0x24, channel, len(packet)) + packet)

    async def _ask(self, method: str, url: str, more: str = "", *, allowed: Sequence[int] = ()) -> Reply:
        """One request, logged in when asked to; the password goes out as a digest only."""
        assert self._reader is not None
        async with asyncio.timeout(self._answer_limit_s):
            self._write(method, url, more)
            reply = await read_reply(self._reader)
            if reply.status == 401 and self._login is not None:
                self._challenge = challenge_of(reply)
                if self._challenge[0] == "digest":
                    self._write(method, url, more)
                    reply = await read_reply(self._reader)
        if reply.status == 401:
            raise ServiceError("talk.unauthorized")
        if reply.status in (404, 551) or (method == "DESCRIBE" and reply.status == 455):
            raise ServiceError("talk.no_backchannel")
        if reply.status != 200 and reply.status not in allowed:
            raise ServiceError("talk.refused", status=reply.status)
        return reply

    def _write(self, method: str, url: str, more: str = "") -> None:
        assert self._writer is not None
        self._number += 1
        lines = f"{method} {url} RTSP/1.0\r\nCSeq: {self._number}\r\nRequire: {REQUIRE}\r\n"
        scheme, challenge = self._challenge
        if scheme == "digest" and self._login is not None:
            words = authorization(scheme, challenge, self._login, method, url)
            lines += f"Authorization: {words}\r\n"
        if self._session:
            lines += f"Session: {self._session}\r\n"
        self._writer.write(f"{lines}{more}\r\n".encode())

    async def _drain(self) -> None:
        """Answers and reports are of no interest now; an end is."""
        assert self._reader is not None
        with contextlib.suppress(OSError):
            while await self._reader.read(MOST_BYTES):
                pass
        self.is_lost = True

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(KEEP_EVERY_S)
            self._write("GET_PARAMETER", self._url)


def track_of(sdp: str, base: str, url: str) -> Track | None:
    """The first audio track that takes our sound (sendonly, as the camera says it from our side) and a
    coding we have; its address stays on the camera we asked."""
    for section in re.split(r"(?m)^m=", sdp)[1:]:
        if not section.startswith("audio") or "a=sendonly" not in section.replace("\r", ""):
            continue
        kinds = [(int(number), _STANDARD_TYPES[name.upper()]) for number, name in _RTPMAP.findall(section)]
        listed = section.split("\n", 1)[0].split()[3:]
        kinds += [(int(number), int(number)) for number in listed if number in ("0", "8")]
        control = _CONTROL.search(section)
        if not kinds or kinds[0][0] > 127 or control is None:
            continue
        address = _resolved(control[1], base, url)
        if address:
            return Track(address, *kinds[0])
    return None


def _resolved(control: str, base: str, url: str) -> str:
    """Empty for one on another host: a camera must not send us elsewhere with its password."""
    if "://" not in control:
        base = base if base.endswith("/") else base + "/"
        # urljoin knows no rtsp.
        control = urljoin(base.replace("rtsp://", "http://", 1), control).replace("http://", "rtsp://", 1)
    try:
        same = urlsplit(control).hostname == urlsplit(url).hostname
    except ValueError:
        return ""
    return control if same and control.isprintable() and " " not in control else ""


def _udp_socket(writer: asyncio.StreamWriter) -> socket.socket:
    """On the address that reaches the camera; the port above it is named for reports nobody reads."""
    own = writer.get_extra_info("sockname")[0]
    udp = socket.socket(socket.AF_INET6 if ":" in own else socket.AF_INET, socket.SOCK_DGRAM)
    udp.setblocking(False)
    udp.bind((own, 0))
    return udp


def _send_to(udp: socket.socket, packet: bytes, address: tuple[str, int]) -> None:
    with contextlib.suppress(BlockingIOError):
        udp.sendto(packet, address)
