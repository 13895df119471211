"""What draws for OpenGL here: asked in a process of its own, for a broken driver takes that down."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QGuiApplication, QOffscreenSurface, QOpenGLContext
from PySide6.QtOpenGL import QOpenGLFramebufferObject

from services.core.children import answer_of_child
from services.domain.video import PictureFormat
from ui.tiles.gpu.quads import Quads
from ui.tiles.gpu.renderer import LEAST_VERSION, Renderer
from ui.tiles.planes import bgra_of, plane_sizes

PROBE_LIMIT_S = 15.0
_RENDERER = 0x1F01
_SIDE_PX = 16
_MOST_OFF = 4


@dataclass(frozen=True, slots=True)
class ProbePicture:
    pixels: np.ndarray[tuple[int], np.dtype[np.uint8]]
    width_px: int
    height_px: int
    number: int
    arrived_s: float
    format: PictureFormat


def find_renderer() -> Renderer | None:
    """None where OpenGL does not begin at all; blocks for a second, call it from a job."""
    found = answer_of_child(renderer_here, name="probe-gl", limit_s=PROBE_LIMIT_S)
    return found if isinstance(found, Renderer) else None


def renderer_here() -> Renderer | None:
    """In this process, which must have no window yet."""
    application = QGuiApplication.instance() or QGuiApplication([])
    context = QOpenGLContext()
    if not context.create():
        return None
    surface = QOffscreenSurface()
    surface.setFormat(context.format())
    surface.create()
    if not context.makeCurrent(surface):
        return None
    name = context.functions().glGetString(_RENDERER)
    works = context.format().version() >= LEAST_VERSION and _paints(context, surface)
    context.doneCurrent()
    del application
    return Renderer(name, works)


def _paints(context: QOpenGLContext, surface: QOffscreenSurface) -> bool:
    """A flat picture, off its middle grey in both colours, comes out as it should."""
    pixels = np.empty(sum(w * h for w, h in plane_sizes(_SIDE_PX, _SIDE_PX)), np.uint8)
    rest = _SIDE_PX * _SIDE_PX
    pixels[:rest], pixels[rest : rest * 5 // 4], pixels[rest * 5 // 4 :] = 120, 90, 190
    picture = ProbePicture(pixels, _SIDE_PX, _SIDE_PX, 1, 0.0, PictureFormat.I420_709)
    quads = Quads(context)
    # It made its own surface current for a moment.
    context.makeCurrent(surface)
    target = QOpenGLFramebufferObject(QSize(_SIDE_PX, _SIDE_PX))
    target.bind()
    whole = QRect(0, 0, _SIDE_PX, _SIDE_PX)
    quads.draw(0, picture, whole, QRectF(0, 0, 1, 1), whole, whole.size())
    seen = target.toImage().pixelColor(_SIDE_PX // 2, _SIDE_PX // 2)
    complaint = quads.trouble()
    target.release()
    quads.release()
    blue, green, red, _ = bgra_of(picture)[0, 0].tolist()
    off = max(abs(seen.red() - red), abs(seen.green() - green), abs(seen.blue() - blue))
    return not complaint and off <= _MOST_OFF
