"""A few words of RTSP, enough to learn what an address answers before a picture is asked for."""

from __future__ import annotations

import asyncio
import hashlib
import re
import secrets
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from urllib.parse import urlsplit

from services.core.secrets import Credential

CONNECT_LIMIT_S = 3.0
ANSWER_LIMIT_S = 4.0
MOST_BYTES = 65_536
RTSP_PORT = 554
_HEAD = re.compile(rb"RTSP/1\.\d (\d{3})")
_RTPMAP = re.compile(r"^a=rtpmap:\d+ ([A-Za-z0-9.-]+)/", re.MULTILINE)
_FIELD = re.compile(r'(\w+)=(?:"([^"]*)"|([^\s,]+))')


class Reach(StrEnum):
    """How far a TCP connection came."""

    OPEN = "open"
    REFUSED = "refused"
    FILTERED = "filtered"
    NO_ROUTE = "no_route"


class Manner(StrEnum):
    """How what listens there answers RTSP."""

    SPEAKS = "speaks"
    SILENT = "silent"
    GARBAGE = "garbage"
    HUNG_UP = "hung_up"


@dataclass(frozen=True, slots=True)
class Answer:
    """What DESCRIBE brought. status: 0 when nothing was said. scheme: digest, basic or "".

    codecs: of the video tracks, as the SDP names them (H264, H265, JPEG). date: the device's clock.
    """

    manner: Manner
    status: int = 0
    scheme: str = ""
    server: str = ""
    codecs: tuple[str, ...] = ()
    has_video: bool = False
    date: datetime | None = None
    sent_login: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""


class Silence(Exception):
    """It did not answer in time, said something else, or hung up."""

    def __init__(self, manner: Manner) -> None:
        super().__init__(manner.value)
        self.manner = manner


async def reach(host: str, port: int, limit_s: float = CONNECT_LIMIT_S) -> Reach:
    """Whether a TCP connection can be made; host: an IP address."""
    try:
        async with asyncio.timeout(limit_s):
            _reader, writer = await asyncio.open_connection(host, port)
    except TimeoutError:
        return Reach.FILTERED
    except ConnectionRefusedError:
        return Reach.REFUSED
    except OSError:
        return Reach.NO_ROUTE
    writer.transport.abort()
    return Reach.OPEN


async def describe(
    url: str, host: str, login: Credential | None, *, sends_basic: bool, limit_s: float = ANSWER_LIMIT_S
) -> Answer:
    """Ask for the description of the stream `url`, logging in when asked to.

    host: the IP address to connect to. sends_basic: whether the password may go out readable; without
    it a device that asks so stays unauthorised.
    """
    port = urlsplit(url).port or RTSP_PORT
    try:
        async with asyncio.timeout(limit_s):
            reader, writer = await asyncio.open_connection(host, port, limit=MOST_BYTES)
            try:
                return await _converse(reader, writer, url, login, sends_basic)
            finally:
                writer.transport.abort()
    except TimeoutError:
        return Answer(Manner.SILENT)
    except Silence as silence:
        return Answer(silence.manner)
    except OSError:
        return Answer(Manner.HUNG_UP)


async def _converse(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    url: str,
    login: Credential | None,
    sends_basic: bool,
) -> Answer:
    reply = await _ask(reader, writer, url, 1, "")
    scheme, challenge = challenge_of(reply)
    has_login = login is not None and bool(login.username)
    may_send = has_login and (scheme == "digest" or (scheme == "basic" and sends_basic))
    if reply.status == 401 and may_send and login is not None:
        words = authorization(scheme, challenge, login, "DESCRIBE", url)
        reply = await _ask(reader, writer, url, 2, f"Authorization: {words}\r\n")
    else:
        may_send = False
    return Answer(
        Manner.SPEAKS,
        reply.status,
        scheme,
        reply.headers.get("server", "")[:100],
        tuple(_video_codecs(reply.body)),
        "m=video" in reply.body,
        _date(reply.headers.get("date", "")),
        sent_login=may_send and reply.status != 0,
    )


