"""As much HTTP/1.1 as a camera speaks: requests with a known length, connections kept open."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime

HEADER_LIMIT_BYTES = 16_384
BODY_LIMIT_BYTES = 262_144
HEADER_LINES_LIMIT = 64
IDLE_S = 30.0
CONNECTIONS_LIMIT = 128
_REASONS = {
    200: "OK",
    400: "Bad Request",
    401: "Unauthorized",
    404: "Not Found",
    405: "Method Not Allowed",
    411: "Length Required",
    413: "Payload Too Large",
    500: "Internal Server Error",
    503: "Service Unavailable",
}


class BadHttp(Exception):
    """The peer does not speak HTTP; answer `status` and close."""

    def __init__(self, status: int = 400) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """target: path with query. Header names are lower case."""

    method: str
    target: str
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """date: the Date header; None = none. parts: a body without an end, after which the connection closes."""

    status: int
    body: bytes = b""
    content_type: str = "text/plain"
    headers: dict[str, str] = field(default_factory=dict)
    date: datetime | None = None
    parts: AsyncIterator[bytes] | None = None

    def to_bytes(self) -> bytes:
        lines = [
            f"HTTP/1.1 {self.status} {_REASONS[self.status]}",
            f"Content-Type: {self.content_type}",
            "Connection: close" if self.parts is not None else f"Content-Length: {len(self.body)}",
            *(f"{name}: {value}" for name, value in self.headers.items()),
        ]
        if self.date is not None:
            lines.append(f"Date: {format_datetime(self.date, usegmt=True)}")
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + self.body


Answering = Callable[[HttpRequest], Awaitable[HttpAnswer]]


async def read_request(reader: asyncio.StreamReader) -> HttpRequest | None:
    """None when the peer has left. Raises BadHttp."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    except asyncio.LimitOverrunError:
        raise BadHttp(413) from None
    # Log-ins are in UTF-8; whatever is not is refused with the log-in, not with the request.
    lines = head.decode("utf-8", "replace").split("\r\n")
    words = lines[0].split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1.") or len(lines) > HEADER_LINES_LIMIT:
        raise BadHttp
    headers = {}
    for line in lines[1:-2]:
        name, colon, value = line.partition(":")
        if not colon:
            raise BadHttp
        headers[name.strip().lower()] = value.strip()
    return HttpRequest(words[0], words[1], headers, await _read_body(reader, headers))


async def _read_body(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
    if "transfer-encoding" in headers:
        raise BadHttp(411)
    length = headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit()):
        raise BadHttp
    if len(length) > 9 or int(length) > BODY_LIMIT_BYTES:
        raise BadHttp(413)
    try:
        return await reader.readexactly(int(length))
    except asyncio.IncompleteReadError:
        raise BadHttp from None


class HttpServer:
    """Belongs to one asyncio loop; `answering` makes the answer to each request."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self.port = 0

    async def open(self, host: str, port: int) -> None:
        """Raises OSError when the port is taken."""
        self._server = await asyncio.start_server(self._serve, host, port, limit=HEADER_LIMIT_BYTES)
        self.port = int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
        for writer in list(self._writers):
            writer.transport.abort()
        await asyncio.sleep(0)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(self._writers) >= CONNECTIONS_LIMIT:
            writer.write(HttpAnswer(503, headers={"Connection": "close"}).to_bytes())
            writer.close()
            return
        self._writers.add(writer)
        try:
            await self._converse(reader, writer)
        except BadHttp as refusal:
            writer.write(HttpAnswer(refusal.status, headers={"Connection": "close"}).to_bytes())
        except (ConnectionError, TimeoutError, asyncio.CancelledError):
            pass  # a peer that left or fell silent, or the end of the server
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            request = await asyncio.wait_for(read_request(reader), IDLE_S)
            if request is None:
                return
            answer = await self._answering(request)
            writer.write(answer.to_bytes())
            await writer.drain()
            if answer.parts is not None:
                await _send_parts(writer, answer.parts)
                return
            if request.headers.get("connection", "").lower() == "close":
                return


async def _send_parts(writer: asyncio.StreamWriter, parts: AsyncIterator[bytes]) -> None:
    async for part in parts:
        writer.write(part)
        await asyncio.wait_for(writer.drain(), IDLE_S)
