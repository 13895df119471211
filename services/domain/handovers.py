"""Handover 交接班: what one shift leaves to the next, and what it has lent out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class HandoverState(StrEnum):
    """OUT_SIGNED: the shift that goes has signed, the one that comes has not."""

    PREPARED = "prepared"
    OUT_SIGNED = "out_signed"
    IN_SIGNED = "in_signed"


HANDOVER_MOVES: dict[HandoverState, frozenset[HandoverState]] = {
    HandoverState.PREPARED: frozenset({HandoverState.OUT_SIGNED}),
    HandoverState.OUT_SIGNED: frozenset({HandoverState.IN_SIGNED}),
    HandoverState.IN_SIGNED: frozenset(),
}
OPEN_HANDOVER_STATES = frozenset({HandoverState.PREPARED, HandoverState.OUT_SIGNED})


class ItemKind(StrEnum):
    """What a line of a handover is about, in the order in which it is told."""

    ALARM = "alarm"
    INCIDENT = "incident"
    DISPATCH = "dispatch"
    PLAN_RUN = "plan_run"
    SHELVED = "shelved"
    ISOLATED = "isolated"
    FAULT = "fault"
    LENT = "lent"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class HandoverItem:
    """One line, as it was on record: nothing in it changes when the site or the alarm does later.

    key: of what it is about. state: the value of the state that its kind has. who: who has it in hand.
    detail: free text of the record (a reason, an order, a note); of a plan its steps of now, one a line.
    """

    kind: ItemKind
    key: str
    no: str
    title: str
    title_en: str = ""
    place: str = ""
    state: str = ""
    who: str = ""
    since: datetime | None = None
    until: datetime | None = None
    detail: str = ""
    priority: int = 0
    is_drill: bool = False


class ChangeKind(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class HandoverChange:
    """What is otherwise than the paper says. item: as it is now; of what is gone, as it was."""

    kind: ChangeKind
    item: HandoverItem
    was: HandoverItem | None = None


@dataclass(frozen=True, slots=True)
class ShiftNote:
    id: str
    text: str
    by: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ShiftCounts:
    """What came in the shift, drills apart."""

    alarms: int = 0
    genuine: int = 0
    false: int = 0
    incidents: int = 0
    dispatches: int = 0
    drills: int = 0


@dataclass(frozen=True, slots=True)
class Signature:
    """Somebody signed with their password. changes: what was otherwise than the paper, as they were shown."""

    user: str
    name: str
    at: datetime
    workstation: str
    changes: tuple[HandoverChange, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Handover:
    """One handover. since: when the shift began. items: as prepared; from the first signature on, frozen.

    given: by whom the shift was handed over; taken: by whom it was taken over.
    """

    id: str
    handover_no: str
    since: datetime
    prepared_at: datetime
    prepared_by: str
    prepared_by_name: str
    items: tuple[HandoverItem, ...] = ()
    counts: ShiftCounts = field(default_factory=ShiftCounts)
    notes: tuple[ShiftNote, ...] = ()
    state: HandoverState = HandoverState.PREPARED
    given: Signature | None = None
    taken: Signature | None = None
    row_version: int = 1

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_HANDOVER_STATES


def changes_between(
    before: Iterable[HandoverItem], after: Iterable[HandoverItem]
) -> tuple[HandoverChange, ...]:
    """What came, what is otherwise, then what is gone; each in the order of its list."""
    was = {(item.kind, item.key): item for item in before}
    now = {(item.kind, item.key): item for item in after}
    added = [HandoverChange(ChangeKind.ADDED, item) for key, item in now.items() if key not in was]
    changed = [
        HandoverChange(ChangeKind.CHANGED, item, was[key])
        for key, item in now.items()
        if key in was and was[key] != item
    ]
    gone = [HandoverChange(ChangeKind.GONE, item, item) for key, item in was.items() if key not in now]
    return (*added, *changed, *gone)


class LentState(StrEnum):
    LENT = "lent"
    RETURNED = "returned"


LENT_MOVES: dict[LentState, frozenset[LentState]] = {
    LentState.LENT: frozenset({LentState.RETURNED}),
    LentState.RETURNED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class LentItem:
    """Keys, radios, torches: who has them, and who took them back. note: how they came back."""

    id: str
    name: str
    count: int
    borrower: str
    lent_by: str
    lent_by_name: str
    lent_at: datetime
    contact: str = ""
    due_at: datetime | None = None
    state: LentState = LentState.LENT
    returned_to_name: str = ""
    returned_at: datetime | None = None
    note: str = ""
    row_version: int = 1

    def is_overdue(self, now: datetime) -> bool:
        return self.due_at is not None and (self.returned_at or now) > self.due_at
