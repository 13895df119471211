"""A tour on one wall: camera after camera on a tile, or preset after preset on all of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from services.core.clock import Clock
from services.domain.walls import Stop, StopKind, Tour, WallItem
from ui.jobs import UiJobs
from ui.preferences import Preferences
from views.watch.tour_clock import TourClock
from views.watch.wall_hand import plan_of
from views.watch.wall_library import WallLibrary
from views.watch.wall_presenter import WHOLE_WALL, WallPresenter

TICK_MS = 250
# Is an alarm in the way of what a tour would change? tile: its index, None = the whole wall.
AlarmCheck = Callable[[int | None], bool]


class Hold(StrEnum):
    """Why a tour stands."""

    NONE = ""
    PAUSED = "paused"
    TOUCHED = "touched"
    ALARM = "alarm"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class TourState:
    """position: from 1. left_s: whole seconds until the next stop."""

    item: WallItem
    stop: Stop
    position: int
    count: int
    left_s: int
    hold: Hold
    tile: int | None


class WallTour(QObject):
    """At most one tour per wall. It never changes a tile that has an alarm, nor what the operator works
    on: touched, it stands until it is told to go on. An alarm only halts it.

    Signals: changed() whenever `state` is another one.
    """

    changed = Signal()

    def __init__(
        self,
        wall: WallPresenter,
        library: WallLibrary,
        clock: Clock,
        is_alarmed: AlarmCheck,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._wall = wall
        self._library = library
        self._clock = clock
        self._is_alarmed = is_alarmed
        self._item: WallItem | None = None
        self._run: TourClock | None = None
        self._tile: int | None = None
        self._hold = Hold.NONE
        self._told: TourState | None = None
        self._is_moving = False
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        wall.touched.connect(self._note_touch)

    @property
    def state(self) -> TourState | None:
        if self._item is None or self._run is None:
            return None
        left_s = round(self._run.left_s(self._clock.monotonic()))
        run = self._run
        return TourState(self._item, run.stop, run.position + 1, run.count, left_s, self._hold, self._tile)

    def start(self, item: WallItem, tile: int | None = None) -> None:
        """tile: where a tour of cameras runs, the chosen one by default; a tour of presets takes the wall."""
        tour = item.tour
        if tour is None:
            return
        self._item = item
        self._run = TourClock(tour.stops, self._clock.monotonic())
        # Before its first stop, so that stepping on shows it.
        self._run.position = len(tour.stops) - 1
        self._tile = _tile(tour, self._wall.plan.chosen if tile is None else tile)
        self._hold = Hold.NONE
        self._timer.start()
        self._move(1)

    def stop(self) -> None:
        self._timer.stop()
        self._item = self._run = None
        self._wall.want_ahead(())
        self._tell()

    def toggle_pause(self) -> None:
        """The operator's word: it also ends a hold because of the operator's own work."""
        self._stand(Hold.PAUSED if self._hold is Hold.NONE else Hold.NONE)

    def step(self, by: int) -> None:
        """+1 to the next, -1 to the one before; works while it stands, too, but not over an alarm."""
        if self._run is not None and not self._is_alarmed(self._tile):
            if self._hold is Hold.TOUCHED:
                self._stand(Hold.PAUSED)
            self._move(by)

    def tick(self) -> None:
        run = self._run
        if run is None:
            return
        if self._tile is not None and self._tile >= self._wall.plan.count:
            self.stop()
            return
        self._follow_alarm()
        now_s = self._clock.monotonic()
        if run.is_over(now_s):
            self._move(1)
        elif run.is_soon_over(now_s):
            self._wall.want_ahead(self._cameras_of(self._next(1)))
        self._tell()

    def _follow_alarm(self) -> None:
        is_alarmed = self._is_alarmed(self._tile)
        if is_alarmed and self._hold in (Hold.NONE, Hold.NOTHING):
            self._stand(Hold.ALARM)
        elif not is_alarmed and self._hold is Hold.ALARM and self._run is not None:
            # The stop's whole time anew: whoever handled the alarm is still looking.
            self._run.go_to(self._run.position, self._clock.monotonic())
            self._stand(Hold.NONE)

    def _stand(self, hold: Hold) -> None:
        if self._run is None:
            return
        self._hold = hold
        if hold is Hold.NONE:
            self._run.go_on(self._clock.monotonic())
        else:
            self._run.stand(self._clock.monotonic())
            self._wall.want_ahead(())
        self._tell()

    def _note_touch(self, index: int) -> None:
        """Work on the tour's own tile, or on any tile when it has the whole wall."""
        is_mine = self._tile is None or index in (self._tile, WHOLE_WALL)
        if self._run is not None and is_mine and not self._is_moving and self._hold is not Hold.PAUSED:
            self._stand(Hold.TOUCHED)

    def _move(self, by: int) -> None:
        run = self._run
        assert run is not None
        position = self._next(by)
        now_s = self._clock.monotonic()
        if position is None:
            # Every stop is gone or on the wall already: look again after this stop's time.
            run.go_to(run.position, now_s)
            self._hold = Hold.NOTHING
        else:
            run.go_to(position, now_s)
            self._hold = Hold.NONE if self._hold is Hold.NOTHING else self._hold
            self._show(run.stop)
        self._wall.want_ahead(())
        self._tell()

    def _next(self, by: int) -> int | None:
        """The next stop that can be shown."""
        run = self._run
        assert run is not None
        return next((at for at in run.from_here(by) if self._can_show(run.stop_at(at))), None)

    def _can_show(self, stop: Stop) -> bool:
        match stop.kind:
            case StopKind.CAMERA:
                tile = self._tile if self._tile is not None else WHOLE_WALL
                is_there = self._wall.plan.is_elsewhere(stop.target, tile)
                return self._wall.knows(stop.target) and not is_there
            case StopKind.PRESET:
                return self._library.preset(stop.target) is not None
            case StopKind.LAYOUT:
                return self._library.layout(stop.target) is not None

    def _show(self, stop: Stop) -> None:
        self._is_moving = True
        preset, layout = self._library.preset(stop.target), self._library.layout(stop.target)
        if stop.kind is StopKind.CAMERA and self._tile is not None:
            self._wall.become(self._wall.plan.with_shown(self._tile, stop.target))
        elif stop.kind is StopKind.PRESET and preset is not None:
            self._wall.become(plan_of(preset, self._wall.plan))
        elif stop.kind is StopKind.LAYOUT and layout is not None:
            self._wall.become(self._wall.plan.with_layout(stop.target, layout))
        self._is_moving = False

    def _cameras_of(self, position: int | None) -> tuple[str, ...]:
        if position is None or self._run is None:
            return ()
        stop = self._run.stop_at(position)
        if stop.kind is StopKind.CAMERA:
            return (stop.target,)
        preset, layout = self._library.preset(stop.target), self._library.layout(stop.target)
        if stop.kind is StopKind.PRESET and preset is not None:
            return preset.cameras
        return self._wall.plan.cameras[: len(layout.cells)] if layout is not None else ()

    def _tell(self) -> None:
        state = self.state
        if state != self._told:
            self._told = state
            self.changed.emit()


