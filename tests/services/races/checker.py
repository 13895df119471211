"""Finds in a recorded history what must never be: two owners, a lost acknowledgement, a close undone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.domain.alarms import ALARM_MOVES, AlarmState
from services.domain.incidents import DISPATCH_MOVES, INCIDENT_MOVES, DispatchState, IncidentState
from tests.services.races.history import OK, REFUSED, Call

# The only changes that may put somebody in an owner's place.
_CLAIMS = frozenset({"claimed"})
_TAKES = frozenset({"taken_over", "accepted"})
_MOVES: dict[str, Mapping[str, frozenset[str]]] = {
    "alarm": {s.value: frozenset(t.value for t in ALARM_MOVES[s]) for s in AlarmState},
    "incident": {s.value: frozenset(t.value for t in INCIDENT_MOVES[s]) for s in IncidentState},
    "dispatch": {s.value: frozenset(t.value for t in DISPATCH_MOVES[s]) for s in DispatchState},
}
# What one command may pass through: it is in no row.
_PASSED: dict[str, frozenset[str]] = {
    "alarm": frozenset({"confirmed", "reset"}),
    "incident": frozenset({"contained"}),
    "dispatch": frozenset({"feedback"}),
}
_ON_DUTY = frozenset({"sent", "delivered", "signed", "en_route", "on_scene"})


@dataclass(frozen=True, slots=True)
class Step:
    """One fact of the change feed: what an entity was after it. is_offered: its silent owner's alarm is open
    to others; guards: who is on an order."""

    seq: int
    kind: str
    id: str
    version: int
    state: str
    change: str
    owner: str = ""
    number: str = ""
    is_offered: bool = False
    guards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What the database holds at the end. rows: every entity's version, state and owner in its own table."""

    steps: Sequence[Step]
    rows: Mapping[tuple[str, str], tuple[int, str, str]]


def faults_of(calls: Iterable[Call], record: Record) -> list[str]:
    """In words, none when all is well."""
    calls = list(calls)
    return [
        *_gaps(record.steps),
        *_owners(record.steps),
        *_moves(record.steps),
        *_guards(record.steps),
        *_rows(record),
        *_lost(calls, record.steps),
        *_stale(calls),
        *_refusals(calls, record.steps),
        *_numbers(record.steps),
    ]


def _gaps(steps: Sequence[Step]) -> Iterator[str]:
    """Each entity's versions count up by one: what two wrote at once, one of them did not write."""
    for before, after in _pairs(steps):
        if before is None and after.version != 1:
            yield f"{after.kind} {after.id} begins with version {after.version}"
        if before is not None and after.version != before.version + 1:
            yield f"{after.kind} {after.id} goes from version {before.version} to {after.version}"


def _owners(steps: Sequence[Step]) -> Iterator[str]:
    """A claim finds no owner or a silent one; else only a take-over changes hands."""
    for before, after in _pairs(steps):
        was = before.owner if before is not None else ""
        if after.kind != "alarm" or after.owner == was or (before is None and not after.owner):
            continue
        is_free = not was or (before is not None and before.is_offered)
        if not (after.change in _TAKES or (after.change in _CLAIMS and is_free)):
            yield f"alarm {after.id} goes from owner {was!r} to {after.owner!r} by {after.change!r}"


def _moves(steps: Sequence[Step]) -> Iterator[str]:
    """Only along the tables; what is closed stays so unless somebody reopens it."""
    for before, after in _pairs(steps):
        if before is None or before.state == after.state:
            continue
        ways = _MOVES[after.kind]
        passed = _PASSED[after.kind] & ways[before.state]
        reached = ways[before.state].union(*(ways[state] for state in passed))
        if after.state not in reached:
            yield f"{after.kind} {after.id} goes from {before.state} to {after.state} by {after.change!r}"
        if before.kind == "incident" and before.state == "closed" and after.change != "reopened":
            yield f"incident {after.id} was closed and is {after.state} by {after.change!r}"


def _guards(steps: Sequence[Step]) -> Iterator[str]:
    """A guard is on one order at a time."""
    busy: dict[str, str] = {}
    for step in steps:
        if step.kind != "dispatch":
            continue
        for guard in step.guards:
            if step.state in _ON_DUTY:
                if busy.setdefault(guard, step.id) != step.id:
                    yield f"guard {guard} is on {busy[guard]} and {step.id} at once"
            elif busy.get(guard) == step.id:
                del busy[guard]


def _rows(record: Record) -> Iterator[str]:
    """The tables end as the feed ends."""
    last = {(step.kind, step.id): step for step in record.steps}
    for key, step in last.items():
        row = record.rows.get(key)
        if row != (step.version, step.state, step.owner):
            yield f"{key[0]} {key[1]} is {row} in its table and {step.version, step.state} in the feed"
    for key in record.rows.keys() - last.keys():
        yield f"{key[0]} {key[1]} is in its table and not in the feed"


def _lost(calls: Iterable[Call], steps: Sequence[Step]) -> Iterator[str]:
    """What a seat was told is done stands in the record as it was told."""
    kept = {(step.kind, step.id, step.version): step for step in steps}
    for call in calls:
        if call.outcome != OK:
            continue
        step = kept.get((call.kind, call.id, call.version))
        if step is None or (step.state, step.owner) != (call.state, call.owner):
            yield f"{call.seat} #{call.number} {call.command}: acknowledged and not in the record"


def _stale(calls: Iterable[Call]) -> Iterator[str]:
    """Whoever asks after another was answered sees at least what that one was told."""
    answered: dict[tuple[str, str], list[Call]] = {}
    told = [call for call in calls if call.outcome == OK]
    for call in told:
        answered.setdefault((call.kind, call.id), []).append(call)
    for call in told:
        for other in answered[(call.kind, call.id)]:
            is_earlier = other.answered_s is not None and other.answered_s < call.asked_s
            if is_earlier and other.version > call.version:
                yield f"{call.seat} #{call.number} {call.command}: told less than {other.seat} before"


def _refusals(calls: Iterable[Call], steps: Sequence[Step]) -> Iterator[str]:
    """An order that was refused is not in the record; an owner whom a refusal names was one."""
    orders = {step.id for step in steps if step.kind == "dispatch"}
    owners = {(step.id, step.owner) for step in steps if step.kind == "alarm"}
    sent = {call.order for call in calls if call.outcome != REFUSED}
    for call in calls:
        if call.outcome != REFUSED:
            continue
        if call.order in orders and call.order not in sent:
            yield f"{call.seat} #{call.number}: order {call.order} was refused and is in the record"
        if call.code == "alarm.already_claimed" and (call.target, call.owner) not in owners:
            yield f"{call.seat} #{call.number}: refused in the name of {call.owner}, who never had it"


def _numbers(steps: Sequence[Step]) -> Iterator[str]:
    """No number twice and none missing, by series."""
    series: dict[str, dict[str, set[int]]] = {}
    for step in steps:
        name, _, tail = step.number.rpartition("-")
        if tail.isdecimal():
            series.setdefault(name, {}).setdefault(step.id, set()).add(int(tail))
    for name, by_id in series.items():
        found = sorted(number for numbers in by_id.values() for number in numbers)
        if found != list(range(1, len(found) + 1)):
            yield f"numbers of {name} are {found[:5]}… of {len(found)}"


def _pairs(steps: Sequence[Step]) -> Iterator[tuple[Step | None, Step]]:
    """Each step with the one before it of the same entity, in the order of the feed."""
    last: dict[tuple[str, str], Step] = {}
    for step in steps:
        yield last.get((step.kind, step.id)), step
        last[(step.kind, step.id)] = step
