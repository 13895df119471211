"""What a panel's code means: its class and priority, or that it is only worth a record."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from services.alarms.drivers.dc09 import PLAIN_REFUSED, UNDECIPHERABLE
from services.core.paths import resource
from services.domain.alarms import Qualifier, Signal
from services.domain.classes import DISARMABLE, NEVER_DISARMED, PRIORITY_OF_CLASS, AlarmClass, Priority
from services.domain.site import Zone

# One for each kind of source; codes of others than the panels' begin with their source, as "modbus:cut".
CODE_TABLES = (
    "contact_id.csv",
    "sia_codes.csv",
    "modbus_codes.csv",
    "gb26875_codes.csv",
    "report_codes.csv",
    "manual_codes.csv",
    "guard_codes.csv",
    "outputs.csv",
    "onvif_codes.csv",
)
# What the hub itself says about a silent account: Contact ID 356, loss of central polling.
POLLING_LOST = "356"
# What the hub says about itself when it cannot read its secrets file.
KEYS_SHUT = "KEYS_SHUT"
# What the hub says of a signal that the record refuses again and again: it is kept on the hub's machine only.
SIGNAL_ASIDE = "SIGNAL_ASIDE"
# What the hub says when the file for signals that the record cannot take is damaged or cannot be written.
SPOOL_LOST = "SPOOL_LOST"
# Nothing can be recorded: no disk, or a full one on which everything is protected.
RECORDING_STOPPED = "RECORDING_STOPPED"
# A camera has, or will soon have, fewer days of recording than it should.
RECORDING_SHORT = "RECORDING_SHORT"
# What the hub says when an action of a linkage rule failed; the second where the rule calls that urgent.
LINKAGE_FAILED = "LINKAGE_FAILED"
LINKAGE_FAILED_URGENT = "LINKAGE_FAILED_URGENT"
LINKAGE_CODES = frozenset({LINKAGE_FAILED, LINKAGE_FAILED_URGENT})
# What the hub says about an order to an output that was not carried out: this and the cause.
OUTPUT_FAULTS = "output:"


class Kind(StrEnum):
    """What is to be done with a signal."""

    ALARM = "alarm"
    BYPASS = "bypass"
    RECORD = "record"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class Meaning:
    """One row of a code table; qualifier: what the code itself says, NEW where the signal says it.

    is_by_zone: the code says only that the zone speaks, so class and priority are the zone's.
    label_zh: the Chinese of sources that report many things about one point; "" where the class says enough.
    is_motion: something moves in a camera's picture, which may be recorded.
    """

    kind: Kind
    alarm_class: AlarmClass
    priority: Priority
    label: str
    qualifier: Qualifier = Qualifier.NEW
    is_by_zone: bool = False
    label_zh: str = ""
    is_motion: bool = False


_BY_ZONE = "zone"
_CLASS_OF_CATEGORY = {
    "medical": AlarmClass.MEDICAL,
    "fire": AlarmClass.FIRE,
    "panic": AlarmClass.PANIC,
    "intrusion": AlarmClass.INTRUSION,
    "face": AlarmClass.FACE,
    "vehicle": AlarmClass.VEHICLE,
    "video": AlarmClass.VIDEO,
    "tamper": AlarmClass.TAMPER,
    "environment": AlarmClass.DEVICE,
    "fire_supervisory": AlarmClass.DEVICE,
    "panel_fault": AlarmClass.DEVICE,
    "zone_fault": AlarmClass.DEVICE,
    "panel_log": AlarmClass.DEVICE,
    "comms_fault": AlarmClass.COMMS,
    "access_control": AlarmClass.ACCESS,
    "test": AlarmClass.TEST,
    "duty_check": AlarmClass.DUTY,
    "unknown": AlarmClass.UNKNOWN,
    # An input that is on: what that means is the zone's alone.
    _BY_ZONE: AlarmClass.UNKNOWN,
}
_RECORDED_CATEGORIES = frozenset({"open_close", "remote_access", "panic_reset", "fire_record", "record"})
# An admitted person is everyday life at a door, not an alarm.
_RECORDED_CODES = frozenset({"422", "425"})
# Of the 5xx "bypass" codes only these take a detector out; the others silence a sounder or a dialler,
# which is a fault of the panel and counts whether armed or not.
_ZONE_BYPASS_CODES = frozenset({"570", "571", "572", "573", "574", "575", "576", "577"})

# What fire panels say of a pump or a fan that runs.
_FEEDBACK_CODES = frozenset({"205", "gb26875:feedback"})

UNKNOWN = Meaning(Kind.ALARM, AlarmClass.UNKNOWN, PRIORITY_OF_CLASS[AlarmClass.UNKNOWN], "Unknown")
_OWN = {
    PLAIN_REFUSED: Meaning(Kind.ALARM, AlarmClass.TAMPER, Priority.P2, "Unencrypted frame refused"),
    UNDECIPHERABLE: Meaning(Kind.ALARM, AlarmClass.TAMPER, Priority.P2, "Frame cannot be decrypted"),
    KEYS_SHUT: Meaning(Kind.ALARM, AlarmClass.DEVICE, Priority.P2, "Key file cannot be read"),
    SIGNAL_ASIDE: Meaning(Kind.ALARM, AlarmClass.DEVICE, Priority.P2, "Signal that cannot be stored"),
    SPOOL_LOST: Meaning(Kind.ALARM, AlarmClass.DEVICE, Priority.P2, "File of kept signals lost"),
    RECORDING_STOPPED: Meaning(Kind.ALARM, AlarmClass.DEVICE, Priority.P2, "Recording has stopped"),
    RECORDING_SHORT: Meaning(Kind.ALARM, AlarmClass.DEVICE, Priority.P3, "Recordings too short"),
    LINKAGE_FAILED: Meaning(Kind.ALARM, AlarmClass.DEVICE, Priority.P4, "Linkage action failed"),
    LINKAGE_FAILED_URGENT: Meaning(Kind.ALARM, AlarmClass.DEVICE, Priority.P2, "Linkage action failed"),
}
# A zone's own class stands for these; tamper, faults and tests keep theirs wherever they come from.
_ZONE_DECIDES = frozenset(
    {AlarmClass.PANIC, AlarmClass.FIRE, AlarmClass.MEDICAL, AlarmClass.INTRUSION, AlarmClass.UNKNOWN}
)
# Nothing in a site file makes these less urgent.
_NEVER_LOWERED = frozenset({AlarmClass.PANIC, AlarmClass.FIRE, AlarmClass.MEDICAL})


def meaning_of(code: str) -> Meaning:
    """The table's row for a Contact ID or SIA code; UNKNOWN for any other, never an error."""
    return _tables().get(code, UNKNOWN)


