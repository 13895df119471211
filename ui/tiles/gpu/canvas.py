"""What a surface's tiles are painted on where the graphics card does it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPaintEngine, QPainter, QPaintEvent, QRegion
from PySide6.QtOpenGLWidgets import QOpenGLWidget

from ui.tiles.gpu.quads import GpuTrouble, Quads
from ui.tiles.paint import RasterPictures
from ui.tiles.painting import painting
from ui.tiles.tile import Tile

if TYPE_CHECKING:
    from ui.tiles.surface import TileSurface

_ALL = QRectF(0.0, 0.0, 1.0, 1.0)
# A picture that differs by so little from its place is not scaled, only cut: as QPainter does it.
_CLOSE_PX = 2


class GpuPictures:
    """Draws pictures that came as planes by the card, all others by QPainter."""

    def __init__(self) -> None:
        self.quads: Quads | None = None
        self._raster = RasterPictures()

    def paint(self, painter: QPainter, tile: Tile) -> None:
        picture = tile.held
        if picture is None or self.quads is None or not picture.format.is_planar:
            self._raster.paint(painter, tile)
            return
        device = painter.device()
        ratio = device.devicePixelRatioF()
        target = _scaled(tile.picture, ratio)
        source = _ALL if tile.zoom.is_whole else tile.zoom.part(1, 1)
        if tile.zoom.is_whole:
            width, height = picture.width_px, picture.height_px
            if max(abs(width - target.width()), abs(height - target.height())) <= _CLOSE_PX:
                target.setSize(QSize(width, height))
        clip = _scaled(painter.clipBoundingRect().toRect() & tile.picture, ratio)
        size = QSize(round(device.width() * ratio), round(device.height() * ratio))
        painter.beginNativePainting()
        self.quads.draw(tile, picture, target, source, clip, size)
        painter.endNativePainting()


class GpuCanvas(QOpenGLWidget):
    """Fills its surface, takes no input and keeps what was painted: only what is marked is painted again."""

    def __init__(self, surface: TileSurface) -> None:
        super().__init__(surface)
        self.pictures = GpuPictures()
        self._surface = surface
        self._damage = QRegion()
        self._has_ended = False
        self.setUpdateBehavior(QOpenGLWidget.UpdateBehavior.PartialUpdate)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def mark(self, region: QRegion) -> None:
        """Paint this again."""
        self._damage += region
        self.update()

    def end(self) -> None:
        """Another painter takes over."""
        self._has_ended = True
        if self.pictures.quads is not None:
            self.pictures.quads.release()
            self.pictures.quads = None
        self.hide()
        self.deleteLater()

    def initializeGL(self) -> None:
        """A new context: at the beginning, and when the window was made anew."""
        try:
            quads = Quads(self.context())
        except GpuTrouble as trouble:
            self._give_up(str(trouble))
            return
        self.context().aboutToBeDestroyed.connect(quads.release)
        self.pictures.quads = quads
        self._damage = QRegion(self.rect())

    def resizeGL(self, _width: int, _height: int) -> None:
        self._damage = QRegion(self.rect())

    def paintGL(self) -> None:
        region, self._damage = self._damage & self.rect(), QRegion()
        quads = self.pictures.quads
        if region.isEmpty() or quads is None:
            return
        painter = QPainter(self)
        if painter.paintEngine().type() is not QPaintEngine.Type.OpenGL2:
            # A picture is taken of the window (`grab`): QPainter goes there, the card's work would go here.
            # What was painted last is in that picture, and what waits is painted afterwards.
            painter.end()
            self.mark(region)
            return
        try:
            self._surface.paint_on_canvas(painter, region)
            quads.keep(self._surface.tiles)
        except GpuTrouble as trouble:
            self._give_up(str(trouble))
        finally:
            painter.end()
        complaint = quads.trouble()
        if complaint:
            self._give_up(complaint)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.isValid():
            self._give_up("no context")

    def _give_up(self, reason: str) -> None:
        """Not from inside a paint event: this widget goes away by it."""
        if not self._has_ended:
            self._has_ended = True
            QTimer.singleShot(0, painting(), partial(painting().give_up_gpu, reason))


def _scaled(rect: QRect, ratio: float) -> QRect:
    """In device pixels."""
    if ratio == 1.0:
        return QRect(rect)
    corner = QPoint(round(rect.x() * ratio), round(rect.y() * ratio))
    end = QPoint(round((rect.x() + rect.width()) * ratio) - 1, round((rect.y() + rect.height()) * ratio) - 1)
    return QRect(corner, end)
