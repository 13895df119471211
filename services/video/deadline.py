"""HTTP that ends by a given moment, however slowly the peer drips: httpx only limits each single wait."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import httpcore
import httpx


class Deadline:
    """The moment by which the call that runs now must be over."""

    def __init__(self) -> None:
        self._until_s = float("inf")
        self._lock = threading.Lock()
        self._sockets: set[socket.socket] = set()
        self._is_over = False

    @contextmanager
    def within(self, limit_s: float) -> Iterator[None]:
        """Calls inside end within `limit_s`; nested ones by the nearer end."""
        before = self._until_s
        self._until_s = min(before, time.monotonic() + limit_s)
        try:
            yield
        finally:
            self._until_s = before

    def left_s(self, timeout: float | None) -> float:
        """`timeout` or what is left, whichever is less; 0 = nothing."""
        left_s = 0.0 if self._is_over else max(0.0, self._until_s - time.monotonic())
        return left_s if timeout is None else min(timeout, left_s)

    def end(self) -> None:
        """From any thread: what waits for a peer ends now, and nothing waits any more.

        Who is still being connected to is waited for until its limit.
        """
        with self._lock:
            self._is_over = True
            for link in self._sockets:
                # A TLS socket's own shutdown would take from a reading thread what it reads by.
                with suppress(OSError):
                    socket.socket.shutdown(link, socket.SHUT_RDWR)

    def keep(self, link: socket.socket) -> None:
        with self._lock:
            self._sockets.add(link)

    def forget(self, link: socket.socket) -> None:
        with self._lock:
            self._sockets.discard(link)


class DeadlineTransport(httpx.HTTPTransport):
    """An httpx transport that knows a deadline and no proxy. context: which certificates are believed."""

    def __init__(self, deadline: Deadline, context: ssl.SSLContext) -> None:
        super().__init__(verify=context, trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=context, max_connections=2, network_backend=_Backend(deadline)
        )


class _Backend(httpcore.NetworkBackend):
    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._real = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        left_s = self._deadline.left_s(timeout)
        if left_s <= 0:
            raise httpcore.ConnectTimeout
        stream = self._real.connect_tcp(host, port, left_s, local_address, socket_options)
        return _Stream(stream, self._deadline)


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline
        self._link: socket.socket = stream.get_extra_info("socket")
        deadline.keep(self._link)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        left_s = self._deadline.left_s(timeout)
        if left_s <= 0:
            raise httpcore.ReadTimeout
        return self._stream.read(max_bytes, left_s)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        left_s = self._deadline.left_s(timeout)
        if left_s <= 0:
            raise httpcore.WriteTimeout
        self._stream.write(buffer, left_s)

    def close(self) -> None:
        self._deadline.forget(self._link)
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left_s = self._deadline.left_s(timeout)
        if left_s <= 0:
            raise httpcore.ConnectTimeout
        # The encrypted socket takes the plain one's place.
        self._deadline.forget(self._link)
        stream = self._stream.start_tls(ssl_context, server_hostname, left_s)
        return _Stream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
