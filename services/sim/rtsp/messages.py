"""RTSP requests out of a byte stream, and answers into it (RFC 2326)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

HEADER_LIMIT_BYTES = 8192
BODY_LIMIT_BYTES = 4096
HEADER_LINES_LIMIT = 64
INTERLEAVED = 0x24  # "$", the first byte of a binary packet between requests

REASONS = {
    200: "OK",
    400: "Bad Request",
    401: "Unauthorized",
    404: "Not Found",
    405: "Method Not Allowed",
    413: "Request Entity Too Large",
    453: "Not Enough Bandwidth",
    454: "Session Not Found",
    455: "Method Not Valid In This State",
    457: "Invalid Range",
    461: "Unsupported Transport",
    501: "Not Implemented",
    503: "Service Unavailable",
    505: "RTSP Version Not Supported",
}


class BadRequest(Exception):
    """The peer does not speak RTSP; answer `status` and close."""

    def __init__(self, status: int = 400) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class Request:
    """One request; header names are lower case, the last of equal ones wins."""

    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def cseq(self) -> str:
        value = self.headers.get("cseq", "")
        return value if value.isdigit() and len(value) <= 10 else ""


@dataclass(frozen=True, slots=True)
class Binary:
    """A packet the client sent between requests (its RTCP reports)."""

    channel: int
    payload: bytes


class Splitter:
    """Cuts what arrives into requests and binary packets, however it was split on the way."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: bytes) -> Iterator[Request | Binary]:
        """Everything that is complete now; raises BadRequest for what never can be."""
        self._held += data
        while self._held:
            found = self._binary() if self._held[0] == INTERLEAVED else self._request()
            if found is None:
                return
            yield found

    def _binary(self) -> Binary | None:
        if len(self._held) < 4:
            return None
        end = 4 + int.from_bytes(self._held[2:4], "big")
        if len(self._held) < end:
            return None
        packet = Binary(self._held[1], bytes(self._held[4:end]))
        del self._held[:end]
        return packet

    def _request(self) -> Request | None:
        while self._held[:2] == b"\r\n":
            del self._held[:2]  # some clients send empty lines to keep the connection alive
        end = self._held.find(b"\r\n\r\n", 0, HEADER_LIMIT_BYTES)
        if end < 0:
            if len(self._held) >= HEADER_LIMIT_BYTES:
                raise BadRequest(413)
            self._check_begin()
            return None
        request = parse_request(bytes(self._held[:end]))
        body = _body_length(request)
        if len(self._held) < end + 4 + body:
            return None
        del self._held[: end + 4 + body]
        return request

    def _check_begin(self) -> None:
        """Refuse a peer early whose first line cannot become a request."""
        line_end = self._held.find(b"\n")
        first = self._held[: line_end if line_end >= 0 else 64]
        if any((byte < 0x20 and byte not in b"\r\t") or byte > 0x7E for byte in first):
            raise BadRequest()


def parse_request(head: bytes) -> Request:
    """A request from its header lines; raises BadRequest."""
    try:
        lines = head.decode("utf-8").split("\r\n")
    except UnicodeDecodeError as error:
        raise BadRequest() from error
    parts = lines[0].split(" ")
    if len(parts) != 3 or not parts[0].isascii() or not parts[0].replace("_", "").isalpha():
        raise BadRequest()
    if parts[2] != "RTSP/1.0":
        raise BadRequest(505 if parts[2].startswith("RTSP/") else 400)
    if len(lines) > HEADER_LINES_LIMIT:
        raise BadRequest(413)
    headers: dict[str, str] = {}
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        if not colon or not name.strip():
            raise BadRequest()
        headers[name.strip().lower()] = value.strip()
    return Request(parts[0], parts[1], headers)


def _body_length(request: Request) -> int:
    value = request.headers.get("content-length", "0")
    if not (value.isascii() and value.isdigit()):
        raise BadRequest()
    if len(value) > 6 or int(value) > BODY_LIMIT_BYTES:
        raise BadRequest(413)
    return int(value)


def answer(status: int, cseq: str, headers: dict[str, str] | None = None, body: str = "") -> bytes:
    """The bytes of a response."""
    lines = [f"RTSP/1.0 {status} {REASONS[status]}"]
    if cseq:
        lines.append(f"CSeq: {cseq}")
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if body:
        lines.append(f"Content-Length: {len(body.encode())}")
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()
