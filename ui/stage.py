"""The alarm stage: the best views of an alarm that is not on the wall, beside the work going on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from services.core.clock import Clock
from ui.elided import ElidedLabel
from ui.icons import icon
from ui.theme import Size, tokens
from ui.tiles.feed import AlarmPlate, TileContent
from ui.tiles.layout import Cell, Layout, grid
from ui.tiles.wall import WallSurface

_MOST_FEEDS = 4


@dataclass(frozen=True, slots=True)
class StageScene:
    """One alarm on the stage. contents: feeds, best first; at most four are shown."""

    plate: AlarmPlate
    contents: tuple[TileContent, ...] = ()


class AlarmStage(QFrame):
    """Never takes the keyboard focus. alarm_action(alarm_id, action); plate_painted,
    picture_painted_under_alarm and cameras_seen as the wall's; next_asked and previous_asked by the counter's
    buttons; put_away_asked when a person wants the stage gone; playback_asked when they want its recording.
    """

    alarm_action = Signal(str, str)
    plate_painted = Signal(str, float)
    picture_painted_under_alarm = Signal(str, float)
    cameras_seen = Signal(frozenset)
    tile_opened = Signal(str)
    next_asked = Signal()
    previous_asked = Signal()
    put_away_asked = Signal()
    playback_asked = Signal()

    def __init__(self, parent: QWidget | None = None, *, clock: Clock | None = None) -> None:
        super().__init__(parent)
        self._scene: StageScene | None = None
        self._count = (0, 0)
        self._playback_key = ""
        self._title = ElidedLabel(self)
        self._counter = QLabel(self)
        self._counter.setProperty("tone", "small")
        self._previous = QPushButton(self)
        self._next = QPushButton(self)
        self._away = QPushButton(self)
        self._playback = QPushButton(self)
        self._playback.hide()
        self._surface = WallSurface(self, clock=clock)
        self._arrange()
        self._connect()
        self._retranslate()

    def show_scene(self, scene: StageScene | None) -> None:
        """Put an alarm on the stage; None clears it."""
        self._scene = scene
        self._fill()
        self._show_title()

    def set_count(self, position: int, total: int) -> None:
        """This alarm is number `position` of `total` that wait for the stage."""
        self._count = (position, total)
        self._show_title()

    def offer_playback(self, key: str) -> None:
        """A button that leads to the recording of the alarm's moment; key: of the window, on its tip."""
        self._playback_key = key
        self._playback.show()
        self._retranslate()

    @property
    def scene(self) -> StageScene | None:
        return self._scene

    @property
    def surface(self) -> WallSurface:
        return self._surface

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill_cells()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        if event.type() is QEvent.Type.StyleChange:
            self._show_title()

    def _arrange(self) -> None:
        self.setProperty("surface", "stage")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._surface.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._surface.setAcceptDrops(False)
        head = QHBoxLayout()
        head.setContentsMargins(Size.GAP_M, 0, Size.GAP_XS, 0)
        head.addWidget(self._title, 1)
        head.addWidget(self._counter)
        for button in (self._previous, self._next, self._playback, self._away):
            button.setProperty("kind", "quiet")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, Size.GAP_XS, 1, 1)
        column.setSpacing(Size.GAP_XS)
        column.addLayout(head)
        column.addWidget(self._surface, 1)

    def _connect(self) -> None:
        self._surface.alarm_action.connect(self.alarm_action)
        self._surface.cameras_seen.connect(self.cameras_seen)
        self._surface.plate_painted.connect(self.plate_painted)
        self._surface.picture_painted_under_alarm.connect(self.picture_painted_under_alarm)
        self._surface.tile_opened.connect(self._open)
        self._next.clicked.connect(self.next_asked)
        self._previous.clicked.connect(self.previous_asked)
        self._away.clicked.connect(self.put_away_asked)
        self._playback.clicked.connect(self.playback_asked)

    def _open(self, index: int) -> None:
        content = self._surface.content(index)
        if content is None:
            return
        if content.behind:
            self.playback_asked.emit()
        else:
            self.tile_opened.emit(content.camera_no)

    def _fill(self) -> None:
        scene = self._scene
        contents = scene.contents[:_MOST_FEEDS] if scene else ()
        if scene and not contents:
            # Nothing sees the place: the plate still needs a tile to stand on.
            contents = (TileContent("", scene.plate.place),)
        self._fill_cells()
        for index in range(self._surface.tile_count):
            self._surface.set_tile(index, contents[index] if index < len(contents) else None)
        plates = {content.camera_no: scene.plate for content in contents[:1]} if scene else {}
        self._surface.set_alarms(plates)

    def _fill_cells(self) -> None:
        shown = min(_MOST_FEEDS, len(self._scene.contents)) if self._scene else 1
        self._surface.set_cells(stage_layout(max(1, shown), is_tall=self._is_tall()))

    def _is_tall(self) -> bool:
        return self.height() > self.width()

    def _show_title(self) -> None:
        scene, (position, total) = self._scene, self._count
        if scene is None:
            self._title.setText("")
            self._title.setStyleSheet("")
        else:
            plate = scene.plate
            mark = tokens().priority(plate.priority).mark
            self._title.setStyleSheet(f"color: {mark}; font-size: {Size.TEXT_L}px; font-weight: 600;")
            whole = f"P{plate.priority:d} {plate.class_text}  {plate.place}"
            self._title.setText(whole)
        self._counter.setText(f"{position} / {total}" if total > 1 else "")
        for button in (self._previous, self._next):
            button.setVisible(total > 1)
        self._previous.setIcon(icon("previous"))
        self._next.setIcon(icon("next"))
        self._away.setIcon(icon("close"))
        self._playback.setIcon(icon("playback"))

    def _retranslate(self) -> None:
        for button, text in (
            (self._previous, self.tr("上一条报警")),
            (self._next, self.tr("下一条报警")),
            (self._away, self.tr("收起")),
        ):
            button.setToolTip(text)
            button.setAccessibleName(text)
        recorded = self.tr("到回放：报警那一刻")
        self._playback.setToolTip(f"{recorded} {self._playback_key}")
        self._playback.setAccessibleName(recorded)
        self.setAccessibleName(self.tr("报警舞台"))
        self._show_title()


def stage_layout(count: int, *, is_tall: bool) -> Layout:
    """The best feed large, up to three more in a row under it (tall) or a column beside it."""
    more = min(count, _MOST_FEEDS) - 1
    if more <= 0:
        return grid(1, 1)
    if is_tall:
        big = Cell(0, 0, more, 2 if more == 1 else more)
        rows = big.rows + (2 if more == 1 else 1)
        small = tuple(Cell(i, big.rows, 1, rows - big.rows) for i in range(more))
        return Layout(more, rows, (big, *small))
    rows, big_columns, columns = 6, 3, 4 if more == 3 else 5
    each = rows // more
    small = tuple(Cell(big_columns, i * each, columns - big_columns, each) for i in range(more))
    return Layout(columns, rows, (Cell(0, 0, big_columns, rows), *small))
