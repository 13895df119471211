"""Dispatching: from an alarm to a guard on the way."""

from PySide6.QtCore import QCoreApplication

from ui.shell.words import ScreenEntry

SPEC = ScreenEntry("dispatch", "dispatch")


def title() -> str:
    """The panel's name, in the language of the moment."""
    return QCoreApplication.translate("Screens", "派警")
