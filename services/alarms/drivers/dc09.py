"""SIA DC-09 over TCP and UDP: ADM-CID, HENG-BO, SIA-DCS and NULL, plain or AES."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from services.alarms.drivers import frame, wire
from services.alarms.drivers.base import Conversation, PanelKeys, Received
from services.alarms.drivers.events import PanelEvent, read_contact_id, read_sia
from services.alarms.drivers.frame import Content, Header
from services.domain.alarms import AlarmSource, Qualifier, Signal

# An encrypted frame may be so much ahead of or behind our clock (DC-09 5.5.1.9); the time is what
# keeps a recorded frame from being played again.
MOST_AHEAD = timedelta(seconds=20)
MOST_BEHIND = timedelta(seconds=40)
# A refused peer may repeat itself as fast as it likes; it is written down once in this time.
REFUSAL_PAUSE = timedelta(seconds=10)
MOST_REFUSALS_HELD = 1000

# Codes of our own, beside the panel's: what the receiver itself has to report about an account.
PLAIN_REFUSED = "PLAIN_REFUSED"
UNDECIPHERABLE = "UNDECIPHERABLE"

_READERS: dict[str, Callable[[str], tuple[PanelEvent, ...]]] = {
    "ADM-CID": read_contact_id,
    "HENG-BO": read_contact_id,
    "SIA-DCS": read_sia,
}
_POLLS = frozenset({"NULL", "XNM"})
# A peer that sends answers is not asking anything; answering it could start an endless exchange.
_ANSWERS = frozenset({"ACK", "NAK", "DUH", "RSP"})
_NO_SEQUENCE = "0000"

log = structlog.get_logger(__name__)


class Dc09:
    """The DC-09 receiver's half, without sockets; one instance serves all peers.

    Source: ANSI/SIA DC-09; golden frames in tests/services/alarms/drivers/test_dc09.py.
    """

    name = "dc09"

    def __init__(self, keys: PanelKeys) -> None:
        self._keys = keys
        self._refused_at: dict[tuple[str, str], datetime] = {}

    def converse(self) -> Conversation:
        return _Dc09Conversation(self)

    def read(self, body: bytes, received_at: datetime) -> Received:
        """What one frame with a right length and CRC says, and what to answer."""
        split = frame.split_body(body)
        if split is None:
            self._tell("dc09.syntax", "", received_at, size_bytes=len(body))
            return Received()
        header, rest = split
        if header.id in _ANSWERS:
            return Received()
        if header.is_encrypted:
            return self._read_encrypted(header, rest, received_at)
        if self._keys.must_encrypt(header.account):
            return self._refuse(PLAIN_REFUSED, header, received_at)
        content = frame.read_content(rest, None)
        return self._accept(header, content, None, received_at) if content else Received()

    def _read_encrypted(self, header: Header, rest: bytes, received_at: datetime) -> Received:
        key = self._keys.key_of(header.account)
        content = frame.read_content(rest, key) if key is not None else None
        # Noise under a wrong key may by chance read as a frame without a time; the standard demands one.
        if key is None or content is None or content.sent_at is None:
            return self._refuse(UNDECIPHERABLE, header, received_at)
        if not _is_timely(content.sent_at, received_at):
            self._tell("dc09.clock_refused", header.account, received_at, sent_at=str(content.sent_at))
            return Received(answer=frame.nak(header, received_at))
        return self._accept(header, content, key, received_at)

    def _accept(self, header: Header, content: Content, key: bytes | None, received_at: datetime) -> Received:
        if header.id in _POLLS:
            return Received(header.account, (), frame.ack(header, key, received_at))
        reader = _READERS.get(header.id)
        if reader is None:
            self._tell("dc09.id_not_understood", header.account, received_at, id=header.id)
            return Received(header.account, (), frame.duh(header))
        events = reader(content.data)
        for event in events:
            if self._is_smuggled(header, event):
                return self._refuse(PLAIN_REFUSED, header, received_at, event.account)
        signals = tuple(
            _signal(header, content, event, index, received_at) for index, event in enumerate(events)
        )
        return Received(header.account, signals, frame.ack(header, key, received_at))

    def _is_smuggled(self, header: Header, event: PanelEvent) -> bool:
        """An account that must encrypt is named inside a frame of another account."""
        inner = event.account
        return bool(inner) and inner != header.account and self._keys.must_encrypt(inner)

    def _refuse(self, code: str, header: Header, received_at: datetime, account: str = "") -> Received:
        """No answer at all; a security event for the watch, at most one per account and pause."""
        account = account or header.account
        if not self._is_first(account, code, received_at):
            return Received()
        log.warning("dc09.refused", account=account, code=code)
        signal = Signal(
            source=AlarmSource.DC09,
            account=account,
            code=code,
            zone=0,
            qualifier=Qualifier.NEW,
            received_at=received_at,
            fingerprint=f"{code}:{account}:{received_at.isoformat()}",
            sequence=header.sequence,
            raw=header.text(),
        )
        return Received(signals=(signal,))

    def _tell(self, event: str, account: str, received_at: datetime, **more: object) -> None:
        """A log line, at most one per account and pause: whoever can send could else fill the disk."""
        if self._is_first(account, event, received_at):
            log.warning(event, account=account, **more)

    def _is_first(self, account: str, what: str, received_at: datetime) -> bool:
        """Whether this was not refused within the pause before."""
        refused_at = self._refused_at.get((account, what))
        if refused_at is not None and timedelta() <= received_at - refused_at < REFUSAL_PAUSE:
            return False
        if len(self._refused_at) >= MOST_REFUSALS_HELD:
            self._refused_at.clear()
        self._refused_at[(account, what)] = received_at
        return True


class _Dc09Conversation:
    """One peer's byte stream."""

    def __init__(self, driver: Dc09) -> None:
        self._driver = driver
        self._framer = wire.Framer()

    @property
    def is_midframe(self) -> bool:
        return self._framer.is_midframe

    def feed(self, data: bytes, received_at: datetime) -> list[Received]:
        return [self._driver.read(body, received_at) for body in self._framer.feed(data)]


