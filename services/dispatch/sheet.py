"""The part of an incident 接警单 that people fill in, and how two of them write in it at once."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import datetime

from services.core.errors import ServiceError
from services.core.typed import typed_text
from services.dispatch.orders import bounded, needed
from services.dispatch.record import Record
from services.dispatch.reviewing import check_may_make_light
from services.domain.incidents import LEVELS, Caller, CameBy, Incident, Peril, put_at
from services.domain.site import Point

MOST_WORD = 120


@dataclass(frozen=True, slots=True)
class IncidentSheet:
    """Fields have the names of the incident's."""

    title: str
    category: str
    place: str
    at: Point | None = None
    content: str = ""
    kind: str = ""
    level: int = 4
    came_by: CameBy = CameBy.PHONE
    caller: Caller = field(default_factory=Caller)
    occurred_at: datetime | None = None
    perils: tuple[Peril, ...] = ()
    commander: str = ""
    police_ref: str = ""
    result: str = ""
    loss: str = ""


_FIELDS = tuple(one.name for one in fields(IncidentSheet))


def sheet_of(incident: Incident) -> IncidentSheet:
    return IncidentSheet(**{name: getattr(incident, name) for name in _FIELDS})


def written_over(incident: Incident, sheet: IncidentSheet) -> Incident:
    """`incident` with everything that stands on the sheet."""
    return replace(
        incident,
        title=sheet.title,
        category=sheet.category,
        place=sheet.place,
        at=sheet.at,
        content=sheet.content,
        kind=sheet.kind,
        level=sheet.level,
        came_by=sheet.came_by,
        caller=sheet.caller,
        occurred_at=sheet.occurred_at,
        perils=sheet.perils,
        commander=sheet.commander,
        police_ref=sheet.police_ref,
        result=sheet.result,
        loss=sheet.loss,
    )


def checked(sheet: IncidentSheet) -> IncidentSheet:
    """Without blanks around the texts. Raises dispatch.title_needed, bad_level, text_too_long(most)."""
    words = (sheet.title, sheet.category, sheet.place, sheet.kind, sheet.commander, sheet.police_ref)
    if any(len(typed_text(word)) > MOST_WORD for word in (*words, sheet.caller.name, sheet.caller.phone)):
        raise ServiceError("dispatch.text_too_long", most=MOST_WORD)
    if not typed_text(sheet.title):
        raise ServiceError("dispatch.title_needed")
    if sheet.level not in LEVELS:
        raise ServiceError("dispatch.bad_level", level=sheet.level)
    caller = sheet.caller
    return replace(
        sheet,
        title=typed_text(sheet.title),
        place=typed_text(sheet.place),
        kind=typed_text(sheet.kind),
        content=bounded(sheet.content),
        commander=typed_text(sheet.commander),
        police_ref=typed_text(sheet.police_ref),
        result=bounded(sheet.result),
        loss=bounded(sheet.loss),
        # Whoever wants to be anonymous leaves no name in the record.
        caller=Caller(
            "" if caller.is_anonymous else typed_text(caller.name),
            typed_text(caller.phone),
            caller.is_anonymous,
        ),
        perils=tuple(peril for peril in Peril if peril in sheet.perils),
    )


def edit(
    record: Record, incident_id: str, before: IncidentSheet, after: IncidentSheet, reason: str = ""
) -> Incident:
    """Write what differs between the two; what somebody else has changed meanwhile stays theirs.

    reason: why the level is lowered. Raises dispatch.incident_ended(incident_no),
    dispatch.edited_meanwhile(incident_no, fields) when both changed the same field to something different,
    dispatch.leader_needed(incident_no) and dispatch.reason_needed when the level of a grave one is lowered.
    """
    incident = record.tx.incidents.get(incident_id)
    if not incident.is_open:
        raise ServiceError("dispatch.incident_ended", incident_no=incident.incident_no)
    now, after = sheet_of(incident), checked(after)
    ours = [name for name in _FIELDS if getattr(before, name) != getattr(after, name)]
    lost = [
        name
        for name in ours
        if getattr(now, name) != getattr(before, name) and getattr(now, name) != getattr(after, name)
    ]
    if lost:
        raise ServiceError(
            "dispatch.edited_meanwhile", incident_no=incident.incident_no, fields=" ".join(lost)
        )
    kept = {name: getattr(after if name in ours else now, name) for name in _FIELDS}
    written = IncidentSheet(**kept)
    changed = written_over(put_at(incident, written.level), written)
    if changed == incident:
        return incident
    is_lowered, reason = changed.level > incident.level, bounded(reason)
    if is_lowered:
        _check_lowering(record, incident, reason)
    saved = record.incident(incident, changed, "edited", reason if is_lowered else "")
    if is_lowered:
        record.line(saved, "incident.lowered", level=str(saved.level), was=str(incident.level), reason=reason)
    elif saved.level != incident.level:
        record.line(saved, "incident.level", level=str(saved.level), was=str(incident.level))
    record.line(saved, "incident.edited", fields=" ".join(name for name in ours))
    return saved


def _check_lowering(record: Record, incident: Incident, reason: str) -> None:
    check_may_make_light(record, incident)
    if not reason:
        raise ServiceError("dispatch.reason_needed")


def note_police_ref(record: Record, incident_id: str, police_ref: str) -> Incident:
    """The number that 110 gave; it often comes when ours is over already."""
    incident = record.tx.incidents.get(incident_id)
    police_ref = needed(police_ref)
    if len(police_ref) > MOST_WORD:
        raise ServiceError("dispatch.text_too_long", most=MOST_WORD)
    saved = record.incident(incident, replace(incident, police_ref=police_ref), "police_ref")
    record.line(saved, "incident.police_ref", number=police_ref)
    return saved
