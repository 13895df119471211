"""Fire linkage control 消防联动: every output by place, how it was proved, and who may switch it."""

from PySide6.QtCore import QCoreApplication

from ui.shell.words import ScreenEntry

SPEC = ScreenEntry("fire", "fire")


def title() -> str:
    """The screen's name on the rail, in the language of the moment."""
    return QCoreApplication.translate("Screens", "消防联动")
