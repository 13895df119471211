"""The playback's page: cameras at the left, pictures, the transport keys and the line of time."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QDateTime, QEvent, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDateTimeEdit,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from services.core.clock import Clock
from services.playback.clock import SPEEDS
from ui.icons import icon
from ui.text.places import local_name
from ui.theme import Size
from ui.tiles.wall import WallSurface
from ui.timeline import Timeline
from views.playback.presenter import MOST_CAMERAS, PlaybackPresenter

TICK_MS = 40
_JUMP = timedelta(seconds=10)
_ROLE = Qt.ItemDataRole.UserRole
_GLYPHS = {
    "alarm_before": "alarm_before",
    "back": "back_10",
    "step_back": "step_back",
    "step_on": "step_on",
    "on": "on_10",
    "alarm_after": "alarm_after",
    "turn": "turn",
}


class PlaybackScreen(QWidget):
    """Keys: Space plays and pauses, ← → one picture, Shift+← → ten seconds, - + the speed, R the other
    way, P N the alarm before and after, ↑ ↓ a shorter or a longer line of time.
    """

    def __init__(self, presenter: PlaybackPresenter, *, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._cameras = QListWidget(self)
        self._surface = WallSurface(self, clock=clock)
        self._surface.setAcceptDrops(False)
        self._timeline = Timeline(self)
        self._empty = QLabel(self)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setProperty("tone", "dim")
        self._moment = QDateTimeEdit(self)
        self._moment.setCalendarPopup(True)
        self._moment.setDisplayFormat("yyyy-MM-dd HH:mm:ss")
        self._speed = QComboBox(self)
        self._buttons = {
            name: QPushButton(self)
            for name in ("alarm_before", "back", "step_back", "play", "step_on", "on", "alarm_after", "turn")
        }
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._is_filling = False
        self._arrange()
        self._connect()
        self._retranslate()
        self.show_site()

    def show_site(self) -> None:
        """The cameras of the site, those shown ticked."""
        self._is_filling = True
        self._cameras.clear()
        for camera in self._presenter.site_cameras:
            item = QListWidgetItem(f"{camera.no} {local_name(camera)}")
            item.setData(_ROLE, str(camera.no))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            is_shown = camera.no in self._presenter.cameras
            item.setCheckState(Qt.CheckState.Checked if is_shown else Qt.CheckState.Unchecked)
            self._cameras.addItem(item)
        self._is_filling = False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self._presenter.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._presenter.rest()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_far = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Space:
                self._presenter.toggle()
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                way = 1 if event.key() == Qt.Key.Key_Right else -1
                if is_far:
                    self._presenter.jump(way * _JUMP)
                else:
                    self._presenter.step(way)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self._presenter.faster(1)
            case Qt.Key.Key_Minus:
                self._presenter.faster(-1)
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self._timeline.zoom(0.5 if event.key() == Qt.Key.Key_Up else 2.0)
            case Qt.Key.Key_R:
                self._presenter.turn()
            case Qt.Key.Key_N | Qt.Key.Key_P:
                self._presenter.seek_alarm(1 if event.key() == Qt.Key.Key_N else -1)
            case _:
                super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self.show_site()

    def _arrange(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        bar = QHBoxLayout()
        bar.addWidget(self._moment)
        for button in self._buttons.values():
            button.setProperty("kind", "chip")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            bar.addWidget(button)
        bar.addWidget(self._speed)
        bar.addStretch(1)
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP_S)
        column.addWidget(self._empty, 1)
        column.addWidget(self._surface, 1)
        column.addLayout(bar)
        column.addWidget(self._timeline)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self._cameras)
        split.addWidget(right)
        split.setSizes([200, 1000])
        split.setStretchFactor(1, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(Size.GAP_S, Size.GAP_S, Size.GAP_S, Size.GAP_S)
        box.addWidget(split)

    def _connect(self) -> None:
        presenter = self._presenter
        self._cameras.itemChanged.connect(self._choose)
        self._timeline.sought.connect(self._seek)
        self._timeline.span_changed.connect(presenter.look_at)
        self._moment.editingFinished.connect(self._go_to_moment)
        self._speed.activated.connect(lambda index: presenter.set_speed(SPEEDS[index]))
        pressed = {
            "alarm_before": lambda: presenter.seek_alarm(-1),
            "back": lambda: presenter.jump(-_JUMP),
            "step_back": lambda: presenter.step(-1),
            "play": presenter.toggle,
            "step_on": lambda: presenter.step(1),
            "on": lambda: presenter.jump(_JUMP),
            "alarm_after": lambda: presenter.seek_alarm(1),
            "turn": presenter.turn,
        }
        for name, act in pressed.items():
            self._buttons[name].clicked.connect(act)
        presenter.site_changed.connect(self.show_site)
        presenter.cameras_changed.connect(self._show_tiles)
        presenter.span_changed.connect(self._show_span)
        presenter.moved.connect(self._show_transport)
        self._timer.timeout.connect(self._tick)

    def _choose(self, item: QListWidgetItem) -> None:
        if self._is_filling:
            return
        no = str(item.data(_ROLE))
        chosen = [camera for camera in self._presenter.cameras if camera != no]
        if item.checkState() is Qt.CheckState.Checked:
            if len(chosen) >= MOST_CAMERAS:
                self.show_site()
                return
            chosen.append(no)
        self._presenter.choose(chosen)
        self._show_tiles()

    def _seek(self, at: datetime, is_over: bool) -> None:
        self._presenter.seek(at)
        if is_over:
            self._show_transport()

    def _go_to_moment(self) -> None:
        chosen = self._moment.dateTime().toUTC().toPython()
        assert isinstance(chosen, datetime)
        wanted = chosen.replace(tzinfo=UTC)
        if abs(wanted - self._presenter.playback.now()) > timedelta(seconds=1):
            self._presenter.seek(wanted)

    def _show_tiles(self) -> None:
        tiles = self._presenter.tiles()
        self._empty.setVisible(not tiles)
        self._surface.setVisible(bool(tiles))
        if tiles:
            columns = math.ceil(math.sqrt(len(tiles)))
            rows = math.ceil(len(tiles) / columns)
            self._surface.set_layout(columns, rows)
            for index in range(columns * rows):
                self._surface.set_tile(index, tiles[index] if index < len(tiles) else None)

    def _show_span(self) -> None:
        presenter = self._presenter
        if self._timeline.scale is None:
            self._timeline.show_span(presenter.since, presenter.until)
        self._timeline.show_lanes(presenter.lanes(), presenter.marks())

    def _show_transport(self) -> None:
        presenter = self._presenter
        play = self._buttons["play"]
        play.setIcon(icon("pause" if presenter.is_playing else "play"))
        play.setAccessibleName(self.tr("暂停") if presenter.is_playing else self.tr("播放"))
        speed = min(range(len(SPEEDS)), key=lambda number: abs(SPEEDS[number] - abs(presenter.speed)))
        self._speed.setCurrentIndex(speed)
        turn = self.tr("倒放") if presenter.speed > 0 else self.tr("正放")
        self._buttons["turn"].setToolTip(f"{turn} R")
        self._buttons["turn"].setAccessibleName(turn)
        scale = self._timeline.scale
        if scale is not None and not scale.since <= presenter.playback.now() <= scale.until:
            self._timeline.show_span(presenter.since, presenter.until)
        self._tick()

    def _tick(self) -> None:
        at = self._presenter.playback.now()
        self._timeline.show_moment(at)
        if not self._moment.hasFocus():
            self._moment.setDateTime(QDateTime.fromMSecsSinceEpoch(round(at.timestamp() * 1000)))
        if self._presenter.is_playing and at >= self._presenter.now:
            self._presenter.pause()

    def _retranslate(self) -> None:
        words = {
            "alarm_before": (self.tr("上一报警"), "P"),
            "back": (self.tr("−10 秒"), "Shift+←"),
            "step_back": (self.tr("上一帧"), "←"),
            "play": (self.tr("播放"), "Space"),
            "step_on": (self.tr("下一帧"), "→"),
            "on": (self.tr("+10 秒"), "Shift+→"),
            "alarm_after": (self.tr("下一报警"), "N"),
            "turn": (self.tr("倒放"), "R"),
        }
        for name, (text, key) in words.items():
            self._buttons[name].setToolTip(f"{text} {key}")
            self._buttons[name].setAccessibleName(text)
            if name in _GLYPHS:
                self._buttons[name].setIcon(icon(_GLYPHS[name]))
        self._cameras.setAccessibleName(self.tr("要回放的摄像机"))
        self._moment.setAccessibleName(self.tr("回放时刻"))
        self._speed.setAccessibleName(self.tr("速度"))
        self._timeline.setAccessibleName(self.tr("时间轴：滚轮缩放，左键拖动定位，右键拖动平移"))
        self._empty.setText(
            self.tr("在左边勾选 1 到 9 台摄像机。没有录像时，请在设置中指定录像硬盘（recording_dirs）。")
        )
        self._speed.clear()
        self._speed.addItems([f"{speed:g}×" for speed in SPEEDS])
        self._show_transport()
        self._show_tiles()
