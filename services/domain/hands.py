"""Whose hands an alarm is in, and the one table of how it goes from one to another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from services.domain.alarms import Alarm
from services.domain.people import Session

# How long someone has to accept an alarm that another wants to hand over.
CONSENT = timedelta(seconds=15)


class Hand(StrEnum):
    """NOBODY: waits for a claim. OFFERED: its owner is silent, anyone may claim it. ASKED: its owner wants
    someone else to have it, and keeps it until they accept."""

    NOBODY = "nobody"
    OWNER = "owner"
    OFFERED = "offered"
    ASKED = "asked"


class HandMove(StrEnum):
    CLAIM = "claim"
    TAKE_OVER = "take_over"
    OFFER = "offer"
    ASK = "ask"
    ACCEPT = "accept"
    SUCCEED = "succeed"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"


class By(StrEnum):
    """Who makes a move. LEADER: whoever may review. ASKED: the one, or one of the role, that was asked.
    TAKER: who signed for the shift that the owner handed over."""

    ANYONE = "anyone"
    OWNER = "owner"
    ASKED = "asked"
    LEADER = "leader"
    TAKER = "taker"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class HandRule:
    by: By
    to: Hand


# What is not here is refused. CLAIM, TAKE_OVER, ACCEPT and SUCCEED change the owner; nothing else does, no
# clock.
HAND_MOVES: dict[tuple[Hand, HandMove], HandRule] = {
    (Hand.NOBODY, HandMove.CLAIM): HandRule(By.ANYONE, Hand.OWNER),
    (Hand.NOBODY, HandMove.TAKE_OVER): HandRule(By.LEADER, Hand.OWNER),
    (Hand.OWNER, HandMove.TAKE_OVER): HandRule(By.LEADER, Hand.OWNER),
    (Hand.OWNER, HandMove.SUCCEED): HandRule(By.TAKER, Hand.OWNER),
    (Hand.OWNER, HandMove.OFFER): HandRule(By.CLOCK, Hand.OFFERED),
    (Hand.OWNER, HandMove.ASK): HandRule(By.OWNER, Hand.ASKED),
    (Hand.OFFERED, HandMove.CLAIM): HandRule(By.ANYONE, Hand.OWNER),
    (Hand.OFFERED, HandMove.TAKE_OVER): HandRule(By.LEADER, Hand.OWNER),
    (Hand.OFFERED, HandMove.SUCCEED): HandRule(By.TAKER, Hand.OWNER),
    (Hand.ASKED, HandMove.ACCEPT): HandRule(By.ASKED, Hand.OWNER),
    (Hand.ASKED, HandMove.DECLINE): HandRule(By.ASKED, Hand.OWNER),
    (Hand.ASKED, HandMove.WITHDRAW): HandRule(By.OWNER, Hand.OWNER),
    (Hand.ASKED, HandMove.LAPSE): HandRule(By.CLOCK, Hand.OWNER),
    (Hand.ASKED, HandMove.SUCCEED): HandRule(By.TAKER, Hand.OWNER),
    (Hand.ASKED, HandMove.TAKE_OVER): HandRule(By.LEADER, Hand.OWNER),
}


def hand_of(alarm: Alarm, now: datetime) -> Hand:
    """A request to hand over that nobody accepted in time no longer counts, written down or not."""
    if not alarm.owner:
        return Hand.NOBODY
    if consent_left_s(alarm, now) > 0:
        return Hand.ASKED
    return Hand.OFFERED if alarm.offered_at is not None else Hand.OWNER


def owned_by(alarm: Alarm, session: Session, now: datetime) -> Alarm:
    """`alarm` in the hands of `session`'s user; an offer and a request to hand over are over then."""
    is_first = alarm.first_claimed_at is None
    return replace(
        alarm,
        owner=session.user,
        owner_name=session.display_name,
        claimed_at=now,
        first_claimed_at=now if is_first else alarm.first_claimed_at,
        first_owner=session.user if is_first else alarm.first_owner,
        first_owner_name=session.display_name if is_first else alarm.first_owner_name,
        offered_at=None,
        ask=None,
    )


def consent_left_s(alarm: Alarm, now: datetime) -> float:
    """How long the one who was asked may still accept; 0 when nobody is asked or the time is over."""
    if alarm.ask is None:
        return 0.0
    return max(0.0, (alarm.ask.at + CONSENT - now).total_seconds())
