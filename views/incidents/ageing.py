"""How long an incident may stand as it does before the board says so; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum

from services.domain.classes import Priority
from services.domain.clocks import Clocks
from services.domain.incidents import Dispatch, Incident, IncidentState

# Without a clock of its own an incident waits no longer than a minor alarm is answered.
DEFAULT_WAIT_S = 300.0
LONG_S = 1800.0
_PRIORITY_OF_LEVEL = {1: Priority.P1, 2: Priority.P1, 3: Priority.P2}


class Ageing(Enum):
    """FRESH: in time. AGED: half of the time is gone, or long at work. OVERDUE: too late, or a unit is."""

    FRESH = "fresh"
    AGED = "aged"
    OVERDUE = "overdue"


def ageing_of(
    incident: Incident,
    orders: Sequence[Dispatch],
    limits: Mapping[Priority, Clocks],
    priority: Priority | None,
    now: datetime,
) -> Ageing:
    """priority: of its alarm, None without one."""
    if not incident.is_open:
        return Ageing.FRESH
    waits_s = (now - incident.received_at).total_seconds()
    if not orders and incident.state in (IncidentState.ACCEPTED, IncidentState.NEW, IncidentState.REOPENED):
        return _against(waits_s, dispatch_limit_s(incident, limits, priority))
    if any(order.is_running and order.late for order in orders):
        return Ageing.OVERDUE
    is_over = incident.state in (IncidentState.CONTAINED, IncidentState.REVIEW)
    return Ageing.AGED if waits_s >= LONG_S and not is_over else Ageing.FRESH


def dispatch_limit_s(
    incident: Incident, limits: Mapping[Priority, Clocks], priority: Priority | None
) -> float:
    """Within which somebody must be on the way, by alarm or level, whichever is more urgent."""
    known = [one for one in (priority, _PRIORITY_OF_LEVEL.get(incident.level)) if one is not None]
    limit_s = limits[min(known)].dispatch_s if known else None
    return limit_s or DEFAULT_WAIT_S


def _against(waits_s: float, limit_s: float) -> Ageing:
    if waits_s >= limit_s:
        return Ageing.OVERDUE
    return Ageing.AGED if waits_s >= limit_s / 2 else Ageing.FRESH
