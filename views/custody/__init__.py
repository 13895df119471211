"""What is kept of the recordings: days there and wanted, gaps with their cause, protected spans, disks."""

from PySide6.QtCore import QCoreApplication

from ui.shell.words import ScreenEntry

SPEC = ScreenEntry("custody", "custody")


def title() -> str:
    """The screen's name on the rail, in the language of the moment."""
    return QCoreApplication.translate("Screens", "录像保管")
