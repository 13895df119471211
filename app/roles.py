"""Runs the product's windowless processes until they are told to end: the hub and the simulator."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from datetime import time
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING

import structlog

from app.processes import ReportProcess, say_ready, watch_parent
from services.core.clock import SystemClock
from services.core.collector import collect_seldom
from services.core.errors import ServiceError
from services.core.heldsecrets import SecretsFile
from services.core.settings import Settings

if TYPE_CHECKING:
    from services.hub import Hub
    from services.hub.duty_reports import DutyReportTimer

WAKE_S = 0.5
# A record that is away now may be back; whatever else is wrong stays wrong.
RECORD_AWAY = frozenset({"storage.unreachable", "storage.timeout"})
RECORD_AGAIN_S = 2.0
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

    def pause(self, seconds: float) -> bool:
        """Whether it was told to end meanwhile."""
        return self._stop.wait(seconds)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()


def duty_report_timer(settings: Settings) -> DutyReportTimer | None:
    """None when the settings name no folder."""
    from services.hub.duty_reports import DutyReportTimer

    if settings.duty_report_dir is None:
        return None
    at = time.fromisoformat(settings.duty_report_at)
    return DutyReportTimer(settings.duty_report_dir, at, SystemClock(), partial(ReportProcess, settings))


def _goes_on(reports: DutyReportTimer | None) -> bool:
    """Looked at while the hub waits to be told to end; `tick` gives no reason to end."""
    if reports is not None:
        reports.tick()
    return False


def _started(make: Callable[[], Hub], until_stopped: UntilStopped, *, has_served: bool) -> Hub | None:
    """None when it was told to end before there was a record.

    After a power cut a hub may be up before its database server; who never had a record has a wrong address.
    """
    is_told = False
    while True:
        hub = make()
        try:
            hub.start()
        except ServiceError as error:
            if not has_served or error.code not in RECORD_AWAY:
                # Started by a workstation it has no terminal; the log is where its reason can be found.
                log.error("hub.cannot_start", reason=str(error))
                raise
            if not is_told:
                log.error("hub.waits_for_record", reason=str(error))
            is_told = True
        else:
            return hub
        if until_stopped.pause(RECORD_AGAIN_S):
            return None


def run_hub(settings: Settings, *, with_parent: bool) -> None:
    """The always-on half; returns after a clean stop. Raises ServiceError when it cannot start; a record that
    is away, and that this machine has served, is waited for."""
    from services.hub import Hub
    from services.storage.spool import SPOOL_FILE

    until_stopped = UntilStopped(with_parent=with_parent)
    secrets = secrets_file(settings)
    # A file that cannot be read must not keep the plain panels from being heard.
    secrets.load_what_opens()
    reports = duty_report_timer(settings)
    has_served = (settings.data_dir / SPOOL_FILE).exists()
    hub = _started(lambda: Hub(settings, secrets), until_stopped, has_served=has_served)
    if hub is None:
        return
    collect_seldom()
    try:
        say_ready(
            role="hub",
            dc09_host=settings.dc09_host,
            dc09_port=hub.dc09_port,
            gb26875_port=hub.gb26875_port,
            http_port=hub.http_port,
            guard_port=hub.guard_port,
        )
        until_stopped.wait(lambda: _goes_on(reports) or hub.is_over)
    finally:
        if reports is not None:
            reports.stop()
        hub.stop()
