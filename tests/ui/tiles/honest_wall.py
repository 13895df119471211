"""Paints one wall with every state a picture can have, for the manual and for a look at tile paint.

PYTHONPATH=. QT_QPA_PLATFORM=offscreen python tests/ui/tiles/honest_wall.py FILE.png [zh|en] [COLUMNS ROWS]
[details]
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from services.domain.site import Camera
from services.domain.video import FeedStatus, StreamState
from services.sim.picture.backdrop import Stage, draw_backdrop
from services.sim.picture.scene import Cast, LensFault, Scene
from services.sim.story import Story
from tests.campus import read_demo_site
from tests.ui.pictures import FlatPicture, HandFeed
from ui.fonts import install_fonts
from ui.i18n import speak
from ui.text.places import learn_names, local_name
from ui.text.sentences import reason_text
from ui.theme import NIGHT, wear
from ui.tiles.feed import TileContent
from ui.tiles.wall import WallSurface

SIZE = (640, 360)
AT_S = 31.0
# State, seconds, reason and what is wrong with the lens.
SHOWN: tuple[tuple[StreamState, float, str, LensFault | None], ...] = (
    (StreamState.LIVE, 0.04, "", None),
    (StreamState.FROZEN, 12.0, "", None),
    (StreamState.BLACK, 0.05, "", None),
    (StreamState.COVERED, 0.04, "", LensFault.BLURRED),
    (StreamState.COVERED, 0.03, "", LensFault.COVERED),
    (StreamState.MOVED, 0.05, "", None),
    (StreamState.LATE, 2.4, "", None),
    (StreamState.RECONNECTING, 6.0, "video.timeout", None),
    (StreamState.OFFLINE, 94.0, "video.unreachable", None),
    (StreamState.OFFLINE, 31.0, "video.unauthorized", None),
    (StreamState.RECORDED, 0.04, "", None),
    (StreamState.LIVE, 0.03, "", None),
)


class PaintedFeed(HandFeed):
    """A simulated camera's picture under a state."""

    def __init__(self, status: FeedStatus, bgra: np.ndarray) -> None:
        super().__init__(StreamState.LIVE)
        self._wanted = status
        self._picture = FlatPicture(bgra, bgra.shape[1], bgra.shape[0], 1, 0.0)

    def settle(self) -> None:
        """The picture was there before the trouble."""
        self.now = self._wanted


def picture_of(cast: Cast, stage: Stage, camera: Camera, index: int) -> np.ndarray:
    state, _, _, lens = SHOWN[index % len(SHOWN)]
    seen = replace(camera, heading_deg=camera.heading_deg + 47) if state is StreamState.MOVED else camera
    scene = Scene(cast, seen, draw_backdrop(stage, seen, *SIZE))
    planes = scene.black() if state is StreamState.BLACK else scene.picture(AT_S, 775, lens)
    return np.ascontiguousarray(cv2.cvtColor(planes, cv2.COLOR_YUV2BGRA_I420))


def paint(file: Path, language: str, columns: int, rows: int, *, details: bool) -> None:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    install_fonts(app)
    wear(app, NIGHT)
    speak(language)
    site = read_demo_site()
    learn_names(site)
    cast, stage = Cast(Story.load(None, site)), Stage.of(site)
    wall = WallSurface()
    wall.resize(1280, 720)
    wall.set_layout(columns, rows)
    made: dict[int, np.ndarray] = {}
    feeds = []
    for index in range(columns * rows):
        state, age_s, error, _ = SHOWN[index % len(SHOWN)]
        camera = site.cameras[index % len(SHOWN)]
        if index % len(SHOWN) not in made:
            made[index % len(SHOWN)] = picture_of(cast, stage, camera, index)
        status = FeedStatus(state, age_s, 25.0, 24.9, 3, *SIZE, "h264", error)
        feed = PaintedFeed(status, made[index % len(SHOWN)])
        feeds.append(feed)
        wall.set_tile(index, TileContent(str(camera.no), local_name(camera), feed, "子码流", reason_text))
    wall.show_details(details)
    wall.show()
    wall.tick()
    for feed in feeds:
        feed.settle()
    for tile in wall._tiles:
        tile.status_due_s = 0.0
    wall.tick()
    app.processEvents()
    shown = wall.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    pixels = np.frombuffer(shown.constBits(), np.uint8).reshape(shown.height(), shown.bytesPerLine())
    picture = pixels[:, : 3 * shown.width()].reshape(shown.height(), shown.width(), 3)
    # 256 colours: a third of the size, and enough for a manual.
    Image.fromarray(picture).quantize(256, dither=Image.Dither.NONE).save(file, optimize=True)
    wall.close()


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[2:] if argument != "details"]
    size = (int(arguments[1]), int(arguments[2])) if len(arguments) > 2 else (4, 3)
    paint(Path(sys.argv[1]), arguments[0] if arguments else "zh", *size, details="details" in sys.argv)
