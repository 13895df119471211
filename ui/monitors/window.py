"""A window beside the main one: it never takes the keyboard by itself and cannot be closed while locked."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QMoveEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.monitors.screens import screen_named

# Window managers place a full window in several steps, and some on another monitor first.
SETTLE_MS = 1500
# A busy machine tells a new window late that it has the keyboard; nobody changes windows by key so soon.
ACTIVATED_LATE_MS = 5000


class MonitorWindow(QWidget):
    """Signals: placed() when a person moved, resized or filled it; closed_by_hand(); retitled() when the
    language changed and the owner should name it anew; activated_itself() when it got the keyboard only
    because it was opened.
    """

    placed = Signal()
    closed_by_hand = Signal()
    retitled = Signal()
    activated_itself = Signal()

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWindowFlag(Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        # The main window's end is the program's, no other's.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.content = content
        self._is_usable = True
        self._is_placing = False
        self._before_full = QRect()
        self._stood = QElapsedTimer()
        self._may_activate = True
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        # A monitor smaller than the content: growing to it would end the full screen without a word.
        box.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        box.addWidget(content)
        # On the content, which is disabled while the seat is locked.
        QShortcut(QKeySequence("F11"), content).activated.connect(self.toggle_full)

    def stand(self, rect: QRect, screen_name: str, *, is_full: bool) -> None:
        """Show it there, without activating it; a person's own moves afterwards are told by `placed`."""
        self._is_placing = True
        screen = screen_named(screen_name)
        if screen is not None:
            self.setScreen(screen)
        if self.isFullScreen() and not is_full:
            self.setWindowState(Qt.WindowState.WindowNoState)
        # Without a window manager nothing fills a screen, so it gets the size as well.
        self.setGeometry(rect)
        if is_full:
            self.setWindowState(Qt.WindowState.WindowFullScreen)
        self.show()
        self.setGeometry(rect)
        self._is_placing = False
        self._stood.start()
        self._may_activate = False

    @property
    def has_settled(self) -> bool:
        """Long enough after `stand` that where it is is a person's doing and not the window manager's."""
        return not self.isFullScreen() or self._stood.hasExpired(SETTLE_MS)

    def toggle_full(self) -> None:
        """Cover the monitor, or stand where it stood before."""
        if self.isFullScreen():
            self.setWindowState(Qt.WindowState.WindowNoState)
            self.setGeometry(self._smaller() if self._before_full.isNull() else self._before_full)
        else:
            self._before_full = self.geometry()
            self.setWindowState(Qt.WindowState.WindowFullScreen)
            self.setGeometry(self.screen().geometry())
        self.placed.emit()

    def set_usable(self, is_usable: bool) -> None:
        """Locked: everything stays visible, nothing can be operated or closed."""
        self._is_usable = is_usable
        self.content.setEnabled(is_usable)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._is_usable:
            event.ignore()
            return
        super().closeEvent(event)
        self.closed_by_hand.emit()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._tell_placed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_placed()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self._look_who_activated()
        if event.type() is QEvent.Type.LanguageChange:
            self.retitled.emit()

    def _look_who_activated(self) -> None:
        """Some window managers give a new window the keyboard whatever it asks for."""
        is_own = not self._may_activate and not self._stood.hasExpired(ACTIVATED_LATE_MS)
        self._may_activate = True
        if is_own and QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self.activated_itself.emit()

    def _tell_placed(self) -> None:
        if self.isVisible() and not self._is_placing:
            self.placed.emit()

    def _smaller(self) -> QRect:
        free = self.screen().availableGeometry()
        return free.adjusted(free.width() // 6, free.height() // 6, -free.width() // 6, -free.height() // 6)
