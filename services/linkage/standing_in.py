"""What stands for the alarm where a plan acts for an incident that no alarm began."""

from __future__ import annotations

from services.domain.alarms import Alarm, AlarmId, AlarmSource, AlarmState, Qualifier
from services.domain.classes import AlarmClass, Priority
from services.domain.incidents import Incident


def stand_in(incident: Incident | None) -> Alarm | None:
    """An alarm that is nowhere on record, with the incident's name, place and owner; None for none."""
    if incident is None:
        return None
    known = {kind.value for kind in AlarmClass}
    return Alarm(
        id=AlarmId(""),
        event_no=incident.incident_no,
        source=AlarmSource.MANUAL,
        dedup_key="",
        alarm_class=AlarmClass(incident.category) if incident.category in known else AlarmClass.UNKNOWN,
        priority=Priority.P2,
        qualifier=Qualifier.NEW,
        code_raw="",
        payload_raw="",
        panel="",
        zone="",
        zone_number=0,
        name=incident.title,
        name_en="",
        place=incident.place,
        at=incident.at,
        feeds=(),
        received_at=incident.received_at,
        last_occurrence_at=incident.received_at,
        state=AlarmState.LINKED,
        owner=incident.owner,
        owner_name=incident.owner_name,
        incident=incident.id,
        is_drill=incident.is_drill,
    )
