"""The spot monitor: the camera that was selected last, large, with its alarms."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from services.core.clock import Clock
from ui.tiles.menu import TileMenu
from ui.tiles.wall import WallSurface
from views.watch.look_tools import LookTools
from views.watch.looking_back import LookingBack
from views.watch.presenter import WatchPresenter
from views.watch.wall_presenter import WallPresenter


class SpotPage(QWidget):
    """One picture; whoever selects a camera on a wall, in a list or on a map calls `follow`."""

    def __init__(
        self,
        presenter: WatchPresenter,
        wall: WallPresenter,
        *,
        clock: Clock | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._wall = wall
        self.surface = WallSurface(self, clock=clock)
        self._looking: LookingBack | None = None
        self.look_tools: LookTools | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.surface)
        presenter.changed.connect(self.show_present)
        wall.changed.connect(self.show_present)
        self.surface.camera_dropped.connect(self._drop)
        self.surface.tiles_placed.connect(self._note_height)
        self.surface.cameras_seen.connect(self._note_seen)
        self.surface.alarm_action.connect(presenter.act_on)
        self.surface.plate_painted.connect(presenter.reports.note_displayed)
        self.surface.picture_painted_under_alarm.connect(presenter.reports.note_filmed)
        self.show_present()

    def follow(self, camera_no: str) -> None:
        """Show the camera that somebody selected."""
        shown = self._wall.plan.cameras[0]
        if shown != camera_no:
            if self._looking is not None and shown:
                self._looking.leave(shown)
            self._wall.put_camera(0, camera_no)

    def host_looking_back(self, looking: LookingBack) -> None:
        """Let the picture show what was to be seen just now; the camera's tiles elsewhere stay live."""
        self._looking = looking
        self.look_tools = LookTools(self.surface, looking, self)
        TileMenu(self.surface, self.look_tools.table())
        looking.changed.connect(self.show_present)

    def show_present(self) -> None:
        """Everything as the presenters have it now."""
        content = self._wall.tile(0)
        if self._looking is not None:
            self._looking.follow(self._presenter.plates)
            content = self._looking.content(content)
        self.surface.arrange(self._wall.plan.cells, [content])
        self.surface.set_alarms(self._presenter.plates)

    def _drop(self, _index: int, camera_no: str) -> None:
        self.follow(camera_no)

    def _note_seen(self, camera_nos: frozenset[str]) -> None:
        self._wall.note_seen("spot", camera_nos)

    def _note_height(self) -> None:
        self._wall.note_heights(self.surface.tile_heights_px())
