"""The police's names stand beside ours, for every field that a record is handed over with."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from datetime import UTC, datetime

import pytest

from services.dispatch.police_fields import FORM_OF, PoliceForm, entries_of, police_fields
from services.dispatch.sheet import IncidentSheet
from services.domain.incidents import Caller, Dispatch, Feedback, Incident, IncidentId

AT = datetime(2026, 11, 24, 6, tzinfo=UTC)


@pytest.mark.parametrize(("entity", "form"), FORM_OF.items())
def test_every_line_names_a_field_that_exists(entity: type[object], form: PoliceForm) -> None:
    ours = {one.name for one in fields(entity)}  # type: ignore[arg-type]
    named = {known.field.partition(".")[0] for known in police_fields() if known.form is form}
    assert named
    assert named <= ours


def test_no_code_stands_twice_on_a_form_and_each_form_has_its_number() -> None:
    codes = Counter((known.form, known.code) for known in police_fields())
    assert max(codes.values()) == 1
    numbers = {(known.form, known.field): known.code for known in police_fields()}
    assert numbers[PoliceForm.INCIDENT, "incident_no"] == "JJDBH"
    assert numbers[PoliceForm.DISPATCH, "dispatch_no"] == "PJDBH"
    assert numbers[PoliceForm.FEEDBACK, "dispatch"] == "FKDBH"


def test_all_that_people_fill_in_is_handed_over() -> None:
    named = {known.field.partition(".")[0] for known in police_fields() if known.form is PoliceForm.INCIDENT}
    assert {one.name for one in fields(IncidentSheet)} <= named
    reported = {known.field for known in police_fields() if known.form is PoliceForm.FEEDBACK}
    assert {one.name for one in fields(Feedback)} - {"by"} <= reported


def test_a_paper_gives_its_values_under_their_names() -> None:
    incident = Incident(
        IncidentId("i"),
        "JQ1",
        "打架",
        "fight",
        "二食堂",
        None,
        "",
        "w",
        "王某",
        AT,
        caller=Caller("张", "138"),
    )
    found = {known.code: value for known, value in entries_of(incident)}
    assert (found["JJDBH"], found["BJRXM"], found["LXDH"], found["JJYXM"]) == ("JQ1", "张", "138", "王某")


def test_the_papers_are_told_apart() -> None:
    assert set(FORM_OF) == {Incident, Dispatch, Feedback}
    assert set(FORM_OF.values()) == set(PoliceForm)
