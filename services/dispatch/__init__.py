"""Sending guards: who is nearest, who was sent, how far they are, and the incident it belongs to."""

from services.dispatch.desk import DispatchDesk
from services.dispatch.guards import import_site
from services.dispatch.orders import Candidate, Order, Reason

__all__ = ["Candidate", "DispatchDesk", "Order", "Reason", "import_site"]
