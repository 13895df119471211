"""Sees to it that one site has one hub: a row says who serves it and that they are alive."""

from __future__ import annotations

import os
import socket
from datetime import datetime

import structlog

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.storage import Database, HubBeat, Tx
from services.storage.records import FRESH

log = structlog.get_logger(__name__)


class Heartbeat:
    """This process's claim on the site; its id is host, process number and a random part."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._hub = f"{socket.gethostname()[:40]}:{os.getpid()}:{new_id()[-8:]}"
        self.is_superseded = False
        self._is_claimed = False

    def claim_site(self) -> None:
        """Raises hub.already_running(host, since) while another hub is alive."""

        def work(tx: Tx) -> None:
            now = self._clock.now()
            beat = tx.last_hub_beat()
            if beat is not None and self._is_alive(beat, now):
                raise ServiceError("hub.already_running", host=beat.hub.partition(":")[0], since=beat.at)
            tx.audit(None, "hub.started", self._hub)
            tx.beat(self._hub, now)

        self._database.write(work)
        self._is_claimed = True

    def beat(self) -> bool:
        """Say that we are alive; False when another hub serves the site by now."""
        if self.is_superseded:
            return False

        def work(tx: Tx) -> bool:
            now = self._clock.now()
            beat = tx.last_hub_beat()
            if beat is not None and beat.hub != self._hub and self._is_alive(beat, now):
                return False
            tx.beat(self._hub, now)
            return True

        self.is_superseded = not self._database.write(work)
        if self.is_superseded:
            log.error("hub.superseded", hub=self._hub)
        return not self.is_superseded

    def say_goodbye(self) -> None:
        """Let the next hub start at once; a database that is away leaves the row to grow old."""
        if not self._is_claimed or self.is_superseded:
            return

        def work(tx: Tx) -> None:
            tx.audit(None, "hub.stopped", self._hub)
            tx.beat(self._hub, self._clock.now() - FRESH)

        try:
            self._database.write(work)
        except ServiceError as error:
            log.warning("hub.goodbye_not_stored", code=error.code)

    def _is_alive(self, beat: HubBeat, now: datetime) -> bool:
        return beat.hub != self._hub and beat.is_fresh(now) and not _is_dead_neighbour(beat.hub)


def _is_dead_neighbour(hub: str) -> bool:
    """The hub ran on this machine and its process is gone, so nobody needs to wait for it."""
    host, _, rest = hub.partition(":")
    process = rest.partition(":")[0]
    if os.name != "posix" or host != socket.gethostname()[:40] or not process.isdigit():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
