"""The product's wall surface, watched: which picture was painted when."""

from __future__ import annotations

import math
import sys
import time
from collections import Counter

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication

from app.bench.figures import Spread
from services.domain.video import FeedStatus, Importance
from services.video import Feed, Picture
from ui.tiles.feed import TileContent
from ui.tiles.layout import grid
from ui.tiles.wall import WallSurface

LAYOUT_LIMIT_S = 5.0


class WatchedFeed:
    """Passes everything on and remembers the picture that was taken but not yet painted."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self.unpainted: Picture | None = None
        self.painted = 0
        self.has_picture = False

    def status(self) -> FeedStatus:
        return self._feed.status()

    def latest(self, after: int) -> Picture | None:
        picture = self._feed.latest(after)
        if picture is not None:
            self.unpainted = picture
            self.has_picture = True
        return picture

    def ask_size(self, width_px: int, height_px: int) -> None:
        self._feed.ask_size(width_px, height_px)

    def set_watched(self, is_watched: bool) -> None:
        self._feed.set_watched(is_watched)

    def set_importance(self, importance: Importance) -> None:
        self._feed.set_importance(importance)


class WatchedWall(WallSurface):
    """Counts a frame when it has been painted, not when it was taken."""

    def __init__(self, tiles: int, size_px: tuple[int, int]) -> None:
        super().__init__()
        columns = math.ceil(math.sqrt(tiles))
        self.set_layout(columns, math.ceil(tiles / columns))
        self.resize(*size_px)
        self._count = tiles
        self._feeds: list[WatchedFeed] = []
        self._ticked_s = 0.0
        self._whole_painted_s = 0.0
        self.begin()
        self.show()

    def begin(self) -> None:
        """Forget what was counted so far."""
        self.repaints = 0
        self.ages = Spread()
        self.gaps = Spread()
        self._ticked_s = time.monotonic()
        for feed in self._feeds:
            feed.painted = 0

    def show_feeds(self, feeds: list[Feed]) -> None:
        self._feeds = [WatchedFeed(feed) for feed in feeds]
        for index, feed in enumerate(self._feeds):
            self.set_tile(index, TileContent(f"C{index + 1:02d}", "bench", feed))

    def body_px(self) -> tuple[int, int]:
        """What a tile asks of its feed, in device pixels."""
        body, ratio = self._tiles[0].body, self.devicePixelRatioF()
        return round(body.width() * ratio), round(body.height() * ratio)

    def picture_px(self) -> tuple[int, int]:
        """How large the first tile's picture is."""
        picture = self._tiles[0].picture
        return picture.width(), picture.height()

    def economies(self) -> dict[str, int]:
        """How many tiles leave out how much."""
        return dict(Counter(feed.status().economy.name.lower() for feed in self._feeds))

    def layout_change_s(self) -> float:
        """From a change of the layout to the first paint of all of it with every running stream's picture."""
        began_s = time.monotonic()
        self._whole_painted_s = 0.0
        self.set_cells(grid(self._layout.columns + 1, self._layout.rows + 1))
        while not self._whole_painted_s and time.monotonic() - began_s < LAYOUT_LIMIT_S:
            self.run_for(0.01)
        return self._whole_painted_s - began_s if self._whole_painted_s else math.nan

    def run_for(self, seconds: float) -> None:
        """Let the application live for so long."""
        loop = QEventLoop()
        timer = QTimer(loop)
        timer.setTimerType(Qt.TimerType.PreciseTimer)  # a coarse one is late by up to 5 %
        timer.setSingleShot(True)
        timer.timeout.connect(loop.quit)
        timer.start(round(seconds * 1000))
        loop.exec()

    def painted(self) -> list[int]:
        return [feed.painted for feed in self._feeds]

    def source_fps(self) -> list[float]:
        return [feed.status().source_fps for feed in self._feeds]

    def tiles_without_picture(self) -> int:
        return sum(not feed.has_picture for feed in self._feeds)

    def tick(self) -> None:
        now_s = time.monotonic()
        self.gaps.add(now_s - self._ticked_s)
        self._ticked_s = now_s
        super().tick()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.repaints += 1
        if event.region().contains(self.rect()) and not any(
            tile.content is not None and tile.image is None for tile in self._tiles
        ):
            self._whole_painted_s = time.monotonic()
        now_s, region = time.monotonic(), event.region()
        for index, feed in enumerate(self._feeds):
            if feed.unpainted is not None and region.intersects(self._tiles[index].body):
                self.ages.add(now_s - feed.unpainted.arrived_s)
                feed.unpainted = None
                feed.painted += 1


def application() -> QApplication:
    """The one QApplication of this process."""
    found = QApplication.instance()
    return found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
