"""The pages at the left of the pictures: cameras, bookmarks, motion, what is protected."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTabWidget, QWidget

from views.playback.bookmark_panel import BookmarkPanel
from views.playback.camera_choice import CameraChoice
from views.playback.keep_panel import KeepPanel
from views.playback.kit import PlaybackKit
from views.playback.motion_panel import MotionPanel

CAMERAS, BOOKMARKS, MOTION, KEEPING = range(4)
_LEAST_PX = 140


class LeftPages(QTabWidget):
    """Signals: left() when a person has done with a page, or goes back to the keys of the playback."""

    left = Signal()

    def __init__(self, kit: PlaybackKit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cameras = CameraChoice(kit.playback, self)
        self.bookmarks = BookmarkPanel(kit.bookmarks, kit.playback, self)
        self.motion = MotionPanel(kit.motion, self)
        self.keeping = KeepPanel(kit.keeping, kit.playback, kit.marks, self)
        for page in (self.cameras, self.bookmarks, self.motion, self.keeping):
            self.addTab(page, "")
        # Hidden buttons to scroll the tabs with would be read aloud, and in the language of the start.
        self.setUsesScrollButtons(False)
        # Four names beside each other, in English too, on a small screen.
        self.tabBar().setProperty("kind", "tight")
        for panel in (self.bookmarks, self.motion, self.keeping):
            panel.left.connect(self.left)
        self._retranslate()

    def begin_bookmark(self) -> None:
        self.setCurrentIndex(BOOKMARKS)
        self.bookmarks.begin()

    def find_bookmark(self) -> None:
        self.setCurrentIndex(BOOKMARKS)
        self.bookmarks.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def find_motion(self, camera: str) -> None:
        self.setCurrentIndex(MOTION)
        self.motion.open(camera)

    def begin_keeping(self) -> None:
        self.setCurrentIndex(KEEPING)
        self.keeping.begin()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Never narrower than its four names."""
        self.setMinimumWidth(max(_LEAST_PX, self.tabBar().sizeHint().width()))

    def _retranslate(self) -> None:
        names = (self.tr("摄像机"), self.tr("书签"), self.tr("移动"), self.tr("保护"))
        for page, name in enumerate(names):
            self.setTabText(page, name)
        self._fit()
