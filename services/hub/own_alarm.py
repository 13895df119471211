"""An alarm that the hub raises about itself: told when it begins and when it ends, also by the next hub."""

from __future__ import annotations

import socket
from collections.abc import Callable

from services.alarms.center import AlarmCenter
from services.core.clock import Clock
from services.core.ids import new_id
from services.domain.alarms import AlarmSource, Qualifier, Signal
from services.storage import Database


class OwnAlarm:
    """code: of `services.alarms.meaning`. Used by one thread; raises ServiceError("storage.*")."""

    def __init__(
        self, code: str, database: Database, clock: Clock, center: Callable[[], AlarmCenter]
    ) -> None:
        self._code = code
        self._database = database
        self._clock = clock
        self._center = center
        # None: this hub has said nothing yet.
        self._is_told: bool | None = None

    @property
    def is_told(self) -> bool:
        """A hub before this one may have gone while its alarm stood."""
        if self._is_told is None:
            self._is_told = self._database.read(
                lambda view: any(
                    alarm.code_raw == self._code and alarm.source_active for alarm in view.alarms.open()
                )
            )
        return self._is_told

    def tell(self, *, stands: bool, text: str = "") -> None:
        """Nothing when this hub has said so already; one that begins is said by every hub."""
        if stands is self._is_told or (not stands and not self.is_told):
            return
        self._center().receive([self._signal(Qualifier.NEW if stands else Qualifier.RESTORE, text)])
        self._is_told = stands

    def _signal(self, qualifier: Qualifier, text: str) -> Signal:
        return Signal(
            source=AlarmSource.DEVICE,
            account=socket.gethostname(),
            code=self._code,
            zone=0,
            qualifier=qualifier,
            received_at=self._clock.now(),
            fingerprint=f"{self._code}:{new_id()}",
            text=text,
        )
