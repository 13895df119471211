"""What is different between two texts of a plan, piece by piece, for people to read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import Field, dataclass, fields
from difflib import SequenceMatcher
from enum import StrEnum
from typing import ClassVar, Protocol, TypeVar

from services.domain.plans import PlanText

# Of the plan itself; everything else is a list of entries.
HEAD = ("name", "name_en", "category", "level", "purpose", "purpose_en", "trigger", "drill_every_days")


class DifferenceKind(StrEnum):
    HEAD = "head"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of the plan or of an entry, as it was and as it is."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Difference:
    """part: the list the entry stands in (steps, roles, …), "" for the plan itself. before and after: the
    entry, None where there is none; its place in the list counts from 0."""

    kind: DifferenceKind
    part: str = ""
    before: object = None
    after: object = None
    before_at: int = -1
    after_at: int = -1
    changes: tuple[FieldChange, ...] = ()


class _Plain(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Field[object]]]


Entry = TypeVar("Entry", bound=_Plain)


def differences(before: PlanText, after: PlanText) -> tuple[Difference, ...]:
    """The head first, then the steps, then the other lists; empty for equal texts."""
    found = [
        Difference(DifferenceKind.HEAD, changes=(FieldChange(name, was, now),))
        for name in HEAD
        if (was := getattr(before, name)) != (now := getattr(after, name))
    ]
    found += _of_list("steps", before.steps, after.steps, lambda step: step.id)
    found += _of_list("roles", before.roles, after.roles, lambda role: role.id)
    found += _of_list("call_tree", before.call_tree, after.call_tree, lambda call: call.id)
    found += _of_list(
        "resources", before.resources, after.resources, lambda one: f"{one.level} {one.name} {one.place}"
    )
    found += _of_list("documents", before.documents, after.documents, lambda line: line.text)
    found += _of_list("donts", before.donts, after.donts, lambda line: line.text)
    return tuple(found)


def _of_list(
    part: str, before: Sequence[Entry], after: Sequence[Entry], key: Callable[[Entry], str]
) -> list[Difference]:
    was = {key(entry): at for at, entry in enumerate(before)}
    now = {key(entry): at for at, entry in enumerate(after)}
    moved = _moved([name for name in was if name in now], [name for name in now if name in was])
    found = [
        Difference(DifferenceKind.REMOVED, part, before=before[at], before_at=at)
        for name, at in was.items()
        if name not in now
    ]
    for name, at in now.items():
        if name not in was:
            found.append(Difference(DifferenceKind.ADDED, part, after=after[at], after_at=at))
            continue
        old = before[was[name]]
        if name in moved:
            found.append(Difference(DifferenceKind.MOVED, part, old, after[at], was[name], at))
        changes = _changes(old, after[at])
        if changes:
            found.append(Difference(DifferenceKind.CHANGED, part, old, after[at], was[name], at, changes))
    return found


def _moved(before: list[str], after: list[str]) -> set[str]:
    """As few as explain the new order: those outside the longest run that both have in common."""
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    kept = {
        before[at] for block in matcher.get_matching_blocks() for at in range(block.a, block.a + block.size)
    }
    return set(before) - kept


def _changes(before: Entry, after: Entry) -> tuple[FieldChange, ...]:
    names = [one.name for one in fields(before)]
    pairs = [(name, getattr(before, name), getattr(after, name)) for name in names]
    return tuple(FieldChange(name, was, now) for name, was, now in pairs if was != now)
