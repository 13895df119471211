"""What an incident is called; a drill's says so wherever it is named."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from services.domain.incidents import Dispatch, Incident
from ui.text.places import local


def incident_title(incident: Incident) -> str:
    title = local(incident.title)
    if not incident.is_drill:
        return title
    return QCoreApplication.translate("Incident", "【演练】{title}").format(title=title)


def guard_title(dispatch: Dispatch) -> str:
    """Who was sent; in a drill only played as sent."""
    name = local(dispatch.guard_name)
    if not dispatch.is_drill:
        return name
    return QCoreApplication.translate("Incident", "【演练】{title}").format(title=name)
