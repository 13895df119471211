"""The plan for those without a mouse: arrow keys go from thing to thing, Enter opens it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from services.core.clock import Clock
from services.domain.site import Point
from ui.map.canvas import MapCanvas
from ui.map.marks import Spot, Thing
from ui.map.spots import spots_of
from ui.theme import tokens
from ui.tips import plain_tip

# East and north, as the plan lies.
_WAYS: dict[int, Point] = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, 1.0),
    Qt.Key.Key_Down: (0.0, -1.0),
}
_PAN_PX = 80.0
_RING_PX = 15.0


def spot_towards(spots: Sequence[Spot], start: Point, way: Point) -> Spot | None:
    """The next one that way: near counts, and lying straight ahead counts as much again; None when none does.

    What lies at the same place as `start` is passed over; every spot can be reached by some keys, for each
    lies within a quarter of the compass of one of the four ways.
    """

    def cost(spot: Spot) -> float | None:
        dx, dy = spot.at[0] - start[0], spot.at[1] - start[1]
        ahead, aside = dx * way[0] + dy * way[1], abs(dx * way[1]) + abs(dy * way[0])
        return ahead + 2 * aside if ahead > 0 and aside <= ahead else None

    reachable = [(found, number) for number, spot in enumerate(spots) if (found := cost(spot)) is not None]
    return spots[min(reachable)[1]] if reachable else None


class WalkedMap(MapCanvas):
    """Arrows: to the next thing; N and P: through all of them; Shift+arrows move the plan, + and - zoom,
    Home shows it whole; Enter opens a camera, chooses anything else.
    """

    def __init__(self, parent: QWidget | None = None, *, clock: Clock | None = None) -> None:
        super().__init__(parent, clock=clock)
        self._walked: Spot | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def walked(self) -> Spot | None:
        """What the keyboard stands on."""
        return self._walked

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _WAYS and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            dx, dy = _WAYS[key]
            self.pan(-dx * _PAN_PX, dy * _PAN_PX)
        elif key in _WAYS:
            self._walk(_WAYS[key])
        elif key in (Qt.Key.Key_N, Qt.Key.Key_P):
            self._walk_on(1 if key == Qt.Key.Key_N else -1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif key == Qt.Key.Key_Home:
            self.fit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._walked is not None:
            self._open(self._walked)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._walked is not None and self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(tokens().accent), 3))
            painter.drawEllipse(self.pixel_of(self._walked.at), _RING_PX, _RING_PX)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _spots(self) -> list[Spot]:
        return spots_of(self.site, self._marks) if self.site is not None else []

    def _walk(self, way: Point) -> None:
        spots = self._spots()
        if not spots:
            return
        if self._walked is None:
            self._stand_on(spots[0])
            return
        spot = spot_towards(spots, self._walked.at, way)
        if spot is not None:
            self._stand_on(spot)

    def _walk_on(self, by: int) -> None:
        """Alarms first; this way also to what lies under another thing."""
        spots = self._spots()
        if spots:
            known = [(spot.thing, spot.no) for spot in spots]
            here = (self._walked.thing, self._walked.no) if self._walked else None
            at = known.index(here) + by if here in known else 0
            self._stand_on(spots[at % len(spots)])

    def _stand_on(self, spot: Spot) -> None:
        self._walked = spot
        pixel = self.pixel_of(spot.at)
        if not self.rect().contains(pixel.toPoint()):
            self.centre_on(spot.at)
            pixel = self.pixel_of(spot.at)
        said = self.said_of(spot)
        self.setAccessibleDescription(said)
        below = (pixel + QPointF(_RING_PX, _RING_PX)).toPoint()
        QToolTip.showText(self.mapToGlobal(below), plain_tip(said), self)
        self.update()

    def _open(self, spot: Spot) -> None:
        if spot.thing is Thing.CAMERA:
            self.camera_opened.emit(spot.no)
        else:
            self._tell(spot, spot.at)
