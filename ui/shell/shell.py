"""The main window: it arranges screens and says how the system is; it decides nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from services.core.clock import Clock, SystemClock
from ui.shell.full_screen import FullScreen
from ui.shell.keyboard_home import KeyboardHome
from ui.shell.notice_line import NoticeLine
from ui.shell.rail import Rail
from ui.shell.top_bar import TopBar
from ui.shell.words import LampState, ScreenEntry, Severity
from ui.theme import Size

# So much of the alarms' column is left to a hand that pulls it narrower.
LEAST_SIDE_PX = 300


class Shell(QMainWindow):
    """Signals: screen_chosen(name), lock_asked, language_asked, full_changed(is_full), closed (the window
    is going away).

    F1 to F9 are left to the screens; F11 is the full screen.
    """

    screen_chosen = Signal(str)
    lock_asked = Signal()
    language_asked = Signal()
    full_changed = Signal(bool)
    closed = Signal()

    def __init__(self, *, clock: Clock | None = None) -> None:
        super().__init__()
        clock = clock or SystemClock()
        self.top_bar = TopBar(clock, self)
        self.rail = Rail(self)
        self.notices = NoticeLine(clock, self)
        self.banner = self.notices.banner
        self._screens: dict[str, QWidget] = {}
        self._full = FullScreen(self, self.top_bar, self.rail)
        self._stack = QStackedWidget(self)
        KeyboardHome(self._stack)
        self._side = QFrame(self)
        self._side.setProperty("surface", "side")
        self._side_column = QVBoxLayout(self._side)
        self._side_column.setContentsMargins(0, 0, 0, 0)
        self._side.hide()
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._strips = QVBoxLayout()
        self._arrange()
        self.rail.screen_chosen.connect(self.show_screen)
        self.top_bar.lock_asked.connect(self.lock_asked)
        self.top_bar.language_asked.connect(self.language_asked)
        self.resize(1600, 900)
        self.setMinimumSize(1024, 640)
        self._retranslate()

    def set_screens(self, entries: Sequence[ScreenEntry]) -> None:
        """The rail's lines, in order; give each its widget by `add_screen`."""
        self.rail.set_entries(entries)

    def add_screen(self, name: str, widget: QWidget) -> None:
        self._screens[name] = widget
        self._stack.addWidget(widget)

    def label_screen(self, name: str, text: str) -> None:
        """The screen's name in the language of the moment."""
        self.rail.label(name, text)

    def show_screen(self, name: str) -> None:
        """Bring a screen to the front; KeyError for an unknown one."""
        widget = self._screens[name]
        self.rail.mark(name)
        if self._stack.currentWidget() is not widget or not widget.isVisible():
            self._stack.setCurrentWidget(widget)
            self.screen_chosen.emit(name)

    @property
    def screen_names(self) -> tuple[str, ...]:
        return tuple(self._screens)

    @property
    def front(self) -> QWidget | None:
        """The screen that is shown now; None while there is none."""
        return self._stack.currentWidget()

    @property
    def front_screen(self) -> str:
        current = self._stack.currentWidget()
        return next((name for name, widget in self._screens.items() if widget is current), "")

    def set_side(self, widget: QWidget | None) -> None:
        """What stands at the right of every screen; None hides the column."""
        while (item := self._side_column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None and old is not widget:
                old.setParent(None)
        if widget is not None:
            self._side_column.addWidget(widget)
            widget.show()
        self._side.setVisible(widget is not None)

    def add_strip(self, widget: QWidget) -> None:
        """What stands over every screen as long as it shows itself; nobody can close it."""
        self._strips.addWidget(widget)

    def set_search(self, widget: QWidget) -> None:
        self.top_bar.set_search(widget)

    def show_search(self) -> None:
        """Into a full screen too, for as long as it is used."""
        self._full.note_search(True)

    def hide_search(self) -> None:
        self._full.note_search(False)

    def set_site(self, name: str) -> None:
        self.top_bar.set_site(name)

    def set_user(self, display_name: str, role: str) -> None:
        self.top_bar.set_user(display_name, role)

    def set_demo(self, is_demo: bool) -> None:
        self.top_bar.set_demo(is_demo)

    def set_lamp(self, name: str, state: LampState, hint: str = "") -> None:
        """name: recording, database or receiver."""
        self.top_bar.set_lamp(name, state, hint)
        self._full.note_lamp(name, state)

    def set_cameras(self, live: int, total: int) -> None:
        self.top_bar.set_cameras(live, total)

    def say(self, sentence: str, severity: Severity = Severity.NOTICE) -> None:
        """Trouble, in a sentence a person can act on; "" takes the line away."""
        self.notices.say(sentence, severity)

    def toggle_full(self) -> None:
        """The screen in front over the whole monitor; the side column with the alarms stays."""
        self._full.toggle()
        self.full_changed.emit(self._full.is_on)

    def leave_full(self) -> bool:
        """False when it was not on."""
        if not self._full.is_on:
            return False
        self.toggle_full()
        return True

    @property
    def is_full(self) -> bool:
        return self._full.is_on

    def save_place(self) -> dict[str, str]:
        """Window geometry and column widths as text, for the user's preferences."""
        return {
            "geometry": _text(self._full.geometry_before() or self.saveGeometry()),
            "columns": _text(self._splitter.saveState()),
            "screen": self.front_screen,
        }

    def restore_place(self, place: dict[str, str]) -> None:
        """What `save_place` gave; unknown or broken values change nothing."""
        self.restoreGeometry(_bytes(place.get("geometry", "")))
        self._splitter.restoreState(_bytes(place.get("columns", "")))
        if place.get("screen") in self._screens:
            self.show_screen(place["screen"])

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        if event.type() is QEvent.Type.StyleChange:
            self.rail.renew_icons()

    def _arrange(self) -> None:
        self._splitter.addWidget(self._content())
        self._splitter.addWidget(self._side)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        self._splitter.setCollapsible(0, False)
        self._splitter.setSizes([1200, Size.SIDE_WIDTH])
        self._side.setMinimumWidth(LEAST_SIDE_PX)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.top_bar)
        right.addLayout(self._strips)
        right.addWidget(self._splitter, 1)
        whole = QWidget(self)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        self.setCentralWidget(whole)
        # On the content, which is disabled while the seat is locked.
        QShortcut(QKeySequence("F11"), whole).activated.connect(self.toggle_full)

    def _content(self) -> QWidget:
        """The screens, and below them the line of the notices."""
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(self.notices)
        return content

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("守望 校园指挥中心"))


def _text(state: QByteArray) -> str:
    return bytes(state.toBase64().data()).decode()


def _bytes(text: str) -> QByteArray:
    return QByteArray.fromBase64(QByteArray(text.encode()))