class TourKeeping(QObject):
    """Which tour runs where comes back after a restart; it begins at its first stop."""

    def __init__(
        self,
        tour: WallTour,
        library: WallLibrary,
        preferences: Preferences,
        jobs: UiJobs,
        key: str,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._tour = tour
        self._library = library
        self._preferences = preferences
        self._jobs = jobs
        self._key = key
        self._kept: dict[str, object] = {}
        self._is_over = False
        tour.changed.connect(self._keep)

    def start(self) -> None:
        self._jobs.run(partial(self._preferences.load, self._key), self._restore)

    def stop(self) -> None:
        """What ends from now on ends with the program, not by the operator."""
        self._is_over = True

    def _restore(self, kept: dict[str, object] | None) -> None:
        if self._is_over or not kept or self._tour.state is not None:
            return
        self._kept = kept
        item = self._library.find(str(kept.get("item")))
        tile = kept.get("tile")
        if item is not None and item.tour is not None:
            self._tour.start(item, tile if isinstance(tile, int) and tile >= 0 else None)

    def _keep(self) -> None:
        if self._is_over:
            return
        state = self._tour.state
        kept: dict[str, object] = {}
        if state is not None:
            kept = {"item": state.item.id, "tile": -1 if state.tile is None else state.tile}
        if kept != self._kept:
            self._kept = kept
            self._jobs.run(partial(self._preferences.save, self._key, kept))


def _tile(tour: Tour, tile: int) -> int | None:
    return tile if tour.is_of_cameras else None
