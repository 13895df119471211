"""One RTSP session with a recording: played from a moment on, by ONVIF replay as fast as it is taken.

FFmpeg can neither ask for a moment of the day nor see the times that a recorder writes into its packets.
"""

from __future__ import annotations

import contextlib
import re
import socket
import struct
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from services.core.secrets import Credential
from services.devices.recorders.description import PictureTrack, picture_track_of
from services.devices.recorders.pictures import Packet, packet_of
from services.devices.rtsp import RTSP_PORT, Reply, authorization, challenge_of, head_of
from services.video import trouble
from services.video.address import StreamAddress
from services.video.sources.rtsps import TlsTunnel, inside_address

REQUIRE = "onvif-replay"
PATIENCE_S = 4.0
# A session that is told no time-out is kept for 60 s.
KEEP_EVERY_S = 20.0
MOST_HEAD_BYTES = 65_536
_AT_ONCE_BYTES = 262_144
_BYE = 203
_CHANNELS = re.compile(r"interleaved=(\d{1,3})-")
_RTP_TIME = re.compile(r"rtptime=(\d{1,10})")
_TROUBLES = {
    401: trouble.UNAUTHORIZED,
    403: trouble.UNAUTHORIZED,
    404: trouble.NOT_FOUND,
    461: trouble.UNSUPPORTED,
}


@dataclass(frozen=True, slots=True)
class Started:
    """How the recorder answered PLAY. range_text: where it begins, "" = not told; ticks: RTP time there."""

    range_text: str
    ticks: int | None


