"""From a live tile to its recording: half a minute ago, while the others stay as they are."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QObject

from ui.shell.shell import Shell
from ui.tiles.menu import TileAction
from ui.tiles.wall import WallSurface
from views.playback import SPEC
from views.playback.presenter import PlaybackPresenter

LOOKS_BACK = timedelta(seconds=30)


class LookingBack(QObject):
    """A line of the tile's menu, for who may see recordings."""

    def __init__(self, shell: Shell, wall: WallSurface, playback: PlaybackPresenter, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._wall = wall
        self._playback = playback

    def table(self) -> tuple[TileAction, ...]:
        return (TileAction(self._text, self._look_back, is_offered=self._has_camera),)

    def _text(self, _index: int) -> str:
        return self.tr("回放：从 30 秒前看起")

    def _has_camera(self, index: int) -> bool:
        return self._wall.content(index) is not None

    def _look_back(self, index: int) -> None:
        content = self._wall.content(index)
        if content is not None:
            self._playback.open_at([content.camera_no], self._playback.now - LOOKS_BACK)
            self._shell.show_screen(SPEC.name)
