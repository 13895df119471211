"""A workstation that does not start says so in a window where nobody reads its stderr."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.refusal import show_refusal
from app.seat_lock import held_seat
from services.core.errors import ServiceError
from services.core.settings import load_settings
from tests.app.command_line import ROOT, environment
from tests.waiting import LIMIT_S
from ui.refusal import RefusalWindow

# Closes the window as a person would, and says what stood in it. No application is made here: the program's
# own must come to be as it does for a person.
READER = """
from PySide6.QtCore import QTimer
from app.cli import main
from ui.refusal import RefusalWindow

wait = RefusalWindow.exec

def read(window):
    assert window.isVisible()
    print(window.text.text(), window.button.text(), sep="|", flush=True)
    window.button.click()

def read_and_wait(window):
    QTimer.singleShot(20, lambda: read(window))
    return wait(window)

RefusalWindow.exec = read_and_wait
main()
"""


def start(display: str, data_dir: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """As from an icon: on a screen, with a stderr that is no terminal."""
    return subprocess.run(
        [sys.executable, "-c", READER, *arguments],
        cwd=ROOT,
        env=environment(
            QT_QPA_PLATFORM="xcb",
            DISPLAY=display,
            SHOUWANG_DATA_DIR=str(data_dir),
            SHOUWANG_WORKSTATION="DESK",
        ),
        capture_output=True,
        encoding="utf-8",
        timeout=LIMIT_S,
        check=False,
    )


def test_a_second_workstation_started_by_its_icon_is_refused_in_a_window(
    display: str, data_dir: Path
) -> None:
    with held_seat(load_settings(data_dir=data_dir, workstation="DESK")):
        refused = start(display, data_dir)
    assert refused.returncode == 2
    shown, button = refused.stdout.strip().rsplit("|", 1)
    assert "已经打开" in shown
    assert "DESK is already open" in shown
    assert button == "关闭 / Close"
    assert "DESK is already open" in refused.stderr


def test_a_damaged_database_is_told_in_a_window_too(display: str, data_dir: Path) -> None:
    data_dir.mkdir(exist_ok=True)
    (data_dir / "shouwang.db").write_bytes(b"no database at all" * 500)
    refused = start(display, data_dir)
    assert (refused.returncode, refused.stdout.count("关闭 / Close")) == (2, 1)


def test_a_command_is_refused_without_a_window(display: str, data_dir: Path) -> None:
    data_dir.mkdir(exist_ok=True)
    (data_dir / "shouwang.db").touch()
    refused = start(display, data_dir, "alarms")
    assert (refused.returncode, refused.stdout) == (2, "")


def test_where_there_is_no_screen_nothing_waits_to_be_closed(qapp: QApplication) -> None:
    assert qapp.platformName() == "offscreen"
    show_refusal(ServiceError("app.seat_taken", name="DESK", folder="/srv"))


def test_enter_closes_the_window(qtbot: QtBot) -> None:
    window = RefusalWindow("守望没有打开", "已经打开", "关闭")
    qtbot.addWidget(window)
    window.show()
    qtbot.keyClick(window, Qt.Key.Key_Return)
    assert not window.isVisible()
