"""What an operator does with the picture of a tile: lines of its menu, and their keys."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.tiles.menu import TileAction
from ui.tiles.wall import WallSurface
from views.watch.snapshots import SnapshotPresenter

SNAPSHOT_KEY = "Ctrl+S"


class TileTools(QObject):
    """For one wall; `host` is where the keys work, on the chosen tile."""

    def __init__(self, wall: WallSurface, snapshots: SnapshotPresenter, host: QWidget) -> None:
        super().__init__(host)
        self._wall = wall
        self._snapshots = snapshots
        shortcut = QShortcut(QKeySequence(SNAPSHOT_KEY), host)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(self.take_chosen)

    def table(self) -> tuple[TileAction, ...]:
        return (TileAction(self._snapshot_text, self._take, SNAPSHOT_KEY, self._has_picture),)

    def take_chosen(self) -> None:
        """Keep the picture of the chosen tile."""
        chosen = self._wall.chosen
        self._snapshots.take(self._wall.content(chosen) if chosen is not None else None)

    def _snapshot_text(self, _index: int) -> str:
        return self.tr("抓图")

    def _take(self, index: int) -> None:
        self._snapshots.take(self._wall.content(index))

    def _has_picture(self, index: int) -> bool:
        return self._wall.has_picture(index)
