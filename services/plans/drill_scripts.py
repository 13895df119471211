"""What a drill plays: the alarm that a plan is for, or the alarms of a past incident in their own time."""

from __future__ import annotations

from collections.abc import Sequence

from services.core.errors import ServiceError
from services.domain.alarms import Alarm
from services.domain.classes import AlarmClass
from services.domain.drills import DrillMoment
from services.domain.incidents import Incident
from services.domain.plans import PlanText
from services.domain.site import Site

# Whoever begins a drill must be back at the desk when it rings.
FIRST_AFTER_S = 5.0
# Between two alarms of a past incident nobody learns anything by waiting longer.
LONGEST_GAP_S = 600.0


def of_zone(site: Site, zone_no: str, text: PlanText) -> tuple[DrillMoment, ...]:
    """Raises drill.no_zone(zone). The alarm is of the class the plan is for, wherever it hangs."""
    zone = site.zone(zone_no)
    if zone is None:
        raise ServiceError("drill.no_zone", zone=zone_no)
    wanted = text.trigger.classes
    alarm_class = zone.alarm_class if not wanted or zone.alarm_class in wanted else wanted[0]
    return (DrillMoment(FIRST_AFTER_S, alarm_class, zone.name, zone.place, zone.at, zone.no, text=text.name),)


def of_incident(incident: Incident, alarms: Sequence[Alarm]) -> tuple[DrillMoment, ...]:
    """In the order and at the distances they came; an incident that somebody called in is one alarm."""
    if not alarms:
        return () if incident.at is None else (_called_in(incident),)
    found = []
    at_s, before = FIRST_AFTER_S, alarms[0].received_at
    for alarm in sorted(alarms, key=lambda one: (one.received_at, one.id)):
        at_s += min(LONGEST_GAP_S, max(0.0, (alarm.received_at - before).total_seconds()))
        before = alarm.received_at
        found.append(
            DrillMoment(at_s, alarm.alarm_class, alarm.name, alarm.place, alarm.at, alarm.zone, alarm.note)
        )
    return tuple(found)


def _called_in(incident: Incident) -> DrillMoment:
    known = {kind.value for kind in AlarmClass}
    alarm_class = AlarmClass(incident.category) if incident.category in known else AlarmClass.UNKNOWN
    return DrillMoment(
        FIRST_AFTER_S, alarm_class, incident.title, incident.place, incident.at, text=incident.content
    )
