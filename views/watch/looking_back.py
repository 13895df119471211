"""Half a minute back in one tile, while all others stay live; by itself back to live when it is seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.people import Permission, Session
from services.playback.lanes import Lane
from ui.jobs import UiJobs
from ui.tiles.feed import AlarmPlate, TileContent
from views.watch.past_tile import PastRecordings, PastTile

LOOKS_BACK = timedelta(seconds=30)
LOOK_EVERY_MS = 250
# What was written since is asked for: a growing file is read as far as it was known.
RENEW_EVERY = 20
KEY, FURTHER_KEY = "Space", "Shift+Space"


@dataclass(slots=True)
class _Asked:
    """Where a tile looks back to; answered by a job."""

    camera: str
    since: datetime
    until: datetime


class LookingBack(QObject):
    """Signals: changed() when a tile shows the past or the present again; refused(ServiceError)."""

    changed = Signal()
    refused = Signal(object)

    def __init__(
        self,
        recordings: PastRecordings,
        session: Session,
        jobs: UiJobs,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._recordings = recordings
        self._session = session
        self._jobs = jobs
        self._clock = clock
        self._tiles: dict[str, PastTile] = {}
        self._asked: dict[str, _Asked] = {}
        # By camera: the alarms that were there when somebody looked back; another one ends it.
        self._alarms: dict[str, frozenset[str]] = {}
        self._hung: dict[str, frozenset[str]] = {}
        self._looks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)

    def apart(self, parent: QObject) -> LookingBack:
        """The same for a place of its own: what looks back there does so nowhere else."""
        made = LookingBack(self._recordings, self._session, self._jobs, self._clock, parent)
        made.refused.connect(self.refused)
        return made

    @property
    def is_allowed(self) -> bool:
        return self._session.may(Permission.LOOK_BACK)

    def is_past(self, camera: str) -> bool:
        return camera in self._tiles

    def toggle(self, camera: str) -> None:
        """Half a minute back; back to live when it looks back already. "" = an empty tile."""
        if camera and not self.leave(camera) and camera not in self._asked:
            now = self._clock.now()
            self._ask(camera, now - LOOKS_BACK, now)

    def further(self, camera: str) -> None:
        """Another half minute back, from where the tile began."""
        tile = self._tiles.get(camera)
        if tile is None:
            self.toggle(camera)
        elif camera not in self._asked:
            self._ask(camera, tile.since - LOOKS_BACK, tile.until)

    def leave(self, camera: str) -> bool:
        """Back to live; False when it is live already."""
        tile = self._tiles.pop(camera, None)
        self._asked.pop(camera, None)
        if tile is None:
            return False
        tile.stop()
        if not self._tiles:
            self._timer.stop()
        self.changed.emit()
        return True

    def stop(self) -> None:
        self._timer.stop()
        for tile in self._tiles.values():
            tile.stop()
        self._tiles.clear()
        self._asked.clear()

    def content(self, live: TileContent | None) -> TileContent | None:
        """What the tile of a camera shows: `live`, or the past in its place."""
        tile = self._tiles.get(live.camera_no) if live is not None else None
        if live is None or tile is None:
            return live
        back_s = round((tile.until - tile.since).total_seconds())
        behind = f"−{back_s // 60}:{back_s % 60:02d}"
        return replace(live, feed=tile.feed, detail="", has_lens=False, behind=behind)

    def follow(self, plates: Mapping[str, Sequence[AlarmPlate]]) -> None:
        """A new alarm on a camera brings its present back: nobody may miss it for what is over."""
        self._hung = {no: frozenset(plate.alarm_id for plate in hung) for no, hung in plates.items()}
        for camera in list(self._tiles):
            if self._hung.get(camera, frozenset()) - self._alarms.get(camera, frozenset()):
                self.leave(camera)

    def _ask(self, camera: str, since: datetime, until: datetime) -> None:
        self._asked[camera] = _Asked(camera, since, until)
        self._alarms[camera] = self._hung.get(camera, frozenset())
        work = partial(self._recordings.look_back, self._session, camera, since, until)
        self._jobs.run(work, self._take, self._refuse)

    def _take(self, lane: Lane) -> None:
        asked = self._asked.pop(lane.camera, None)
        if asked is None:
            return  # somebody went back to live meanwhile
        tile = self._tiles.get(lane.camera)
        if tile is not None:
            tile.feed.use(lane)
            tile.begin_again(asked.since)
        else:
            self._tiles[lane.camera] = PastTile(self._recordings, lane, self._clock, asked.since, asked.until)
            self._timer.start()
        self.changed.emit()

    def _look(self) -> None:
        for camera, tile in list(self._tiles.items()):
            if tile.is_over:
                self.leave(camera)
        self._looks += 1
        if self._looks % RENEW_EVERY == 0:
            for tile in self._tiles.values():
                work = partial(
                    self._recordings.recent, self._session, tile.camera, tile.since, self._clock.now()
                )
                self._jobs.run(work, self._renew, self._refuse)

    def _renew(self, lane: Lane) -> None:
        tile = self._tiles.get(lane.camera)
        if tile is not None:
            tile.feed.use(lane)

    def _refuse(self, error: ServiceError) -> None:
        self._asked.clear()
        self.refused.emit(error)
