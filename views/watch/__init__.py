"""The watch: what operators live in."""

from PySide6.QtCore import QCoreApplication

from ui.shell.words import ScreenEntry

SPEC = ScreenEntry("watch", "watch")


def title() -> str:
    """The screen's name on the rail, in the language of the moment."""
    return QCoreApplication.translate("Screens", "值守")
