"""A hub in a process of its own that a test may kill at any moment."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from services.core.settings import Settings

HUB_PROCESS = Path(__file__).with_name("hub_process.py")
ROOT = Path(__file__).parents[3]


class HubProcess:
    """A hub that can be killed and started again on the same ports. token: of those who report by HTTP."""

    def __init__(self, settings: Settings, token: str = "") -> None:
        self.port, self.fire_port, self.http_port = _free_port(), _free_port(), _free_port()
        self._of_http = {"SHOUWANG_HTTP_PORT": str(self.http_port), "GATE_TOKEN": token} if token else {}
        self._settings = settings
        self._database = [settings.database] if settings.database else []
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, HUB_PROCESS, str(self._settings.data_dir), str(self.port), *self._database],
            cwd=ROOT,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "SHOUWANG_GB26875_PORT": str(self.fire_port),
                **self._of_http,
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def send(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def kill(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            with process:
                process.kill()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port
