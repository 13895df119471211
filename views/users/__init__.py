"""Who may log in: the administrator's screen, and everybody's own password."""

from PySide6.QtCore import QCoreApplication

from services.domain.people import Permission
from ui.shell.words import ScreenEntry

SPEC = ScreenEntry("users", "people")
# Who lacks it does not see the screen on the rail.
NEEDS = Permission.EDIT_USERS


def title() -> str:
    """The screen's name on the rail, in the language of the moment."""
    return QCoreApplication.translate("Screens", "用户")
