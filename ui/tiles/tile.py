"""One tile's memory: what it shows, the newest picture, and what of it must be painted again."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage

from services.domain.video import FeedStatus, StreamState
from ui.theme import Size
from ui.tiles.feed import AlarmPlate, FeedPicture, PictureFeed, TileContent
from ui.tiles.layout import letterbox
from ui.tiles.planes import bgra_of
from ui.tiles.plate import PlateBoxes
from ui.tiles.zoom import WHOLE, Zoom

STATUS_EVERY_S = 0.2
# So much a picture that was made for a tile may differ from the largest that fits: its width is even.
ROUNDING_PX = 2
# A picture smaller than this share of what was asked for was made for another, smaller tile.
COARSE = 0.8
_FORMAT = QImage.Format.Format_RGB32
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
        self.still: QImage | None = None
        self.rect = QRect()
        self.is_placed = False
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
        # Of the last plate that was laid out, and what it was laid out for.
        self.boxes: PlateBoxes | None = None
        self.laid_out: tuple[AlarmPlate, QRect, QRect] | None = None
        # For which plates, and over which live picture, first paints were told.
        self.told_plates: tuple[AlarmPlate, ...] = ()
        self.told_picture_s: float | None = None
        self.bars: tuple[QRect, ...] = ()
        # Where the picture is drawn pixel by pixel; None while it must be scaled.
        self.corner: QPoint | None = None
        # A picture of another size is drawn without smoothing until one of the right size comes: a change
        # of the layout shows all tiles at once.
        self.is_rough = False
        self._ratio = 1.0
        self._feed: PictureFeed | None = None
        self._held: FeedPicture | None = None
        self._image: QImage | None = None
        self._fitted = (0, 0)
        self._number = -1
        self.status_due_s = 0.0

    def shows(self, feed: PictureFeed) -> bool:
        """This feed's pictures, where they can be seen."""
        return self.content is not None and self.content.feed is feed and not self.rect.isEmpty()

    def is_coarse_for(self, wanted_px: tuple[int, int]) -> bool:
        """The camera gives more: another place that shows the same stream has asked for less since."""
        held = self._held
        if held is None or self.rect.isEmpty() or held.width_px >= self.status.width_px:
            return False
        return held.width_px < COARSE * wanted_px[0] and held.height_px < COARSE * wanted_px[1]

    def place(self, rect: QRect, ratio: float = 1.0) -> None:
        """ratio: device pixels per pixel of `rect`."""
        self.is_rough = self.is_rough or rect != self.rect
        self.rect = rect
        self.is_placed = not rect.isEmpty()
        self._ratio = ratio
        header = min(Size.TILE_HEADER, rect.height() // 3)
        self.header = QRect(rect.x(), rect.y(), rect.width(), header)
        self.body = QRect(rect.x(), rect.y() + header, rect.width(), rect.height() - header)
        self._fit()

    def show(self, content: TileContent | None) -> None:
        """Another camera forgets the picture; the same camera keeps it (make before break), unless one is of
        the past: it would be taken for the present."""
        was = self.content
        self.content = content
        self._feed = content.feed if content else None
        is_same = content is not None and was is not None and was.camera_no == content.camera_no
        if not is_same:
            self.zoom = WHOLE
        if content is None or was is None or not is_same or bool(was.behind) != bool(content.behind):
            self._held = self._image = self.still = None
            self.picture_arrived_s = 0.0
            self._fit()
        if content is None or was is None or was.feed is not content.feed:
            self._number = -1
            self.status = _NO_FEED
        self.status_due_s = 0.0

    @property
    def held(self) -> FeedPicture | None:
        """The newest picture as it came."""
        return self._held

    @property
    def image(self) -> QImage | None:
        """The newest picture for QPainter; planes are made into one when it is asked for."""
        if self._image is None and self._held is not None:
            self._image = _image_of_planes(self._held)
        return self._image

    @property
    def state(self) -> StreamState:
        return self.status.state

    def poll_picture(self) -> QRect | None:
        """Take the newest picture, if any: what must be painted for it."""
        feed = self._feed
        picture = feed.latest(self._number) if feed is not None else None
        if picture is None:
            return None
        width_px, height_px = picture.width_px, picture.height_px
        self._number = picture.number
        self._held = picture
        self.is_rough = False
        if picture.format:
            self._image = None
        else:
            # Wraps the decoder's buffer without copying; `_held` keeps the buffer alive.
            self._image = QImage(picture.pixels.data, width_px, height_px, 4 * width_px, _FORMAT)
        self.picture_arrived_s = picture.arrived_s
        if self.status.state not in MOVING_STATES:
            self.status_due_s = 0.0
        if (width_px, height_px) == self._fitted:
            return self.picture
        self._fit()
        return self.body

    def poll_status(self, now_s: float) -> bool:
        """Ask for the status, which is due at `status_due_s`; True when the state or its reason changed."""
        self.status_due_s = now_s + STATUS_EVERY_S
        feed = self.content.feed if self.content else None
        was = self.status
        self.status = feed.status() if feed else _NO_FEED
        if (was.state, was.error) == (self.status.state, self.status.error):
            return False
        self._keep_still()
        return True

    def _keep_still(self) -> None:
        """Grey the last picture once, when it stops being the present."""
        if self.state in MOVING_STATES or self._held is None:
            self.still = None
        elif self.still is None and (image := self.image) is not None:
            self.still = image.convertToFormat(QImage.Format.Format_Grayscale8)

    def _fit(self) -> None:
        picture, body = self._held, self.body
        self.corner = None
        if picture is None:
            self.picture, self.bars, self._fitted = QRect(body), (), (0, 0)
            return
        self._fitted = picture.width_px, picture.height_px
        self.picture = letterbox(body, *self._fitted)
        if self._ratio == 1.0:
            self._fit_to_the_pixel()
        self.bars = _around(body, self.picture)

    def _fit_to_the_pixel(self) -> None:
        """A picture made for this tile is drawn as it is, also where rounding made it a little less."""
        width, height = self._fitted
        box, body = self.picture, self.body
        off_px = max(abs(box.width() - width), abs(box.height() - height))
        if off_px <= ROUNDING_PX and width <= body.width() and height <= body.height():
            left = body.x() + (body.width() - width) // 2
            self.picture = QRect(left, body.y() + (body.height() - height) // 2, width, height)
            self.corner = self.picture.topLeft()


def _image_of_planes(picture: FeedPicture) -> QImage:
    width_px, height_px = picture.width_px, picture.height_px
    return QImage(bgra_of(picture).data, width_px, height_px, 4 * width_px, _FORMAT).copy()


def _around(body: QRect, picture: QRect) -> tuple[QRect, ...]:
    """What of `body` is beside, above and below its picture."""
    right, below = picture.right() + 1, picture.bottom() + 1
    bars = (
        QRect(body.x(), body.y(), picture.x() - body.x(), body.height()),
        QRect(right, body.y(), body.right() + 1 - right, body.height()),
        QRect(body.x(), body.y(), body.width(), picture.y() - body.y()),
        QRect(body.x(), below, body.width(), body.bottom() + 1 - below),
    )
    return tuple(bar for bar in bars if not bar.isEmpty())
