"""Shows what the hub on this machine has heard and cannot share: an alarm is seen without the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import structlog
from PySide6.QtCore import QObject, QTimer

from services.alarms.apart import alarm_apart, folded, is_told_already
from services.alarms.placing import Places
from services.alarms.sameness import Sameness, sameness_of
from services.campus.sight import Sight
from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.jobs import Jobs
from services.domain.alarms import Alarm, AlarmId, AlarmState
from services.domain.facts import AlarmChanged, AlarmRaised, AlarmRepeated, Fact
from services.domain.site import Site
from services.linkage.feeds import FeedChoice
from services.storage.spool import kept_on
from ui.board import LiveBoard
from ui.jobs import UiJobs

EVERY_MS = 500
MOST_AT_ONCE = 200
# The shared alarm comes by the feed a moment after its signal left the spool: the other stays until then.
GRACE_S = 60.0
STOP_LIMIT_S = 1.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Look:
    """One look into the spool: the oldest seq that waits (0 = nothing), the newest seen, what is new."""

    oldest: int
    newest: int
    alarms: tuple[Alarm, ...]


class ApartWatch(QObject):
    """Puts alarms that are not shared yet on the board, and takes them off when the shared ones are there."""

    def __init__(
        self, file: Path, site: Callable[[], Site], live: LiveBoard, clock: Clock, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._file = file
        self._site = site
        self._live = live
        # A thread of its own: those of the others may all be waiting for the database just now.
        self._thread = Jobs("seat-spool", threads=1)
        self._jobs = UiJobs(self._thread, self)
        self._clock = clock
        self._newest = 0
        # The newest signal each shown alarm stands for, and since when all of its signals are shared.
        self._shown: dict[AlarmId, int] = {}
        self._shared_s: dict[AlarmId, float] = {}
        self._is_looking = False
        self._told = ""
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        self._timer.start()
        self.look()

    def stop(self) -> None:
        self._timer.stop()
        self._jobs.close()
        self._thread.stop(STOP_LIMIT_S)

    @property
    def is_looking(self) -> bool:
        return self._is_looking

    def look(self) -> None:
        if not self._is_looking:
            self._is_looking = True
            self._jobs.run(partial(_look, self._file, self._newest, self._site()), self._show, self._miss)

    def _show(self, look: Look) -> None:
        self._is_looking = False
        self._newest = max(self._newest, look.newest)
        if not look.alarms and not self._shown:
            return
        shared, apart = _by_sameness(self._live.board.alarms.values())
        facts: list[Fact] = []
        for alarm in look.alarms:
            if is_told_already(alarm, shared, apart):
                continue
            counted = folded(apart, alarm)
            facts.append(AlarmRaised(counted) if counted is alarm else AlarmRepeated(counted))
            apart[sameness_of(counted)] = counted
            self._shown[counted.id] = max(self._shown.get(counted.id, 0), _seq_of(alarm))
        facts += [
            AlarmChanged(replace(gone, state=AlarmState.CLOSED), "shared")
            for gone in self._gone(look, shared, apart)
        ]
        if facts:
            self._live.apply(facts)

    def _gone(
        self, look: Look, shared: Mapping[Sameness, Alarm], apart: Mapping[Sameness, Alarm]
    ) -> list[Alarm]:
        """Those whose last signal is in the record, and whose shared alarm is on the board or overdue."""
        now_s = self._clock.monotonic()
        shown = {alarm.id: alarm for alarm in apart.values()}
        gone = []
        for alarm_id, seq in list(self._shown.items()):
            if look.oldest and seq >= look.oldest:
                self._shared_s.pop(alarm_id, None)
                continue
            since_s = self._shared_s.setdefault(alarm_id, now_s)
            alarm = shown.get(alarm_id)
            if alarm is None or now_s - since_s > GRACE_S or sameness_of(alarm) in shared:
                del self._shown[alarm_id], self._shared_s[alarm_id]
                gone += [alarm] if alarm is not None else []
        return gone

    def _miss(self, error: ServiceError) -> None:
        """Told once: the lamps already say that the record is away."""
        self._is_looking = False
        if error.code != self._told:
            log.warning("apart.unreadable", code=error.code)
        self._told = error.code


def _by_sameness(alarms: Iterable[Alarm]) -> tuple[dict[Sameness, Alarm], dict[Sameness, Alarm]]:
    """Those that are shared and those that are not, of equal ones one that is active.

    Thousands of each are looked through in one step.
    """
    shared: dict[Sameness, Alarm] = {}
    apart: dict[Sameness, Alarm] = {}
    for alarm in alarms:
        known, same = shared if alarm.is_shared else apart, sameness_of(alarm)
        if same not in known or alarm.source_active:
            known[same] = alarm
    return shared, apart


def _look(file: Path, newest: int, site: Site) -> Look:
    """In a job: geometry is asked only when there is something to place."""
    oldest, kept = kept_on(file, newest, MOST_AT_ONCE)
    if not kept:
        return Look(oldest, newest, ())
    places = Places(site, FeedChoice(site, Sight(site).feeds_for).choose)
    alarms = [alarm for one in kept if (alarm := alarm_apart(one, places)) is not None]
    return Look(oldest, kept[-1].seq, tuple(alarms))


def _seq_of(alarm: Alarm) -> int:
    return int(alarm.id.rpartition("-")[2])
