"""Shows the manual in a window of its own, so that the wall stays in view, at the chapter that is wanted."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextBlock, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QTextBrowser, QVBoxLayout, QWidget

from services.core.paths import resource
from ui.i18n import language
from views.manual import title
from views.manual.chapters import Manual, read_manual
from views.manual.find_bar import FindBar

_CONTENTS_PX = 280
_CHAPTER_LEVELS = (2, 3)


class ManualWindow(QWidget):
    """Non-modal; closing it deletes it when it was made with WA_DeleteOnClose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._manual = Manual("", ())
        self._screen = ""
        self._headings: list[QTextBlock] = []
        self.contents = QListWidget(self)
        self.contents.setFixedWidth(_CONTENTS_PX)
        self.contents.setWordWrap(True)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.browser = QTextBrowser(self)
        self.browser.setOpenExternalLinks(False)
        self.finder = FindBar(self.browser, self)
        self._build()
        QShortcut(QKeySequence("Esc"), self).activated.connect(self._leave)
        self.contents.currentRowChanged.connect(self._go)
        self.browser.verticalScrollBar().valueChanged.connect(self._mark_present)
        self.resize(1080, 700)
        self._retranslate()

    def open_at(self, screen: str) -> None:
        """At the chapter of `screen`; where it was read before when that screen asked last, too."""
        self.show()
        self.raise_()
        self.activateWindow()
        if screen != self._screen:
            self._screen = screen
            self._go(self._manual.about(screen))
        self.browser.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.contents)
        row.addWidget(self.browser, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.finder)
        box.addLayout(row, 1)

    def _leave(self) -> None:
        """First back to the text, then away."""
        if not self.finder.leave():
            self.close()

    def _go(self, place: int) -> None:
        """That chapter's heading at the upper edge."""
        if not 0 <= place < len(self._headings):
            return
        heading, layout = self._headings[place], self.browser.document().documentLayout()
        # The layout is made as far as somebody asks; the bar must know all of it before it is moved.
        layout.documentSize()
        self.browser.setTextCursor(QTextCursor(heading))
        self.browser.verticalScrollBar().setValue(int(layout.blockBoundingRect(heading).top()))
        self._mark(place)

    def _mark_present(self) -> None:
        """In the contents, which chapter is being read."""
        top = self.browser.cursorForPosition(QPoint(4, 4)).blockNumber()
        numbers = [heading.blockNumber() for heading in self._headings]
        self._mark(max(0, bisect_right(numbers, top) - 1))

    def _mark(self, place: int) -> None:
        blocker = QSignalBlocker(self.contents)
        self.contents.setCurrentRow(place)
        blocker.unblock()

    def _retranslate(self) -> None:
        """In the other language at the same chapter: both have the same ones in the same order."""
        present = max(0, self.contents.currentRow())
        self.setWindowTitle(title())
        self.browser.setAccessibleName(title())
        self.contents.setAccessibleName(self.tr("手册目录"))
        path = resource("manual", language(), "index.md")
        self._manual = read_manual(path.read_text(encoding="utf-8"))
        self.browser.setMarkdown(self._manual.text)
        self._headings = self._found_headings()
        blocker = QSignalBlocker(self.contents)
        self.contents.clear()
        self.contents.addItems(["    " * (one.level - 2) + one.title for one in self._manual.chapters])
        blocker.unblock()
        self._go(present)

    def _found_headings(self) -> list[QTextBlock]:
        found = []
        block = self.browser.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() in _CHAPTER_LEVELS:
                found.append(block)
            block = block.next()
        return found
