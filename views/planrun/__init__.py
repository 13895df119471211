"""A plan being carried out: the step that is due, its answers, and what comes next."""

from PySide6.QtCore import QCoreApplication

from services.domain.people import Permission
from ui.shell.words import ScreenEntry

SPEC = ScreenEntry("planrun", "planrun")
NEEDS = Permission.WATCH


def title() -> str:
    """The screen's name on the rail, in the language of the moment."""
    return QCoreApplication.translate("Screens", "执行预案")
