"""A seat at which nobody has a mouse: says which window has the keyboard, each time another one gets it.

Its display has no window manager, so only what a window asks for itself counts. Argument: the data folder,
with the users admin and wang.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.application import start_application
from app.workstation import WindowPlan, WorkstationRun
from services.core.jobs import Jobs
from services.core.settings import load_settings
from tests.app.test_lock import PASSWORD
from ui.shell.shell import Shell
from views.login.screen import LoginDialog

LOOK_MS = 20
# Four windows in turn, of which none may come.
MOST_MS = 100_000


class Typist(QObject):
    """Logs in, locks the seat at once, and lets the next one in."""

    def __init__(self, run: WorkstationRun) -> None:
        super().__init__()
        self._run = run
        self._seen: set[QObject] = set()
        self._names = ["admin", "wang"]
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        QTimer.singleShot(MOST_MS, self, QCoreApplication.quit)

    def _look(self) -> None:
        window = QApplication.activeWindow()
        if window is None or window in self._seen:
            return
        self._seen.add(window)
        sys.stdout.write(f"{type(window).__name__} {type(QApplication.focusWidget()).__name__}\n")
        match window:
            case LoginDialog():
                _type(self._names.pop(0), Qt.Key.Key_Tab)
                _type(PASSWORD, Qt.Key.Key_Return)
            case Shell() if self._names:
                assert self._run.desk is not None
                self._run.desk.lock_asked.emit()
            case _:
                QCoreApplication.quit()


def _type(text: str, end: Qt.Key) -> None:
    """Where the keyboard is."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)
    QTest.keyClick(focused, end)


def main() -> int:
    settings = load_settings(data_dir=Path(sys.argv[1]), workstation="DESK")
    application = start_application(settings)
    application.setQuitOnLastWindowClosed(False)
    jobs = Jobs("typing", 2)
    # is_demo: no hub is started.
    run = WorkstationRun(settings, None, WindowPlan(is_demo=True), jobs)
    run.start()
    typist = Typist(run)
    typist.setParent(application)
    code = application.exec()
    run.end()
    jobs.stop()
    return code


if __name__ == "__main__":
    raise SystemExit(main())
