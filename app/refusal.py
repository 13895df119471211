"""Says why the workstation does not start where nobody would read it on stderr."""

from __future__ import annotations

import os
import signal
import sys

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from app.display import require_display
from app.sentences import both_languages, in_both_languages
from services.core.errors import ServiceError
from services.core.logging import redact
from ui.fonts import install_fonts
from ui.refusal import RefusalWindow
from ui.theme import NIGHT, wear

# Qt's platforms whose windows nobody sees.
_UNSEEN = frozenset({"offscreen", "minimal"})


def show_refusal(error: ServiceError) -> None:
    """In a window that waits to be closed; nothing where a terminal has it, or where there is no screen."""
    if not _is_by_icon():
        return
    # With no loop of ours, Python would answer a termination only when the window is closed.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    install_fonts(application)
    wear(application, NIGHT)
    sentences = redact(both_languages(error)).replace("\n", "\n\n")
    title, close = (" / ".join(in_both_languages(words)) for words in (_title, _close))
    RefusalWindow(title, sentences, close).exec()


def _is_by_icon() -> bool:
    """A window would be seen, and stderr is no terminal; on Windows that one goes with the program."""
    if os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in _UNSEEN:
        return False
    try:
        require_display()
    except ServiceError:
        return False
    return sys.platform == "win32" or sys.stderr is None or not sys.stderr.isatty()


def _title() -> str:
    return QCoreApplication.translate("Refusal", "守望没有打开")


def _close() -> str:
    return QCoreApplication.translate("Refusal", "关闭")
