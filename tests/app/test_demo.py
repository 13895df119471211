"""The demo starts from nothing and leaves nothing, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.demo import easy_to_type
from app.processes import Child
from tests.app.command_line import ROOT, alive, command, descendants, environment, run

Wait = Callable[..., Any]
# workstation's children: hub, simulator, second seat; the simulator's: two encoders and their tracker
LEAST_PROCESSES = 5


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """The temporary folder that the demo uses; what it forgets there is its own."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    return folder


@pytest.fixture
def start_demo(temporary: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    started: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            command("demo", *arguments),
            cwd=ROOT,
            env=environment(TMPDIR=str(temporary)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        with process:
            process.kill()


def test_a_demo_of_eight_seconds_ends_by_itself_and_leaves_nothing(
    start_demo: Callable[..., subprocess.Popen[bytes]], temporary: Path, wait_until: Wait
) -> None:
    demo = start_demo("--seconds", "8")
    family = wait_until(lambda: _family(demo), timeout_s=60)
    wait_until(lambda: demo.poll() is not None, timeout_s=60)
    assert demo.returncode == 0
    wait_until(lambda: not alive(family))
    assert [path.name for path in temporary.glob("shouwang-demo-*")] == []


def test_a_folder_for_pictures_that_cannot_be_is_refused_before_anything_starts(
    temporary: Path, tmp_path: Path
) -> None:
    taken = tmp_path / "taken"
    taken.touch()
    for folder in (taken, taken / "below"):
        refused = run("demo", "--seconds", "1", "--shots", folder, TMPDIR=str(temporary))
        assert refused.returncode == 2
        assert [str(folder) in said for said in refused.stderr.splitlines()] == [True, True]
    assert list(temporary.iterdir()) == []


def test_digits_that_may_be_no_password_are_drawn_anew() -> None:
    drawn = iter(["1111111111", "1212343412", "0123456789", "3743221356", "9183746250"])
    assert easy_to_type(lambda: next(drawn)) == "3743221356"


def test_the_processes_of_a_killed_demo_end_by_themselves(
    start_demo: Callable[..., subprocess.Popen[bytes]], wait_until: Wait
) -> None:
    demo = start_demo()
    family = wait_until(lambda: _family(demo), timeout_s=60)
    os.kill(demo.pid, signal.SIGKILL)
    demo.wait()
    wait_until(lambda: not alive(family))


def test_a_terminated_demo_takes_its_folder_with_it(
    start_demo: Callable[..., subprocess.Popen[bytes]], temporary: Path, wait_until: Wait
) -> None:
    demo = start_demo()
    family = wait_until(lambda: _family(demo), timeout_s=60)
    # The first camera's line in the log says that the window is open.
    wait_until(lambda: any("video." in _text(log) for log in _logs(temporary)), timeout_s=60)
    demo.terminate()
    wait_until(lambda: demo.poll() is not None, timeout_s=60)
    assert demo.returncode == 0
    wait_until(lambda: not alive(family))
    assert [path.name for path in temporary.glob("shouwang-demo-*")] == []


def test_the_encoders_of_a_killed_simulator_end_by_themselves(data_dir: Path, wait_until: Wait) -> None:
    arguments = ["sim", "--rtsp-port", "0", "--data-dir", str(data_dir)]
    simulator = Child("sim", arguments, {})
    simulator.wait_ready(40)
    encoders = wait_until(lambda: descendants(simulator.pid))
    os.kill(simulator.pid, signal.SIGKILL)
    simulator.stop()
    wait_until(lambda: not alive(encoders))


def _family(demo: subprocess.Popen[bytes]) -> list[int]:
    """The demo's processes once all have been started, else nothing."""
    found = descendants(demo.pid)
    roles = {_role(pid) for pid in found}
    return found if {"hub", "sim", "seat"} <= roles and len(found) >= LEAST_PROCESSES else []


def _logs(temporary: Path) -> list[Path]:
    return list(temporary.glob("shouwang-demo-*/logs/workstation.jsonl"))


def _text(file: Path) -> str:
    return file.read_text("utf-8")


def _role(pid: int) -> str:
    """`sim` of `python -m app sim …`, "" for a process that is not one of ours."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return ""
    return words[3].decode() if len(words) > 3 and words[1:3] == [b"-m", b"app"] else ""
