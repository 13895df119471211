"""What hands do to a tile whose camera can be turned: press and hold, arrow keys, plus and minus.

Only the chosen tile is steered, so that a click that chooses never turns anything.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from ui.tiles.surface import TileSurface

HOLD_MS = 150  # a click and a double click are shorter: they turn nothing
KEY_SILENCE_MS = 2000  # a key that is held repeats; one that is silent for so long was released unheard
MIDDLE = 0.18  # of half the picture: here a press does what it does on any tile

_TURNS: dict[int, tuple[float, float, float]] = {
    Qt.Key.Key_Left: (-1.0, 0.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0, 0.0),
    Qt.Key.Key_Up: (0.0, 1.0, 0.0),
    Qt.Key.Key_Down: (0.0, -1.0, 0.0),
    Qt.Key.Key_Plus: (0.0, 0.0, 1.0),
    Qt.Key.Key_Equal: (0.0, 0.0, 1.0),
    Qt.Key.Key_Minus: (0.0, 0.0, -1.0),
}
_SPEEDS = {Qt.Key.Key_BracketLeft: -1, Qt.Key.Key_BracketRight: 1}
_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class SteerHand(QObject):
    """Belongs to one surface. Signals: steered(camera_no, pan, tilt, zoom), each -1..1 of the speed that is
    set; ended(camera_no), always after steered; speed_stepped(-1 or 1); presets_asked(camera_no).
    """

    steered = Signal(str, float, float, float)
    ended = Signal(str)
    speed_stepped = Signal(int)
    presets_asked = Signal(str)

    def __init__(self, surface: TileSurface) -> None:
        super().__init__(surface)
        self._surface = surface
        self._camera_no = ""
        self._picture = QRect()
        self._point: QPoint | None = None
        self._keys: set[int] = set()
        self._is_moving = False
        self._hold = self._timer(HOLD_MS)
        self._hold.timeout.connect(self._begin)
        self._silence = self._timer(KEY_SILENCE_MS)
        self._silence.timeout.connect(self.let_go)

    @property
    def is_holding(self) -> bool:
        """The mouse is pressed to steer."""
        return self._point is not None

    def press(self, index: int, point: QPoint) -> bool:
        """True when this press is for steering and for nothing else."""
        camera_no = self._steerable(index)
        picture = self._surface.picture_rect(index)
        if not camera_no or not picture.contains(point) or vector(picture, point) == (0.0, 0.0):
            return False
        self.let_go()
        self._camera_no, self._picture, self._point = camera_no, picture, point
        self._hold.start()
        return True

    def drag(self, point: QPoint) -> bool:
        """True while the mouse steers."""
        if self._point is None:
            return False
        self._point = point
        if self._is_moving:
            self._send(*vector(self._picture, point), 0.0)
        return True

    def release(self) -> None:
        """The mouse button is up."""
        if self._point is not None:
            self.let_go()

    def key_pressed(self, event: QKeyEvent) -> bool:
        """True when the key belongs to the chosen tile's camera."""
        index = self._surface.chosen
        camera_no = self._steerable(index) if index is not None else ""
        if not camera_no or event.modifiers() & _MODIFIERS:
            return False
        if event.key() in _SPEEDS:
            self.speed_stepped.emit(_SPEEDS[Qt.Key(event.key())])
            return True
        if event.key() == Qt.Key.Key_Y:
            self.presets_asked.emit(camera_no)
            return True
        if event.key() not in _TURNS:
            return False
        self._silence.start()
        if not event.isAutoRepeat():
            if camera_no != self._camera_no or self._point is not None:
                self.let_go()
                self._silence.start()
            self._camera_no = camera_no
            self._keys.add(event.key())
            self._send_keys()
        return True

    def key_released(self, event: QKeyEvent) -> bool:
        """True when the key was held to steer."""
        if event.isAutoRepeat() or event.key() not in self._keys:
            return event.key() in self._keys
        self._keys.discard(event.key())
        if self._keys:
            self._send_keys()
        else:
            self.let_go()
        return True

    def let_go(self) -> None:
        """Whatever was held is held no more: keys, mouse, window or focus are gone."""
        self._hold.stop()
        self._silence.stop()
        self._keys.clear()
        self._point = None
        if self._is_moving:
            self._is_moving = False
            self.ended.emit(self._camera_no)

    def _begin(self) -> None:
        if self._point is not None:
            self._send(*vector(self._picture, self._point), 0.0)

    def _send_keys(self) -> None:
        turns = [_TURNS[key] for key in self._keys]
        pan, tilt, zoom = (max(-1.0, min(1.0, sum(axis))) for axis in zip(*turns, strict=True))
        self._send(pan, tilt, zoom)

    def _send(self, pan: float, tilt: float, zoom: float) -> None:
        self._is_moving = True
        self.steered.emit(self._camera_no, pan, tilt, zoom)

    def _steerable(self, index: int) -> str:
        """The number of the chosen tile's camera, "" when it has no lens to turn."""
        content = self._surface.content(index) if index == self._surface.chosen else None
        return content.camera_no if content is not None and content.has_lens else ""

    def _timer(self, interval_ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        return timer


def vector(picture: QRect, point: QPoint) -> tuple[float, float]:
    """(pan, tilt) of a press at `point`: away from the middle, the faster the nearer to the edge."""
    right = (point.x() - picture.center().x()) / max(1.0, picture.width() / 2)
    up = (picture.center().y() - point.y()) / max(1.0, picture.height() / 2)
    length = math.hypot(right, up)
    if length < MIDDLE:
        return 0.0, 0.0
    speed = min(1.0, (length - MIDDLE) / (1.0 - MIDDLE)) or 0.01
    return round(right / length * speed, 2), round(up / length * speed, 2)
