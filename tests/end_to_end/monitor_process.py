"""A workstation process on an X display with several monitors, which says what its windows are like.

Arguments: data folder, user, password, file for the report, "open" or "look". With "open" its operator
opens the second wall on the second monitor and the alarm monitor beside the main window, with "look" nothing
is touched. The report is written anew whenever something differs.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.application import start_application
from app.workstation import WindowPlan, run_workstation
from services.core.settings import load_settings
from tests.end_to_end.operator_process import log_in
from ui.monitors.window import MonitorWindow
from ui.shell.shell import Shell
from views.watch.screen import WatchScreen

LOOK_MS = 50


class Witness(QObject):
    """Writes down what can be seen; and is the operator when asked to open windows."""

    def __init__(self, report: Path, *, opens: bool) -> None:
        super().__init__()
        self._report = report
        self._written = ""
        self._steps = [self._open_wall, self._arrange_wall, self._open_alarm_monitor] if opens else []
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._turn)
        self._timer.start()

    def _turn(self) -> None:
        shell = next((w for w in QApplication.topLevelWidgets() if isinstance(w, Shell)), None)
        if shell is None or not shell.isVisible():
            return
        if self._steps and self._steps[0](shell):
            self._steps.pop(0)
        self._write(shell)

    def _open_wall(self, shell: Shell) -> bool:
        screen = shell.findChild(WatchScreen)
        if screen is None or screen.wall.content(0) is None:
            return False
        return _choose(screen, 0, 1)

    def _arrange_wall(self, _shell: Shell) -> bool:
        for window in _windows():
            content = window.content
            if isinstance(content, WatchScreen) and content.wall.content(0) is not None:
                content.bar.layout_chosen.emit("4")
                content.wall.camera_dropped.emit(1, "C24")
                return True
        return False

    def _open_alarm_monitor(self, shell: Shell) -> bool:
        screen = shell.findChild(WatchScreen)
        return screen is not None and _choose(screen, 4, 0)

    def _write(self, shell: Shell) -> None:
        active = QApplication.activeWindow()
        said = {
            "windows": {window.windowTitle(): _told(window) for window in _windows() if window.isVisible()},
            "monitors": sorted(screen.name() for screen in QGuiApplication.screens()),
            "is_main_active": active is shell or active is None,
            "banner": shell.banner.text,
        }
        text = json.dumps(said, ensure_ascii=False)
        if text != self._written:
            self._written = text
            half = self._report.with_suffix(".half")
            half.write_text(text, encoding="utf-8")
            os.replace(half, self._report)


def _choose(screen: WatchScreen, kind: int, monitor: int) -> bool:
    """As the mouse does in the menu of monitors."""
    menu = screen.bar.monitors.menu()
    menu.aboutToShow.emit()
    menu.actions()[kind].menu().actions()[monitor].trigger()
    return True


def _windows() -> list[MonitorWindow]:
    return [window for window in QApplication.topLevelWidgets() if isinstance(window, MonitorWindow)]


def _told(window: MonitorWindow) -> dict[str, object]:
    told: dict[str, object] = {"rect": list(window.geometry().getRect()), "is_full": window.isFullScreen()}
    content = window.content
    if isinstance(content, WatchScreen):
        shown = [content.wall.content(index) for index in range(content.wall.tile_count)]
        told["cameras"] = [tile.camera_no if tile is not None else "" for tile in shown]
    return told


def main() -> int:
    data_dir, user, password, report, how = sys.argv[1:]
    settings = load_settings(data_dir=Path(data_dir), workstation="SEAT-1")
    application = start_application(settings)
    witness = Witness(Path(report), opens=how == "open")
    witness.setParent(application)
    # is_demo: the test has started the hub, or needs none.
    return run_workstation(settings, session=log_in(settings, user, password), plan=WindowPlan(is_demo=True))


if __name__ == "__main__":
    raise SystemExit(main())
