"""Opens the file of the shelter: one that is damaged or out of reach keeps no panel from being heard."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from services.alarms.center import AlarmCenter
from services.alarms.meaning import SPOOL_LOST
from services.core.clock import Clock
from services.core.errors import ServiceError
from services.hub.own_alarm import OwnAlarm
from services.storage import Database
from services.storage.spool import Spool

log = structlog.get_logger(__name__)


class SpoolWatch:
    """`open` before panels are heard, `tick` each second from the hub's rounds.

    Until it is open what the record does not take is answered by silence: panels repeat it.
    """

    def __init__(
        self, spool: Spool, database: Database, clock: Clock, center: Callable[[], AlarmCenter]
    ) -> None:
        self._spool = spool
        self._alarm = OwnAlarm(SPOOL_LOST, database, clock, center)
        self._trouble = ""

    def open(self) -> None:
        """Never raises; logged when it begins to fail."""
        try:
            aside = self._spool.open()
        except ServiceError as error:
            if not self._trouble:
                log.error("spool.away", code=error.code, **error.params)
            self._trouble = self._trouble or str(error.params.get("reason", error.code))
            return
        if aside is not None:
            # Stands until the next hub finds it well: somebody has to look at what lies aside.
            log.error("spool.damaged", file=aside.name)
        self._trouble = "" if aside is None else aside.name

    def tick(self) -> None:
        """Raises ServiceError("storage.*") when the alarm cannot be stored."""
        if not self._spool.is_open:
            self.open()
        self._alarm.tell(stands=bool(self._trouble), text=self._trouble)
