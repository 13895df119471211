"""Outputs 联动输出, the orders that switch them, and the tables of what may follow and what excludes what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from services.domain.site import Interlock, InterlockKind

OrderId = NewType("OrderId", str)

# The row that holds what counts for the whole site: its mode and the drill.
WHOLE_SITE = ""
# Whoever confirms later decides about another situation than the one that asked.
CONFIRM_WITHIN = timedelta(minutes=10)
# A hub that was away does not carry out what was meant for then.
SEND_WITHIN = timedelta(seconds=30)
# A drill that somebody forgot must not keep real orders from moving anything.
LONGEST_DRILL = timedelta(hours=4)


class OutputAction(StrEnum):
    """PULSE: on, and off again by the device itself."""

    ON = "on"
    OFF = "off"
    PULSE = "pulse"


class OutputMode(StrEnum):
    """Whether linkage may switch without a person."""

    MANUAL = "manual"
    AUTOMATIC = "automatic"


class Activity(StrEnum):
    """Whether an output is moved, by its feedback; UNKNOWN: an order left it somewhere nobody proved."""

    OFF = "off"
    ON = "on"
    UNKNOWN = "unknown"


class Feedback(StrEnum):
    """What a signal says of an output: NONE, nothing; EXPECTED, what was ordered, or that it rests as before;
    STARTED and STOPPED, that it moved by itself."""

    NONE = "none"
    EXPECTED = "expected"
    STARTED = "started"
    STOPPED = "stopped"


class OrderState(StrEnum):
    """STARTED 启动: the device took the command; FEEDBACK 反馈: it was seen to move; FAULT 故障."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    SENT = "sent"
    STARTED = "started"
    FEEDBACK = "feedback"
    FAULT = "fault"
    CANCELLED = "cancelled"


# What was sent is no longer cancelled by anybody, only by a later order for the same output.
ORDER_MOVES: dict[OrderState, frozenset[OrderState]] = {
    OrderState.ASKED: frozenset({OrderState.CONFIRMED, OrderState.CANCELLED}),
    OrderState.CONFIRMED: frozenset({OrderState.SENT, OrderState.CANCELLED}),
    OrderState.SENT: frozenset({OrderState.STARTED, OrderState.FAULT}),
    OrderState.STARTED: frozenset({OrderState.FEEDBACK, OrderState.FAULT, OrderState.CANCELLED}),
    OrderState.FEEDBACK: frozenset(),
    OrderState.FAULT: frozenset(),
    OrderState.CANCELLED: frozenset(),
}

OPEN_ORDER_STATES = frozenset({OrderState.ASKED, OrderState.CONFIRMED, OrderState.SENT, OrderState.STARTED})


class OrderCause(StrEnum):
    """Why an order failed or was not carried out."""

    NO_FEEDBACK = "no_feedback"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    NO_WIRE = "no_wire"
    OUTCOME_UNKNOWN = "outcome_unknown"
    INTERLOCKED = "interlocked"
    TOO_LATE = "too_late"
    SUPERSEDED = "superseded"
    DRILL = "drill"
    BY_PERSON = "by_person"


