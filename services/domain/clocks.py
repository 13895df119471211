"""How long things may take, by priority: the defaults, what a site may make of them, and what no site may."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from services.domain.classes import Priority


@dataclass(frozen=True, slots=True)
class Clocks:
    """Limits in seconds from `received_at` (claim, escalate, dispatch) or from the step before.

    escalate_s: when the shift leader, the security office and the college leader are told.
    offer_again_s: an owner silent for so long loses the alarm to the others. None = no limit.
    arrive_s: of a patrol; post_arrive_s, backup_arrive_s: of a post within reach and of called-up help
    where they differ (1-3-5). done_s: from sending to the order done.
    """

    claim_s: float
    escalate_s: tuple[float, ...]
    dispatch_s: float | None
    sign_s: float | None
    arrive_s: float | None
    offer_again_s: float | None
    post_arrive_s: float | None = None
    backup_arrive_s: float | None = None
    done_s: float | None = None


@dataclass(frozen=True, slots=True)
class SiteClocks(Clocks):
    """One priority's limits as the site lays them down; no: "P1" to "P4"."""

    no: str = ""

    @property
    def priority(self) -> Priority:
        return Priority(int(self.no[1:]))

    @property
    def limits(self) -> Clocks:
        return Clocks(**{field.name: getattr(self, field.name) for field in fields(Clocks)})


DEFAULT_CLOCKS: dict[Priority, Clocks] = {
    Priority.P1: Clocks(10, (20, 60, 180), 60, 20, 180, 120, 60, 300, 1800),
    Priority.P2: Clocks(30, (60, 180), 120, 60, 300, 300, done_s=3600),
    Priority.P3: Clocks(180, (600,), None, None, None, 900),
    Priority.P4: Clocks(1800, (28800,), None, None, None, None),
}

LEAST_S = 5.0
MOST_S = 7 * 86_400.0
# An alarm that nobody need claim would be a missed one (GB 50394), so claiming has a most, and telling the
# first level has one; neither can be left out.
CLAIM_MOST_S = {Priority.P1: 60.0, Priority.P2: 600.0, Priority.P3: 3_600.0, Priority.P4: 86_400.0}
FIRST_TOLD_MOST_S = {Priority.P1: 120.0, Priority.P2: 900.0, Priority.P3: 7_200.0, Priority.P4: MOST_S}
MOST_LEVELS = 3


class ClockField(StrEnum):
    """The fields of `Clocks` by their names."""

    CLAIM = "claim_s"
    ESCALATE = "escalate_s"
    DISPATCH = "dispatch_s"
    SIGN = "sign_s"
    ARRIVE = "arrive_s"
    OFFER_AGAIN = "offer_again_s"
    POST_ARRIVE = "post_arrive_s"
    BACKUP_ARRIVE = "backup_arrive_s"
    DONE = "done_s"


# What may be left without a limit.
OPTIONAL_FIELDS = (
    ClockField.DISPATCH,
    ClockField.SIGN,
    ClockField.POST_ARRIVE,
    ClockField.ARRIVE,
    ClockField.BACKUP_ARRIVE,
    ClockField.DONE,
    ClockField.OFFER_AGAIN,
)


class ClockFault(StrEnum):
    """RANGE: outside least and most. LEVELS: none or more than three. RISING: a later level is not told
    later. BEFORE_CLAIM: told before the time to claim is over."""

    RANGE = "range"
    LEVELS = "levels"
    RISING = "rising"
    BEFORE_CLAIM = "before_claim"


@dataclass(frozen=True, slots=True)
class ClockComplaint:
    """What is wrong with one field of a priority's limits; least_s and most_s are those allowed there."""

    fault: ClockFault
    field: ClockField
    least_s: float = LEAST_S
    most_s: float = MOST_S


def limits_of(own: Iterable[SiteClocks]) -> Mapping[Priority, Clocks]:
    """The site's own limits, and the defaults where it has none."""
    return DEFAULT_CLOCKS | {clocks.priority: clocks.limits for clocks in own}


def complaint_of(priority: Priority, clocks: Clocks) -> ClockComplaint | None:
    """The first thing that no site may lay down, None when all is well."""
    return next(_complaints(priority, clocks), None)


def _complaints(priority: Priority, clocks: Clocks) -> Iterator[ClockComplaint]:
    yield from _outside(ClockField.CLAIM, clocks.claim_s, CLAIM_MOST_S[priority])
    if not 1 <= len(clocks.escalate_s) <= MOST_LEVELS:
        yield ClockComplaint(ClockFault.LEVELS, ClockField.ESCALATE)
    for number, limit_s in enumerate(clocks.escalate_s):
        most_s = MOST_S if number else FIRST_TOLD_MOST_S[priority]
        yield from _outside(ClockField.ESCALATE, limit_s, most_s)
    if clocks.escalate_s and clocks.escalate_s[0] < clocks.claim_s:
        yield ClockComplaint(ClockFault.BEFORE_CLAIM, ClockField.ESCALATE)
    if any(later <= sooner for sooner, later in zip(clocks.escalate_s, clocks.escalate_s[1:], strict=False)):
        yield ClockComplaint(ClockFault.RISING, ClockField.ESCALATE)
    for field in OPTIONAL_FIELDS:
        limit_s = getattr(clocks, field.value)
        if limit_s is not None:
            yield from _outside(field, limit_s, MOST_S)


def _outside(field: ClockField, limit_s: float, most_s: float) -> Iterator[ClockComplaint]:
    if not LEAST_S <= limit_s <= most_s:
        yield ClockComplaint(ClockFault.RANGE, field, LEAST_S, most_s)
