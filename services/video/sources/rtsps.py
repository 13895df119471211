"""A network camera over RTSP inside TLS, its certificate checked by us: FFmpeg's own TLS accepts any."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from threading import Event
from urllib.parse import urlsplit, urlunsplit

from av.packet import Packet
from av.video.stream import VideoStream

from services.core.trust import client_context
from services.core.workers import Worker
from services.domain.site import StreamTransport
from services.video import trouble
from services.video.address import StreamAddress
from services.video.sources.rtsp import READ_TIMEOUT_S, RtspSource

RTSPS_PORT = 322
LOOPBACK = "127.0.0.1"
_LOOK_EVERY_S = 0.2
_AT_ONCE_BYTES = 65_536


class RtspsSource:
    """RTSP to a port of this machine, from where `TlsTunnel` carries it to the camera."""

    def __init__(self, address: StreamAddress, patience_s: float) -> None:
        self._tunnel = TlsTunnel(address, patience_s)
        try:
            self._inside = RtspSource(inside_address(address, self._tunnel.port), patience_s)
        except BaseException:
            self._tunnel.close()
            raise
        self.codec = self._inside.codec

    def packets(self, stop: Event) -> Iterator[Packet[VideoStream]]:
        return self._inside.packets(stop)

    def close(self) -> None:
        self._inside.close()
        self._tunnel.close()


def inside_address(address: StreamAddress, port: int) -> StreamAddress:
    """The address FFmpeg is given; all of the stream must travel in the one connection."""
    parts = urlsplit(address.url)._replace(scheme="rtsp", netloc=f"{LOOPBACK}:{port}")
    return replace(address, url=urlunsplit(parts), transport=StreamTransport.TCP)


class TlsTunnel:
    """Joins the one caller of a loopback port to the camera. Raises StreamTrouble or OSError."""

    def __init__(self, address: StreamAddress, patience_s: float) -> None:
        self._far = _encrypted(address, patience_s)
        self._listener = socket.create_server((LOOPBACK, 0), backlog=1)
        self._listener.settimeout(patience_s)
        self.port = int(self._listener.getsockname()[1])
        self._worker = Worker(f"tls-{self.port}", self._carry)
        self._worker.start()

    def close(self) -> None:
        """Wakes a carrier that waits for the camera."""
        self._worker.request_stop()
        with contextlib.suppress(OSError), socket.socket(fileno=os.dup(self._far.fileno())) as far:
            far.shutdown(socket.SHUT_RDWR)
        self._worker.stop()
        self._far.close()
        self._listener.close()

    def _carry(self, stop: Event) -> None:
        # Either end may break at any time; the other notices by its own closing.
        with contextlib.suppress(OSError):
            near, _ = self._listener.accept()
            self._listener.close()
            with near:
                near.settimeout(READ_TIMEOUT_S)
                while not stop.is_set() and self._carried_once(near):
                    continue

    def _carried_once(self, near: socket.socket) -> bool:
        """False when one end has said good-bye."""
        far = self._far
        ready = [far] if far.pending() else select.select([near, far], [], [], _LOOK_EVERY_S)[0]
        if near in ready:
            said = near.recv(_AT_ONCE_BYTES)
            if not said:
                return False
            _send_all(far, said)
        if far in ready:
            heard = _heard(far)
            if heard is not None:
                near.sendall(heard)
                return bool(heard)
        return True


def _heard(far: ssl.SSLSocket) -> bytes | None:
    """None: what came was of TLS itself (a session ticket) or is half a record."""
    try:
        return far.recv(_AT_ONCE_BYTES)
    except ssl.SSLWantReadError:
        return None


def _send_all(far: ssl.SSLSocket, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        try:
            rest = rest[far.send(rest) :]
        except (ssl.SSLWantWriteError, ssl.SSLWantReadError):
            if not select.select([], [far], [], READ_TIMEOUT_S)[1]:
                raise TimeoutError from None


def _encrypted(address: StreamAddress, patience_s: float) -> ssl.SSLSocket:
    parts = urlsplit(address.url)
    host = parts.hostname or ""
    if not host:
        raise trouble.StreamTrouble(trouble.UNSUPPORTED)
    plain = socket.create_connection((host, parts.port or RTSPS_PORT), timeout=patience_s)
    try:
        far = client_context(address.tls).wrap_socket(plain, server_hostname=host)
    except BaseException:
        plain.close()
        raise
    far.setblocking(False)
    return far
