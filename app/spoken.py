"""Whether this seat calls out new alarms: kept for its user, switched from the search field."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from app.preferences import StoredPreferences
from services.core.clock import Clock
from services.core.errors import ServiceError
from ui.announcer import Announcer
from ui.board import LiveBoard
from ui.jobs import UiJobs

SPOKEN = "alarm.spoken"


class SpokenAlarms(QObject):
    """Signals: said(str) how it is now; refused(ServiceError) when this machine cannot speak."""

    said = Signal(str)
    refused = Signal(object)

    def __init__(
        self,
        live: LiveBoard,
        preferences: StoredPreferences,
        jobs: UiJobs,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._jobs = jobs
        self._announcer = Announcer(live, clock, parent=self)

    def start(self) -> None:
        """As this user left it."""
        self._jobs.run(partial(self._preferences.load, SPOKEN), self._restore)

    def toggle(self) -> None:
        is_on = not self._announcer.is_on
        if not self._announcer.set_on(is_on, tries=True):
            self.refused.emit(ServiceError("ui.no_voice"))
            return
        self.said.emit(self.tr("语音播报已打开") if is_on else self.tr("语音播报已关闭"))
        kept: dict[str, object] = {"is_on": is_on}
        self._jobs.run(partial(self._preferences.save, SPOKEN, kept))

    def stop(self) -> None:
        self._announcer.stop()

    def _restore(self, kept: dict[str, object] | None) -> None:
        self._announcer.set_on((kept or {}).get("is_on") is True)
