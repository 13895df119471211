"""Our client against a device that others wrote: ipycam, which listens on every interface.

It is met inside a network namespace; where the machine allows none, on the loopback as it is.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
PEERS = Path(sys.prefix) / "peers"


@pytest.fixture(scope="module")
def inside() -> Iterator[list[str]]:
    """The words before a command that put it into a network of its own; none where that is not allowed."""
    name = f"shouwang-{os.getpid()}"
    if shutil.which("ip") is None or _ip("netns", "add", name) != 0:
        yield []
        return
    try:
        enter = ["ip", "netns", "exec", name]
        is_up = subprocess.run([*enter, "ip", "link", "set", "lo", "up"], capture_output=True, check=False)
        yield enter if is_up.returncode == 0 else []
    finally:
        _ip("netns", "del", name)


def _ip(*words: str) -> int:
    return subprocess.run(["ip", *words], capture_output=True, check=False).returncode


@pytest.fixture(scope="module")
def met(inside: list[str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What our client saw of it."""
    assert (PEERS / "ipycam").is_dir(), "python3 dev.py setup --test installs the foreign device"
    done = subprocess.run(
        [*inside, sys.executable, str(Path(__file__).with_name("ipycam_meeting.py")), str(PEERS)],
        cwd=tmp_path_factory.mktemp("ipycam"),  # it keeps presets in the folder it runs in
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    seen: dict[str, object] = json.loads(done.stdout)
    return seen


def test_it_is_found_by_its_probe_match(met: dict[str, object]) -> None:
    found = met["found"]
    assert isinstance(found, list)
    assert any(url.endswith("/onvif/device_service") for url in found)


def test_it_tells_what_it_is_and_where_its_streams_are(met: dict[str, object]) -> None:
    assert (met["maker"], met["model"]) == ("PythonCam", "VirtualCam-1")
    assert met["main"] == ["rtsp://127.0.0.1:8554/video_main", 1280, "H264"]
    assert met["sub"] == ["rtsp://127.0.0.1:8554/video_sub", 640]
    assert met["has_ptz"]
    assert abs(float(str(met["clock_s"]))) < 5


def test_its_snapshot_is_a_jpeg_behind_basic_authentication(met: dict[str, object]) -> None:
    assert met["snapshot"] == "ffd8"


def test_it_turns_stops_and_remembers(met: dict[str, object]) -> None:
    moved, back = float(str(met["moved"])), float(str(met["back"]))
    assert moved > 0.05
    assert met["presets"] == ["Home", "北门"]
    assert met["home"] == 0.0
    assert back == pytest.approx(moved, abs=0.05)


def test_a_wrong_password_is_said_as_such(met: dict[str, object]) -> None:
    assert met["wrong_password"] == "onvif.unauthorized"
