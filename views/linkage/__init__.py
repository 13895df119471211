"""Linkage rules: what an alarm sets off, written, tried on the past, and kept in versions."""

from PySide6.QtCore import QCoreApplication

from services.domain.people import Permission
from ui.shell.words import ScreenEntry

SPEC = ScreenEntry("linkage", "linkage")
# Who lacks it does not see the screen on the rail.
NEEDS = Permission.EDIT_LINKAGE


def title() -> str:
    """The screen's name on the rail, in the language of the moment."""
    return QCoreApplication.translate("Screens", "联动")
