"""Whether the graphics card paints the wall: what the site set, and what the machine has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import structlog

from services.core.errors import ServiceError
from ui.tiles.gpu.renderer import Renderer, may_have_card

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class PainterChoice:
    """trouble: what to tell the operator, when the setting could not be met."""

    is_gpu: bool = False
    renderer: str = ""
    trouble: ServiceError | None = None


def choose_painter(
    mode: str,
    find: Callable[[], Renderer | None] | None = None,
    may_have: Callable[[], bool] = may_have_card,
) -> PainterChoice:
    """mode: auto, raster or gpu. Blocks for a second where there may be a card; call it from a job."""
    if mode == "raster" or (mode == "auto" and not may_have()):
        return PainterChoice()
    found = (find or found_once)()
    name = found.name if found is not None else ""
    if found is not None and found.is_hardware:
        log.info("wall.painter", painter="gpu", renderer=name)
        return PainterChoice(is_gpu=True, renderer=name)
    log.info("wall.painter", painter="raster", renderer=name or "none")
    if mode == "gpu":
        return PainterChoice(renderer=name, trouble=ServiceError("painter.no_gpu", renderer=name or "–"))
    return PainterChoice(renderer=name)


@cache
def found_once() -> Renderer | None:
    """Cards do not come and go while the program runs."""
    # Only here: a seat that paints without a card never loads OpenGL.
    from ui.tiles.gpu.probe import find_renderer

    return find_renderer()
