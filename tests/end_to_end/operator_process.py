"""A workstation process whose operator rearranges the wall and begins an order: killed by a test.

Arguments: data folder, user, password. The database's address is in SHOUWANG_DATABASE.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.application import start_application
from app.records import database_url
from app.workstation import WindowPlan, run_workstation
from services.core.settings import Settings, load_settings
from services.domain.people import Session
from services.identity import Accounts
from services.storage import Database
from ui.shell.shell import Shell
from views.dispatch.screen import DispatchPanel
from views.watch.screen import WatchScreen

LOOK_MS = 50


class Operator(QObject):
    """Does one thing after the other, each as soon as the screen is ready for it."""

    def __init__(self) -> None:
        super().__init__()
        self._is_key_pressed = False
        self._steps = iter((self._rearrange, self._open_order, self._write_order))
        self._step = next(self._steps)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._turn)
        self._timer.start()

    def _turn(self) -> None:
        shells = [w for w in QApplication.topLevelWidgets() if isinstance(w, Shell) and w.isVisible()]
        if not shells or not self._step(shells[0]):
            return
        sys.stderr.write(f"done: {self._step.__name__}\n")  # read when the test waits in vain
        following = next(self._steps, None)
        if following is None:
            self._timer.stop()
        else:
            self._step = following

    def _rearrange(self, shell: Shell) -> bool:
        """Key 4 is the wall of 16; then two cameras are dropped on tiles."""
        screen = shell.findChild(WatchScreen)
        if screen is None or screen.wall.content(0) is None:
            return False
        if not self._is_key_pressed:
            shell.activateWindow()
            QTest.keyClick(screen.wall, Qt.Key.Key_4)
            self._is_key_pressed = True
        if screen.wall.tile_count != 16:
            return False
        screen.wall.camera_dropped.emit(0, "C20")
        screen.wall.camera_dropped.emit(5, "C24")
        return True

    def _open_order(self, shell: Shell) -> bool:
        panel = shell.findChild(DispatchPanel)
        assert panel is not None
        if panel.isVisible():
            return True
        shell.activateWindow()
        QTest.keyClick(shell, Qt.Key.Key_F4)
        return False

    def _write_order(self, shell: Shell) -> bool:
        panel = shell.findChild(DispatchPanel)
        assert panel is not None
        panel.order.text.selectAll()
        QTest.keyClicks(panel.order.text, "go to the gate and call back")
        return True


def log_in(settings: Settings, user: str, password: str) -> Session:
    database = Database(database_url(settings))
    database.open()
    try:
        return Accounts(database).log_in(user, password, settings.workstation)
    finally:
        database.close()


def main() -> int:
    data_dir, user, password = sys.argv[1:]
    settings = load_settings(data_dir=Path(data_dir), workstation="SEAT-1")
    application = start_application(settings)
    operator = Operator()
    operator.setParent(application)
    # is_demo: the test has started the hub.
    return run_workstation(settings, session=log_in(settings, user, password), plan=WindowPlan(is_demo=True))


if __name__ == "__main__":
    raise SystemExit(main())
