"""Feeds and times of the tests: pictures of one colour, states on demand, a clock that is moved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage

from services.core.clock import ManualClock
from services.domain.video import FeedStatus, Importance, PictureFormat, StreamState

START_AT = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)


def manual_clock() -> ManualClock:
    return ManualClock(START_AT)


def has_colour(image: QImage, around: QPoint, name: str, reach: int = 14) -> bool:
    wanted = QColor(name).getRgb()[:3]
    return any(
        image.pixelColor(around + QPoint(dx, dy)).getRgb()[:3] == wanted
        for dx in range(-reach, reach)
        for dy in range(-reach, reach)
    )


@dataclass(frozen=True, slots=True, eq=False)
class FlatPicture:
    pixels: npt.NDArray[np.uint8]
    width_px: int
    height_px: int
    number: int
    arrived_s: float
    format: PictureFormat = PictureFormat.BGRA


class HandFeed:
    """A feed that shows what the test put into it."""

    def __init__(self, state: StreamState = StreamState.LIVE) -> None:
        self.now = FeedStatus(state, 0.1, 25.0, 24.0, 3, 640, 360, "H.264")
        self.asked: list[tuple[int, int]] = []
        self._picture: FlatPicture | None = None
        self._number = 0

    def put(self, bgr: tuple[int, int, int], arrived_s: float, size_px: tuple[int, int] = (64, 36)) -> None:
        width, height = size_px
        pixels = np.empty((height, width, 4), np.uint8)
        pixels[:] = (*bgr, 255)
        self._number += 1
        self._picture = FlatPicture(pixels, width, height, self._number, arrived_s)

    def give(self, picture: FlatPicture) -> None:
        self._picture = picture
        self._number = picture.number

    def become(self, state: StreamState, age_s: float | None = None, error: str = "") -> None:
        self.now = replace(self.now, state=state, age_s=age_s, error=error)

    def status(self) -> FeedStatus:
        return self.now

    def latest(self, after: int) -> FlatPicture | None:
        return self._picture if self._picture is not None and self._picture.number > after else None

    def ask_size(self, width_px: int, height_px: int) -> None:
        self.asked.append((width_px, height_px))

    def set_watched(self, is_watched: bool) -> None:
        self.is_watched = is_watched

    def set_importance(self, importance: Importance) -> None:
        self.importance = importance
