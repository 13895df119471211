"""An alarm from the panel's signal to its close, and the table of moves it may make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from services.domain.classes import AlarmClass, Priority
from services.domain.people import Role
from services.domain.site import Point

AlarmId = NewType("AlarmId", str)
# Begins the id of an alarm that only this machine knows yet: its signal waits to be shared.
APART = "apart-"


class Qualifier(StrEnum):
    """What a signal says about its source."""

    NEW = "new"
    RESTORE = "restore"
    STILL = "still"
    TEST = "test"


class AlarmSource(StrEnum):
    DC09 = "dc09"
    GB26875 = "gb26875"
    MODBUS = "modbus"
    ONVIF = "onvif"
    MQTT = "mqtt"
    HTTP = "http"
    DEVICE = "device"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Signal:
    """One event as a driver understood it, before anyone knows what it means here.

    account: the panel's account. code: a key of the code tables: Contact ID code or SIA two letters as sent,
    of other sources "source:code". zone: number on the wire, 0 when the signal names none. point: the
    source's own name of the zone, where it has names. sequence: the sender's own number.
    raw: the frame without secrets. occurred_at: device time, None when the frame has none.
    sent_at: the device's clock when it sent, where that is told apart from the event's time.
    fingerprint: equal for a repeated frame and for nothing else. holds: of a report of all states of a
    point, the codes that hold; every other one has ended. has_test_bit: the source calls itself in test.
    spot, place: where a person says that it is; of no other source. is_drill: a drill plays it.
    again_at: when its sender sent it last while it waited here; None when once.
    """

    source: AlarmSource
    account: str
    code: str
    zone: int
    qualifier: Qualifier
    received_at: datetime
    fingerprint: str
    sequence: str = ""
    partition: int = 0
    text: str = ""
    raw: str = ""
    occurred_at: datetime | None = None
    point: str = ""
    sent_at: datetime | None = None
    holds: tuple[str, ...] = ()
    has_test_bit: bool = False
    spot: Point | None = None
    place: str = ""
    is_drill: bool = False
    again_at: datetime | None = None


class AlarmState(StrEnum):
    NEW = "new"
    CLAIMED = "claimed"
    VERIFYING = "verifying"
    CONFIRMED = "confirmed"
    LINKED = "linked"
    FALSE = "false"
    TEST = "test"
    DUPLICATE = "duplicate"
    FAULT = "fault"
    RESET = "reset"
    CLOSED = "closed"


class Verdict(StrEnum):
    """研判结论."""

    GENUINE = "genuine"
    FALSE_REPORT = "false_report"
    ACCIDENTAL = "accidental"
    TEST = "test"
    DEVICE_FAULT = "device_fault"
    DUPLICATE = "duplicate"


STATE_OF_VERDICT: dict[Verdict, AlarmState] = {
    Verdict.GENUINE: AlarmState.CONFIRMED,
    Verdict.FALSE_REPORT: AlarmState.FALSE,
    Verdict.ACCIDENTAL: AlarmState.FALSE,
    Verdict.TEST: AlarmState.TEST,
    Verdict.DEVICE_FAULT: AlarmState.FAULT,
    Verdict.DUPLICATE: AlarmState.DUPLICATE,
}

# A verdict that sends nobody: the next signal of the same source is a new alarm.
DISMISSED_STATES = frozenset(STATE_OF_VERDICT.values()) - {AlarmState.CONFIRMED}
_DECIDED = frozenset(STATE_OF_VERDICT.values())

# A claim moves NEW to CLAIMED; verdict by an owner who already looks at the picture may skip
# VERIFYING; no clock, restore or device moves an alarm along this table.
ALARM_MOVES: dict[AlarmState, frozenset[AlarmState]] = {
    AlarmState.NEW: frozenset({AlarmState.CLAIMED}),
    AlarmState.CLAIMED: frozenset({AlarmState.VERIFYING}) | _DECIDED,
    AlarmState.VERIFYING: _DECIDED,
    AlarmState.CONFIRMED: frozenset({AlarmState.LINKED, AlarmState.RESET}),
    AlarmState.LINKED: frozenset({AlarmState.RESET}),
    AlarmState.FALSE: frozenset({AlarmState.RESET}),
    AlarmState.TEST: frozenset({AlarmState.RESET}),
    AlarmState.DUPLICATE: frozenset({AlarmState.RESET}),
    AlarmState.FAULT: frozenset({AlarmState.RESET}),
    AlarmState.RESET: frozenset({AlarmState.CLOSED}),
    AlarmState.CLOSED: frozenset(),
}

# Somebody has it and has not decided yet.
IN_HAND_STATES = frozenset({AlarmState.CLAIMED, AlarmState.VERIFYING})
# Nobody has decided yet.
UNDECIDED_STATES = IN_HAND_STATES | {AlarmState.NEW}

# What still needs a person; the queue shows these.
OPEN_STATES = frozenset(AlarmState) - {AlarmState.RESET, AlarmState.CLOSED}


@dataclass(frozen=True, slots=True)
class Shelf:
    """An alarm laid aside 搁置 for a while: by whom, why and until when."""

    by: str
    by_name: str
    reason: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Ask:
    """The owner wants someone else to have the alarm: `user`, or with user "" anyone of `role`."""

    user: str
    role: Role | None
    name: str
    at: datetime
    note: str = ""

    def is_for(self, user: str, role: Role) -> bool:
        return user == self.user if self.user else role is self.role


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm 报警 as stored and shown; `row_version` grows with every change.

    feeds: cameras to show, best first. source_active: the panel has not restored.
    last_occurrence_at: also when its source only said that it is still active, which is no reason to sound.
    is_latched: holds until a manual reset. offered_at: since when the silent owner's alarm may be
    claimed by anyone; state and owner stay until someone does. linkage_ms: received_at to first_frame_at.
    point: the source's own name of the zone. note: what the device says about it in its own words, or those
    who reported it, one a line.
    has_test_bit: the device called itself in test when it reported this; never a reason to disbelieve it.
    claimed_at: by the present owner; first_claimed_at: by the first, who is first_owner ("" also where an
    older version wrote it). spoke_at: when it was raised or spoke
    again, the last three times. shelf: laid aside for a while, None = not. ask: whom the owner wants to have
    it.
    """

    id: AlarmId
    event_no: str
    source: AlarmSource
    dedup_key: str
    alarm_class: AlarmClass
    priority: Priority
    qualifier: Qualifier
    code_raw: str
    payload_raw: str
    panel: str
    zone: str
    zone_number: int
    name: str
    name_en: str
    place: str
    at: Point | None
    feeds: tuple[str, ...]
    received_at: datetime
    last_occurrence_at: datetime
    state: AlarmState = AlarmState.NEW
    occurred_at: datetime | None = None
    displayed_at: datetime | None = None
    first_frame_at: datetime | None = None
    linkage_ms: int | None = None
    clock_skew_ms: int | None = None
    source_active: bool = True
    is_latched: bool = False
    silenced_at: datetime | None = None
    escalation_level: int = 0
    owner: str = ""
    owner_name: str = ""
    claimed_at: datetime | None = None
    viewed_at: datetime | None = None
    offered_at: datetime | None = None
    verdict: Verdict | None = None
    verdict_reason: str = ""
    reset_by: str = ""
    reset_at: datetime | None = None
    incident: str = ""
    occurrence_count: int = 1
    is_drill: bool = False
    point: str = ""
    note: str = ""
    has_test_bit: bool = False
    first_claimed_at: datetime | None = None
    decided_at: datetime | None = None
    spoke_at: tuple[datetime, ...] = ()
    shelf: Shelf | None = None
    ask: Ask | None = None
    first_owner: str = ""
    first_owner_name: str = ""
    row_version: int = 1

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_shared(self) -> bool:
        """The record has it; one that is not shared can be seen and heard, and nothing be done with it."""
        return not self.id.startswith(APART)
