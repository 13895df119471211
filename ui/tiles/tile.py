"""One tile's memory: what it shows, the newest picture, and what of it must be painted again."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from services.domain.video import FeedStatus, StreamState
from ui.theme import Size
from ui.tiles.feed import AlarmPlate, FeedPicture, TileContent
from ui.tiles.layout import letterbox
from ui.tiles.zoom import WHOLE, Zoom

STATUS_EVERY_S = 0.2
_NO_FEED = FeedStatus(StreamState.OFFLINE)
# A picture may be drawn as it is while nothing claims that it is the present.
MOVING_STATES = frozenset(
    {
        StreamState.LIVE,
        StreamState.LATE,
        StreamState.BLACK,
        StreamState.COVERED,
        StreamState.MOVED,
        StreamState.RECORDED,
    }
)


class Tile:
    """State of one tile of a surface; the surface asks it what changed and paints from it."""

    def __init__(self) -> None:
        self.content: TileContent | None = None
        self.plates: tuple[AlarmPlate, ...] = ()
        self.status = _NO_FEED
        self.image: QImage | None = None
        self.still: QImage | None = None
        self.rect = QRect()
        self.header = QRect()
        self.body = QRect()
        self.picture = QRect()
        self.zoom: Zoom = WHOLE
        self.picture_arrived_s = 0.0
        self.drawn_header = ""
        self.drawn_thickness = 0
        self.drawn_waiting = ""
        self.plate_image: QImage | None = None
        self.plate_key: tuple[object, ...] = ()
        self._held: FeedPicture | None = None
        self._number = -1
        self._status_due_s = 0.0

    def place(self, rect: QRect) -> None:
        self.rect = rect
        header = min(Size.TILE_HEADER, rect.height() // 3)
        self.header = QRect(rect.x(), rect.y(), rect.width(), header)
        self.body = QRect(rect.x(), rect.y() + header, rect.width(), rect.height() - header)
        self._fit()

    def show(self, content: TileContent | None) -> None:
        """Another camera forgets the picture; the same camera keeps it (make before break)."""
        was = self.content
        self.content = content
        if content is None or was is None or was.camera_no != content.camera_no:
            self._held = self.image = self.still = None
            self.zoom = WHOLE
            self.picture_arrived_s = 0.0
            self._fit()
        if content is None or was is None or was.feed is not content.feed:
            self._number = -1
            self.status = _NO_FEED
        self._status_due_s = 0.0

    @property
    def state(self) -> StreamState:
        return self.status.state

    def poll_picture(self) -> bool:
        """Take the newest picture, if any; True when there is one to paint."""
        feed = self.content.feed if self.content else None
        picture = feed.latest(self._number) if feed else None
        if picture is None:
            return False
        shape_changed = self._held is None or (self._held.width_px, self._held.height_px) != (
            picture.width_px,
            picture.height_px,
        )
        self._number = picture.number
        self._held = picture
        # Wraps the decoder's buffer without copying; `_held` keeps the buffer alive.
        self.image = QImage(
            picture.pixels.data,
            picture.width_px,
            picture.height_px,
            4 * picture.width_px,
            QImage.Format.Format_RGB32,
        )
        self.picture_arrived_s = picture.arrived_s
        if shape_changed:
            self._fit()
        if self.state not in MOVING_STATES and self.state is not StreamState.FROZEN:
            self._status_due_s = 0.0
        return True

    def poll_status(self, now_s: float) -> bool:
        """Ask for the status when due; True when the state or its reason changed."""
        if now_s < self._status_due_s:
            return False
        self._status_due_s = now_s + STATUS_EVERY_S
        feed = self.content.feed if self.content else None
        was = self.status
        self.status = feed.status() if feed else _NO_FEED
        if (was.state, was.error) == (self.status.state, self.status.error):
            return False
        self._keep_still()
        return True

    def _keep_still(self) -> None:
        """Grey the last picture once, when it stops being the present."""
        if self.state in MOVING_STATES or self.image is None:
            self.still = None
        elif self.still is None:
            self.still = self.image.convertToFormat(QImage.Format.Format_Grayscale8)

    def _fit(self) -> None:
        picture = self._held
        self.picture = (
            letterbox(self.body, picture.width_px, picture.height_px) if picture else QRect(self.body)
        )
