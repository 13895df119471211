"""Everything that operates one wall, put together: layouts, presets by hand and by the clock, tours."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import QObject

from services.core.clock import Clock
from services.domain.walls import WallItem, WallItemKind
from ui.jobs import UiJobs
from ui.preferences import Preferences
from views.watch.plates import concerns
from views.watch.presenter import WatchPresenter
from views.watch.preset_clock import PresetClock
from views.watch.wall_hand import WallHand
from views.watch.wall_library import WallLibrary
from views.watch.wall_presenter import PREFERENCE, WallPresenter
from views.watch.wall_tour import TourKeeping, WallTour


class WallKit(QObject):
    """One per wall; `library` is the seat's. It begins with the wall; stop it before the wall."""

    def __init__(
        self,
        *,
        wall: WallPresenter,
        watch: WatchPresenter,
        library: WallLibrary,
        preferences: Preferences,
        jobs: UiJobs,
        clock: Clock,
        zone: tzinfo,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.wall = wall
        self.library = library
        self._watch = watch
        self.hand = WallHand(wall, self)
        self.tour = WallTour(wall, library, clock, self._is_alarmed, self)
        self._keeping = TourKeeping(self.tour, library, preferences, jobs, f"{wall.preference}.tour", self)
        self.preset_clock = PresetClock(
            hand=self.hand,
            library=library,
            preferences=preferences,
            jobs=jobs,
            key=f"{wall.preference}.schedule",
            clock=clock,
            zone=zone,
            is_handling=self._is_handling,
            # One preset on three screens would help nobody.
            is_usual=wall.preference == PREFERENCE,
            parent=self,
        )
        wall.restored.connect(self._begin)

    def stop(self) -> None:
        """What ran is started again at the next start."""
        self.preset_clock.stop()
        self._keeping.stop()
        self.tour.stop()

    def recall(self, item: WallItem) -> None:
        """A layout or preset is shown, a tour begins."""
        match item.kind:
            case WallItemKind.LAYOUT:
                if item.layout is not None:
                    self.hand.show_layout(item.id, item.layout)
            case WallItemKind.PRESET:
                if item.preset is not None:
                    self.hand.show_preset(item.preset)
            case WallItemKind.TOUR:
                self.tour.start(item)

    def set_layout(self, key: str) -> None:
        cells = self.library.layout(key)
        if cells is not None:
            self.hand.show_layout(key, cells)

    def _begin(self) -> None:
        """What was kept of tour and clock, on the wall that was kept."""
        self._keeping.start()
        self.preset_clock.start()

    def _is_alarmed(self, tile: int | None) -> bool:
        """An alarm on the tile; for the whole wall, any that waits or is this operator's."""
        if tile is None:
            return self._is_handling()
        return bool(self._watch.plates.get(self.wall.plan.cameras[tile]))

    def _is_handling(self) -> bool:
        user = self._watch.session.user
        return any(concerns(alarm, user) for alarm in self._watch.queue)
