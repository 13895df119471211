"""The column that holds the wall, and the stage over or beside it."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPropertyAnimation, QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.stage import AlarmStage, StageScene
from ui.stage_place import StagePlace, place_stage, place_strip
from ui.tiles.wall import WallSurface

SLIDE_MS = 180


class WallColumn(QWidget):
    """Lays out one wall and one stage; the stage slides in from its side and never takes focus."""

    def __init__(self, wall: WallSurface, stage: AlarmStage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wall = wall
        self._stage = stage
        self._is_staged = False
        self._has_pictures = False
        wall.setParent(self)
        stage.setParent(self)
        stage.hide()
        self._slide = QPropertyAnimation(stage, b"geometry", self)
        self._slide.setDuration(SLIDE_MS)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        wall.tile_chosen.connect(self._choose)
        self.setMinimumSize(wall.minimumSize())

    def stage(self, scene: StageScene | None, position: int = 1, total: int = 1) -> None:
        """Bring the stage in with `scene`, change what it shows, or take it away (None)."""
        had_pictures, self._has_pictures = self._has_pictures, bool(scene and scene.contents)
        self._stage.show_scene(scene)
        self._stage.set_count(position, total)
        if scene is None:
            self._put_away()
        elif not self._is_staged:
            self._bring_in()
        elif had_pictures != self._has_pictures:
            self._lay_out()

    @property
    def is_staged(self) -> bool:
        return self._is_staged

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _bring_in(self) -> None:
        self._is_staged = True
        place = self._place()
        self._wall.setGeometry(place.wall)
        self._stage.setGeometry(_outside(place, self.rect()))
        self._stage.show()
        self._stage.raise_()
        self._slide.setStartValue(self._stage.geometry())
        self._slide.setEndValue(place.stage)
        self._slide.start()

    def _put_away(self) -> None:
        self._is_staged = False
        self._slide.stop()
        self._stage.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        if not self._is_staged:
            self._wall.setGeometry(self.rect())
            return
        self._slide.stop()
        place = self._place()
        self._wall.setGeometry(place.wall)
        self._stage.setGeometry(place.stage)

    def _choose(self, _index: int) -> None:
        """Somebody took up another tile: step aside."""
        if self._is_staged:
            self._lay_out()

    def _place(self) -> StagePlace:
        """Placed as if the wall had the whole column, so that a shrunk wall does not chase itself."""
        self._wall.setGeometry(self.rect())
        chosen = self._wall.chosen
        working = self._wall.tile_rect(chosen) if chosen is not None else None
        if self._wall.single is not None:
            working = self.rect()
        place = place_stage if self._has_pictures else place_strip
        return place(self.rect(), working)


def _outside(place: StagePlace, column: QRect) -> QRect:
    stage = place.stage
    ways = {
        "right": (stage.width(), 0),
        "left": (-stage.width(), 0),
        "bottom": (0, stage.height()),
        "top": (0, -stage.height()),
    }
    away = stage.translated(*ways[place.side])
    return away if away.intersected(column).isEmpty() else stage
