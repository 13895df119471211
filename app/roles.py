"""Runs the product's windowless processes until they are told to end: the hub and the simulator."""

from __future__ import annotations

import signal
import threading
from types import FrameType

import structlog

from app.processes import say_ready, watch_parent
from services.core.secrets import Secrets
from services.core.settings import Settings

WAKE_S = 0.5
SECRETS_FILE = "secrets.toml"

log = structlog.get_logger(__name__)


def load_secrets(settings: Settings) -> Secrets:
    """This machine's secrets; empty when it has no secrets file yet."""
    return Secrets.load(settings.data_dir / SECRETS_FILE)


class UntilStopped:
    """Waits for Ctrl+C, a termination signal or the end of the parent process."""

    def __init__(self, *, with_parent: bool) -> None:
        self._stop = threading.Event()
        signal.signal(signal.SIGINT, self._on_signal)
        signal.signal(signal.SIGTERM, self._on_signal)
        if with_parent:
            watch_parent(self._stop.set)

    def wait(self) -> None:
        # A wait without a limit would not see Ctrl+C on Windows.
        while not self._stop.wait(WAKE_S):
            continue

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()


def run_hub(settings: Settings, *, with_parent: bool) -> None:
    """The always-on half; returns after a clean stop. Raises ServiceError when it cannot start."""
    from services.hub import Hub

    until_stopped = UntilStopped(with_parent=with_parent)
    hub = Hub(settings, load_secrets(settings))
    hub.start()
    try:
        say_ready(role="hub", dc09_host=settings.dc09_host, dc09_port=hub.dc09_port)
        until_stopped.wait()
    finally:
        hub.stop()