class ReplaySession:
    """Used by one thread; only `hang_up` is for any other. Raises StreamTrouble and OSError.

    is_replay: asked as ONVIF replay, otherwise as any server with ranges. patience_s: for each answer and
    each packet.
    """

    def __init__(self, address: StreamAddress, *, is_replay: bool, patience_s: float = PATIENCE_S) -> None:
        self._tunnel: TlsTunnel | None = None
        self._login = Credential(address.username, address.password) if address.username else None
        self._is_encrypted = address.scheme == "rtsps"
        self._is_replay = is_replay
        self._patience_s = patience_s
        self._url = address.url
        self._number = 0
        self._session = ""
        self._challenge: tuple[str, dict[str, str]] = ("", {})
        self._held = bytearray()
        self._is_playing = False
        self._keep_at_s = 0.0
        # Its clock minus ours when it described the recording; None: it did not tell. To the second.
        self.clock_ahead_s: float | None = None
        self._socket = self._connected(address)
        try:
            self.track = self._described()
            self._channel = self._set_up()
        except BaseException:
            self.close()
            raise

    def play(self, range_text: str, *, only_keys: bool = False) -> Started:
        """From that moment on; what was played before is dropped."""
        if self._is_playing:
            self._ask("PAUSE", self._url)
        extra = f"Range: {range_text}\r\n"
        if self._is_replay:
            extra += "Rate-Control: no\r\n"
            # ONVIF streaming specification, "Frames header field": who cannot do it sends them all.
            extra += "Frames: intra\r\n" if only_keys else ""
        reply = self._ask("PLAY", self._url, extra)
        self._is_playing = True
        ticks = _RTP_TIME.search(reply.headers.get("rtp-info", ""))
        return Started(reply.headers.get("range", ""), int(ticks[1]) if ticks else None)

    def next(self) -> Packet | None:
        """The next packet of pictures; None when there are no more."""
        until_s = time.monotonic() + self._patience_s
        while True:
            if time.monotonic() >= self._keep_at_s:
                self._say("GET_PARAMETER", self._url)
            found = self._something(until_s)
            if found is None:
                return None
            if isinstance(found, Reply):
                continue
            channel, data = found
            if channel == self._channel + 1 and _says_goodbye(data):
                return None
            packet = packet_of(data) if channel == self._channel else None
            if packet is not None and packet.kind == self.track.kind:
                return packet

    def hang_up(self) -> None:
        """Whoever waits for a packet ends at once."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        if self._session:
            with contextlib.suppress(OSError):
                self._say("TEARDOWN", self._url)
        self._socket.close()
        if self._tunnel is not None:
            self._tunnel.close()

    # inside

    def _connected(self, address: StreamAddress) -> socket.socket:
        host, port = urlsplit(address.url).hostname or "", urlsplit(address.url).port or RTSP_PORT
        if self._is_encrypted:
            self._tunnel = TlsTunnel(address, self._patience_s)
            inside = urlsplit(inside_address(address, self._tunnel.port).url)
            host, port = inside.hostname or "", inside.port or RTSP_PORT
        elif address.scheme != "rtsp" or not host:
            raise trouble.StreamTrouble(trouble.UNSUPPORTED)
        try:
            return socket.create_connection((host, port), timeout=self._patience_s)
        except OSError:
            if self._tunnel is not None:
                self._tunnel.close()
            raise

    def _described(self) -> PictureTrack:
        reply = self._ask("DESCRIBE", self._url, "Accept: application/sdp\r\n")
        self.clock_ahead_s = clock_ahead_s(reply.headers.get("date", ""))
        base = reply.headers.get("content-base") or self._url
        track = picture_track_of(reply.body, base, self._url)
        if track is None:
            raise trouble.StreamTrouble(trouble.UNSUPPORTED)
        return track

    def _set_up(self) -> int:
        reply = self._ask("SETUP", self.track.url, "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n")
        self._session = reply.headers.get("session", "").partition(";")[0].strip()
        found = _CHANNELS.search(reply.headers.get("transport", ""))
        return int(found[1]) & 0xFF if found else 0

    def _ask(self, method: str, url: str, extra: str = "") -> Reply:
        """One request and its answer, logged in when asked to; packets that come between are dropped."""
        until_s = time.monotonic() + self._patience_s
        self._say(method, url, extra)
        reply = self._answer(until_s)
        if reply.status == 401 and self._login is not None:
            self._challenge = challenge_of(reply)
            # A password that anybody can read goes out through TLS only.
            if self._challenge[0] == "digest" or (self._challenge[0] == "basic" and self._is_encrypted):
                self._say(method, url, extra)
                reply = self._answer(until_s)
        if reply.status != 200:
            raise trouble.StreamTrouble(_TROUBLES.get(reply.status, trouble.REFUSED))
        return reply

    def _say(self, method: str, url: str, extra: str = "") -> None:
        self._number += 1
        lines = f"{method} {url} RTSP/1.0\r\nCSeq: {self._number}\r\n"
        if self._is_replay:
            lines += f"Require: {REQUIRE}\r\n"
        scheme, challenge = self._challenge
        if scheme and self._login is not None:
            lines += f"Authorization: {authorization(scheme, challenge, self._login, method, url)}\r\n"
        if self._session:
            lines += f"Session: {self._session}\r\n"
        self._keep_at_s = time.monotonic() + KEEP_EVERY_S
        self._socket.settimeout(self._patience_s)
        self._socket.sendall(f"{lines}{extra}\r\n".encode())

    def _answer(self, until_s: float) -> Reply:
        while True:
            found = self._something(until_s)
            if found is None:
                raise trouble.StreamTrouble(trouble.REFUSED)
            # To an earlier request, a sign of life perhaps, we do not listen.
            if isinstance(found, Reply) and found.headers.get("cseq", str(self._number)) == str(self._number):
                return found

    def _something(self, until_s: float) -> Reply | tuple[int, bytes] | None:
        """An answer, or a packet with its channel; None when the other side has hung up."""
        while True:
            found = self._cut()
            if found is not None:
                return found
            left_s = until_s - time.monotonic()
            if left_s <= 0:
                raise TimeoutError
            self._socket.settimeout(left_s)
            came = self._socket.recv(_AT_ONCE_BYTES)
            if not came:
                return None
            self._held += came

    def _cut(self) -> Reply | tuple[int, bytes] | None:
        """What is complete of that which came; None: not yet."""
        held = self._held
        while held[:1] != b"$":
            ends = held.find(b"\r\n\r\n") + 4
            if ends < 4:
                if len(held) > MOST_HEAD_BYTES:
                    raise trouble.StreamTrouble(trouble.BAD_STREAM)
                return None
            found = head_of(bytes(held[:ends]))
            if found is not None:
                return self._cut_reply(*found, ends)
            del held[:ends]  # a request of the server's own is let go
        return self._cut_packet()

    def _cut_packet(self) -> tuple[int, bytes] | None:
        held = self._held
        if len(held) < 4:
            return None
        ends = 4 + struct.unpack_from("!H", held, 2)[0]
        if len(held) < ends:
            return None
        packet = held[1], bytes(held[4:ends])
        del held[:ends]
        return packet

    def _cut_reply(self, status: int, headers: dict[str, str], length: int, begins: int) -> Reply | None:
        if len(self._held) < begins + length:
            return None
        body = bytes(self._held[begins : begins + length]).decode("utf-8", "replace")
        del self._held[: begins + length]
        return Reply(status, headers, body)


def clock_ahead_s(date: str) -> float | None:
    """Of a Date header, against this machine's clock; None for none."""
    try:
        at = parsedate_to_datetime(date)
    except ValueError:
        return None
    return (at - datetime.now(UTC)).total_seconds() if at.tzinfo else None


def _says_goodbye(report: bytes) -> bool:
    """RFC 3550, 6.6: a BYE anywhere in a compound packet."""
    at = 0
    while at + 4 <= len(report):
        if report[at + 1] == _BYE:
            return True
        at += 4 + 4 * int.from_bytes(report[at + 2 : at + 4], "big")
    return False
