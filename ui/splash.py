"""The first sign of life: it stands while everything else is loaded, which takes seconds."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

_WIDTH_PX = 420
_GAP_PX = 28
# A screen that shows no window at all does not keep the program waiting.
_PAINT_LIMIT_MS = 500


class Splash(QFrame):
    """Name and one line in the middle of the screen; `say` what is being waited for."""

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.SplashScreen | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        # There is no frame around it but this one.
        self.setProperty("surface", "stage")
        name = QLabel("守望 Shouwang", self)
        name.setProperty("tone", "heading")
        self.words = QLabel(self)
        self.words.setProperty("tone", "dim")
        box = QVBoxLayout(self)
        box.setContentsMargins(_GAP_PX, _GAP_PX, _GAP_PX, _GAP_PX)
        box.addWidget(name)
        box.addWidget(self.words)
        self.setFixedWidth(_WIDTH_PX)

    def show_now(self) -> None:
        """Shown and painted when it returns, for the event loop is not running yet."""
        self.adjustSize()
        self.move(self.screen().availableGeometry().center() - self.rect().center())
        self.show()
        limit = QDeadlineTimer(_PAINT_LIMIT_MS)
        while not self.windowHandle().isExposed() and not limit.hasExpired():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents, 20)
        self.repaint()
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def say(self, words: str) -> None:
        self.words.setText(words)
        self.setAccessibleName(words)
