"""What an operator does with the picture of a tile: lines of its menu, and their keys."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.listening import Listening
from ui.tiles.menu import TileAction
from ui.tiles.wall import WallSurface
from views.watch.snapshots import SnapshotPresenter

SNAPSHOT_KEY = "Ctrl+S"
LISTEN_KEY = "Ctrl+H"


class TileTools(QObject):
    """For one wall; `host` is where the keys work, on the chosen tile."""

    def __init__(
        self, wall: WallSurface, snapshots: SnapshotPresenter, listening: Listening, host: QWidget
    ) -> None:
        super().__init__(host)
        self._wall = wall
        self._snapshots = snapshots
        self._listening = listening
        listening.changed.connect(wall.show_heard)
        wall.cameras_seen.connect(listening.keep_only)
        for key, action in ((SNAPSHOT_KEY, self.take_chosen), (LISTEN_KEY, self.listen_chosen)):
            shortcut = QShortcut(QKeySequence(key), host)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(action)

    def table(self) -> tuple[TileAction, ...]:
        return (
            TileAction(self._snapshot_text, self._take, SNAPSHOT_KEY, self._has_picture),
            TileAction(self._listen_text, self._listen, LISTEN_KEY, self._has_camera),
        )

    def commands(self) -> tuple[tuple[str, str, str], ...]:
        """What the search field offers for the chosen tile: name for `run`, words, key."""
        return (
            ("snapshot", self.tr("抓图"), SNAPSHOT_KEY),
            ("listen", self.tr("监听声音"), LISTEN_KEY),
        )

    def run(self, command: str) -> None:
        """One of `commands`, on the chosen tile."""
        if command == "snapshot":
            self.take_chosen()
        else:
            self.listen_chosen()

    def take_chosen(self) -> None:
        """Keep the picture of the chosen tile."""
        chosen = self._wall.chosen
        self._snapshots.take(self._wall.content(chosen) if chosen is not None else None)

    def listen_chosen(self) -> None:
        """Hear the camera of the chosen tile, or stop hearing it."""
        if self._wall.chosen is not None:
            self._listen(self._wall.chosen)

    def _snapshot_text(self, _index: int) -> str:
        return self.tr("抓图")

    def _take(self, index: int) -> None:
        self._snapshots.take(self._wall.content(index))

    def _has_picture(self, index: int) -> bool:
        return self._wall.has_picture(index)

    def _listen_text(self, index: int) -> str:
        content = self._wall.content(index)
        is_heard = content is not None and content.camera_no == self._listening.camera_no
        return self.tr("停止监听") if is_heard else self.tr("监听声音")

    def _listen(self, index: int) -> None:
        content = self._wall.content(index)
        self._listening.toggle(content.camera_no if content is not None else "")

    def _has_camera(self, index: int) -> bool:
        return self._wall.content(index) is not None
