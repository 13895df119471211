"""The keys of the digital zoom; the mouse's half is in the wall itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.plain_key import PlainKey
from ui.tiles.wall import WallSurface

_DRAG_SHARE = 0.2


class ZoomKeys(QObject):
    """Ctrl++ and Ctrl+- zoom the chosen tile, Alt+arrows move in it, 0 of the number pad shows all.

    Signals: back_asked(), forward_asked() by Alt+left and Alt+right on a tile that is not zoomed.
    """

    back_asked = Signal()
    forward_asked = Signal()

    def __init__(self, wall: WallSurface, host: QWidget, take_zero: Callable[[], bool]) -> None:
        """take_zero: True when the number pad's 0 was a digit of something that is being typed."""
        super().__init__(host)
        self._wall = wall
        self._take_zero = take_zero
        for keys, action in (
            ("Ctrl++", self._zoom_in),
            ("Ctrl+=", self._zoom_in),
            ("Ctrl+-", self._zoom_out),
            ("Alt+Left", self._look_left),
            ("Alt+Right", self._look_right),
            ("Alt+Up", self._look_up),
            ("Alt+Down", self._look_down),
        ):
            QShortcut(QKeySequence(keys), host).activated.connect(action)
        PlainKey("Num+0", host, self._show_all)

    def _zoom_in(self) -> None:
        self._wall.zoom_chosen(1)

    def _zoom_out(self) -> None:
        self._wall.zoom_chosen(-1)

    def _show_all(self) -> None:
        if not self._take_zero():
            self._wall.reset_zoom()

    def _is_zoomed(self) -> bool:
        index = self._wall.chosen
        return index is not None and not self._wall.zoom(index).is_whole

    def _look_left(self) -> None:
        if self._is_zoomed():
            self._wall.drag_chosen(_DRAG_SHARE, 0)
        else:
            self.back_asked.emit()

    def _look_right(self) -> None:
        if self._is_zoomed():
            self._wall.drag_chosen(-_DRAG_SHARE, 0)
        else:
            self.forward_asked.emit()

    def _look_up(self) -> None:
        self._wall.drag_chosen(0, _DRAG_SHARE)

    def _look_down(self) -> None:
        self._wall.drag_chosen(0, -_DRAG_SHARE)
