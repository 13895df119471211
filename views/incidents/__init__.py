"""The incidents board: what is being handled, by whom, and what happened when."""

from PySide6.QtCore import QCoreApplication

from ui.shell.words import ScreenEntry

SPEC = ScreenEntry("incidents", "incidents")


def title() -> str:
    """The screen's name on the rail, in the language of the moment."""
    return QCoreApplication.translate("Screens", "警情")
