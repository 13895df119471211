"""GB/T 26875.3-2011 over TCP and UDP: a fire system's user-information transmission device to its centre."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

import structlog

from services.alarms.drivers import gb26875_words as words
from services.alarms.drivers.base import Conversation, PanelKeys, Received
from services.alarms.drivers.gb26875_frame import Command, Frame, Framer, answer
from services.alarms.drivers.gb26875_units import FireReport, UnitType, read_unit
from services.domain.alarms import AlarmSource, Qualifier, Signal
from services.domain.classes import DUTY_CHECK

# A peer that only sends what cannot be checked is told so as often as it asks, but written down once.
_ANSWERS = frozenset({Command.CONFIRM, Command.ANSWER, Command.DENY})
_HISTORIES = (bytes((UnitType.OPERATION,)), bytes((UnitType.DEVICE_OPERATION,)))

log = structlog.get_logger(__name__)


class Gb26875:
    """The centre's half, without sockets; one instance serves all devices.

    Source: GB/T 26875.3-2011; its example frames in tests/services/alarms/drivers/test_gb26875.py.
    """

    name = "gb26875"

    def __init__(self, _keys: PanelKeys) -> None:
        """The protocol knows no keys."""

    def converse(self) -> Conversation:
        return _Gb26875Conversation()


class _Gb26875Conversation:
    """One device's byte stream."""

    def __init__(self) -> None:
        self._framer = Framer()

    @property
    def is_midframe(self) -> bool:
        return self._framer.is_midframe

    def feed(self, data: bytes, received_at: datetime) -> list[Received]:
        return [read_frame(frame, received_at) for frame in self._framer.feed(data)]


def read_frame(frame: Frame, received_at: datetime) -> Received:
    """What one frame says, and what to answer once that is stored."""
    deny = answer(frame, Command.DENY, received_at)
    if not frame.is_intact:
        # An answer to an answer could go on for ever.
        return Received(answer=b"" if frame.command in _ANSWERS else deny)
    confirm = answer(frame, Command.CONFIRM, received_at)
    match frame.command:
        case Command.SEND:
            return _received(frame, read_unit(frame.unit), confirm, received_at)
        case Command.ANSWER:
            return _received(frame, _still(frame.unit), b"", received_at)
        case Command.CONFIRM | Command.DENY:
            return Received(frame.account, frame=frame)
        case Command.CONTROL if frame.unit[:1] == bytes((UnitType.DUTY_CHECK,)):
            return _received(frame, (_duty_check(frame.unit),), confirm, received_at)
        case Command.CONTROL | Command.REQUEST:
            # Nobody sets the clock of the centre or reads it out.
            return Received(frame.account, answer=deny, frame=frame)
        case _:
            unknown = FireReport(f"{words.PREFIX}command_{frame.command}", raw=frame.unit.hex().upper())
            return _received(frame, (unknown,), deny, received_at)


def _still(unit: bytes) -> tuple[FireReport, ...]:
    """What was read goes on, and is news only where nobody knew; what was once done is for whoever asked.

    Else reading a burning detector would sound again, and an old press of a duty key answer a new check.
    """
    if unit[:1] in _HISTORIES:
        return ()
    return tuple(
        replace(report, qualifier=Qualifier.STILL) if report.qualifier is Qualifier.NEW else report
        for report in read_unit(unit)
    )


def _duty_check(unit: bytes) -> FireReport:
    minutes = unit[2] if len(unit) > 2 and unit[2] else 10
    return FireReport(DUTY_CHECK, text=f"{minutes} min", raw=unit.hex().upper())


def _received(frame: Frame, reports: tuple[FireReport, ...], reply: bytes, received_at: datetime) -> Received:
    signals = tuple(_signal(frame, report, index, received_at) for index, report in enumerate(reports))
    return Received(frame.account, signals, reply, frame)


def _signal(frame: Frame, report: FireReport, index: int, received_at: datetime) -> Signal:
    return Signal(
        source=AlarmSource.GB26875,
        account=frame.account,
        code=report.code,
        zone=0,
        qualifier=report.qualifier,
        received_at=received_at,
        fingerprint=_fingerprint(frame, index),
        sequence=str(frame.serial),
        text=report.text,
        raw=report.raw,
        occurred_at=report.at,
        point=report.point,
        sent_at=frame.sent_at,
        holds=report.holds,
        has_test_bit=report.has_test_bit,
    )


def _fingerprint(frame: Frame, index: int) -> str:
    """Equal for a retry: same sender, serial and unit; the frame's own time may be a newer one."""
    told = f"{frame.account}:{frame.serial}:{frame.command}:{index}:".encode() + frame.unit
    return hashlib.sha256(told).hexdigest()
