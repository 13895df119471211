"""The window of a film: its picture, its place, and the keys of a tape deck."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.playback.clock import SPEEDS
from services.playback.players import FFMPEG
from services.playback.vlc_player import LIBVLC
from ui.dropped_file import dropped_file
from ui.file_asking import ask_file_to_open
from ui.icons import icon
from ui.text import sentence
from ui.text.sentences import reason_text
from ui.theme import Size
from ui.tiles.feed import TileContent
from ui.tiles.wall import WallSurface
from views.clip.presenter import ClipPresenter, place_text

OPEN_KEY = "Ctrl+O"
TICK_MS = 60
JUMP_S = 10.0
_WINDOW_PX = (1000, 680)
_ENGINES = ("", FFMPEG, LIBVLC)
_GLYPHS = {
    "open": "open_file",
    "back": "back_10",
    "step_back": "step_back",
    "step_on": "step_on",
    "on": "on_10",
    "turn": "turn",
    "sound": "listen",
    "snapshot": "snapshot",
}


class ClipWindow(QWidget):
    """Keys: Space plays and pauses, ← → one picture, Shift+← → ten seconds, - + the speed, R the other way,
    A the sound, Ctrl+S keeps the picture, Ctrl+O another film, Esc closes.
    """

    def __init__(self, presenter: ClipPresenter, *, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._presenter = presenter
        self._path: Path | None = None
        self.surface = WallSurface(self, clock=clock)
        self.surface.setAcceptDrops(False)
        self.surface.set_layout(1, 1)
        self.place = QSlider(Qt.Orientation.Horizontal, self)
        self.where = QLabel(self)
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.speed = QComboBox(self)
        self.engine = QComboBox(self)
        names = ("open", "back", "step_back", "play", "step_on", "on", "turn", "sound", "snapshot")
        self.buttons = {name: QPushButton(self) for name in names}
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self.setAcceptDrops(True)
        self.resize(*_WINDOW_PX)
        self._arrange()
        self._connect()
        self._retranslate()

    def open(self, path: Path) -> None:
        """Show itself and the film, once it is there."""
        self._path = path
        self._presenter.open(path, _ENGINES[self.engine.currentIndex()])
        self.show()
        self.raise_()
        self.activateWindow()

    def ask(self) -> None:
        """For a file, then show it."""
        self.show()
        ask_file_to_open(self, self.tr("打开录像文件"), (), lambda name: self.open(Path(name)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        presenter = self._presenter
        is_far = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        has_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        way = 1 if event.key() == Qt.Key.Key_Right else -1
        match event.key():
            case Qt.Key.Key_Space:
                presenter.toggle()
            case Qt.Key.Key_Left | Qt.Key.Key_Right if is_far:
                presenter.jump(way * JUMP_S)
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                presenter.step(way)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                presenter.faster(1)
            case Qt.Key.Key_Minus:
                presenter.faster(-1)
            case Qt.Key.Key_R:
                presenter.turn()
            case Qt.Key.Key_A:
                presenter.toggle_sound()
            case Qt.Key.Key_S if has_control:
                presenter.take_shot()
            case Qt.Key.Key_O if has_control:
                self.ask()
            case Qt.Key.Key_Escape:
                self.close()
            case _:
                super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._timer.stop()
        self.surface.set_tile(0, None)
        self._presenter.close()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.open(path)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _arrange(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row = QHBoxLayout()
        row.setSpacing(Size.GAP_XS)
        for button in self.buttons.values():
            button.setProperty("kind", "chip")
            row.addWidget(button)
        row.addWidget(self.speed)
        row.addWidget(self.engine)
        row.addStretch(1)
        row.addWidget(self.where)
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.GAP_S, Size.GAP_S, Size.GAP_S, Size.GAP_S)
        column.setSpacing(Size.GAP_XS)
        column.addWidget(self.surface, 1)
        column.addWidget(self.place)
        column.addLayout(row)
        column.addWidget(self.told)

    def _connect(self) -> None:
        presenter = self._presenter
        pressed: dict[str, Callable[[], object]] = {
            "open": self.ask,
            "back": lambda: presenter.jump(-JUMP_S),
            "step_back": lambda: presenter.step(-1),
            "play": presenter.toggle,
            "step_on": lambda: presenter.step(1),
            "on": lambda: presenter.jump(JUMP_S),
            "turn": presenter.turn,
            "sound": presenter.toggle_sound,
            "snapshot": presenter.take_shot,
        }
        for name, act in pressed.items():
            self.buttons[name].clicked.connect(act)
        self.place.sliderMoved.connect(lambda ms: presenter.seek(ms / 1000))
        self.place.actionTriggered.connect(self._on_place)
        self.speed.activated.connect(lambda index: presenter.set_speed(SPEEDS[index]))
        self.engine.activated.connect(self._on_engine)
        presenter.opening.connect(self._on_opening)
        presenter.opened.connect(self._on_opened)
        presenter.moved.connect(self._show_present)
        presenter.saved.connect(self.told.setText)
        presenter.refused.connect(self._on_refused)
        self._timer.timeout.connect(self._show_place)

    def _on_place(self, action: int) -> None:
        """By key or a click beside the handle; what the hand drags comes by itself."""
        if action != QSlider.SliderAction.SliderMove.value:
            self._presenter.seek(self.place.sliderPosition() / 1000)

    def _on_engine(self, _index: int) -> None:
        if self._path is not None:
            self.open(self._path)

    def _on_opening(self, name: str) -> None:
        self.setWindowTitle(name)
        self.told.setText(self.tr("正在打开 {name}…").format(name=name))

    def _on_opened(self) -> None:
        player = self._presenter.player
        if player is None or not self.isVisible():
            self._presenter.close()
            return
        facts = player.facts
        self.surface.set_tile(0, TileContent(facts.path.name, "", player.feed, reason=reason_text))
        self.place.setRange(0, round(facts.length_s * 1000))
        self.place.setPageStep(round(JUMP_S * 1000))
        self.place.setSingleStep(1000)
        self._timer.start()
        self._presenter.toggle()
        self._show_facts()

    def _show_facts(self) -> None:
        player = self._presenter.player
        if player is None:
            return
        facts = player.facts
        width_px, height_px = facts.size_px
        size = round(facts.size_bytes / 1_000_000, 1)
        about = {"engine": player.engine, "width": width_px, "height": height_px, "size": size}
        if facts.coding:
            told = self.tr("{engine} 播放：{coding}，{width}×{height}，{size} MB")
            self.told.setText(told.format(**about, coding=facts.coding))
        else:
            self.told.setText(self.tr("{engine} 播放：{width}×{height}，{size} MB").format(**about))
        self._show_present()

    def _on_refused(self, error: ServiceError) -> None:
        self.told.setText(sentence(error))

    def _show_present(self) -> None:
        presenter = self._presenter
        play = self.buttons["play"]
        play.setIcon(icon("pause" if presenter.is_playing else "play"))
        play.setAccessibleName(self.tr("暂停") if presenter.is_playing else self.tr("播放"))
        at = min(range(len(SPEEDS)), key=lambda number: abs(SPEEDS[number] - abs(presenter.speed)))
        self.speed.setCurrentIndex(at)
        can_turn = presenter.player is not None and presenter.player.can_go_back
        self.buttons["turn"].setEnabled(can_turn)
        self._show_place()

    def _show_place(self) -> None:
        player = self._presenter.player
        if player is None:
            return
        if not self.place.isSliderDown():
            self.place.setValue(round(player.position_s * 1000))
        self.where.setText(f"{place_text(player.position_s)} / {place_text(player.facts.length_s)}")
        is_at_end = player.facts.length_s and player.position_s >= player.facts.length_s
        is_at_begin = player.speed < 0 and player.position_s <= 0
        if player.speed and (is_at_begin or (is_at_end and player.speed > 0)):
            self._presenter.toggle()

    def _retranslate(self) -> None:
        words = {
            "open": (self.tr("打开录像文件"), OPEN_KEY),
            "back": (self.tr("−10 秒"), "Shift+←"),
            "step_back": (self.tr("上一帧"), "←"),
            "play": (self.tr("播放"), "Space"),
            "step_on": (self.tr("下一帧"), "→"),
            "on": (self.tr("+10 秒"), "Shift+→"),
            "turn": (self.tr("倒放或正放"), "R"),
            "sound": (self.tr("声音"), "A"),
            "snapshot": (self.tr("把画面按原大小存成图片"), "Ctrl+S"),
        }
        for name, (text, key) in words.items():
            self.buttons[name].setToolTip(f"{text} {key}")
            self.buttons[name].setAccessibleName(text)
            if name in _GLYPHS:
                self.buttons[name].setIcon(icon(_GLYPHS[name]))
        if self._path is None:
            self.setWindowTitle(self.tr("打开录像文件"))
            self.told.setText(self.tr("把录像文件拖到这里，或按 Ctrl+O 选一个。"))
        self.place.setAccessibleName(self.tr("播放位置"))
        self.speed.setAccessibleName(self.tr("速度"))
        self.speed.clear()
        self.speed.addItems([f"{speed:g}×" for speed in SPEEDS])
        chosen = max(0, self.engine.currentIndex())
        self.engine.setAccessibleName(self.tr("解码引擎"))
        self.engine.setToolTip(self.tr("解码引擎：FFmpeg 能倒放、逐帧；打不开时用 VLC"))
        self.engine.clear()
        self.engine.addItems([self.tr("自动"), FFMPEG, "VLC"])
        self.engine.setCurrentIndex(chosen)
        self._show_present()
