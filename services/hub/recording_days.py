"""Warns before a camera has fewer days of recording than it should: a forecast, and an alarm from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from threading import Event

import structlog

from services.alarms.center import AlarmCenter
from services.alarms.meaning import RECORDING_SHORT
from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.workers import Worker
from services.domain.recording_days import CameraDays
from services.domain.site import Site
from services.hub.own_alarm import OwnAlarm
from services.recording.days import COUNT_LIMIT_S, read_overview, short_cameras
from services.storage import Database

LOOK_EVERY_S = 600.0
FIRST_LOOK_S = 60.0
# So long before it is missed it is an alarm; earlier it stands on the screen only.
WARN_AHEAD = timedelta(days=14)
# Rates go up and down: the alarm ends after so many looks without a reason for it.
QUIET_LOOKS = 3
MOST_NAMED = 8

log = structlog.get_logger(__name__)


class DaysWatch:
    """Runs one thread: counting a year of pieces takes a second or two."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        site: Callable[[], Site],
        center: Callable[[], AlarmCenter],
    ) -> None:
        self._database = database
        self._clock = clock
        self._site = site
        self._alarm = OwnAlarm(RECORDING_SHORT, database, clock, center)
        self._quiet_looks = 0
        self._failing = ""
        self._worker = Worker("recording-days", self._run)

    def start(self) -> None:
        self._worker.start()

    def stop(self, limit_s: float) -> None:
        self._worker.stop(limit_s)

    def look(self) -> list[CameraDays]:
        """Those that are too short, or will be soon; raises an alarm or ends it. Raises
        ServiceError("storage.*")."""
        now, site = self._clock.now(), self._site()
        overview = self._database.read(lambda view: read_overview(view, site, now), deadline_s=COUNT_LIMIT_S)
        soon = [one for one in short_cameras(overview.cameras) if _is_soon(one, now)]
        self._quiet_looks = 0 if soon else self._quiet_looks + 1
        if soon and not self._alarm.is_told:
            self._alarm.tell(stands=True, text=text_of(soon))
        elif self._quiet_looks >= QUIET_LOOKS:
            self._alarm.tell(stands=False)
        return soon

    def _run(self, stop: Event) -> None:
        wait_s = FIRST_LOOK_S
        while not stop.wait(wait_s):
            wait_s = LOOK_EVERY_S
            try:
                self.look()
                self._failing = ""
            except ServiceError as error:
                self._note(error.code)
            except Exception as error:  # noqa: BLE001  the thread's outermost frame: the next look may work
                self._note(type(error).__name__)

    def _note(self, code: str) -> None:
        if code != self._failing:
            log.error("recording.days_failing", code=code)
        self._failing = code


def text_of(short: Sequence[CameraDays]) -> str:
    """Numbers, dates and days, which need no language: "C01 2026-12-08 12/30"."""
    named = [
        f"{one.camera} {one.misses_at:%Y-%m-%d} {_reaches(one):.0f}/{one.wanted_days}"
        for one in short[:MOST_NAMED]
    ]
    more = [f"+{len(short) - MOST_NAMED}"] if len(short) > MOST_NAMED else []
    return ", ".join(named + more)


def _reaches(one: CameraDays) -> float:
    return one.days if one.reachable_days is None else one.reachable_days


def _is_soon(one: CameraDays, now: datetime) -> bool:
    return one.misses_at is not None and one.misses_at - now <= WARN_AHEAD
