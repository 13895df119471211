"""What the tests of the composition root share."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator

import pytest

from tests.waiting import LIMIT_S


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """An X server without a window manager."""
    read_end, write_end = os.pipe()
    command = ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write_end], stderr=subprocess.DEVNULL)
    os.close(write_end)
    with os.fdopen(read_end) as pipe:
        name = f":{pipe.readline().strip()}"
    yield name
    server.terminate()
    server.wait(timeout=LIMIT_S)
