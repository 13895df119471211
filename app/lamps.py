"""Keeps the shell's lamps true and the hub alive: asks the database every two seconds, in a job."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from services.core.backoff import Backoff
from services.core.clock import Clock, SystemClock
from services.core.errors import ServiceError
from services.domain.recordings import RecordingState
from services.domain.video import StreamState
from services.storage import Database, HubBeat
from services.storage.records import FRESH
from ui.jobs import UiJobs
from ui.shell.shell import Shell
from ui.shell.words import LampState
from ui.text import sentence
from views.watch.wall_presenter import WallPresenter

EVERY_MS = 2000
ASK_LIMIT_S = 2.0
REVIVE_FIRST_S = 10.0
REVIVE_MOST_S = 120.0
REMIND_S = 10.0
NO_HUB = ServiceError("hub.not_running")


@dataclass(frozen=True, slots=True)
class Vital:
    """error: why the database did not answer, None when it did. has_hub: the site's hub is alive."""

    error: ServiceError | None
    has_hub: bool
    recording: RecordingState | None = None


class Pulse:
    """Whether the site's hub lives, by its row, looked at again and again.

    A row that changes is a sign of life whatever its time says: the hub's clock may be far from this seat's.
    Only the first one seen is believed by its time.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._has_looked = False
        self._seen: HubBeat | None = None
        self._changed_s = -math.inf

    def is_felt(self, beat: HubBeat | None) -> bool:
        now_s = self._clock.monotonic()
        if self._has_looked and beat != self._seen:
            self._changed_s = now_s
        self._has_looked, self._seen = True, beat
        if beat is None or not beat.hub:
            return False
        return beat.is_fresh(self._clock.now()) or now_s - self._changed_s < FRESH.total_seconds()


class Lamps(QObject):
    """One question at a time: a database that hangs gets no queue of them.

    Signals: trouble(ServiceError) when alarms or records stop coming through, again every
    `REMIND_S` while it lasts; recovered() when they come again.
    """

    trouble = Signal(object)
    recovered = Signal()

    def __init__(
        self,
        shell: Shell,
        database: Database,
        jobs: UiJobs,
        wall: WallPresenter,
        revive_hub: Callable[[], object] | None = None,
        count_cameras: Callable[[], tuple[int, int]] | None = None,
    ) -> None:
        super().__init__(shell)
        self._revive_hub = revive_hub
        self._count_recorded = count_cameras
        self._clock = SystemClock()
        self._pulse = Pulse(self._clock)
        self._backoff = Backoff(REVIVE_FIRST_S, REVIVE_MOST_S)
        self._revive_due_s = 0.0
        self._trouble: ServiceError | None = None
        self._remind_due_s = 0.0
        self._shell = shell
        self._database = database
        self._jobs = jobs
        self._wall = wall
        self._is_asking = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        self._shell.set_lamp("recording", LampState.UNKNOWN)
        self._timer.start()
        self.look()

    def stop(self) -> None:
        self._timer.stop()

    def look(self) -> None:
        self._count_cameras()
        if not self._is_asking:
            self._is_asking = True
            self._jobs.run(self._ask, self._show)

    def _ask(self) -> Vital:
        """In a job thread."""
        try:
            beat, recording = self._database.read(
                lambda view: (view.last_hub_beat(), view.recording_state()), deadline_s=ASK_LIMIT_S
            )
        except ServiceError as error:
            return Vital(error, False)
        return Vital(None, self._pulse.is_felt(beat), recording)

    def _show(self, vital: Vital) -> None:
        self._is_asking = False
        database = LampState.GOOD if vital.error is None else LampState.BAD
        self._shell.set_lamp("database", database, "" if vital.error is None else sentence(vital.error))
        if vital.error is not None:
            self._shell.set_lamp("receiver", LampState.UNKNOWN)
        elif vital.has_hub:
            self._backoff.reset()
            self._shell.set_lamp("receiver", LampState.GOOD)
        else:
            self._shell.set_lamp("receiver", LampState.BAD, sentence(NO_HUB))
            self._revive()
        self._show_recording(vital)
        self._tell(vital.error or (None if vital.has_hub else NO_HUB))

    def _show_recording(self, vital: Vital) -> None:
        """As the hub last said; without a hub nobody knows."""
        state = vital.recording
        if state is None or not state.cameras:
            self._shell.set_lamp("recording", LampState.ABSENT)
        elif not vital.has_hub:
            self._shell.set_lamp("recording", LampState.UNKNOWN)
        elif not state.has_disk:
            self._shell.set_lamp("recording", LampState.BAD, self.tr("没有可写的录像硬盘"))
        else:
            hint = self.tr("{well} / {cameras} 台摄像机在录").format(well=state.well, cameras=state.cameras)
            is_well = state.well == state.cameras
            self._shell.set_lamp("recording", LampState.GOOD if is_well else LampState.WARNING, hint)

    def _tell(self, trouble: ServiceError | None) -> None:
        """In the banner, not only by a lamp: without hub or database no alarm reaches this seat."""
        now_s = self._clock.monotonic()
        was, self._trouble = self._trouble, trouble
        if trouble is None:
            if was is not None:
                self.recovered.emit()
        elif was is None or was.code != trouble.code or now_s >= self._remind_due_s:
            self._remind_due_s = now_s + REMIND_S
            self.trouble.emit(trouble)

    def _revive(self) -> None:
        """On a single PC a dead hub is started again, at a pace that slows while it keeps dying."""
        now_s = self._clock.monotonic()
        if self._revive_hub is not None and now_s >= self._revive_due_s:
            self._revive_due_s = now_s + self._backoff.next_s()
            self._jobs.run(self._revive_hub)

    def _count_cameras(self) -> None:
        """By the record of all seats and the hub; before there is one, by the streams open here."""
        well, known = self._count_recorded() if self._count_recorded is not None else (0, 0)
        if known:
            self._shell.set_cameras(well, known)
            return
        statuses = self._wall.statuses()
        self._shell.set_cameras(sum(s.state is StreamState.LIVE for s in statuses), len(statuses))
