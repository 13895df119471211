"""The closed sets that alarms, clocks and screens share."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class AlarmClass(StrEnum):
    PANIC = "panic"
    INTRUSION = "intrusion"
    FIRE = "fire"
    MEDICAL = "medical"
    FACE = "face"
    VEHICLE = "vehicle"
    ACCESS = "access"
    TAMPER = "tamper"
    VIDEO = "video"
    DEVICE = "device"
    COMMS = "comms"
    DUTY = "duty"
    TEST = "test"
    UNKNOWN = "unknown"


class Priority(IntEnum):
    """1 is the most urgent."""

    P1 = 1
    P2 = 2
    P3 = 3
    P4 = 4


PRIORITY_OF_CLASS: dict[AlarmClass, Priority] = {
    AlarmClass.PANIC: Priority.P1,
    AlarmClass.FIRE: Priority.P1,
    AlarmClass.MEDICAL: Priority.P1,
    AlarmClass.INTRUSION: Priority.P2,
    AlarmClass.FACE: Priority.P2,
    AlarmClass.VEHICLE: Priority.P2,
    AlarmClass.TAMPER: Priority.P2,
    AlarmClass.UNKNOWN: Priority.P2,
    AlarmClass.DUTY: Priority.P2,
    AlarmClass.ACCESS: Priority.P3,
    AlarmClass.VIDEO: Priority.P3,
    AlarmClass.COMMS: Priority.P3,
    AlarmClass.DEVICE: Priority.P4,
    AlarmClass.TEST: Priority.P4,
}

# The code of an alarm by which a centre above us, or a fire device, asks whether the desk is manned 查岗.
DUTY_CHECK = "gb26875:duty_check"

# GB 50394-2007 5.2.2: these latch until an authorised manual reset, and nothing may disarm them.
NEVER_DISARMED = frozenset({AlarmClass.PANIC, AlarmClass.FIRE, AlarmClass.MEDICAL, AlarmClass.TAMPER})
# What may be disarmed, isolated or put to test. Everything else counts at any time: tamper and faults too.
DISARMABLE = frozenset({AlarmClass.INTRUSION, AlarmClass.ACCESS, AlarmClass.FACE, AlarmClass.VEHICLE})
# A verdict "false" on these needs the video viewed and a reason.
VIEW_BEFORE_FALSE = frozenset({AlarmClass.PANIC, AlarmClass.FIRE})
