"""Sending guards: who is nearest, who was sent, how far they are, and the incident it belongs to."""

from services.dispatch.calls import CallDesk
from services.dispatch.desk import DispatchDesk
from services.dispatch.guards import import_site
from services.dispatch.incident_desk import IncidentDesk
from services.dispatch.orders import Candidate, Order, Reason
from services.dispatch.sheet import IncidentSheet

__all__ = [
    "CallDesk",
    "Candidate",
    "DispatchDesk",
    "IncidentDesk",
    "IncidentSheet",
    "Order",
    "Reason",
    "import_site",
]
