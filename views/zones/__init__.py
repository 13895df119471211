"""Zones and what they hang on: armed or not, isolated, under test; panels, groups and outputs of the site."""

from PySide6.QtCore import QCoreApplication

from ui.shell.words import ScreenEntry

SPEC = ScreenEntry("zones", "zones")


def title() -> str:
    """The screen's name on the rail, in the language of the moment."""
    return QCoreApplication.translate("Screens", "防区")
