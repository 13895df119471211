"""Something is seen before the screens are loaded, and it is gone when there is something better to see."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.app.command_line import ROOT, environment
from tests.waiting import LIMIT_S

STARTER = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication
from app.application import show_splash
from services.core.settings import load_settings

def is_seen(splash):
    return splash.isVisible() and splash.windowHandle().isExposed()

settings = load_settings(data_dir=Path(sys.argv[1]), workstation="DESK")
splash = show_splash(settings)
heavy = {"app.workstation", "views.watch.screen", "av", "pyqtgraph"} & set(sys.modules)
print("first", is_seen(splash), splash.words.text(), *heavy, flush=True)

from app.workstation import WindowPlan, run_workstation

def look():
    windows = {type(window).__name__: window.isVisible() for window in QApplication.topLevelWidgets()}
    if windows.get("FirstRunDialog"):
        print("then", splash.isVisible(), flush=True)
        QCoreApplication.quit()

timer = QTimer()
timer.timeout.connect(look)
timer.start(20)
run_workstation(settings, plan=WindowPlan(is_demo=True), splash=splash)
"""


def test_the_splash_stands_before_the_screens_are_loaded_and_goes_with_the_first_window(
    display: str, data_dir: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", STARTER, str(data_dir)],
        cwd=ROOT,
        env=environment(QT_QPA_PLATFORM="xcb", DISPLAY=display, SHOUWANG_LANGUAGE="en"),
        capture_output=True,
        encoding="utf-8",
        timeout=LIMIT_S,
        check=False,
    )
    assert done.stdout.splitlines() == ["first True Opening…", "then False"], done.stderr
