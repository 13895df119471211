"""Recordings taken away: requests, who allows them, the copies, and the register of all of it."""

from PySide6.QtCore import QCoreApplication

from services.domain.people import Permission
from ui.shell.words import ScreenEntry

SPEC = ScreenEntry("evidence", "evidence")
NEEDS = Permission.REQUEST_EVIDENCE


def title() -> str:
    """The screen's name on the rail, in the language of the moment."""
    return QCoreApplication.translate("Screens", "调阅取证")
