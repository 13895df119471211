"""Takes over secrets as they change, and raises an alarm of its own while they cannot be read."""

from __future__ import annotations

import threading

import structlog

from services.alarms.center import AlarmCenter
from services.alarms.meaning import KEYS_SHUT
from services.core.clock import Clock
from services.hub.campus import Campus
from services.hub.own_alarm import OwnAlarm
from services.storage import Database

LOOK_EVERY_S = 1.0

log = structlog.get_logger(__name__)


class KeyReader:
    """Takes secrets over in a thread of its own: a keyring that hangs is waited for longer than the
    hub's heartbeat may pause."""

    def __init__(self, campus: Campus) -> None:
        self._campus = campus
        self._is_failing = False

    def run(self, stop: threading.Event) -> None:
        while not stop.wait(LOOK_EVERY_S):
            try:
                self._campus.refresh_secrets()
                self._is_failing = False
            except Exception:  # the thread's outermost frame: our mistake must not end the looking
                if not self._is_failing:
                    log.exception("keys.failing")
                self._is_failing = True


class KeyWatch:
    """A duty of the rounds. Without its keys a hub hears the plain panels only, and every seat must know."""

    def __init__(self, campus: Campus, center: AlarmCenter, database: Database, clock: Clock) -> None:
        self._campus = campus
        self._alarm = OwnAlarm(KEYS_SHUT, database, clock, lambda: center)

    def tick(self) -> None:
        """Called each second; raises ServiceError("storage.*") when the alarm cannot be stored."""
        self._alarm.tell(stands=not self._campus.has_all_secrets)