def meanings() -> Iterable[Meaning]:
    """Of every code that has one."""
    return _tables().values()


def is_fire_code(code: str) -> bool:
    """Whether the code alone says that it burns."""
    means = meaning_of(code)
    return means.kind is Kind.ALARM and means.alarm_class is AlarmClass.FIRE


def qualifier_of(signal: Signal, means: Meaning) -> Qualifier:
    """SIA says "restored" by its code, Contact ID by the signal's qualifier."""
    if Qualifier.RESTORE in (means.qualifier, signal.qualifier):
        return Qualifier.RESTORE
    return signal.qualifier


def nearest_code(code: str) -> str:
    """The longest beginning of `code`, cut at "/", that a table knows; `code` itself when none does."""
    known = code
    while known not in _tables() and "/" in known:
        known = known.rpartition("/")[0]
    return known if known in _tables() else code


def class_in_zone(meaning: Meaning, zone: Zone | None) -> AlarmClass:
    """The class an alarm gets: the zone's own, unless the code tells of something more urgent."""
    if zone is None or meaning.alarm_class not in _ZONE_DECIDES:
        return meaning.alarm_class
    if meaning.is_by_zone:
        return zone.alarm_class
    of_code, of_zone = PRIORITY_OF_CLASS[meaning.alarm_class], PRIORITY_OF_CLASS[zone.alarm_class]
    return meaning.alarm_class if of_code < of_zone else zone.alarm_class


def priority_in_zone(meaning: Meaning, alarm_class: AlarmClass, zone: Zone | None) -> Priority:
    """The zone's priority if it sets one, else the code's; panic, fire and medical stay at P1."""
    usual = PRIORITY_OF_CLASS[alarm_class]
    if alarm_class in _NEVER_LOWERED:
        return usual
    if zone is None or alarm_class is not zone.alarm_class:
        return min(meaning.priority, usual) if alarm_class is not meaning.alarm_class else meaning.priority
    return zone.priority or usual


def may_be_held(meaning: Meaning, alarm_class: AlarmClass) -> bool:
    """Whether disarming may keep it from sounding. Both what the code says and what the zone makes of it
    must be so: a code nobody knows may be anything. One that only says "the zone" leaves it to the zone."""
    of_code = alarm_class if meaning.is_by_zone else meaning.alarm_class
    return alarm_class in DISARMABLE and of_code in DISARMABLE


def says_moved(meaning: Meaning, code: str) -> bool:
    """Whether a code says that what hangs on the zone moved, and not that the zone is in trouble."""
    moves = meaning.is_by_zone or meaning.alarm_class in (AlarmClass.INTRUSION, AlarmClass.UNKNOWN)
    return code in _FEEDBACK_CODES or moves


def is_protected(zone: Zone) -> bool:
    """Panic, fire, medical and tamper zones can be neither disarmed nor bypassed."""
    return zone.alarm_class in NEVER_DISARMED


@cache
def _tables() -> dict[str, Meaning]:
    rows = dict(_OWN)
    for name in CODE_TABLES:
        with resource("alarms", name).open(encoding="utf-8", newline="") as file:
            rows.update((row["code"], _meaning(row)) for row in csv.DictReader(file))
    return rows


def _meaning(row: dict[str, str]) -> Meaning:
    category, code = row["class"], row["code"]
    kind = Kind.ALARM
    alarm_class = _CLASS_OF_CATEGORY.get(category, AlarmClass.DEVICE)
    if category in _RECORDED_CATEGORIES or code in _RECORDED_CODES:
        kind = Kind.RECORD
    elif category == "bypass" and (code in _ZONE_BYPASS_CODES or not code.isdigit()):
        kind = Kind.BYPASS
    elif category == "fire_state":
        kind = Kind.STATE
    return Meaning(
        kind=kind,
        alarm_class=alarm_class,
        priority=Priority(int(row["default_priority"])),
        label=row["label"],
        qualifier=Qualifier(row.get("qualifier") or Qualifier.NEW),
        is_by_zone=category == _BY_ZONE,
        label_zh=row.get("label_zh") or "",
        is_motion=row.get("motion") == "1",
    )
