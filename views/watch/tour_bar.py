"""The running tour under the layout bar: where it is, why it stands, and its keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from ui.elided import ElidedLabel
from ui.icons import icon
from ui.theme import Size
from views.watch.wall_tour import Hold, TourState


class TourBar(QFrame):
    """Hidden while no tour runs. Signals: pause_asked(), step_asked(+1 or -1), stop_asked()."""

    pause_asked = Signal()
    step_asked = Signal(int)
    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bar")
        self._state: TourState | None = None
        self._stop_name = ""
        self.back = QPushButton(self)
        self.pause = QPushButton(self)
        self.on = QPushButton(self)
        self.end = QPushButton(self)
        self._what = ElidedLabel(self)
        self._why = QLabel(self)
        self._why.setProperty("tone", "warn")
        self._build()
        self.hide()

    def show_tour(self, state: TourState | None, stop_name: str) -> None:
        self._state, self._stop_name = state, stop_name
        self._write()
        self.setVisible(state is not None)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._write()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(Size.GAP_S, 2, Size.GAP_S, 2)
        row.setSpacing(Size.GAP_XS)
        for button, name in ((self.back, "step_back"), (self.pause, "pause"), (self.on, "step_on")):
            button.setIcon(icon(name))
            row.addWidget(button)
        row.addWidget(self._what, 1)
        row.addWidget(self._why)
        self.end.setIcon(icon("stop"))
        row.addWidget(self.end)
        for button in (self.back, self.pause, self.on, self.end):
            button.setProperty("kind", "chip")
        self.back.clicked.connect(self._step_back)
        self.on.clicked.connect(self._step_on)
        self.pause.clicked.connect(self.pause_asked)
        self.end.clicked.connect(self.stop_asked)
        self._write()

    def _step_back(self) -> None:
        self.step_asked.emit(-1)

    def _step_on(self) -> None:
        self.step_asked.emit(1)

    def _write(self) -> None:
        self._name_buttons()
        state = self._state
        if state is None:
            return
        text = self.tr("轮巡 {name}　{position}/{count}　{stop}　还有 {seconds} 秒")
        self._what.setText(
            text.format(
                name=state.item.name,
                position=state.position,
                count=state.count,
                stop=self._stop_name,
                seconds=state.left_s,
            )
        )
        self._why.setText(self._reason(state.hold))
        self._why.setVisible(state.hold is not Hold.NONE)

    def _reason(self, hold: Hold) -> str:
        match hold:
            case Hold.NONE:
                return ""
            case Hold.PAUSED:
                return self.tr("已暂停")
            case Hold.TOUCHED:
                return self.tr("您在操作这里，轮巡停住；按 ▶ 继续")
            case Hold.ALARM:
                return self.tr("有报警，轮巡停住；处理后自动继续")
            case Hold.NOTHING:
                return self.tr("没有可显示的下一站")

    def _name_buttons(self) -> None:
        is_running = self._state is None or self._state.hold is Hold.NONE
        self.pause.setIcon(icon("pause" if is_running else "play"))
        names = (
            (self.back, self.tr("上一站（Ctrl+Shift+Left）")),
            (self.pause, self.tr("暂停轮巡（Ctrl+T）") if is_running else self.tr("继续轮巡（Ctrl+T）")),
            (self.on, self.tr("下一站（Ctrl+Shift+Right）")),
            (self.end, self.tr("结束轮巡（Ctrl+Shift+T）")),
        )
        for button, name in names:
            button.setToolTip(name)
            button.setAccessibleName(name)
        self.end.setText(self.tr("结束"))
