"""Drills: begun, watched and stopped, and what came of those that are over."""

from PySide6.QtCore import QCoreApplication

from services.domain.people import Permission
from ui.shell.words import ScreenEntry

SPEC = ScreenEntry("drills", "drills")
NEEDS = Permission.RUN_DRILLS


def title() -> str:
    """The screen's name on the rail, in the language of the moment."""
    return QCoreApplication.translate("Screens", "演练")
