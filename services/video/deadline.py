"""HTTP that ends by a given moment, however slowly the peer drips: httpx only limits each single wait."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx


class Deadline:
    """The moment by which the call that runs now must be over."""

    def __init__(self) -> None:
        self._until_s = float("inf")

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
        left_s = max(0.0, self._until_s - time.monotonic())
        return left_s if timeout is None else min(timeout, left_s)


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
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left_s = self._deadline.left_s(timeout)
        if left_s <= 0:
            raise httpcore.ConnectTimeout
        stream = self._stream.start_tls(ssl_context, server_hostname, left_s)
        return _Stream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
