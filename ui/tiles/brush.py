"""Paints one tile: header, picture, what lies on it, and the alarm over all of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QRegion

from services.core.clock import Clock
from services.domain.video import StreamState
from ui.theme import ON_VIDEO, colour
from ui.tiles.details import paint_details
from ui.tiles.feed import AlarmPlate
from ui.tiles.firsts import FirstPaints
from ui.tiles.paint import (
    PicturePainter,
    RasterPictures,
    TileWords,
    clock_text,
    header_text,
    paint_body,
    paint_header,
    paint_zoom_badge,
)
from ui.tiles.plate import (
    PlateBoxes,
    PlateWords,
    most_thickness,
    paint_frame,
    paint_plate,
    plate_boxes,
    pulse_thickness,
)
from ui.tiles.speaker import paint_speaker
from ui.tiles.steer_paint import paint_steering
from ui.tiles.tile import Tile

# Of an alarm, at a monotonic moment.
Tell = Callable[[str, float], None]


class TileBrush:
    """One for each surface. tell_plate: an alarm's plate is painted for the first time; tell_picture: its
    first live picture is.

    pictures: who draws them, the processor or the graphics card. heard_no: the camera that is listened to.
    """

    def __init__(self, clock: Clock, tell_plate: Tell, tell_picture: Tell) -> None:
        self._clock = clock
        self._tell_plate = tell_plate
        self._tell_picture = tell_picture
        self._words = TileWords()
        self._plate_words = PlateWords()
        self.firsts = FirstPaints()
        self.pictures: PicturePainter = RasterPictures()
        self.shows_details = False
        self.heard_no = ""

    def use_words(self, words: TileWords, plate_words: PlateWords) -> None:
        self._words, self._plate_words = words, plate_words

    def has_new_header(self, tile: Tile) -> bool:
        """What is painted there is not what it says now."""
        return header_text(tile, self._words) != tile.drawn_header

    def alarm_areas(self, tile: Tile, now_s: float) -> list[QRegion]:
        """What must be painted again for the tile's plate to pulse and its clock to go on."""
        plate, body = tile.plates[0], tile.body
        areas = []
        if pulse_thickness(body, plate, now_s) != tile.drawn_thickness:
            rim = most_thickness(body) * 2
            areas.append(QRegion(body) - QRegion(body.adjusted(rim, rim, -rim, -rim)))
        if self._waiting(plate) != tile.drawn_waiting:
            areas.append(QRegion(_boxes(tile).outer))
        return areas

    def is_bare(self, tile: Tile) -> bool:
        """Nothing lies on the tile's live picture, and that is drawn pixel by pixel."""
        content = tile.content
        return (
            content is not None
            and tile.corner is not None
            and tile.state is StreamState.LIVE
            and not (tile.plates or content.lock or self.shows_details)
            and tile.zoom.is_whole
            and content.camera_no != self.heard_no
        )

    def paint_bare(self, painter: QPainter, tile: Tile) -> None:
        """The picture of a tile that `is_bare`."""
        painter.setClipRect(tile.picture)
        self.pictures.paint(painter, tile)

    def paint(
        self,
        painter: QPainter,
        tile: Tile,
        region: QRegion,
        now_s: float,
        *,
        is_chosen: bool,
        is_drop_target: bool,
        ratio: float,
    ) -> None:
        """What of the tile lies in `region`; the caller has set the clip. ratio: device to widget pixels."""
        is_header_hit = region.intersects(tile.header)
        if is_header_hit:
            tile.drawn_header = header_text(tile, self._words)
            paint_header(painter, tile, self._words, is_chosen)
            # Frames are drawn sharp, whether the header is painted with them or not.
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if not is_header_hit or region.intersects(tile.body):
            self._paint_body(painter, tile, region, is_chosen=is_chosen)
        if is_chosen:
            _outline(painter, tile.rect, QColor(ON_VIDEO.accent))
        if tile.plates:
            self._paint_alarm(painter, tile, now_s, ratio)
        if is_drop_target:
            painter.fillRect(tile.body, colour(ON_VIDEO.accent_fill, 0.55))
            _outline(painter, tile.rect, QColor(ON_VIDEO.accent))

    def _paint_body(self, painter: QPainter, tile: Tile, region: QRegion, *, is_chosen: bool) -> None:
        paint_body(painter, tile, self._words, region, self.pictures)
        if self.shows_details:
            paint_details(painter, tile, self._words)
        if not tile.zoom.is_whole:
            paint_zoom_badge(painter, tile)
        paint_steering(painter, tile, is_chosen=is_chosen)
        if self.heard_no and tile.content is not None and tile.content.camera_no == self.heard_no:
            paint_speaker(painter, tile.body)

    def _paint_alarm(self, painter: QPainter, tile: Tile, now_s: float, ratio: float) -> None:
        plate, boxes = tile.plates[0], _boxes(tile)
        tile.drawn_thickness = pulse_thickness(tile.body, plate, now_s)
        tile.drawn_waiting = self._waiting(plate)
        paint_frame(painter, tile.body, plate.priority, tile.drawn_thickness)
        painter.drawImage(boxes.outer.topLeft(), self._plate_image(tile, boxes, ratio))
        self._tell_firsts(tile, now_s)

    def _plate_image(self, tile: Tile, boxes: PlateBoxes, ratio: float) -> QImage:
        """The plate changes once a second, the picture under it 25 times: keep it drawn."""
        plate, more = tile.plates[0], len(tile.plates) - 1
        key = (plate, more, boxes, tile.drawn_waiting, ratio, self._plate_words.owned)
        if tile.plate_image is None or key != tile.plate_key:
            image = QImage(boxes.outer.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
            image.setDevicePixelRatio(ratio)
            image.fill(Qt.GlobalColor.transparent)
            inner = QPainter(image)
            inner.translate(-boxes.outer.topLeft())
            paint_plate(inner, boxes, plate, more=more, age=tile.drawn_waiting, words=self._plate_words)
            inner.end()
            tile.plate_image, tile.plate_key = image, key
        return tile.plate_image

    def _tell_firsts(self, tile: Tile, now_s: float) -> None:
        """In a storm hundreds hang on one tile: a repaint that brings none and no picture tells nothing."""
        is_live = tile.state is StreamState.LIVE and tile.held is not None
        arrived_s = tile.picture_arrived_s if is_live else None
        if tile.plates is tile.told_plates and arrived_s == tile.told_picture_s:
            return
        tile.told_plates, tile.told_picture_s = tile.plates, arrived_s
        alarm_ids = [plate.alarm_id for plate in tile.plates]
        for alarm_id in self.firsts.first_plates(alarm_ids):
            self._tell_plate(alarm_id, now_s)
        if arrived_s is not None:
            for alarm_id in self.firsts.first_pictures(alarm_ids, arrived_s):
                self._tell_picture(alarm_id, now_s)

    def _waiting(self, plate: AlarmPlate) -> str:
        return clock_text((self._clock.now() - plate.received_at) / timedelta(seconds=1))


def _boxes(tile: Tile) -> PlateBoxes:
    """Of the tile's first plate; laid out again when something in it is another."""
    laid = (tile.plates[0], QRect(tile.body), QRect(tile.picture))
    if tile.boxes is None or laid != tile.laid_out:
        tile.boxes, tile.laid_out = plate_boxes(tile.body, tile.plates[0], tile.picture), laid
    return tile.boxes


def _outline(painter: QPainter, rect: QRect, ink: QColor) -> None:
    painter.setPen(QPen(ink, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(1, 1, -1, -1))
