"""What a simulated fire transmission device answers when it is asked about its systems and components."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from services.alarms.drivers.gb26875_frame import time_stamp
from services.alarms.drivers.gb26875_units import NOTE_BYTES, UnitType

NORMAL = 1
TEMPERATURE_DETECTOR = 31
# Table 6 of the standard: type 3 is a temperature in steps of 0.1 ℃.
TEMPERATURE, TEMPERATURE_STEPS = 3, 235
# Bit 4 of an operation: a self-test, here by operator 1, an hour ago.
SELF_TEST, OPERATOR, TESTED_AGO = 1 << 4, 1, timedelta(hours=1)
SYSTEM_BYTES, POINT_BYTES = 2, 6


def answer_about(unit: bytes, system_flags: int, at: datetime) -> bytes | None:
    """The unit that answers the question `unit`; None for what this device does not know.

    system_flags: the states that hold in the system it may ask about. Its own state and components' are not
    here. at: the device's time.
    """
    kind, about = (unit[0], unit[2:]) if unit else (0, b"")
    of_device = _OF_DEVICE.get(kind)
    if of_device is not None:
        return of_device(at)
    system, component = about[:SYSTEM_BYTES], about[:POINT_BYTES]
    if kind == UnitType.READ_SYSTEM_STATE and len(system) == SYSTEM_BYTES:
        return _one(UnitType.SYSTEM_STATE, system + system_flags.to_bytes(2, "little") + time_stamp(at))
    if kind in _OF_SYSTEM and len(system) == SYSTEM_BYTES:
        return _OF_SYSTEM[kind](system, at)
    if kind in _OF_COMPONENT and len(component) == POINT_BYTES:
        return _OF_COMPONENT[kind](component, at)
    return None


def _one(kind: UnitType, thing: bytes) -> bytes:
    return bytes((kind, 1)) + thing


def _sized(text: str) -> bytes:
    raw = text.encode("gb18030")
    return bytes((len(raw),)) + raw


def _typed(component: bytes) -> bytes:
    """A component's type stands between its system and its own address."""
    return component[:SYSTEM_BYTES] + bytes((TEMPERATURE_DETECTOR,)) + component[SYSTEM_BYTES:]


def _tested(at: datetime) -> bytes:
    return bytes((SELF_TEST, OPERATOR)) + time_stamp(at - TESTED_AGO)


def _analogue(component: bytes, at: datetime) -> bytes:
    value = bytes((TEMPERATURE,)) + TEMPERATURE_STEPS.to_bytes(2, "little")
    return _one(UnitType.ANALOGUE, _typed(component) + value + time_stamp(at))


def _component_configuration(component: bytes, _at: datetime) -> bytes:
    note = "一层走廊".encode("gb18030").ljust(NOTE_BYTES, b" ")
    return _one(UnitType.COMPONENT_CONFIGURATION, _typed(component) + note)


_OF_DEVICE: dict[int, Callable[[datetime], bytes]] = {
    UnitType.READ_DEVICE_STATE: lambda at: _one(UnitType.DEVICE_STATE, bytes((NORMAL,)) + time_stamp(at)),
    UnitType.READ_DEVICE_VERSION: lambda _at: _one(UnitType.DEVICE_VERSION, b"\1\1"),
    UnitType.READ_DEVICE_CONFIGURATION: lambda _at: _one(UnitType.DEVICE_CONFIGURATION, _sized("模拟装置")),
    UnitType.READ_DEVICE_TIME: lambda at: _one(UnitType.DEVICE_TIME, time_stamp(at)),
    UnitType.READ_DEVICE_OPERATION: lambda at: _one(UnitType.DEVICE_OPERATION, _tested(at)),
}
_OF_SYSTEM: dict[int, Callable[[bytes, datetime], bytes]] = {
    UnitType.READ_OPERATION: lambda system, at: _one(UnitType.OPERATION, system + _tested(at)),
    UnitType.READ_SYSTEM_VERSION: lambda system, _at: _one(UnitType.SYSTEM_VERSION, system + b"\2\5"),
    UnitType.READ_SYSTEM_CONFIGURATION: lambda system, _at: _one(
        UnitType.SYSTEM_CONFIGURATION, system + _sized("两回路")
    ),
    UnitType.READ_SYSTEM_TIME: lambda system, at: _one(UnitType.SYSTEM_TIME, system + time_stamp(at)),
}
_OF_COMPONENT: dict[int, Callable[[bytes, datetime], bytes]] = {
    UnitType.READ_ANALOGUE: _analogue,
    UnitType.READ_COMPONENT_CONFIGURATION: _component_configuration,
}
