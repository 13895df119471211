"""Takes over secrets as they change, and raises an alarm of its own while they cannot be read."""

from __future__ import annotations

import socket
import threading

import structlog

from services.alarms.center import AlarmCenter
from services.alarms.meaning import KEYS_SHUT
from services.core.clock import Clock
from services.core.ids import new_id
from services.domain.alarms import AlarmSource, Qualifier, Signal
from services.hub.campus import Campus
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
        self._center = center
        self._database = database
        self._clock = clock
        # None: this hub has said nothing yet.
        self._is_told_shut: bool | None = None

    def tick(self) -> None:
        """Called each second; raises ServiceError("storage.*") when the alarm cannot be stored."""
        is_shut = not self._campus.has_all_secrets
        if self._is_told_shut is None and not is_shut:
            # A hub before this one may have gone while its alarm stood.
            self._is_told_shut = self._database.read(
                lambda view: any(a.code_raw == KEYS_SHUT and a.source_active for a in view.alarms.open())
            )
        if is_shut is not self._is_told_shut:
            self._center.receive([self._signal(Qualifier.NEW if is_shut else Qualifier.RESTORE)])
            self._is_told_shut = is_shut

    def _signal(self, qualifier: Qualifier) -> Signal:
        return Signal(
            source=AlarmSource.DEVICE,
            account=socket.gethostname(),
            code=KEYS_SHUT,
            zone=0,
            qualifier=qualifier,
            received_at=self._clock.now(),
            fingerprint=f"keys:{new_id()}",
        )
