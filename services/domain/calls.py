"""Calls 通话记录: who called whom, what was said, and what the other side said back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CallKind(StrEnum):
    """The three services have a card with a script; OTHER: anybody."""

    POLICE = "110"
    FIRE_BRIGADE = "119"
    AMBULANCE = "120"
    OTHER = "other"


class CallDirection(StrEnum):
    OUT = "out"
    IN = "in"


class CallOutcome(StrEnum):
    """ACCEPTED: they took it and come; ADVISED: they took it and do not come."""

    ACCEPTED = "accepted"
    ADVISED = "advised"
    REFUSED = "refused"
    UNANSWERED = "unanswered"


class ReadBackItem(StrEnum):
    """What the other side must say back, so that nobody drives to the wrong gate."""

    PLACE = "place"
    EVENT = "event"
    PEOPLE = "people"
    PERILS = "perils"
    MEETING = "meeting"
    CALLBACK = "callback"


# What is asked of each service's operator.
READ_BACK: dict[CallKind, tuple[ReadBackItem, ...]] = {
    CallKind.POLICE: (
        ReadBackItem.PLACE,
        ReadBackItem.EVENT,
        ReadBackItem.PERILS,
        ReadBackItem.MEETING,
        ReadBackItem.CALLBACK,
    ),
    CallKind.FIRE_BRIGADE: (
        ReadBackItem.PLACE,
        ReadBackItem.EVENT,
        ReadBackItem.PEOPLE,
        ReadBackItem.PERILS,
        ReadBackItem.MEETING,
        ReadBackItem.CALLBACK,
    ),
    CallKind.AMBULANCE: (
        ReadBackItem.PLACE,
        ReadBackItem.PEOPLE,
        ReadBackItem.MEETING,
        ReadBackItem.CALLBACK,
    ),
    CallKind.OTHER: (),
}


@dataclass(frozen=True, slots=True)
class ReadBack:
    """text: as we said it. is_confirmed: the other side said it back rightly."""

    item: ReadBackItem
    text: str
    is_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """One line of the communication log.

    incident: "" when it belongs to none. party: who was called or called; number: theirs. script: what
    we said, as it stood on the card. said: what they said. ref: their number for it. dispatch: the order
    that this call gave, "" = none. by, by_name: who held the receiver; workstation: where.
    """

    id: str
    incident: str
    kind: CallKind
    direction: CallDirection
    party: str
    number: str
    began_at: datetime
    ended_at: datetime
    outcome: CallOutcome
    by: str
    by_name: str
    workstation: str
    script: str = ""
    said: str = ""
    read_back: tuple[ReadBack, ...] = ()
    ref: str = ""
    dispatch: str = ""
    is_drill: bool = False
    row_version: int = 1

    @property
    def unconfirmed(self) -> tuple[ReadBackItem, ...]:
        """What was not said back."""
        return tuple(one.item for one in self.read_back if not one.is_confirmed)
