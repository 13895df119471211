"""What was recorded: up to nine cameras on one clock, with a line of time under them."""

from PySide6.QtCore import QCoreApplication

from services.domain.people import Permission
from ui.shell.words import ScreenEntry

SPEC = ScreenEntry("playback", "playback")
NEEDS = Permission.REVIEW


def title() -> str:
    """The screen's name on the rail, in the language of the moment."""
    return QCoreApplication.translate("Screens", "回放")
