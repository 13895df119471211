"""GB/T 26875.3's outer layer: `@@`, control unit, application unit, checksum, `##`; framed by length only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import IntEnum

START = b"@@"
END = b"##"
MOST_UNIT_BYTES = 1024
# Everything of a frame but its application unit.
OUTER_BYTES = 30
TIME_BYTES = 6
ADDRESS_DIGITS = 12
_LENGTH_AT = 24
_COMMAND_AT = 26
_UNIT_AT = 27
# The standard's devices keep Beijing time and send no zone with it.
BEIJING = timezone(timedelta(hours=8))
# Where a frame may begin: `@@` and, as far as it has come, a length that may be (at most MOST_UNIT_BYTES). By
# one search: a run of `@` that was tried byte by byte held up every alarm.
_BEGINS = re.compile(rb"@(?:\Z|@(?:.{22}(?:.[\x00-\x03]|\x00\x04|.\Z|\Z)|.{0,21}\Z))", re.DOTALL)


class Command(IntEnum):
    """The control unit's command byte; any other is refused, as 6.5 of the standard says."""

    CONTROL = 1
    SEND = 2
    CONFIRM = 3
    REQUEST = 4
    ANSWER = 5
    DENY = 6


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame between `@@` and `##`.

    sent_at: the sender's clock, None when it is no date. source, destination: the six address bytes as a
    number, low byte first. is_intact: the checksum is right; of others only serial and addresses are used.
    """

    serial: int
    version: tuple[int, int]
    sent_at: datetime | None
    source: int
    destination: int
    command: int
    unit: bytes
    is_intact: bool = True

    @property
    def account(self) -> str:
        return account_of(self.source)


def account_of(address: int) -> str:
    """A device's address as the site file writes it: twelve hexadecimal digits."""
    return f"{address:0{ADDRESS_DIGITS}X}"


def read_time(stamp: bytes) -> datetime | None:
    """Second, minute, hour, day, month, year after 2000, in Beijing time; None for what is no date."""
    second, minute, hour, day, month, year = stamp
    try:
        return datetime(2000 + year, month, day, hour, minute, second, tzinfo=BEIJING).astimezone(UTC)
    except ValueError:
        return None


def time_stamp(at: datetime | None) -> bytes:
    """The six bytes of `at`, zeros for None. Raises ValueError for a year before 2000 or after 2255."""
    if at is None:
        return bytes(TIME_BYTES)
    local = at.astimezone(BEIJING)
    return bytes((local.second, local.minute, local.hour, local.day, local.month, local.year - 2000))


def pack(frame: Frame) -> bytes:
    """The frame's bytes with a right checksum. Raises ValueError when its unit is too long."""
    if len(frame.unit) > MOST_UNIT_BYTES:
        raise ValueError(f"unit of {len(frame.unit)} bytes")
    summed = (
        frame.serial.to_bytes(2, "little")
        + bytes(frame.version)
        + time_stamp(frame.sent_at)
        + frame.source.to_bytes(6, "little")
        + frame.destination.to_bytes(6, "little")
        + len(frame.unit).to_bytes(2, "little")
        + bytes((frame.command,))
        + frame.unit
    )
    return START + summed + bytes((sum(summed) & 0xFF,)) + END


def answer(frame: Frame, command: Command, at: datetime) -> bytes:
    """CONFIRM or DENY to `frame`: its serial and version, addresses exchanged, our time, no unit."""
    return pack(Frame(frame.serial, frame.version, at, frame.destination, frame.source, command.value, b""))


class Framer:
    """Cuts a byte stream into frames, however the reads split or join them.

    The end is where the length says: `##` also occurs inside, in notes and times. Where no `##` stands
    there, the `@@` was none, and the next one is tried.
    """

    def __init__(self) -> None:
        self._held = bytearray()

    @property
    def is_midframe(self) -> bool:
        return bool(self._held)

    def feed(self, data: bytes) -> list[Frame]:
        """The frames completed by `data`, in order, those with a wrong checksum too."""
        self._held += data
        frames = []
        while (frame := self._next()) is not None:
            frames.append(frame)
        return frames

    def _next(self) -> Frame | None:
        while self._find_start():
            if len(self._held) < OUTER_BYTES:
                return None
            length = int.from_bytes(self._held[_LENGTH_AT : _LENGTH_AT + 2], "little")
            end = OUTER_BYTES + length
            if length <= MOST_UNIT_BYTES:
                if len(self._held) < end:
                    return None
                if self._held[end - len(END) : end] == END:
                    whole = bytes(self._held[:end])
                    del self._held[:end]
                    return _read(whole)
            del self._held[:1]
        return None

    def _find_start(self) -> bool:
        """Drop what stands before the next `@@` that a possible length follows, or that may still get one."""
        found = _BEGINS.search(self._held)
        start = found.start() if found else len(self._held)
        del self._held[:start]
        return found is not None


def _read(whole: bytes) -> Frame:
    unit = whole[_UNIT_AT : -len(END) - 1]
    return Frame(
        serial=int.from_bytes(whole[2:4], "little"),
        version=(whole[4], whole[5]),
        sent_at=read_time(whole[6:12]),
        source=int.from_bytes(whole[12:18], "little"),
        destination=int.from_bytes(whole[18:24], "little"),
        command=whole[_COMMAND_AT],
        unit=unit,
        is_intact=sum(whole[2 : -len(END) - 1]) & 0xFF == whole[-len(END) - 1],
    )
