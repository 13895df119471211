"""Site, search, lamps, clock and who is on duty, in one line."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from services.core.clock import Clock
from ui.icons import icon
from ui.shell.elided import ElidedLabel
from ui.shell.lamp import Lamp
from ui.shell.words import LampState
from ui.theme import Size

_CLOCK_MS = 200


class TopBar(QFrame):
    """password_asked, language_asked, lock_asked: the buttons at the right end."""

    password_asked = Signal()
    lock_asked = Signal()
    language_asked = Signal()

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bar")
        self.setFixedHeight(Size.TOP_BAR)
        self._clock = clock
        self._states: dict[str, tuple[LampState, str]] = {}
        self._cameras = (0, 0)
        self._site = ElidedLabel(self)
        self._site.setProperty("tone", "title")
        self._demo = QLabel(self)
        self._demo.setProperty("tone", "badge")
        self._demo.setFixedHeight(Size.BADGE)
        self._demo.hide()
        self._search_slot = QHBoxLayout()
        self._lamps = {name: Lamp(self) for name in ("recording", "database", "receiver", "cameras")}
        self._time = QLabel(self)
        self._time.setProperty("tone", "title")
        self._user = ElidedLabel(self)
        self._password = QPushButton(self)
        self._password.setProperty("kind", "quiet")
        self._password.clicked.connect(self.password_asked)
        self._language = QPushButton(self)
        self._language.setProperty("kind", "quiet")
        self._language.clicked.connect(self.language_asked)
        self._lock = QPushButton(self)
        self._lock.setProperty("kind", "quiet")
        self._lock.clicked.connect(self.lock_asked)
        self._arrange()
        self._timer = QTimer(self)
        self._timer.setInterval(_CLOCK_MS)
        self._timer.timeout.connect(self._show_time)
        self._timer.start()
        self.retranslate()

    def set_site(self, name: str) -> None:
        self._site.setText(name)

    def set_demo(self, is_demo: bool) -> None:
        self._demo.setVisible(is_demo)

    def set_user(self, display_name: str, role: str) -> None:
        self._user.setText(f"{display_name}  {role}".strip())

    def set_search(self, widget: QWidget) -> None:
        self._search_slot.addWidget(widget)

    def set_lamp(self, name: str, state: LampState, hint: str = "") -> None:
        """name: recording, database or receiver; KeyError for another."""
        if name not in ("recording", "database", "receiver"):
            raise KeyError(name)
        self._states[name] = (state, hint)
        self._show_lamps()

    def set_cameras(self, live: int, total: int) -> None:
        self._cameras = (live, total)
        self._show_lamps()

    def lamp(self, name: str) -> Lamp:
        return self._lamps[name]

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        if event.type() is QEvent.Type.StyleChange:
            self._lock.setIcon(icon("lock"))
            self._password.setIcon(icon("user"))

    def retranslate(self) -> None:
        self._demo.setText(self.tr("演示"))
        self._demo.setToolTip(self.tr("模拟的校园和报警，不是真实情况"))
        self._password.setIcon(icon("user"))
        self._password.setToolTip(self.tr("修改我的密码"))
        self._password.setAccessibleName(self.tr("修改我的密码"))
        self._language.setText(self.tr("English"))
        self._language.setToolTip(self.tr("切换语言"))
        self._lock.setIcon(icon("lock"))
        self._lock.setToolTip(self.tr("锁定屏幕"))
        self._lock.setAccessibleName(self.tr("锁定屏幕"))
        self._show_lamps()
        self._show_time()

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(Size.GAP_L, 0, Size.GAP_S, 0)
        row.setSpacing(Size.GAP_M)
        row.addWidget(self._site)
        row.addWidget(self._demo, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(self._search_slot)
        row.addStretch(1)
        for lamp in self._lamps.values():
            row.addWidget(lamp)
        row.addSpacing(Size.GAP_S)
        row.addWidget(self._time)
        row.addSpacing(Size.GAP_S)
        row.addWidget(self._user)
        row.addWidget(self._password)
        row.addWidget(self._language)
        row.addWidget(self._lock)

    def _show_lamps(self) -> None:
        names = {
            "recording": self.tr("录像"),
            "database": self.tr("数据库"),
            "receiver": self.tr("接收机"),
        }
        words = {
            LampState.GOOD: self.tr("正常"),
            LampState.WARNING: self.tr("不稳"),
            LampState.BAD: self.tr("故障"),
            LampState.UNKNOWN: self.tr("未知"),
            LampState.ABSENT: self.tr("未启用"),
        }
        for key, name in names.items():
            state, hint = self._states.get(key, (LampState.UNKNOWN, ""))
            text = name if state is LampState.GOOD else f"{name} {words[state]}"
            self._lamps[key].show_state(state, text, hint or f"{name}: {words[state]}")
        live, total = self._cameras
        state = LampState.UNKNOWN if not total else LampState.GOOD if live == total else LampState.WARNING
        text = self.tr("摄像机 {live}/{total}").format(live=live, total=total)
        self._lamps["cameras"].show_state(state, text, text)

    def _show_time(self) -> None:
        text = self._clock.now().astimezone().strftime("%H:%M:%S")
        if text != self._time.text():
            self._time.setText(text)
            self._time.setToolTip(self._clock.now().astimezone().strftime("%Y-%m-%d %H:%M:%S %z"))
