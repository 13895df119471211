"""What the camera list keeps for its user, and how the open streams are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from services.core.errors import ServiceError
from services.domain.site import Site
from services.domain.video import StreamState
from ui.jobs import UiJobs
from ui.preferences import Preferences
from views.watch.camera_groups import Grouping
from views.watch.wall_presenter import WallPresenter

PREFERENCE = "watch.cameras"
LOOK_MS = 500


class CameraListPresenter(QObject):
    """Signals: kept_changed() for grouping or favourites; states_changed({camera_no: StreamState});
    refused(ServiceError).
    """

    kept_changed = Signal()
    states_changed = Signal(dict)
    refused = Signal(object)

    def __init__(
        self,
        numbers: Collection[str],
        wall: WallPresenter,
        preferences: Preferences,
        jobs: UiJobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._numbers = frozenset(numbers)
        self._walls: tuple[WallPresenter, ...] = (wall,)
        self._looking = 0
        self._preferences = preferences
        self._jobs = jobs
        self.grouping = Grouping.PLACE
        self.favourites: frozenset[str] = frozenset()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Read what was kept."""
        self._jobs.run(partial(self._preferences.load, PREFERENCE), self._restore, self._tell)

    def stop(self) -> None:
        self._timer.stop()

    def set_walls(self, walls: Sequence[WallPresenter]) -> None:
        """Whose streams the list tells of; the first counts when walls differ."""
        self._walls = tuple(reversed(walls))

    def use_site(self, site: Site) -> None:
        """Go on with the site as it is now; the star of a camera that comes back is still there."""
        self._numbers = frozenset(camera.no for camera in site.cameras)

    def look(self, is_seen: bool) -> None:
        """One list of cameras more, or one less, is seen: states are followed while one is."""
        self._looking += 1 if is_seen else -1
        if self._looking > 0:
            self._look()
            self._timer.start()
        else:
            self._timer.stop()

    def group_by(self, grouping: Grouping) -> None:
        self.grouping = grouping
        self._keep()

    def toggle_favourite(self, number: str) -> None:
        if number in self._numbers:
            self.favourites ^= {number}
            self._keep()

    def _look(self) -> None:
        states: dict[str, StreamState] = {}
        for wall in self._walls:
            states.update(wall.states())
        self.states_changed.emit(states)

    def _keep(self) -> None:
        self.kept_changed.emit()
        kept: dict[str, object] = {"grouping": self.grouping.value, "favourites": sorted(self.favourites)}
        self._jobs.run(partial(self._preferences.save, PREFERENCE, kept))

    def _restore(self, kept: dict[str, object] | None) -> None:
        """What makes no sense any more is left out."""
        grouping, favourites = (kept or {}).get("grouping"), (kept or {}).get("favourites")
        if grouping in set(Grouping):
            self.grouping = Grouping(str(grouping))
        if isinstance(favourites, list):
            self.favourites = frozenset(map(str, favourites))
        self.kept_changed.emit()

    def _tell(self, error: ServiceError) -> None:
        self.refused.emit(error)
