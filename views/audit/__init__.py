"""Who did what, when and from where: the audit, with what was before and after, and its chain checked."""

from PySide6.QtCore import QCoreApplication

from services.domain.people import Permission
from ui.shell.words import ScreenEntry

SPEC = ScreenEntry("audit", "audit")
# Who lacks it does not see the screen on the rail.
NEEDS = Permission.READ_AUDIT


def title() -> str:
    """The screen's name on the rail, in the language of the moment."""
    return QCoreApplication.translate("Screens", "审计")
