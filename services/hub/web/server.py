"""One HTTP server for all that is posted to the hub: bounded, and closed to whoever is slow."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

import structlog
from aiohttp import web

from services.hub.strangers import Strangers
from services.hub.web.words import answer

MOST_HEADERS = 32
MOST_LINE_BYTES = 2048

Handle = Callable[[web.BaseRequest, str], Awaitable[web.StreamResponse]]
IsOwed = Callable[[web.BaseRequest], bool]

log = structlog.get_logger(__name__)
# What a stranger sends is not worth a line of the log each time.
_library_log = logging.getLogger("aiohttp.server")
_library_log.setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Route:
    """handle: gets the request and the address it came from. is_owed: answered however much else comes from
    there."""

    method: str
    path: str
    handle: Handle
    is_owed: IsOwed = lambda _request: False


@dataclass(frozen=True, slots=True)
class WebLimits:
    """connection_s: for a request and its answer, all together; a connection carries one.

    requests_per_s, burst_requests: of one address.
    """

    connection_s: float = 10.0
    connections: int = 256
    connections_of_address: int = 32
    requests_per_s: float = 20.0
    burst_requests: float = 100.0


class WebServer:
    """Serves a small table of routes; lives in one event loop. headers: of every answer."""

    def __init__(
        self,
        routes: Sequence[Route],
        limits: WebLimits = WebLimits(),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self._limits = limits
        self._headers = headers or {}
        self._routes = {(route.method, route.path): route for route in routes}
        self._paths = {route.path for route in routes}
        self._rate = Strangers(limits.requests_per_s, limits.burst_requests, "web")
        self._connections: set[_Connection] = set()
        self._server: asyncio.Server | None = None
        self._speaker = web.Server(
            self._answer,
            keepalive_timeout=0.0,
            lingering_time=0.0,
            access_log=None,
            logger=_library_log,
            auto_decompress=False,
            max_line_size=MOST_LINE_BYTES,
            max_field_size=MOST_LINE_BYTES,
            max_headers=MOST_HEADERS,
        )

    async def open(self, listening: socket.socket, tls: ssl.SSLContext | None = None) -> None:
        loop = asyncio.get_running_loop()
        handshake_s = self._limits.connection_s if tls else None
        self._server = await loop.create_server(
            lambda: _Connection(self._speaker(), self),
            sock=listening,
            ssl=tls,
            ssl_handshake_timeout=handshake_s,
        )

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
        for connection in list(self._connections):
            connection.abort()
        await self._speaker.shutdown(1.0)

    @property
    def connection_s(self) -> float:
        return self._limits.connection_s

    def admits(self, connection: _Connection) -> bool:
        of_address = Counter(other.address for other in self._connections)[connection.address]
        has_room = len(self._connections) < self._limits.connections
        if has_room and of_address < self._limits.connections_of_address:
            self._connections.add(connection)
            return True
        return False

    def leaves(self, connection: _Connection) -> None:
        self._connections.discard(connection)

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        try:
            response = await self._route(request)
        except (ConnectionError, asyncio.CancelledError):
            raise
        except Exception:  # a request's outermost frame: our mistake costs this request only
            log.exception("web.failed", path=request.path[:100])
            response = answer("http.failed")
        response.headers.update(self._headers)
        response.force_close()
        return response

    async def _route(self, request: web.BaseRequest) -> web.StreamResponse:
        address = request.remote or ""
        route = self._routes.get((request.method, request.path))
        is_owed = route is not None and route.is_owed(request)
        if not is_owed and not self._rate.admits(address, 1, asyncio.get_running_loop().time()):
            return answer("http.too_many")
        if route is not None:
            return await route.handle(request, address)
        return answer("http.wrong_method" if request.path in self._paths else "http.not_found")


async def read_body(request: web.BaseRequest, most_bytes: int) -> bytes | None:
    """The body, None when it is longer."""
    if request.content_length is not None and request.content_length > most_bytes:
        return None
    body = bytearray()
    async for part in request.content.iter_chunked(most_bytes):
        body += part
        if len(body) > most_bytes:
            return None
    return bytes(body)


class _Connection(asyncio.Protocol):
    """Stands before the library's protocol: it alone would wait for ever for the end of a request."""

    def __init__(self, inner: asyncio.Protocol, server: WebServer) -> None:
        self.address = ""
        self._inner = inner
        self._server = server
        self._transport: asyncio.Transport | None = None
        self._due: asyncio.TimerHandle | None = None
        self._is_admitted = False

    def abort(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        peer = transport.get_extra_info("peername")
        self.address = str(peer[0]) if peer else ""
        self._is_admitted = self._server.admits(self)
        if not self._is_admitted:
            transport.abort()
            return
        self._due = asyncio.get_running_loop().call_later(self._server.connection_s, self.abort)
        self._inner.connection_made(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._due is not None:
            self._due.cancel()
        if self._is_admitted:
            self._server.leaves(self)
            self._inner.connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._is_admitted:
            self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        return self._inner.eof_received() if self._is_admitted else None

    def pause_writing(self) -> None:
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        self._inner.resume_writing()