# Confirmed and yet not sent: whoever stood for it must hear that.
_NOT_CARRIED_OUT = frozenset(
    {OrderCause.INTERLOCKED, OrderCause.TOO_LATE, OrderCause.NO_WIRE, OrderCause.DRILL}
)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One person who stands for an order."""

    user: str
    display_name: str
    workstation: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OutputOrder:
    """One order to switch one output; times follow the states of the same names.

    reason: as the person or the rule gave it. run: the linkage run that asked, "" = a person.
    asked_by: "" for a linkage run. needs: how many different persons must confirm. cause, detail: why it
    ended as FAULT or CANCELLED. was: what the output was when it was sent. due_at: when the feedback must be
    there. is_told: its fault raised an alarm.
    """

    id: OrderId
    output: str
    action: OutputAction
    reason: str
    asked_at: datetime
    needs: int
    run: str = ""
    asked_by: str = ""
    asked_by_name: str = ""
    state: OrderState = OrderState.ASKED
    confirmations: tuple[Confirmation, ...] = ()
    confirmed_at: datetime | None = None
    sent_at: datetime | None = None
    started_at: datetime | None = None
    due_at: datetime | None = None
    feedback_at: datetime | None = None
    ended_at: datetime | None = None
    cause: OrderCause | None = None
    detail: str = ""
    was: Activity = Activity.OFF
    is_drill: bool = False
    is_told: bool = False
    row_version: int = 1

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_ORDER_STATES

    @property
    def must_be_told(self) -> bool:
        """It ended without what was ordered, and no alarm has said so yet."""
        is_failed = self.state is OrderState.FAULT or (
            self.state is OrderState.CANCELLED and self.cause in _NOT_CARRIED_OUT and bool(self.confirmed_at)
        )
        return is_failed and not self.is_told and not self.is_drill

    @property
    def wanted(self) -> Activity:
        """What the feedback must say."""
        return Activity.OFF if self.action is OutputAction.OFF else Activity.ON

    @property
    def is_automatic(self) -> bool:
        return bool(self.run)

    @property
    def waits_since(self) -> datetime:
        """By the clock of the seat that asked or confirmed."""
        return self.asked_at if self.state is OrderState.ASKED else self.confirmed_at or self.asked_at

    def is_stale(self, waited: timedelta) -> bool:
        """Too long for a person or for the hub to take it up yet."""
        if self.state is OrderState.ASKED:
            return waited >= CONFIRM_WITHIN
        return self.state is OrderState.CONFIRMED and waited >= SEND_WITHIN


@dataclass(frozen=True, slots=True)
class OutputState:
    """An output, or with output WHOLE_SITE the whole site, as it is set and was last proved.

    mode: of an output AUTOMATIC unless somebody set it; of the site MANUAL unless somebody did.
    drill_until: of the site only; until then no order moves anything, whenever it was asked.
    """

    output: str
    mode: OutputMode = OutputMode.AUTOMATIC
    activity: Activity = Activity.OFF
    order: str = ""
    since_at: datetime | None = None
    mode_by: str = ""
    mode_by_name: str = ""
    mode_at: datetime | None = None
    drill_until: datetime | None = None
    drill_by_name: str = ""
    row_version: int = 1

    def is_drill(self, now: datetime) -> bool:
        return self.drill_until is not None and now < self.drill_until


NEW_SITE_STATE = OutputState(WHOLE_SITE, mode=OutputMode.MANUAL)


def mode_of(states: Mapping[str, OutputState], output_no: str) -> OutputMode:
    """AUTOMATIC only where the site and the output both are."""
    site = states.get(WHOLE_SITE, NEW_SITE_STATE)
    own = states.get(output_no)
    is_automatic = site.mode is OutputMode.AUTOMATIC and (own is None or own.mode is OutputMode.AUTOMATIC)
    return OutputMode.AUTOMATIC if is_automatic else OutputMode.MANUAL


def conflict_of(
    interlocks: Iterable[Interlock], states: Mapping[str, OutputState], output_no: str, action: OutputAction
) -> Interlock | None:
    """The first line of the table that forbids this order now; what nobody knows counts as the worst.

    EXCLUDES works both ways. REQUIRES also keeps the required output from being switched off.
    """

    def activity(no: str) -> Activity:
        state = states.get(no)
        return Activity.OFF if state is None else state.activity

    for line in interlocks:
        if _forbids(line, output_no, action, activity(line.output), activity(line.other)):
            return line
    return None


def _forbids(
    line: Interlock, output_no: str, action: OutputAction, output: Activity, other: Activity
) -> bool:
    moves = action is not OutputAction.OFF
    if line.kind is InterlockKind.EXCLUDES:
        if output_no == line.output:
            return moves and other is not Activity.OFF
        return output_no == line.other and moves and output is not Activity.OFF
    if output_no == line.output:
        return moves and other is not Activity.ON
    return output_no == line.other and not moves and output is not Activity.OFF