def _is_timely(sent_at: datetime, received_at: datetime) -> bool:
    # The frame's time has whole seconds, so up to one more second may have passed.
    return -MOST_BEHIND - timedelta(seconds=1) < sent_at - received_at <= MOST_AHEAD


def _signal(header: Header, content: Content, event: PanelEvent, index: int, received_at: datetime) -> Signal:
    return Signal(
        source=AlarmSource.DC09,
        account=event.account or header.account,
        code=event.code,
        zone=event.zone,
        qualifier=event.qualifier,
        received_at=received_at,
        fingerprint=_fingerprint(header, content, index),
        sequence=header.sequence,
        partition=event.partition,
        text=event.text,
        raw=header.text() + content.text(),
        occurred_at=_occurred_at(content.sent_at, event),
    )


def _fingerprint(header: Header, content: Content, index: int) -> str:
    """Equal for the same account, sequence and content; a retry may carry a newer time.

    A panel that does not count (always 0000) can only be told from its retry by the time.
    """
    time = frame.time_text(content.sent_at) if header.sequence == _NO_SEQUENCE else ""
    told = "\x1f".join(
        (header.account, header.id, header.sequence, content.data, content.extended, time, str(index))
    )
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()


def _occurred_at(sent_at: datetime | None, event: PanelEvent) -> datetime | None:
    """The event's time of day on the frame's day; an event from before midnight is yesterday's."""
    if sent_at is None or event.at is None:
        return sent_at
    occurred_at = sent_at.replace(
        hour=event.at.hour, minute=event.at.minute, second=event.at.second, microsecond=0
    )
    if occurred_at - sent_at <= timedelta(hours=12):
        return occurred_at
    try:
        return occurred_at - timedelta(days=1)
    except OverflowError:  # a clock that stands on the first day of year 1
        return sent_at
