"""The numbers and names that people know things of the record by, which the record itself knows by an id."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Column, ColumnElement, Connection, Table, exists, or_, select

from services.domain.audits import Known
from services.storage import schema

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _Kept:
    """Where one kind of thing lies, and what of its body people know it by."""

    table: Table
    number: str = ""
    name: str = ""


# By the first part of an action, as "alarm" of "alarm.claimed".
_KEPT: Mapping[str, _Kept] = {
    "alarm": _Kept(schema.alarm, "event_no", "name"),
    "bookmark": _Kept(schema.bookmark, name="text"),
    "call": _Kept(schema.call, name="party"),
    "dispatch": _Kept(schema.dispatch, "dispatch_no", "guard_name"),
    "drill": _Kept(schema.drill, name="name"),
    "evidence": _Kept(schema.evidence, "number"),
    "handover": _Kept(schema.handover, "handover_no"),
    "incident": _Kept(schema.incident, "incident_no", "title"),
    "lent": _Kept(schema.lent_item, name="name"),
    "lesson": _Kept(schema.lesson, "incident_no", "text"),
    "linkage": _Kept(schema.linkage_rule, name="name"),
    "output": _Kept(schema.output_order, "output"),
    "plan_run": _Kept(schema.plan_run, name="text.name"),
    "plans": _Kept(schema.plan, name="text.name"),
    "review": _Kept(schema.review, "incident_no", "title"),
    "wall": _Kept(schema.wall_item, name="name"),
}
# What people look for by its number.
_NUMBERS: tuple[Column[str], ...] = (
    schema.alarm.c.event_no,
    schema.incident.c.incident_no,
    schema.dispatch.c.dispatch_no,
)


def known_things(connection: Connection, asked: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Known]:
    """asked: subjects and ids. What is not kept, or no more, has no entry."""
    of_subject: dict[str, set[str]] = {}
    for subject, thing in asked:
        of_subject.setdefault(subject, set()).add(thing)
    return {
        (subject, thing): known
        for subject, things in of_subject.items()
        if subject in _KEPT
        for thing, known in _known(connection, _KEPT[subject], things)
    }


def has_number(thing: Column[str], part: str) -> ColumnElement[bool]:
    """Whether it is the id of an alarm, incident or order whose number has this part.

    Asked row by row, by the id: as one list those of a year are too many for PostgreSQL to hash, and it walks
    through them for each row (1 000 000 rows, 200 000 alarms: more than 15 s a page).
    """
    numbers = (
        exists().where(number.table.c.id == thing, number.icontains(part, autoescape=True))
        for number in _NUMBERS
    )
    return or_(*numbers)


def _known(connection: Connection, kept: _Kept, things: Iterable[str]) -> Iterator[tuple[str, Known]]:
    columns, rest = kept.table.c, iter(sorted(things))
    while some := list(islice(rest, AT_ONCE)):
        for thing, body in connection.execute(select(columns.id, columns.body).where(columns.id.in_(some))):
            plain = json.loads(body)
            yield thing, Known(_field(plain, kept.number), _field(plain, kept.name))


def _field(body: object, path: str) -> str:
    """ "" where it is not there."""
    for name in path.split("."):
        body = body.get(name) if isinstance(body, dict) else None
    return body if isinstance(body, str) else ""
