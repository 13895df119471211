"""One widget that paints many tiles, driven by one timer; what people do to it is in `wall`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from services.core.clock import Clock, SystemClock
from services.domain.video import StreamState
from ui.theme import ON_VIDEO, Size
from ui.tiles.brush import TileBrush
from ui.tiles.feed import AlarmPlate, TileContent, most_urgent_first
from ui.tiles.fresh import FreshPictures
from ui.tiles.layout import Layout, grid, tile_rects
from ui.tiles.paint import RasterPictures, TileWords
from ui.tiles.painting import painting
from ui.tiles.tile import Tile
from ui.tiles.words import plate_words, tile_words
from ui.tiles.zoom import Zoom, asked_size, badge_rect

if TYPE_CHECKING:
    from ui.tiles.gpu.canvas import GpuCanvas

# Faster than the sources: a 25 Hz repaint against 25 fps pictures beats and loses 6 to 18 %.
TICK_MS = 20
_SLOW_EVERY_S = 0.5


class TileSurface(QWidget):
    """Paints tiles, their states and alarms; feeds are polled, never pushed.

    plate_painted(alarm_id, monotonic s): once per alarm. picture_painted_under_alarm(alarm_id,
    monotonic s): once, at the first live picture that arrived after the alarm came to this surface.
    cameras_seen(frozenset of numbers): those on tiles that can be seen now; none while the surface is hidden.
    tiles_placed(): tiles have other places or sizes.
    """

    plate_painted = Signal(str, float)
    picture_painted_under_alarm = Signal(str, float)
    cameras_seen = Signal(frozenset)
    tiles_placed = Signal()

    def __init__(self, parent: QWidget | None = None, *, clock: Clock | None = None) -> None:
        super().__init__(parent)
        self._clock: Clock = clock or SystemClock()
        self._layout: Layout = grid(2, 2)
        self._tiles: list[Tile] = [Tile() for _ in self._layout.cells]
        self._alarms: dict[str, tuple[AlarmPlate, ...]] = {}
        self._brush = TileBrush(self._clock, self.plate_painted.emit, self.picture_painted_under_alarm.emit)
        self._chosen: int | None = None
        self._single: int | None = None
        self._tiled = QRegion()
        self._drop_at: int | None = None
        self._fresh = FreshPictures()
        self._is_shown = False
        self._seen: frozenset[str] = frozenset()
        self._slow_due_s = 0.0
        self._canvas: GpuCanvas | None = None
        self._words = TileWords()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(160, 90)
        self._retranslate()
        self._choose_painter()
        painting().changed.connect(self._choose_painter)

    def set_layout(self, columns: int, rows: int) -> None:
        """An even grid; tiles that remain keep their content."""
        self.set_cells(grid(columns, rows))

    def set_cells(self, layout: Layout) -> None:
        """Any layout, with merged cells too; tiles that remain keep their content."""
        self._layout = layout
        count = len(layout.cells)
        self._tiles = self._tiles[:count] + [Tile() for _ in range(count - len(self._tiles))]
        if self._chosen is not None and self._chosen >= count:
            self._chosen = None
        self._single = None
        self._give_plates()
        self._place_tiles()

    def arrange(self, layout: Layout, contents: Sequence[TileContent | None]) -> None:
        """Layout and contents at once, one content per cell; a camera that stays keeps its picture,
        on whatever tile it is now."""
        if layout == self._layout and list(contents) == [tile.content for tile in self._tiles]:
            return
        kept = {tile.content.camera_no: tile for tile in self._tiles if tile.content is not None}
        if layout != self._layout:
            self._layout, self._single = layout, None
        self._tiles = [kept.pop(given.camera_no, Tile()) if given else Tile() for given in contents]
        for tile, content in zip(self._tiles, contents, strict=True):
            if tile.content != content:
                tile.show(content)
        if self._chosen is not None and self._chosen >= len(self._tiles):
            self._chosen = None
        self._give_plates()
        self._place_tiles()

    def set_tile(self, index: int, content: TileContent | None) -> None:
        """IndexError when the layout has no such tile."""
        tile = self._tiles[index]
        tile.show(content)
        self._give_plates()
        self._ask_size(tile)
        self._note_seen()
        self.repaint_area(tile.rect)

    def set_alarms(self, alarms: Mapping[str, AlarmPlate | Sequence[AlarmPlate]]) -> None:
        """All alarms by camera number, replacing those shown before."""
        self._alarms = {
            camera_no: (given,) if isinstance(given, AlarmPlate) else most_urgent_first(tuple(given))
            for camera_no, given in alarms.items()
            if given
        }
        here = {plate.alarm_id for plates in self._alarms.values() for plate in plates}
        self._brush.firsts.keep(here, self._clock.monotonic())
        self._give_plates()

    def choose(self, index: int | None) -> None:
        """Outline a tile, or none."""
        was, self._chosen = self._chosen, index
        for changed in (was, index):
            if changed is not None and changed < len(self._tiles):
                self.repaint_area(self._tiles[changed].rect)

    def show_single(self, index: int | None) -> None:
        """Let one tile fill the surface; None shows all again. Feeds stay as they are."""
        self._single = index
        self._place_tiles()

    def zoom(self, index: int) -> Zoom:
        return self._tiles[index].zoom

    def set_zoom(self, index: int, zoom: Zoom) -> None:
        """Show a part of the tile's picture; it stays until another camera comes or it is reset."""
        tile = self._tiles[index]
        if zoom != tile.zoom:
            is_other_size, tile.zoom = zoom.factor != tile.zoom.factor, zoom
            self._ask_size(tile)
            self.repaint_area(tile.body)
            if is_other_size:
                self.tiles_placed.emit()

    def has_picture(self, index: int) -> bool:
        return self._tiles[index].held is not None

    def picture_rect(self, index: int) -> QRect:
        """Where the tile's picture is, without the bars beside it; in widget coordinates."""
        return QRect(self._tiles[index].picture)

    def badge_rect(self, index: int) -> QRect:
        """Where a click resets the zoom; empty on a tile that shows its whole picture."""
        tile = self._tiles[index]
        return QRect() if tile.zoom.is_whole else badge_rect(tile.body)

    def show_heard(self, camera_no: str) -> None:
        """Mark the tile whose camera is heard; "" marks none."""
        self._brush.heard_no = camera_no
        self.repaint_area()

    def show_details(self, shown: bool) -> None:
        """Frame rates, losses, stream, codec and size over every picture."""
        self._brush.shows_details = shown
        self.repaint_area()

    @property
    def chosen(self) -> int | None:
        return self._chosen

    @property
    def single(self) -> int | None:
        return self._single

    @property
    def tile_count(self) -> int:
        return len(self._tiles)

    @property
    def canvas(self) -> GpuCanvas | None:
        """What the tiles are painted on by the graphics card; None where QPainter paints them."""
        return self._canvas

    @property
    def tiles(self) -> Sequence[Tile]:
        return self._tiles

    def content(self, index: int) -> TileContent | None:
        return self._tiles[index].content

    def tile_rect(self, index: int) -> QRect:
        """In widget coordinates; empty while another tile is shown alone."""
        return QRect(self._tiles[index].rect)

    def tile_heights_px(self) -> list[int]:
        """How tall each tile's picture area is, in device pixels; 0 while another tile is shown alone.

        A zoomed tile counts as tall as its whole picture would be: it needs as many pixels.
        """
        ratio = self.devicePixelRatioF()
        heights = (tile.body.height() * ratio * tile.zoom.factor for tile in self._tiles)
        return [
            0 if tile.rect.isEmpty() else round(px) for tile, px in zip(self._tiles, heights, strict=True)
        ]

    def tile_at(self, point: QPoint) -> int | None:
        return next((i for i, tile in enumerate(self._tiles) if tile.rect.contains(point)), None)

    def tick(self) -> None:
        """Poll all feeds and ask for a repaint of exactly what changed."""
        now_s = self._clock.monotonic()
        is_slow_turn = now_s >= self._slow_due_s
        if is_slow_turn:
            self._slow_due_s = now_s + _SLOW_EVERY_S
        for tile in self._tiles:
            if tile.is_placed:
                self._look_at(tile, now_s, is_slow_turn)
        if not self._fresh.region.isEmpty():
            self.repaint_area(self._fresh.region)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._canvas is not None:
            return  # it covers all of this
        region = event.region()
        now_s = self._clock.monotonic()
        painter = QPainter(self)
        fresh = self._fresh.take(region)
        gaps = QRegion() if fresh else region - self._tiled
        if not gaps.isEmpty():
            # All of it, not the gaps alone: at 125 % and 150 % some device pixels belong to no tile.
            painter.fillRect(event.rect(), QColor(ON_VIDEO.ground))
        marked = self._tile_or_none(self._chosen), self._tile_or_none(self._drop_at)
        for tile in fresh or self._tiles:
            if fresh and tile not in marked and self._brush.is_bare(tile):
                self._brush.paint_bare(painter, tile)
            elif region.intersects(tile.rect):
                # A rectangular clip per tile keeps the raster engine on its fast path.
                painter.setClipRect(tile.rect)
                self._paint_tile(painter, tile, region, now_s)
        painter.end()

    def repaint_area(self, area: QRect | QRegion | None = None) -> None:
        """Paint this again, None = all, on whatever the tiles are painted."""
        if self._canvas is not None:
            self._canvas.mark(QRegion(self.rect() if area is None else area))
        elif area is None:
            self.update()
        else:
            self.update(area)

    def paint_on_canvas(self, painter: QPainter, region: QRegion) -> None:
        """The canvas keeps what was painted before; nothing but the clip set here cuts off the rest."""
        now_s = self._clock.monotonic()
        if not (region - self._tiled).isEmpty():
            region = QRegion(self.rect())
            painter.fillRect(self.rect(), QColor(ON_VIDEO.ground))
        for tile in self._tiles:
            part = (region & tile.rect).boundingRect()
            if not part.isEmpty():
                painter.setClipRect(part)
                self._paint_tile(painter, tile, QRegion(part), now_s)

    def _choose_painter(self) -> None:
        if painting().is_gpu and self._canvas is None:
            # Only here: a seat that paints by itself never loads a graphics driver.
            from ui.tiles.gpu.canvas import GpuCanvas

            self._canvas = GpuCanvas(self)
            self._canvas.setGeometry(self.rect())
            self._canvas.show()
            self._brush.pictures = self._canvas.pictures
        elif self._canvas is not None and not painting().is_gpu:
            self._canvas.end()
            self._canvas, self._brush.pictures = None, RasterPictures()
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._canvas is not None:
            self._canvas.setGeometry(self.rect())
        self._place_tiles()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._is_shown = True
        self._place_tiles()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._is_shown = False
        self._note_seen()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._place_tiles()
        return super().event(event)

    def _look_at(self, tile: Tile, now_s: float, is_slow_turn: bool) -> None:
        damage = tile.poll_picture()
        if damage is not None and damage == tile.picture and self._canvas is None:
            self._fresh.add(tile, damage)
        elif damage is not None:
            self.repaint_area(damage)
        if now_s >= tile.status_due_s and tile.poll_status(now_s):
            if not tile.zoom.is_whole:
                self._ask_size(tile)  # the camera's own size may have become known
            self.repaint_area(tile.rect)
        if is_slow_turn:
            self._show_age(tile)
            if tile.is_coarse_for(self._wanted_px(tile)):
                self._ask_size(tile)
        if tile.plates:
            for area in self._brush.alarm_areas(tile, now_s):
                self.repaint_area(area)

    def _show_age(self, tile: Tile) -> None:
        """Ages have grown: the header, and the words on a tile without a live picture."""
        if self._brush.has_new_header(tile):
            self.repaint_area(tile.header)
        if tile.content is not None and (tile.state is not StreamState.LIVE or self._brush.shows_details):
            self.repaint_area(tile.body)

    def _tile_or_none(self, index: int | None) -> Tile | None:
        return self._tiles[index] if index is not None and index < len(self._tiles) else None

    def _paint_tile(self, painter: QPainter, tile: Tile, region: QRegion, now_s: float) -> None:
        self._brush.paint(
            painter,
            tile,
            region,
            now_s,
            is_chosen=tile is self._tile_or_none(self._chosen),
            is_drop_target=tile is self._tile_or_none(self._drop_at),
            ratio=self.devicePixelRatioF(),
        )

    def _give_plates(self) -> None:
        """Only what lies over a tile's body can change by it."""
        for tile in self._tiles:
            plates = self._alarms.get(tile.content.camera_no, ()) if tile.content else ()
            if plates != tile.plates:
                tile.plates = plates
                self.repaint_area(tile.body)

    def _place_tiles(self) -> None:
        rects = tile_rects(self._layout, self.rect(), Size.TILE_GAP)
        if self._single is not None:
            rects = [self.rect() if i == self._single else QRect() for i in range(len(rects))]
        self._tiled = QRegion()
        for tile, rect in zip(self._tiles, rects, strict=True):
            tile.place(rect, self.devicePixelRatioF())
            self._tiled += rect
            self._ask_size(tile)
        self._note_seen()
        self.repaint_area()
        self.tiles_placed.emit()

    def _note_seen(self) -> None:
        """Which cameras can be seen here has changed, perhaps."""
        here = (tile.content for tile in self._tiles if not tile.rect.isEmpty())
        seen = frozenset(content.camera_no for content in here if content) if self._is_shown else frozenset()
        if seen != self._seen:
            self._seen = seen
            self.cameras_seen.emit(seen)
            # What was not watched must not be painted as the present, not even once.
            self.tick()

    def _ask_size(self, tile: Tile) -> None:
        """The hotspot may show a camera that has a tile already: the larger of both counts."""
        feed = tile.content.feed if tile.content is not None else None
        if feed is None or tile.rect.isEmpty():
            return
        sizes = [self._wanted_px(other) for other in self._tiles if other.shows(feed)]
        feed.ask_size(max(wide for wide, _ in sizes), max(high for _, high in sizes))

    def _wanted_px(self, tile: Tile) -> tuple[int, int]:
        ratio = self.devicePixelRatioF()
        shown_px = round(tile.body.width() * ratio), round(tile.body.height() * ratio)
        return asked_size(shown_px, (tile.status.width_px, tile.status.height_px), tile.zoom)

    def _retranslate(self) -> None:
        self._words = tile_words()
        self._brush.use_words(self._words, plate_words())
        self.setAccessibleName(self.tr("视频墙"))
        self.repaint_area()
