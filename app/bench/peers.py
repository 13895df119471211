"""The same streams through other players, one after the other, each in a process of its own.

Run as a module it is such a process: it reads one JSON line (player, addresses, seconds, window, tile sizes)
and prints its figures as another.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QRect, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.bench.figures import rss_mib
from app.bench.peerplayers import PLAYERS, MissingLibraryError, Players
from services.video import StreamAddress

WARM_UP_S = 4.0
TICK_MS = 20
# Beyond the run itself; a player that does not come to an end is killed and said to be so.
GRACE_S = 45.0


class PlainWall(QWidget):
    """As little as a wall can be: the newest picture of each tile, painted where it belongs."""

    def __init__(
        self, players: Players, tiles: int, window_px: Sequence[int], tile_px: Sequence[int]
    ) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.resize(*window_px)
        self._players = players
        columns = math.ceil(math.sqrt(tiles))
        across, down = window_px[0] / columns, window_px[1] / math.ceil(tiles / columns)
        self._rects = [
            QRect(round(tile % columns * across), round(tile // columns * down), *tile_px)
            for tile in range(tiles)
        ]
        self._numbers = [0] * tiles
        self._images: list[QImage | None] = [None] * tiles
        self.shown = [0] * tiles
        self.repaints = 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)
        self.show()

    def begin(self) -> None:
        self.shown, self.repaints = [0] * len(self._rects), 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.repaints += 1
        region, painter = event.region(), QPainter(self)
        for rect, image in zip(self._rects, self._images, strict=True):
            if image is not None and region.intersects(rect):
                painter.drawImage(rect.topLeft(), image)
        painter.end()

    def _tick(self) -> None:
        for tile, rect in enumerate(self._rects):
            newest = self._players.latest(tile)
            if newest is not None and newest[0] != self._numbers[tile]:
                self._numbers[tile], self._images[tile] = newest
                self.shown[tile] += 1
                self.update(rect)


def run_peers(
    addresses: Sequence[StreamAddress], seconds: float, window_px: tuple[int, int], tile_px: tuple[int, int]
) -> list[dict[str, object]]:
    """One row per player; one that is missing or did not end has the reason in `note`."""
    places = [address.path if address.scheme == "replay" else address.joined() for address in addresses]
    return [_run(name, places, seconds, window_px, tile_px) for name in PLAYERS]


def _run(
    name: str, places: list[str], seconds: float, window_px: tuple[int, int], tile_px: tuple[int, int]
) -> dict[str, object]:
    order = PeerOrder(name, places, seconds, window_px, tile_px)
    child = subprocess.Popen(
        [sys.executable, "-m", "app.bench.peers"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    try:
        said, _ = child.communicate(json.dumps(asdict(order)) + "\n", timeout=seconds + WARM_UP_S + GRACE_S)
        row: dict[str, object] = json.loads(said.splitlines()[-1])
    except subprocess.TimeoutExpired:
        child.kill()
        child.communicate()
        row = {"note": "did not finish"}
    except (IndexError, ValueError):
        row = {"note": f"ended with {child.returncode}"}
    return {"engine": name, **row}


def print_rows(rows: Sequence[dict[str, object]]) -> None:
    columns = (
        "engine",
        "shown_fps",
        "min_tile_fps",
        "repaints_per_s",
        "cpu_ms_per_shown_frame",
        "rss_mib",
        "note",
    )
    print("  ".join(f"{column:>22}" for column in columns))
    for row in rows:
        print("  ".join(f"{row.get(column, '')!s:>22}" for column in columns))


@dataclass(frozen=True, slots=True)
class PeerOrder:
    """What the child shall measure. places: files, or URLs that may hold a password."""

    player: str
    places: list[str] = field(repr=False)
    seconds: float
    window_px: tuple[int, int]
    tile_px: tuple[int, int]


def measure(order: PeerOrder) -> dict[str, object]:
    """In the child: show, warm up, measure."""
    application = QApplication(sys.argv[:1])
    try:
        players = PLAYERS[order.player](order.places, order.tile_px)
    except MissingLibraryError as error:
        return {"note": str(error)}
    wall = PlainWall(players, len(order.places), order.window_px, order.tile_px)
    _live(WARM_UP_S)
    wall.begin()
    cpu_s, began_s = time.process_time(), time.monotonic()
    _live(order.seconds)
    cpu_s, elapsed_s = time.process_time() - cpu_s, time.monotonic() - began_s
    shown = sum(wall.shown)
    del application
    return {
        "shown_fps": round(shown / elapsed_s, 1),
        "min_tile_fps": round(min(wall.shown) / elapsed_s, 1),
        "repaints_per_s": round(wall.repaints / elapsed_s, 1),
        "cpu_ms_per_shown_frame": round(cpu_s * 1000 / shown, 3) if shown else None,
        "rss_mib": round(rss_mib(), 1),
    }


def _live(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


if __name__ == "__main__":
    print(json.dumps(measure(PeerOrder(**json.loads(sys.stdin.readline())))), flush=True)
    # Some players need long to let go of many streams; the figures are told.
    os._exit(0)
