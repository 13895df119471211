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
    INITIALISE = "initialise"


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
    """One thing that a device told: code of the table, which states hold, its own words and time."""

    code: str
    holds: tuple[str, ...] = ()
    text: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FireRequest:
    """outcome: None until the device answered or could not. told: what it said. ended_at: None while open."""

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
    row_version: int = 1

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_REQUEST_STATES
