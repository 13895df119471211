"""The cameras of the site: found, tried, added, placed, changed, replaced and removed."""

from PySide6.QtCore import QCoreApplication

from services.domain.people import Permission
from ui.shell.words import ScreenEntry

SPEC = ScreenEntry("devices", "devices")
# Who lacks it does not see the screen on the rail.
NEEDS = Permission.EDIT_SITE


def title() -> str:
    """The screen's name on the rail, in the language of the moment."""
    return QCoreApplication.translate("Screens", "设备")
