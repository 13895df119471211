"""Shows the same wall by both painters, and writes down what each one painted.

python -m tests.ui.tiles.gl_process STORY FOLDER, on a display with OpenGL (here in software).
A story is one of STORIES; it leaves FOLDER/out.npz or out.json.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from services.domain.classes import Priority
from services.domain.video import PictureFormat, StreamState
from tests.ui.pictures import START_AT, FlatPicture, HandFeed, manual_clock
from ui.tiles.feed import AlarmPlate, TileContent
from ui.tiles.painting import painting
from ui.tiles.surface import TileSurface
from ui.tiles.zoom import Zoom

SIZE_PX = (900, 560)
LIMIT_S = 90.0
Seen = npt.NDArray[np.uint8]


class Show:
    """A surface of four tiles in a window, and what is seen of it."""

    def __init__(self, application: QApplication) -> None:
        self.application = application
        self.clock = manual_clock()
        self.window = QWidget()
        self.window.resize(*SIZE_PX)
        self.surface = TileSurface(self.window, clock=self.clock)
        self.surface.resize(*SIZE_PX)
        self.feeds = [HandFeed() for _ in range(4)]
        for index, feed in enumerate(self.feeds):
            self.surface.set_tile(index, TileContent(f"C{index}", "大门", feed))
        self.window.show()
        self.wait_until(self.surface.isVisible)

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        until_s = time.monotonic() + LIMIT_S
        while not is_so():
            if time.monotonic() > until_s:
                raise SystemExit("what was waited for did not happen")
            self.application.processEvents()
            time.sleep(0.005)

    def use_gpu(self) -> None:
        painting().use_gpu(True)
        canvas = self.surface.canvas
        assert canvas is not None
        self.wait_until(lambda: canvas.pictures.quads is not None)

    def seen(self) -> Seen:
        """After a look at the feeds."""
        self.surface.tick()
        return self.look()

    def look(self) -> Seen:
        for _ in range(5):
            self.application.processEvents()
        image = self.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        pixels = np.ndarray((image.height(), image.width(), 4), np.uint8, image.constBits())
        return pixels[..., :3].copy()

    def give(self, index: int, picture: FlatPicture) -> None:
        self.feeds[index].give(picture)

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        self.application.processEvents()


def pictures(show: Show, folder: Path) -> None:
    """One picture on all tiles: BGRA by QPainter, its planes by the card, its planes by QPainter."""
    given = np.load(folder / "in.npz")
    width, height = (int(side) for side in given["size"])
    bgra, planes = given["bgra"], given["planes"]
    kind = PictureFormat(int(given["format"]))
    show.surface.set_zoom(3, Zoom(2.0, 0.25, 0.1))
    painted = {}
    for name, pixels, shape in (("raster", bgra, PictureFormat.BGRA), ("gpu", planes, kind)):
        if name == "gpu":
            show.use_gpu()
        for index in range(4):
            show.give(index, FlatPicture(pixels, width, height, len(painted) + 1, 0.0, shape))
        painted[name] = show.seen()
    painting().use_gpu(False)
    painted["raster_of_planes"] = show.seen()
    rects = [show.surface.picture_rect(index).getRect() for index in range(4)]
    np.savez(folder / "out.npz", rects=np.array(rects), **painted)


def states(show: Show, folder: Path) -> None:
    """Everything over and beside pictures, then only parts painted again, by one painter and by the other."""
    _tell_a_story(show)
    raster = show.look()
    other = Show(show.application)
    other.use_gpu()
    _tell_a_story(other)
    np.savez(folder / "out.npz", raster=raster, gpu=other.look())
    other.close()


def _planes(luma: int, blue: int, red: int) -> Seen:
    """64 x 36 pixels of one colour."""
    return np.repeat(np.array((luma, blue, red), np.uint8), (64 * 36, 32 * 18, 32 * 18))


def _tell_a_story(show: Show) -> None:
    surface, feeds = show.surface, show.feeds
    for feed in feeds:
        feed.become(StreamState.LIVE)
        feed.give(
            FlatPicture(_planes(120, 90, 190), 64, 36, 1, show.clock.monotonic(), PictureFormat.I420_601)
        )
    show.seen()
    feeds[1].become(StreamState.LATE, 3.0)
    feeds[2].become(StreamState.OFFLINE, 60.0, "video.timeout")
    show.clock.advance(1.0)
    plate = AlarmPlate("A1", Priority.P1, "一键报警", "东门", START_AT)
    surface.set_alarms({"C0": plate})
    show.seen()
    surface.choose(3)
    show.clock.advance(1.0)
    show.seen()
    # A new picture is painted without what is around it, but with all that lies over it.
    for number in range(2, 5):
        for feed in feeds:
            picture = _planes(120, 90, 190 + number % 2)
            now_s = show.clock.monotonic()
            feed.give(FlatPicture(picture, 64, 36, number, now_s, PictureFormat.I420_601))
        show.seen()
    surface._drop_at = 3
    surface.repaint_area(surface.tiles[3].rect)
    show.seen()
    # Now a header alone, and the rim and the plate's clock: what is half transparent must not add up.
    for _ in range(3):
        surface.repaint_area(surface.tiles[3].header)
        show.clock.advance(0.25)
        show.seen()
    # A picture of the window taken while something waits to be painted costs the window nothing.
    for index in range(4):
        surface.repaint_area(surface.tiles[index].body)
    show.window.grab()


def loss(show: Show, folder: Path) -> None:
    """The card fails at work: the wall goes on without it, and the failure is told once."""
    told: list[int] = []
    painting().failed.connect(lambda: told.append(1))
    show.use_gpu()
    show.give(0, FlatPicture(_planes(128, 128, 128), 64, 36, 1, 0.0, PictureFormat.I420_601))
    canvas = show.surface.canvas
    assert canvas is not None
    assert canvas.pictures.quads is not None
    canvas.pictures.quads.trouble = lambda: "GL error 0x0507"  # type: ignore[method-assign]
    show.surface.repaint_area()
    show.wait_until(lambda: bool(told))
    seen = show.seen()
    painting().use_gpu(True)
    rect = show.surface.picture_rect(0)
    answer = {
        "told": len(told),
        "is_gpu": painting().is_gpu,
        "has_canvas": show.surface.canvas is not None,
        "middle": seen[rect.center().y(), rect.center().x()].tolist(),
    }
    (folder / "out.json").write_text(json.dumps(answer))


def moves(show: Show, folder: Path) -> None:
    """The window is made anew around the canvas, and it is hidden and shown: pictures are there again."""
    show.use_gpu()
    for index in range(4):
        show.give(index, FlatPicture(_planes(128, 128, 128), 64, 36, 1, 0.0, PictureFormat.I420_601))
    before = show.seen()
    show.window.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    show.window.show()
    show.wait_until(show.window.isVisible)
    after = show.seen()
    np.savez(folder / "out.npz", before=before, after=after)


STORIES = {"pictures": pictures, "states": states, "loss": loss, "moves": moves}


def main(what: str, folder: str) -> None:
    show = Show(QApplication([]))
    STORIES[what](show, Path(folder))
    show.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
