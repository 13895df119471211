"""The menu of a tile: a table of actions, given by whoever can do them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu

from ui.tiles.feed import ACTION_KEYS
from ui.tiles.wall import WallSurface


def always(_index: int) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class TileAction:
    """One line of the menu; every function gets the tile's index.

    text: in the language of the moment. key: the shortcut as text, "" for none. is_offered: asked at
    every opening; a line that cannot do anything is left out.
    """

    text: Callable[[int], str]
    do: Callable[[int], None]
    key: str = ""
    is_offered: Callable[[int], bool] = always


class TileMenu(QMenu):
    """Opens by a right click on a tile or the menu key on the chosen one; never in an alarm's way.

    Signals: key_passed(action), an alarm key that was pressed while the menu was open.
    """

    key_passed = Signal(str)

    def __init__(self, wall: WallSurface, actions: Sequence[TileAction] = ()) -> None:
        super().__init__(wall)
        self._wall = wall
        self._table: list[TileAction] = list(actions)
        self._offered: list[TileAction] = []
        self._index = 0
        self._keys = {Qt.Key[f"Key_{key}"].value: action for action, key in ACTION_KEYS.items()}
        self.triggered.connect(self._do)
        wall.menu_asked.connect(self.ask)
        # A new alarm takes the screen back: its plate must not lie under a menu.
        wall.plate_painted.connect(self.close)

    def add(self, actions: Sequence[TileAction]) -> None:
        """More lines, below those that are there."""
        self._table += actions

    def ask(self, index: int, at: QPoint) -> None:
        """Open for this tile, at a global position."""
        self._index = index
        self._offered = [action for action in self._table if action.is_offered(index)]
        self.clear()
        for action in self._offered:
            text = action.text(index).replace("&", "&&")
            self.addAction(f"{text}\t{action.key}" if action.key else text)
        if self._offered:
            self.popup(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self._keys.get(event.key())
        if action is None:
            super().keyPressEvent(event)
            return
        self.close()
        self.key_passed.emit(action)

    def _do(self, chosen: QAction) -> None:
        if self._index < self._wall.tile_count:
            self._offered[self.actions().index(chosen)].do(self._index)
