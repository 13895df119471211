"""The library of plans: read, printed, written, reviewed and read in from files."""

from PySide6.QtCore import QCoreApplication

from ui.shell.words import ScreenEntry

SPEC = ScreenEntry("plans", "plans")


def title() -> str:
    """The screen's name on the rail, in the language of the moment."""
    return QCoreApplication.translate("Screens", "预案")
