"""The application units of GB/T 26875.3: what each object of a unit reports, and the units a centre sends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum

from services.alarms.drivers import gb26875_words as words
from services.alarms.drivers.frame import CONTROL_SIGNS
from services.alarms.drivers.gb26875_frame import TIME_BYTES, read_time, time_stamp
from services.domain.alarms import Qualifier

NOTE_BYTES = 31


class UnitType(IntEnum):
    """Those with a name here are understood; the rest is kept as an unknown event."""

    SYSTEM_STATE = 1
    COMPONENT_STATE = 2
    ANALOGUE = 3
    OPERATION = 4
    SYSTEM_VERSION = 5
    SYSTEM_CONFIGURATION = 6
    COMPONENT_CONFIGURATION = 7
    SYSTEM_TIME = 8
    DEVICE_STATE = 21
    DEVICE_OPERATION = 24
    DEVICE_VERSION = 25
    DEVICE_CONFIGURATION = 26
    DEVICE_TIME = 28
    READ_SYSTEM_STATE = 61
    READ_COMPONENT_STATE = 62
    READ_ANALOGUE = 63
    READ_OPERATION = 64
    READ_SYSTEM_VERSION = 65
    READ_SYSTEM_CONFIGURATION = 66
    READ_COMPONENT_CONFIGURATION = 67
    READ_SYSTEM_TIME = 68
    READ_DEVICE_STATE = 81
    READ_DEVICE_OPERATION = 84
    READ_DEVICE_VERSION = 85
    READ_DEVICE_CONFIGURATION = 86
    READ_DEVICE_TIME = 88
    INITIALISE = 89
    SYNCHRONISE_CLOCK = 90
    DUTY_CHECK = 91
    # 128 to 254 are the user's own: the standard has no command that moves a component.
    MOVE_COMPONENT = 128


@dataclass(frozen=True, slots=True)
class FireReport:
    """One thing that an object says.

    point: "system.address" or "system.address.zone.position", "" for the transmission device itself.
    holds: of a STATE report, the states that hold. at: the device's time of the event. raw: its bytes.
    has_test_bit: the object calls itself in test; a fire is one all the same.
    """

    code: str
    point: str = ""
    qualifier: Qualifier = Qualifier.NEW
    text: str = ""
    at: datetime | None = None
    holds: tuple[str, ...] = ()
    has_test_bit: bool = False
    raw: str = ""


def read_unit(unit: bytes) -> tuple[FireReport, ...]:
    """What a unit says, in its order; a type or a length that is not understood is kept as unknown.

    An object that is cut off does not cost those before it. An empty unit says nothing.
    """
    if not unit:
        return ()
    kind, count, rest = unit[0], unit[1] if len(unit) > 1 else 0, unit[2:]
    reader = _READERS.get(kind)
    if reader is None or not count:
        return (_unknown(kind, rest),)
    reports: list[FireReport] = []
    for _ in range(count):
        size = reader.size_of(rest)
        if len(rest) < size:
            return (*reports, _unknown(kind, rest))
        raw = f"{kind:02X} {rest[:size].hex().upper()}"
        reports += [replace(report, raw=raw) for report in reader.read(rest[:size])]
        rest = rest[size:]
    return (*reports, _unknown(kind, rest)) if rest else tuple(reports)


def point_bytes(point: str) -> bytes:
    """System and address, then zone and position where `point` has them. Raises ValueError for any other."""
    numbers = [int(part) for part in point.split(".")]
    if len(numbers) not in (2, 4):
        raise ValueError(f"point {point!r}")
    return bytes(numbers[:2]) + b"".join(number.to_bytes(2, "little") for number in numbers[2:])


def point_of(asked: bytes) -> str:
    """The point in the first six bytes of a question or command about a component."""
    zone, position = int.from_bytes(asked[2:4], "little"), int.from_bytes(asked[4:6], "little")
    return f"{asked[0]}.{asked[1]}.{zone}.{position}"


def read_request(kind: UnitType, point: str = "", since_at: datetime | None = None, most: int = 100) -> bytes:
    """The unit that asks for `kind`; point: of a system or component, since_at and most: of records."""
    asked = point_bytes(point) if point else b""
    if kind in (UnitType.READ_OPERATION, UnitType.READ_DEVICE_OPERATION):
        return bytes((kind, 1)) + asked + bytes((most,)) + time_stamp(since_at)
    return bytes((kind, 1)) + (asked or b"\0")


def initialise() -> bytes:
    return bytes((UnitType.INITIALISE, 1, 0))


def synchronise_clock(at: datetime) -> bytes:
    return bytes((UnitType.SYNCHRONISE_CLOCK, 1)) + time_stamp(at)


def duty_check(minutes: int) -> bytes:
    return bytes((UnitType.DUTY_CHECK, 1, minutes))


def duty_answer(operator: int, at: datetime) -> bytes:
    return bytes((UnitType.DEVICE_OPERATION, 1, 1 << 5, operator)) + time_stamp(at)


def move_component(point: str, *, is_start: bool) -> bytes:
    """Our own unit: the point, then 1 to start or 0 to stop."""
    return bytes((UnitType.MOVE_COMPONENT, 1)) + point_bytes(point) + bytes((is_start,))


@dataclass(frozen=True, slots=True)
class _Reader:
    """How long an object is, and what it says; text_at: where its length byte stands when it holds a text."""

    size: int
    read: Callable[[bytes], list[FireReport]]
    text_at: int | None = None

    def size_of(self, rest: bytes) -> int:
        if self.text_at is None or len(rest) <= self.text_at:
            return self.size
        return self.size + rest[self.text_at]


def _unknown(kind: int, rest: bytes) -> FireReport:
    return FireReport(f"{words.PREFIX}type_{kind}", raw=f"{kind:02X} {rest.hex().upper()}")


def _system_point(thing: bytes) -> str:
    return f"{thing[0]}.{thing[1]}"


def _component_point(thing: bytes) -> str:
    zone, position = int.from_bytes(thing[3:5], "little"), int.from_bytes(thing[5:7], "little")
    return f"{thing[0]}.{thing[1]}.{zone}.{position}"


def read_text(raw: bytes) -> str:
    """A GB 18030 text without its filling; control signs become U+FFFD."""
    text = raw.decode("gb18030", "replace").strip("\0 ")
    return CONTROL_SIGNS.sub("\ufffd", text)


def _component_text(thing: bytes, note: bytes) -> str:
    return " ".join(filter(None, (words.COMPONENTS.get(thing[2], ""), read_text(note))))


def _set_bits(flags: int, codes: Mapping[int, str]) -> Iterator[str]:
    return (code for bit, code in codes.items() if flags >> bit & 1)


def _states(flags: int, codes: Mapping[int, str], report: FireReport) -> list[FireReport]:
    """Which states hold, so that the others are known to have ended, then one report for each that does.

    In this order, or the last thing heard of a burning detector would be its state.
    """
    held = tuple(_set_bits(flags, codes))
    test = not flags >> words.NORMAL_BIT & 1
    events = [replace(report, code=code, has_test_bit=test) for code in held]
    ended = replace(report, code=words.STATE, qualifier=Qualifier.RESTORE, holds=held, has_test_bit=test)
    return [ended, *events]


def _read_system_state(thing: bytes) -> list[FireReport]:
    report = FireReport("", _system_point(thing), at=read_time(thing[4:]))
    return _states(int.from_bytes(thing[2:4], "little"), words.SYSTEM_STATES, report)


def _read_component_state(thing: bytes) -> list[FireReport]:
    text = _component_text(thing, thing[9 : 9 + NOTE_BYTES])
    report = FireReport("", _component_point(thing), text=text, at=read_time(thing[-TIME_BYTES:]))
    return _states(int.from_bytes(thing[7:9], "little"), words.COMPONENT_STATES, report)


def _read_analogue(thing: bytes) -> list[FireReport]:
    sign, step = words.ANALOGUES.get(thing[7], (f"#{thing[7]}", 1.0))
    value = int.from_bytes(thing[8:10], "little", signed=True) * step
    text = f"{words.COMPONENTS.get(thing[2], '')} {value:.10g} {sign}".strip()
    at = read_time(thing[10:])
    return [FireReport(f"{words.PREFIX}analogue", _component_point(thing), text=text, at=at)]


def _operations(flags: int, codes: Mapping[int, str], report: FireReport) -> list[FireReport]:
    events = [replace(report, code=code) for code in _set_bits(flags, codes)]
    return events or [replace(report, code=words.PREFIX + "operated_nothing")]


def _read_operation(thing: bytes) -> list[FireReport]:
    report = FireReport("", _system_point(thing), text=f"#{thing[3]}", at=read_time(thing[4:]))
    return _operations(thing[2], words.OPERATIONS, report)


def _read_version(thing: bytes) -> list[FireReport]:
    return [FireReport(f"{words.PREFIX}version", _system_point(thing), text=f"V{thing[2]}.{thing[3]}")]


def _read_configuration(thing: bytes) -> list[FireReport]:
    return [FireReport(f"{words.PREFIX}configuration", _system_point(thing), text=read_text(thing[3:]))]


def _read_component_configuration(thing: bytes) -> list[FireReport]:
    text = _component_text(thing, thing[7:])
    return [FireReport(f"{words.PREFIX}configuration", _component_point(thing), text=text)]


def _read_system_time(thing: bytes) -> list[FireReport]:
    return [FireReport(f"{words.PREFIX}time", _system_point(thing), at=read_time(thing[2:]))]


def _read_device_state(thing: bytes) -> list[FireReport]:
    return _states(thing[0], words.DEVICE_STATES, FireReport("", at=read_time(thing[1:])))


def _read_device_operation(thing: bytes) -> list[FireReport]:
    report = FireReport("", text=f"#{thing[1]}", at=read_time(thing[2:]))
    return _operations(thing[0], words.DEVICE_OPERATIONS, report)


def _read_device_version(thing: bytes) -> list[FireReport]:
    return [FireReport(f"{words.PREFIX}version", text=f"V{thing[0]}.{thing[1]}")]


def _read_device_configuration(thing: bytes) -> list[FireReport]:
    return [FireReport(f"{words.PREFIX}configuration", text=read_text(thing[1:]))]


def _read_device_time(thing: bytes) -> list[FireReport]:
    return [FireReport(f"{words.PREFIX}time", at=read_time(thing))]


# Only the asked direction: what a higher centre may want of us (a duty check) is the driver's.
_READERS: dict[int, _Reader] = {
    UnitType.SYSTEM_STATE: _Reader(10, _read_system_state),
    UnitType.COMPONENT_STATE: _Reader(46, _read_component_state),
    UnitType.ANALOGUE: _Reader(16, _read_analogue),
    UnitType.OPERATION: _Reader(10, _read_operation),
    UnitType.SYSTEM_VERSION: _Reader(4, _read_version),
    UnitType.SYSTEM_CONFIGURATION: _Reader(3, _read_configuration, text_at=2),
    UnitType.COMPONENT_CONFIGURATION: _Reader(38, _read_component_configuration),
    UnitType.SYSTEM_TIME: _Reader(8, _read_system_time),
    UnitType.DEVICE_STATE: _Reader(7, _read_device_state),
    UnitType.DEVICE_OPERATION: _Reader(8, _read_device_operation),
    UnitType.DEVICE_VERSION: _Reader(2, _read_device_version),
    UnitType.DEVICE_CONFIGURATION: _Reader(1, _read_device_configuration, text_at=0),
    UnitType.DEVICE_TIME: _Reader(6, _read_device_time),
}
