"""The inside of a DC-09 body: id, sequence, receiver, line, account, data, extended data, time."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from services.alarms.drivers import wire

_BODY = re.compile(
    rb'"(?P<star>\*?)(?P<id>[^"*\[\]]{1,16})"(?P<sequence>[0-9]{4})'
    rb"(?P<receiver>R[0-9A-Fa-f]{1,6})?(?P<line>L[0-9A-Fa-f]{1,6})?"
    rb"#(?P<account>[0-9A-Za-z]{1,16})\[(?P<rest>.*)",
    re.DOTALL,
)
_REST = re.compile(
    r"(?P<data>[^\]]*)(?P<end>\]?)(?P<extended>(?:\[[^\]]*\])*)(?:_(?P<time>.*))?.*", re.DOTALL
)
# Text decrypted with a wrong key is noise, which now and then holds a bracket; so here every byte must fit.
_SEALED = re.compile(r"[^\]]*\](?:\[[^\]]*\])*(?:_[0-9:,\-]*)?", re.DOTALL)
_PAD_END = re.compile(rb"[|\]]")
_NOT_ASCII = re.compile(rb"[\x80-\xff]+")
_LEAST_GBK_LEAD, _MOST_GBK_LEAD = 0x81, 0xFE
# By hand, not by a format: each frame is read with a time and answered with one, and in a storm it counts.
_TIME = re.compile(r"(\d{1,2}):(\d{1,2}):(\d{1,2}),(\d{1,2})-(\d{1,2})-(\d{4})", re.ASCII)
CONTROL_SIGNS = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before the first bracket; receiver and line keep their letter, empty when absent."""

    id: str
    is_encrypted: bool
    sequence: str
    receiver: str
    line: str
    account: str

    def text(self) -> str:
        star = "*" if self.is_encrypted else ""
        return f'"{star}{self.id}"{self.sequence}{self.receiver}{self.line}#{self.account}['


@dataclass(frozen=True, slots=True)
class Content:
    """What stands inside, decrypted; sent_at: the sender's clock, taken as UTC as the standard says."""

    data: str
    extended: str
    sent_at: datetime | None

    def text(self) -> str:
        return f"{self.data}]{self.extended}{time_text(self.sent_at)}"


def time_text(at: datetime | None) -> str:
    if at is None:
        return ""
    at = at.astimezone(UTC)
    return f"_{at.hour:02}:{at.minute:02}:{at.second:02},{at.month:02}-{at.day:02}-{at.year:04}"


def read_text(raw: bytes) -> str:
    """Each stretch of `raw` as UTF-8, else as GBK: a dialler may wrap a panel's text in its own.

    What is neither, and control signs, become U+FFFD. The second byte of a GBK sign may look like `|` or
    `]`, so this comes before any cutting.
    """
    text, done = "", 0
    while (stretch := _NOT_ASCII.search(raw, done)) is not None:
        text += raw[done : stretch.start()].decode("ascii")
        sign, done = _read_stretch(raw, *stretch.span())
        text += sign
    return CONTROL_SIGNS.sub("\ufffd", text + raw[done:].decode("ascii"))


def _read_stretch(raw: bytes, start: int, end: int) -> tuple[str, int]:
    """The text of raw[start:end], which holds no ASCII, and where it ends: GBK may reach one byte beyond."""
    try:
        return raw[start:end].decode("utf-8"), end
    except UnicodeDecodeError:
        pass
    signs = []
    while start < end:
        is_lead = _LEAST_GBK_LEAD <= raw[start] <= _MOST_GBK_LEAD
        sign = raw[start : start + 2].decode("gbk", "replace") if is_lead else "\ufffd"
        is_pair = is_lead and len(sign) == 1 and sign != "\ufffd"
        signs.append(sign if is_pair else "\ufffd")
        start += 2 if is_pair else 1
    return "".join(signs), start


def split_body(body: bytes) -> tuple[Header, bytes] | None:
    """Header and the still unread rest, None when `body` does not follow the standard's syntax."""
    found = _BODY.fullmatch(body)
    if found is None:
        return None
    header = Header(
        id=read_text(found["id"]),
        is_encrypted=bool(found["star"]),
        sequence=found["sequence"].decode(),
        receiver=(found["receiver"] or b"").decode(),
        line=(found["line"] or b"").decode(),
        account=found["account"].decode().upper(),
    )
    return header, found["rest"]


def read_content(rest: bytes, key: bytes | None) -> Content | None:
    """The content of a frame, decrypted when `key` is given; None when the key does not fit.

    A time that cannot be read counts as none: a sloppy clock must not cost an alarm.
    """
    if key is not None:
        clear = wire.decrypt(key, rest)
        if clear is None:
            return None
        rest = _without_pad(clear).rstrip(b"\0 ")
    text = read_text(rest)
    if key is not None and _SEALED.fullmatch(text) is None:
        return None
    found = _REST.fullmatch(text)
    if found is None:
        return None
    return Content(found["data"], found["extended"], _read_time(found["time"]))


def _without_pad(clear: bytes) -> bytes:
    """What follows the pad, which holds neither sign; an empty data field may come without the `|`.

    Cut before it is read as text: the pad's last byte could pass for the first of a GBK sign.
    """
    end = _PAD_END.search(clear)
    if end is None:
        return b""
    return clear[end.end() :] if end[0] == b"|" else clear[end.start() :]


def _read_time(text: str | None) -> datetime | None:
    found = _TIME.fullmatch(text or "")
    if found is None:
        return None
    hour, minute, second, month, day, year = map(int, found.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None


def build(header: Header, content: Content, key: bytes | None = None) -> bytes:
    """A whole frame; encrypted when `key` is given. Raises ValueError when it gets too long."""
    if header.is_encrypted is not (key is not None):
        header = replace(header, is_encrypted=key is not None)
    if key is None:
        return wire.pack((header.text() + content.text()).encode())
    bar = "|" if content.data else ""
    hidden = wire.encrypt(key, (bar + content.text()).encode())
    return wire.pack(header.text().encode() + hidden)


def ack(header: Header, key: bytes | None, at: datetime) -> bytes:
    """ACK repeats sequence, receiver (only if it was there), line and account; encrypted if asked so."""
    return build(replace(header, id="ACK"), Content("", "", at), key)


def nak(header: Header, at: datetime) -> bytes:
    """NAK carries our time, so that the sender can set its clock; never encrypted, sequence 0000."""
    return build(replace(header, id="NAK", sequence="0000"), Content("", "", at))


def duh(header: Header) -> bytes:
    """DUH: received well, not understood."""
    return build(replace(header, id="DUH"), Content("", "", None))
