"""Which part of a picture a zoomed tile shows; pure, so that every rectangle can be tested."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QRect, QRectF

MOST = 8.0
STEP = 1.25
_BADGE_WIDTH, _BADGE_HEIGHT, _BADGE_GAP = 58, 22, 6


@dataclass(frozen=True, slots=True)
class Zoom:
    """factor: 1 = the whole picture. left, top: the corner of what is shown, as shares of the picture."""

    factor: float = 1.0
    left: float = 0.0
    top: float = 0.0

    @property
    def is_whole(self) -> bool:
        return self.factor <= 1.0

    def part(self, width_px: int, height_px: int) -> QRectF:
        """What is shown of a picture of this size, in its pixels."""
        return QRectF(
            self.left * width_px, self.top * height_px, width_px / self.factor, height_px / self.factor
        )

    def turned(self, steps: float, x: float = 0.5, y: float = 0.5) -> Zoom:
        """In (+) or out (-) by wheel steps; the point at the shares (x, y) of the tile stays there."""
        factor = min(MOST, max(1.0, self.factor * STEP**steps))
        if factor < 1.01:
            return WHOLE
        left = self.left + x / self.factor - x / factor
        top = self.top + y / self.factor - y / factor
        return replace(self, factor=factor, left=left, top=top)._inside()

    def dragged(self, x: float, y: float) -> Zoom:
        """The picture follows the hand by shares of the tile's picture, never past its edges."""
        return replace(self, left=self.left - x / self.factor, top=self.top - y / self.factor)._inside()

    def _inside(self) -> Zoom:
        most = 1.0 - 1.0 / self.factor
        return replace(self, left=min(max(self.left, 0.0), most), top=min(max(self.top, 0.0), most))


WHOLE = Zoom()


def share_of(picture: QRect, point: QPoint) -> tuple[float, float]:
    """Where `point` lies in `picture`, each 0 to 1."""
    x = (point.x() - picture.x()) / max(1, picture.width())
    y = (point.y() - picture.y()) / max(1, picture.height())
    return min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)


def asked_size(shown_px: tuple[int, int], source_px: tuple[int, int], zoom: Zoom) -> tuple[int, int]:
    """How large a picture the tile needs: more when zoomed, but no more than the camera gives.

    shown_px: the tile's, in device pixels. source_px: (0, 0) while unknown.
    """
    if zoom.is_whole or not all(source_px):
        return shown_px
    wide, high = (round(side * zoom.factor) for side in shown_px)
    return min(wide, source_px[0]), min(high, source_px[1])


def badge_rect(body: QRect) -> QRect:
    """Where the factor stands and is clicked: low at the right, away from plates and headers."""
    return QRect(
        body.right() - _BADGE_WIDTH - _BADGE_GAP,
        body.bottom() - _BADGE_HEIGHT - _BADGE_GAP,
        _BADGE_WIDTH,
        _BADGE_HEIGHT,
    )


def badge_text(zoom: Zoom) -> str:
    return f"×{zoom.factor:.1f}"
