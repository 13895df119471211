"""Sees to it that one site has one hub: a row says who serves it and that they are alive."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable

import structlog

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.storage import Database, HubBeat, Tx
from services.storage.records import FRESH

LOOK_EVERY_S = 0.2

log = structlog.get_logger(__name__)


class Heartbeat:
    """This process's claim on the site; its id is host, process number and a random part.

    Another hub lives while its row changes. The times in it are for people: two machines' clocks may be far
    apart, and a clock may be set.
    """

    def __init__(
        self, database: Database, clock: Clock, wait: Callable[[float], object] = time.sleep
    ) -> None:
        self._database = database
        self._clock = clock
        self._wait = wait
        self._hub = f"{socket.gethostname()[:40]}:{os.getpid()}:{new_id()[-8:]}"
        self.is_superseded = False
        self._is_claimed = False

    def claim_site(self) -> None:
        """At once after a goodbye; otherwise when the row of the hub before has not changed for `FRESH`.

        Raises hub.already_running(host, since) when it changes.
        """
        seen = self._watched()

        def work(tx: Tx) -> None:
            beat = tx.last_hub_beat()
            if beat != seen:
                self._refuse_other(beat)
            tx.audit(None, "hub.started", self._hub)
            tx.beat(self._hub, self._clock.now())

        self._database.write(work)
        self._is_claimed = True

    def beat(self) -> bool:
        """Say that we are alive; False when another hub has taken the site."""
        if self.is_superseded:
            return False

        def work(tx: Tx) -> bool:
            if self._is_others(tx.last_hub_beat()):
                return False
            tx.beat(self._hub, self._clock.now())
            return True

        self.is_superseded = not self._database.write(work)
        if self.is_superseded:
            log.error("hub.superseded", hub=self._hub)
        return not self.is_superseded

    def say_goodbye(self) -> None:
        """Let the next hub start at once; a database that is away leaves the row as it is."""
        if not self._is_claimed or self.is_superseded:
            return

        def work(tx: Tx) -> None:
            tx.audit(None, "hub.stopped", self._hub)
            if not self._is_others(tx.last_hub_beat()):
                tx.beat("", self._clock.now())

        try:
            self._database.write(work)
        except ServiceError as error:
            log.warning("hub.goodbye_not_stored", code=error.code)

    def _watched(self) -> HubBeat | None:
        """The row, once nobody can be behind it any more."""
        seen = self._row()
        ends_s = self._clock.monotonic() + FRESH.total_seconds()
        while self._is_others(seen) and self._clock.monotonic() < ends_s:
            self._wait(LOOK_EVERY_S)
            beat = self._row()
            if beat != seen:
                self._refuse_other(beat)
            seen = beat
        return seen

    def _row(self) -> HubBeat | None:
        return self._database.read(lambda view: view.last_hub_beat())

    def _refuse_other(self, beat: HubBeat | None) -> None:
        if beat is not None and self._is_others(beat):
            raise ServiceError("hub.already_running", host=beat.hub.partition(":")[0], since=beat.at)

    def _is_others(self, beat: HubBeat | None) -> bool:
        """Another hub's that has not said goodbye and, as far as can be known, may be alive."""
        return beat is not None and beat.hub not in ("", self._hub) and not _is_dead_neighbour(beat.hub)


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