async def _ask(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, url: str, number: int, more: str
) -> Reply:
    words = f"DESCRIBE {url} RTSP/1.0\r\nCSeq: {number}\r\nAccept: application/sdp\r\n{more}\r\n"
    writer.write(words.encode())
    return await read_reply(reader)


async def read_reply(reader: asyncio.StreamReader) -> Reply:
    """The next answer; raises Silence when there is none that can be understood."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        raise Silence(Manner.GARBAGE if error.partial else Manner.HUNG_UP) from None
    except asyncio.LimitOverrunError:
        raise Silence(Manner.GARBAGE) from None
    found = head_of(head)
    if found is None:
        raise Silence(Manner.GARBAGE)
    status, headers, length = found
    try:
        body = await reader.readexactly(length)
    except asyncio.IncompleteReadError as error:
        body = error.partial
    return Reply(status, headers, body.decode("utf-8", "replace"))


def head_of(head: bytes) -> tuple[int, dict[str, str], int] | None:
    """Status, headers by lower-case name, and how long the body is; None for what is no answer."""
    found = _HEAD.match(head)
    if found is None:
        return None
    lines = head.decode("utf-8", "replace").split("\r\n")[1:]
    pairs = (line.partition(":") for line in lines)
    headers: dict[str, str] = {}
    for name, _, value in pairs:
        key = name.strip().lower()
        # A device may offer several ways to log in; digest shows nobody the password.
        if key != "www-authenticate" or not headers.get(key, "").lower().startswith("digest"):
            headers[key] = value.strip()
    size = headers.get("content-length", "0")
    length = min(int(size[:9]), MOST_BYTES) if size.isascii() and size.isdigit() else 0
    return int(found[1]), headers, length


def challenge_of(reply: Reply) -> tuple[str, dict[str, str]]:
    scheme, _, words = reply.headers.get("www-authenticate", "").partition(" ")
    fields = {name.lower(): quoted or bare for name, quoted, bare in _FIELD.findall(words)}
    return scheme.lower() if scheme.lower() in ("digest", "basic") else "", fields


def authorization(scheme: str, challenge: dict[str, str], login: Credential, method: str, url: str) -> str:
    """RFC 2617 and 7616; the value of the header."""
    if scheme == "basic":
        return "Basic " + b64encode(f"{login.username}:{login.password}".encode()).decode()
    algorithm = challenge.get("algorithm", "MD5").upper()
    realm, nonce = challenge.get("realm", ""), challenge.get("nonce", "")
    secret = _hash(algorithm, f"{login.username}:{realm}:{login.password}")
    asked = _hash(algorithm, f"{method}:{url}")
    parts = {"username": login.username, "realm": realm, "nonce": nonce, "uri": url}
    more = ""
    if "auth" in challenge.get("qop", "").split(",")[0]:
        cnonce = secrets.token_hex(8)
        response = _hash(algorithm, f"{secret}:{nonce}:00000001:{cnonce}:auth:{asked}")
        more = f', qop=auth, nc=00000001, cnonce="{cnonce}"'
    else:
        response = _hash(algorithm, f"{secret}:{nonce}:{asked}")
    quoted = ", ".join(f'{name}="{_escaped(value)}"' for name, value in parts.items())
    named = f", algorithm={challenge['algorithm']}" if "algorithm" in challenge else ""
    return f'Digest {quoted}, response="{response}"{named}{more}'


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')


def _hash(algorithm: str, text: str) -> str:
    made = hashlib.sha256 if algorithm.startswith("SHA-256") else hashlib.md5
    return made(text.encode(), usedforsecurity=False).hexdigest()


def _video_codecs(sdp: str) -> list[str]:
    found = []
    for section in re.split(r"(?m)^m=", sdp)[1:]:
        if section.startswith("video"):
            names = _RTPMAP.findall(section) or (["JPEG"] if section.split()[3:4] == ["26"] else [])
            found += [name.upper() for name in names]
    return found


def _date(text: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(text)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError):
        return None
