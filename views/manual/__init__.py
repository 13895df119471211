"""The manual, one key away."""

from PySide6.QtCore import QCoreApplication

from ui.shell.words import ScreenEntry

SPEC = ScreenEntry("manual", "plans")


def title() -> str:
    """The window's name, in the language of the moment."""
    return QCoreApplication.translate("Screens", "手册")
