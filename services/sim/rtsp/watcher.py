"""Sends one client the RTP packets of one track of a channel, over its RTSP connection or over UDP."""

from __future__ import annotations

import asyncio
import random
import secrets
import struct
import time
from typing import cast

from services.sim.faults import Fault
from services.sim.film import FPS
from services.sim.rtsp.channel import OnAir
from services.sim.rtsp.rtp import (
    TCP_PAYLOAD_BYTES,
    UDP_PAYLOAD_BYTES,
    Payload,
    sender_report,
)
from services.sim.rtsp.tracks import Track

REPORT_FRAMES = 5 * FPS
BACKLOG_LIMIT_BYTES = 1_500_000  # about 4 s of a main stream; a client further behind waits for a key frame
JUMP_FRAMES = 4 * FPS
JUMP_S = 3600
_TCP_HEAD = struct.Struct(">BBHBBHII")
_UDP_HEAD = struct.Struct(">BBHII")


class Sequence:
    """SSRC, sequence number, time and counters of one RTP stream; they go on across a pause."""

    def __init__(self, clock_hz: int) -> None:
        self._clock_hz = clock_hz
        self.ssrc = secrets.randbits(32)
        self.number = secrets.randbits(15)
        self._offset = secrets.randbits(31)
        self._reported_frame: int | None = None
        self.packets = 0
        self.octets = 0

    def ticks(self, frame: int, fault: Fault | None) -> int:
        jump = (frame // JUMP_FRAMES % 2) * JUMP_S * self._clock_hz if fault is Fault.CLOCK_JUMP else 0
        return (frame * (self._clock_hz // FPS) + self._offset + jump) & 0xFFFFFFFF

    def report(self, frame: int, ticks: int) -> bytes | None:
        """A sender report when one is due."""
        if self._reported_frame is not None and 0 <= frame - self._reported_frame < REPORT_FRAMES:
            return None
        self._reported_frame = frame
        return sender_report(self.ssrc, time.time(), ticks, self.packets, self.octets)


class _Watcher:
    """Begins with a key frame, and begins again when its way out has a backlog."""

    def __init__(self, way_out: asyncio.WriteTransport, track: Track) -> None:
        self._way_out = way_out
        self._track = track
        self.sequence = Sequence(track.clock_hz)
        self._waits_for_key = track.needs_key
        self.dropped_frames = 0
        self.sent_frames = 0
        # RFC 3550, 5.3.1: what stands between header and payload of each packet; "" = none.
        self.extension = b""

    @property
    def waiting_bytes(self) -> int:
        """What the client has not taken yet."""
        return 0 if self._way_out.is_closing() else self._way_out.get_write_buffer_size()

    def restart(self) -> None:
        """After a pause: begin with a key frame again."""
        self._waits_for_key = self._track.needs_key

    def deliver(self, frame: int, on_air: OnAir | None, fault: Fault | None) -> None:
        is_key = on_air is not None and frame == on_air.first
        if (self._waits_for_key and not is_key) or self._way_out.is_closing():
            return
        if self._way_out.get_write_buffer_size() > BACKLOG_LIMIT_BYTES:
            self._waits_for_key = self._track.needs_key
            self.dropped_frames += 1
            return
        self._waits_for_key = False
        self.sent_frames += 1
        self._send(frame, on_air, fault)

    def _send(self, frame: int, on_air: OnAir | None, fault: Fault | None) -> None:
        raise NotImplementedError


class TcpWatcher(_Watcher):
    """Packets between the answers on the client's own connection; one write per picture."""

    def __init__(self, transport: asyncio.Transport, channels: tuple[int, int], track: Track) -> None:
        super().__init__(transport, track)
        self._rtp_channel, self._rtcp_channel = channels

    def _send(self, frame: int, on_air: OnAir | None, fault: Fault | None) -> None:
        packed = _spoilt(self._track.payloads(frame, on_air, TCP_PAYLOAD_BYTES), fault)
        self._way_out.write(self._bytes(frame, packed, fault))

    def _bytes(self, frame: int, packed: tuple[Payload, ...], fault: Fault | None) -> bytes:
        sequence = self.sequence
        ticks, ssrc, number = sequence.ticks(frame, fault), sequence.ssrc, sequence.number
        out: list[bytes] = []
        report = sequence.report(frame, ticks)
        if report is not None:
            out += (struct.pack(">BBH", 0x24, self._rtcp_channel, len(report)), report)
        octets = 0
        for kind, payload in packed:
            size = len(payload)
            head = 0x90 if self.extension else 0x80
            length = size + 12 + len(self.extension)
            out.append(_TCP_HEAD.pack(0x24, self._rtp_channel, length, head, kind, number, ticks, ssrc))
            out += (self.extension, payload)
            number = (number + 1) & 0xFFFF
            octets += size
        sequence.number = number
        sequence.packets += len(packed)
        sequence.octets += octets
        return b"".join(out)


class UdpWatcher(_Watcher):
    """Packets from the server's shared pair of UDP ports."""

    def __init__(
        self,
        rtp: asyncio.DatagramTransport,
        rtcp: asyncio.DatagramTransport,
        host: str,
        ports: tuple[int, int],
        track: Track,
    ) -> None:
        # asyncio does not declare that a datagram transport has a buffer too.
        super().__init__(cast(asyncio.WriteTransport, rtp), track)
        self._rtp, self._rtcp = rtp, rtcp
        self._host, self._ports = host, ports

    def _send(self, frame: int, on_air: OnAir | None, fault: Fault | None) -> None:
        sequence = self.sequence
        ticks = sequence.ticks(frame, fault)
        report = sequence.report(frame, ticks)
        if report is not None:
            self._rtcp.sendto(report, (self._host, self._ports[1]))
        for kind, payload in _spoilt(self._track.payloads(frame, on_air, UDP_PAYLOAD_BYTES), fault):
            head = _UDP_HEAD.pack(0x80, kind, sequence.number, ticks, sequence.ssrc)
            self._rtp.sendto(head + payload, (self._host, self._ports[0]))
            sequence.number = (sequence.number + 1) & 0xFFFF
            sequence.packets += 1
            sequence.octets += len(payload)


def _spoilt(packed: tuple[Payload, ...], fault: Fault | None) -> tuple[Payload, ...]:
    """The same packets, with flipped bits while the fault is GARBAGE."""
    if fault is not Fault.GARBAGE:
        return packed
    return tuple((kind, _flipped(payload)) for kind, payload in packed)


def _flipped(payload: bytes) -> bytes:
    found = bytearray(payload)
    for _ in range(1 + len(found) // 64):
        found[random.randrange(len(found))] ^= 1 << random.randrange(8)
    return bytes(found)
