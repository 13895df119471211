"""What a person asks of a fire transmission device: duty, clock, states, versions; carried out by the hub."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class FireRequestKind(StrEnum):
    DUTY_CHECK = "duty_check"
    SET_CLOCK = "set_clock"
    READ_STATE = "read_state"
    READ_VERSION = "read_version"
    READ_CONFIGURATION = "read_configuration"
    READ_TIME = "read_time"
    READ_OPERATIONS = "read_operations"
    READ_SYSTEM_STATE = "read_system_state"
    READ_SYSTEM_OPERATIONS = "read_system_operations"
    READ_SYSTEM_VERSION = "read_system_version"
    READ_SYSTEM_CONFIGURATION = "read_system_configuration"
    READ_SYSTEM_TIME = "read_system_time"
    READ_COMPONENT_STATE = "read_component_state"
    READ_COMPONENT_CONFIGURATION = "read_component_configuration"
    READ_ANALOGUE = "read_analogue"
    INITIALISE = "initialise"


# What is asked of one of the fire systems behind the device, or of a component there; the rest is about
# the device itself.
SYSTEM_KINDS = frozenset(
    {
        FireRequestKind.READ_SYSTEM_STATE,
        FireRequestKind.READ_SYSTEM_OPERATIONS,
        FireRequestKind.READ_SYSTEM_VERSION,
        FireRequestKind.READ_SYSTEM_CONFIGURATION,
        FireRequestKind.READ_SYSTEM_TIME,
    }
)
COMPONENT_KINDS = frozenset(
    {
        FireRequestKind.READ_COMPONENT_STATE,
        FireRequestKind.READ_COMPONENT_CONFIGURATION,
        FireRequestKind.READ_ANALOGUE,
    }
)
# The largest numbers of a point "system.address.zone.position".
_MOST = (0xFF, 0xFF, 0xFFFF, 0xFFFF)


def point_for(kind: FireRequestKind, point: str) -> str | None:
    """What of `point` is asked about: "system.address" or all four numbers, "" for the device itself.

    point: "system.address" or "system.address.zone.position". None when it does not say enough.
    """
    wanted = 4 if kind in COMPONENT_KINDS else 2 if kind in SYSTEM_KINDS else 0
    parts = point.strip().split(".")
    if not wanted:
        return ""
    if len(parts) not in (2, 4) or len(parts) < wanted or not all(map(_is_number, parts)):
        return None
    numbers = [int(part) for part in parts]
    if any(number > most for number, most in zip(numbers, _MOST, strict=False)):
        return None
    return ".".join(map(str, numbers[:wanted]))


def _is_number(part: str) -> bool:
    return part.isascii() and part.isdigit() and len(part) <= 5


class FireRequestState(StrEnum):
    """SENT: written down before the wire, so that no restart does it twice. RINGING: the device sounds and
    waits for a person; UNMANNED: none came in time."""

    ASKED = "asked"
    SENT = "sent"
    RINGING = "ringing"
    DONE = "done"
    FAILED = "failed"
    UNMANNED = "unmanned"


# A started clock moves a request on; nothing else does but the device.
FIRE_REQUEST_MOVES: dict[FireRequestState, frozenset[FireRequestState]] = {
    FireRequestState.ASKED: frozenset({FireRequestState.SENT, FireRequestState.FAILED}),
    FireRequestState.SENT: frozenset(
        {FireRequestState.RINGING, FireRequestState.DONE, FireRequestState.FAILED}
    ),
    FireRequestState.RINGING: frozenset({FireRequestState.DONE, FireRequestState.UNMANNED}),
    FireRequestState.DONE: frozenset(),
    FireRequestState.FAILED: frozenset(),
    FireRequestState.UNMANNED: frozenset(),
}
OPEN_REQUEST_STATES = frozenset({FireRequestState.ASKED, FireRequestState.SENT, FireRequestState.RINGING})
# Whoever asked has turned to something else by then: a device that moves much later takes people unawares.
REQUEST_LIFE = timedelta(seconds=60)
# GB/T 26875.1: sound and light of a duty check hold until answered, or so long.
DUTY_TIME = timedelta(minutes=10)


class FireOutcome(StrEnum):
    """What became of a frame sent to a device; EXPIRED: never sent.

    INTERRUPTED: the hub ended meanwhile, nobody knows.
    """

    ACCEPTED = "accepted"
    DENIED = "denied"
    UNANSWERED = "unanswered"
    NOT_CONNECTED = "not_connected"
    EXPIRED = "expired"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class FireTold:
    """One thing that a device told: code of the table, which states hold, its own words and time.

    point: the system or component it told it of, "" for the device itself.
    """

    code: str
    holds: tuple[str, ...] = ()
    text: str = ""
    at: datetime | None = None
    point: str = ""


@dataclass(frozen=True, slots=True)
class FireRequest:
    """outcome: None until the device answered or could not. told: what it said. ended_at: None while open.

    point: the system or component it is about, "" for the device itself.
    """

    id: str
    panel: str
    kind: FireRequestKind
    asked_by: str
    asked_by_name: str
    asked_at: datetime
    state: FireRequestState = FireRequestState.ASKED
    outcome: FireOutcome | None = None
    told: tuple[FireTold, ...] = ()
    ended_at: datetime | None = None
    point: str = ""
    row_version: int = 1

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_REQUEST_STATES
