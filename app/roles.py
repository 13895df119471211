"""Runs the product's windowless processes until they are told to end: the hub and the simulator."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType

import structlog

from app.processes import say_ready, watch_parent
from services.core.errors import ServiceError
from services.core.heldsecrets import SecretsFile
from services.core.settings import Settings

WAKE_S = 0.5
SECRETS_FILE = "secrets.toml"

log = structlog.get_logger(__name__)


def secrets_file(settings: Settings) -> SecretsFile:
    """Not read yet."""
    return SecretsFile(settings.data_dir / SECRETS_FILE)


def load_secrets(settings: Settings) -> SecretsFile:
    """This machine's secrets; empty when it has no secrets file yet. Raises ServiceError (secrets.*)."""
    secrets = secrets_file(settings)
    secrets.load()
    return secrets


class UntilStopped:
    """Waits for Ctrl+C, a termination signal or the end of the parent process."""

    def __init__(self, *, with_parent: bool) -> None:
        self._stop = threading.Event()
        signal.signal(signal.SIGINT, self._on_signal)
        signal.signal(signal.SIGTERM, self._on_signal)
        if with_parent:
            watch_parent(self._stop.set)

    def wait(self, is_done: Callable[[], bool] = lambda: False) -> None:
        """Until told to end, or until `is_done` says that there is nothing left to do."""
        # A wait without a limit would not see Ctrl+C on Windows.
        while not self._stop.wait(WAKE_S) and not is_done():
            continue

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()


def run_hub(settings: Settings, *, with_parent: bool) -> None:
    """The always-on half; returns after a clean stop. Raises ServiceError when it cannot start."""
    from services.hub import Hub

    until_stopped = UntilStopped(with_parent=with_parent)
    secrets = secrets_file(settings)
    # A file that cannot be read must not keep the plain panels from being heard.
    secrets.load_what_opens()
    hub = Hub(settings, secrets)
    try:
        hub.start()
    except ServiceError as error:
        # Started by a workstation it has no terminal; the log is where its reason can be found.
        log.error("hub.cannot_start", reason=str(error))
        raise
    try:
        say_ready(
            role="hub",
            dc09_host=settings.dc09_host,
            dc09_port=hub.dc09_port,
            gb26875_port=hub.gb26875_port,
            http_port=hub.http_port,
            guard_port=hub.guard_port,
        )
        until_stopped.wait(lambda: hub.is_over)
    finally:
        hub.stop()
