"""The column beside the wall in which layouts, presets and tours are made and kept."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QStackedWidget, QVBoxLayout, QWidget

from services.core.errors import ServiceError
from services.domain.layouts import LAYOUTS
from services.domain.walls import StopKind, WallItem, WallItemKind
from ui.text.sentences import sentence
from views.watch.drawer.layout_page import LayoutPage
from views.watch.drawer.library_page import LibraryPage
from views.watch.drawer.page import EditorPage
from views.watch.drawer.preset_page import PresetPage
from views.watch.drawer.tour_page import TourPage
from views.watch.wall_kit import WallKit

WIDTH_PX = 320


class WallDrawer(QFrame):
    """Hidden until something is opened; what is being made stays there when an alarm comes.

    Signals: closed(); kept(name) when what was asked for here is saved.
    """

    closed = Signal()
    kept = Signal(str)

    def __init__(self, kit: WallKit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.setFixedWidth(WIDTH_PX)
        self._kit = kit
        self._before: QWidget | None = None
        self._asked: EditorPage | None = None
        self.library = LibraryPage(kit.library, self)
        self.layout_page = LayoutPage(self)
        self.preset_page = PresetPage(self)
        self.tour_page = TourPage(self._targets, self)
        self.trouble = QLabel(self)
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        self.trouble.setProperty("tone", "bad")
        self.trouble.setWordWrap(True)
        self._pages = QStackedWidget(self)
        self._build()
        self._connect()
        self.hide()

    def open_library(self) -> None:
        self._open(self.library)
        self.library.list.setFocus()

    def open_new_layout(self) -> None:
        self.layout_page.edit(None)
        self._open(self.layout_page)

    def open_new_preset(self) -> None:
        self.preset_page.edit(None, self._kit.hand.present())
        self._open(self.preset_page)

    def open_new_tour(self) -> None:
        self.tour_page.edit(None)
        self._open(self.tour_page)

    def edit(self, item: WallItem) -> None:
        match item.kind:
            case WallItemKind.LAYOUT:
                self.layout_page.edit(item)
                self._open(self.layout_page)
            case WallItemKind.PRESET:
                self.preset_page.edit(item, self._kit.hand.present())
                self._open(self.preset_page)
            case WallItemKind.TOUR:
                self.tour_page.edit(item)
                self._open(self.tour_page)

    def leave(self) -> bool:
        """Close without saving; False when nothing was open."""
        if not self.isVisible():
            return False
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()
        return True

    def event(self, event: QEvent) -> bool:
        """Esc, Delete and plain characters typed in here are not the wall's."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            is_plain = bool(event.text().strip()) and not event.modifiers()
            if is_plain or event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Delete):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        for page in (self.library, self.layout_page, self.preset_page, self.tour_page):
            self._pages.addWidget(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._pages, 1)
        box.addWidget(self.trouble)
        self.trouble.hide()

    def _connect(self) -> None:
        library = self._kit.library
        library.saved.connect(self._close_saved)
        library.refused.connect(self._show_trouble)
        self.library.use_asked.connect(self._kit.recall)
        self.library.edit_asked.connect(self.edit)
        self.library.left.connect(self.leave)
        for page in (self.layout_page, self.preset_page, self.tour_page):
            page.save_asked.connect(self._save)
            page.left.connect(self.leave)

    def _open(self, page: QWidget) -> None:
        self.trouble.hide()
        if not self.isVisible():
            self._before = self.window().focusWidget()
        self._pages.setCurrentWidget(page)
        self.show()

    def _save(self, item: WallItem) -> None:
        page = self._pages.currentWidget()
        self._asked = page if isinstance(page, EditorPage) else None
        self.trouble.hide()
        self._kit.library.save(item)

    def _close_saved(self, item: WallItem) -> None:
        """What was asked for here is kept: show it, and make room."""
        page, self._asked = self._asked, None
        if page is None or self._pages.currentWidget() is not page:
            return
        if item.kind is WallItemKind.LAYOUT and item.layout is not None:
            self._kit.hand.show_layout(item.id, item.layout)
        self.kept.emit(item.name)
        self.leave()

    def _show_trouble(self, error: ServiceError) -> None:
        self._asked = None
        if not self.isVisible():
            return
        self.trouble.setText(sentence(error))
        self.trouble.setVisible(True)

    def _targets(self, kind: StopKind) -> list[tuple[str, str]]:
        library, wall = self._kit.library, self._kit.wall
        match kind:
            case StopKind.CAMERA:
                return [(no, wall.title(no)) for no in wall.camera_nos]
            case StopKind.PRESET:
                return [(item.id, item.name) for item in library.items(WallItemKind.PRESET)]
            case StopKind.LAYOUT:
                own = [(item.id, item.name) for item in library.items(WallItemKind.LAYOUT)]
                return [*own, *((key, self.tr("{tiles} 画面").format(tiles=key)) for key in LAYOUTS)]
