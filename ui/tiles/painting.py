"""By what the program's walls are painted: one choice for all windows, which may have to be taken back."""

from __future__ import annotations

from functools import cache

import structlog
from PySide6.QtCore import QObject, Signal

log = structlog.get_logger(__name__)


class Painting(QObject):
    """changed(): every surface changes over. failed(): the graphics card was given up; told once."""

    changed = Signal()
    failed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._is_gpu = False
        self._has_failed = False

    @property
    def is_gpu(self) -> bool:
        return self._is_gpu

    def use_gpu(self, is_gpu: bool) -> None:
        """A card that failed is not tried again before the program starts anew."""
        is_gpu = is_gpu and not self._has_failed
        if is_gpu != self._is_gpu:
            self._is_gpu = is_gpu
            self.changed.emit()

    def give_up_gpu(self, reason: str) -> None:
        """Something of the card failed while it was at work: paint without it."""
        if not self._is_gpu:
            return
        log.warning("wall.gpu_failed", reason=reason)
        self._has_failed = True
        self.use_gpu(False)
        self.failed.emit()


@cache
def painting() -> Painting:
    """The one of this program; GUI thread."""
    return Painting()
