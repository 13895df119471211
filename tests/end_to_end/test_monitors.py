"""Two monitors of a real X server: kill -9 of the workstation, a monitor that is pulled out and put back."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.conftest import Cameras
from tests.end_to_end.watch_kit import PASSWORD, Watch
from tests.waiting import LIMIT_S

ROOT = Path(__file__).parents[2]
PROCESS = Path(__file__).with_name("monitor_process.py")
SCOPE = "SEAT-1/wang"
WIDTH, HEIGHT = 1366, 768
RIGHT_HALF = [WIDTH, 0, WIDTH, HEIGHT]
Wait = Callable[..., Any]


class XDisplay:
    """An X server whose one screen is cut into monitors by RandR."""

    def __init__(self) -> None:
        read_end, write_end = os.pipe()
        size = f"{2 * WIDTH}x{HEIGHT}x24"
        # -noreset: a monitor that was set stays when no program is connected.
        command = ["Xvfb", "-displayfd", str(write_end), "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
        self._server = subprocess.Popen(command, pass_fds=[write_end], stderr=subprocess.DEVNULL)
        os.close(write_end)
        with os.fdopen(read_end) as pipe:
            self.name = f":{pipe.readline().strip()}"

    def plug(self, name: str, left: int, output: str = "none") -> None:
        self._xrandr("--setmonitor", name, f"{WIDTH}/361x{HEIGHT}/203+{left}+0", output)

    def unplug(self, name: str) -> None:
        self._xrandr("--delmonitor", name)

    def close(self) -> None:
        self._server.terminate()
        self._server.wait(timeout=LIMIT_S)

    def _xrandr(self, *arguments: str) -> None:
        subprocess.run(
            ["xrandr", "--display", self.name, *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            timeout=LIMIT_S,
        )


@pytest.fixture
def display() -> Iterator[XDisplay]:
    """Monitors LEFT, which is the primary one, and RIGHT."""
    made = XDisplay()
    made.plug("LEFT", 0, "screen")
    made.plug("RIGHT", WIDTH)
    yield made
    made.close()


class Workstation:
    """A workstation process and what it reports."""

    def __init__(self, process: subprocess.Popen[bytes], report: Path) -> None:
        self.process = process
        self._report = report

    def told(self) -> dict[str, Any]:
        if self.process.poll() is not None:
            pytest.fail(f"the workstation ended with {self.process.returncode}")
        if not self._report.exists():
            return {"windows": {}}
        told: dict[str, Any] = json.loads(self._report.read_text(encoding="utf-8"))
        return told

    def window(self, title: str) -> dict[str, Any] | None:
        found: dict[str, Any] | None = self.told()["windows"].get(title)
        return found


@contextmanager
def workstation(watch: Watch, display: XDisplay, report: Path, how: str) -> Iterator[Workstation]:
    """Killed with -9 in the end, as a power cut would."""
    watched = {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display.name, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, PROCESS, str(watch.data_dir), "wang", PASSWORD, str(report), how],
        cwd=ROOT,
        env={**os.environ, **watch.environment, **watched},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with process:
        try:
            yield Workstation(process, report)
        finally:
            os.kill(process.pid, signal.SIGKILL)


def test_after_kill_9_both_monitors_show_what_they_showed_and_follow_their_plug(
    display: XDisplay,
    cameras: Cameras,
    make_watch: Callable[..., Watch],
    wait_until: Wait,
    tmp_path: Path,
) -> None:
    watch = make_watch("", cameras)
    with workstation(watch, display, tmp_path / "first.json", "open") as first:
        wait_until(lambda: first.told() and _is_kept(watch), timeout_s=60)
        wall, alarm = first.window("电视墙 2"), first.window("报警监视")
        assert wall is not None
        assert alarm is not None
        # The second wall covers the right monitor; the alarm monitor stands beside the main window.
        assert (wall["rect"], wall["is_full"]) == (RIGHT_HALF, True)
        assert alarm["rect"][0] + alarm["rect"][2] <= WIDTH

    with workstation(watch, display, tmp_path / "second.json", "look") as second:
        wait_until(lambda: second.window("电视墙 2") == wall, timeout_s=60)
        assert second.window("报警监视") == alarm
        assert wall["cameras"][1] == "C24"
        assert second.told()["is_main_active"]
        display.unplug("RIGHT")
        wait_until(lambda: second.window("电视墙 2") is None)
        assert second.window("报警监视") == alarm
        assert "电视墙 2" in second.told()["banner"]
        display.plug("RIGHT", WIDTH)
        wait_until(lambda: second.window("电视墙 2") == wall)
        assert second.told()["is_main_active"]


def _is_kept(watch: Watch) -> bool:
    """Windows and wall have reached the database, as they do half a second after the last touch."""
    windows = watch.database.read(lambda view: view.preference(SCOPE, "monitors.windows")) or {}
    wall = watch.database.read(lambda view: view.preference(SCOPE, "watch.wall.2")) or {}
    cameras = wall.get("cameras")
    is_wall_kept = wall.get("layout") == "4" and isinstance(cameras, list) and cameras[1] == "C24"
    return is_wall_kept and {"wall.2", "alarm"} <= windows.keys()
