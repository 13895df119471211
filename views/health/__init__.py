"""How the site's cameras are, for all who watch; what happened to each, and the table to hand on."""

from PySide6.QtCore import QCoreApplication

from ui.shell.words import ScreenEntry

SPEC = ScreenEntry("health", "health")


def title() -> str:
    """The screen's name on the rail, in the language of the moment."""
    return QCoreApplication.translate("Screens", "设备健康")
