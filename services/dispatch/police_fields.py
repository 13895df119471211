"""The names that the police give to our fields in their 接警单, 派警单 and 反馈单, kept beside ours.

They differ from platform to platform: `resources/police/fields.csv` is to be edited where a college hands its
records over. `seen` says whether a name was met in deployed platforms or is our own in the same manner.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from services.core.paths import resource
from services.domain.incidents import Dispatch, Feedback, Incident

Paper = Incident | Dispatch | Feedback


class PoliceForm(StrEnum):
    """The three papers of the chain 三台合一."""

    INCIDENT = "incident"
    DISPATCH = "dispatch"
    FEEDBACK = "feedback"


FORM_OF: dict[type[Paper], PoliceForm] = {
    Incident: PoliceForm.INCIDENT,
    Dispatch: PoliceForm.DISPATCH,
    Feedback: PoliceForm.FEEDBACK,
}


@dataclass(frozen=True, slots=True)
class PoliceField:
    """field: of our entity, with a dot for a part of it. code: theirs. name: the word on their form."""

    form: PoliceForm
    field: str
    code: str
    name: str
    is_seen: bool


@cache
def police_fields() -> tuple[PoliceField, ...]:
    """In the order of the forms."""
    text = resource("police", "fields.csv").read_text(encoding="utf-8")
    return tuple(
        PoliceField(PoliceForm(row["form"]), row["field"], row["code"], row["name"], row["seen"] == "yes")
        for row in csv.DictReader(text.splitlines())
    )


def entries_of(paper: Paper) -> Iterator[tuple[PoliceField, object]]:
    """Each field of the paper's form with its value."""
    form = FORM_OF[type(paper)]
    for known in police_fields():
        if known.form is form:
            yield known, value_of(paper, known.field)


def value_of(paper: object, field: str) -> object:
    """`field` may have a dot: "caller.name"."""
    for part in field.split("."):
        paper = getattr(paper, part)
    return paper
