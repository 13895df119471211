"""How an incident 警情 comes to be: from an alarm that somebody is sent to, or from what a person heard."""

from __future__ import annotations

import json
from dataclasses import replace

from services.core.errors import ServiceError
from services.core.ids import new_id
from services.dispatch.record import Record, moved
from services.dispatch.sheet import IncidentSheet, checked, written_over
from services.domain.alarms import ALARM_MOVES, Alarm, AlarmSource, AlarmState
from services.domain.facts import IncidentOpened
from services.domain.incidents import INCIDENT_MOVES, Caller, CameBy, Incident, IncidentId, IncidentState

# An alarm in one of these can have an incident; the others are decided otherwise or over.
_SENDABLE = frozenset({AlarmState.CLAIMED, AlarmState.VERIFYING, AlarmState.CONFIRMED, AlarmState.LINKED})


def open_by_hand(record: Record, incident_id: str, sheet: IncidentSheet) -> Incident:
    """A report without an alarm; the same id twice opens once."""
    known = record.find_incident(incident_id)
    if known is not None:
        return known
    assert record.session is not None
    sheet = checked(sheet)
    opened = Incident(
        id=IncidentId(incident_id),
        incident_no=record.tx.next_no("JQ", record.now),
        title=sheet.title,
        category=sheet.category,
        place=sheet.place,
        at=sheet.at,
        content=sheet.content,
        owner=record.session.user,
        owner_name=record.session.display_name,
        received_at=record.now,
        state=moved(INCIDENT_MOVES, IncidentState.NEW, IncidentState.ACCEPTED),
        accepted_at=record.now,
    )
    incident = written_over(opened, sheet)
    return _entered(record, incident, "incident.taken", caller=incident.caller.name or incident.caller.phone)


def incident_for(record: Record, alarm: Alarm) -> Incident:
    """The alarm's open incident; opened when there is none.

    Raises dispatch.claim_first(event_no), alarm_ended(event_no, state), not_owner(event_no, owner).
    """
    _check_alarm(record, alarm)
    known = record.tx.incidents.get(alarm.incident) if alarm.incident else None
    if known is not None and known.is_open:
        return known
    incident = _open(record, alarm)
    _link(record, alarm, incident)
    return incident


def _check_alarm(record: Record, alarm: Alarm) -> None:
    if alarm.state is AlarmState.NEW:
        raise ServiceError("dispatch.claim_first", event_no=alarm.event_no)
    if alarm.state not in _SENDABLE:
        raise ServiceError("dispatch.alarm_ended", event_no=alarm.event_no, state=alarm.state.value)
    if record.session is None or alarm.owner != record.session.user:
        raise ServiceError("dispatch.not_owner", event_no=alarm.event_no, owner=alarm.owner_name)


def _open(record: Record, alarm: Alarm) -> Incident:
    assert record.session is not None
    caller = _caller_of(alarm)
    incident = Incident(
        id=IncidentId(new_id()),
        incident_no=record.tx.next_no("JQ", record.now),
        title=alarm.name,
        category=alarm.alarm_class.value,
        place=alarm.place,
        at=alarm.at,
        content=" ".join(filter(None, (alarm.event_no, alarm.name, alarm.note))),
        owner=record.session.user,
        owner_name=record.session.display_name,
        received_at=alarm.received_at,
        state=moved(INCIDENT_MOVES, IncidentState.NEW, IncidentState.ACCEPTED),
        alarm=alarm.id,
        accepted_at=record.now,
        is_drill=alarm.is_drill,
        came_by=CameBy.ALARM if caller is None else CameBy.PHONE if caller.phone else CameBy.IN_PERSON,
        caller=caller or Caller(),
        occurred_at=alarm.occurred_at,
    )
    return _entered(record, incident, "incident.opened", alarm=alarm.event_no)


def _entered(record: Record, incident: Incident, what: str, **params: str) -> Incident:
    record.tx.incidents.add(incident)
    record.tx.audit(record.session, "incident.opened", incident.id, after=incident)
    record.tx.record(IncidentOpened(incident))
    record.line(incident, what, incident_no=incident.incident_no, **params)
    return incident


def _link(record: Record, alarm: Alarm, incident: Incident) -> None:
    """Sending is looking into it: a claimed alarm is being verified, a confirmed one is linked."""
    state = alarm.state
    if state is AlarmState.CLAIMED:
        state = moved(ALARM_MOVES, state, AlarmState.VERIFYING)
    elif state is AlarmState.CONFIRMED:
        state = moved(ALARM_MOVES, state, AlarmState.LINKED)
    sent = replace(alarm, state=state, incident=incident.id, offered_at=None, shelf=None)
    record.alarm(alarm, sent, "dispatched")


def _caller_of(alarm: Alarm) -> Caller | None:
    """Whoever told it to the person who entered the alarm; None for an alarm of a device."""
    if alarm.source is not AlarmSource.MANUAL:
        return None
    try:
        told = json.loads(alarm.payload_raw)
    except ValueError:
        return Caller()
    if not isinstance(told, dict):
        return Caller()
    return Caller(str(told.get("caller", "")), str(told.get("phone", "")))
