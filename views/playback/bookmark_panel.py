"""The bookmarks beside the pictures: found by words, gone to, written, taken down."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from services.domain.bookmarks import MOST_TEXT, Bookmark
from ui.text.times import clock_time, date_time
from ui.theme import Size
from ui.wrapped_lines import wrap_lines
from views.playback.bookmarks import BookmarksPresenter
from views.playback.presenter import PlaybackPresenter

_ROLE = Qt.ItemDataRole.UserRole


class _Writing(Enum):
    NEW = "new"
    EDIT = "edit"
    END = "end"


class BookmarkPanel(QWidget):
    """Enter on a line goes there, E writes it anew, Delete takes it down.

    Signals: chosen(Bookmark) when a person goes to one; left() by Esc.
    """

    chosen = Signal(object)
    left = Signal()

    def __init__(
        self, presenter: BookmarksPresenter, playback: PlaybackPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._playback = playback
        self._writing: _Writing | None = None
        self._about: Bookmark | None = None
        self._since: datetime | None = None
        self._until: datetime | None = None
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget(self)
        wrap_lines(self.list)
        self.empty = QLabel(self)
        self.empty.setWordWrap(True)
        self.empty.setProperty("tone", "dim")
        self.what = QLabel(self)
        self.what.setTextFormat(Qt.TextFormat.PlainText)
        self.what.setWordWrap(True)
        self.text = QLineEdit(self)
        self.text.setMaxLength(MOST_TEXT)
        self.end_here = QPushButton(self)
        self.save = QPushButton(self)
        self.save.setProperty("kind", "primary")
        self.cancel = QPushButton(self)
        self.form = QWidget(self)
        self._arrange()
        self._connect()
        self._retranslate()
        self.form.hide()

    def begin(self) -> None:
        """A new one, at the moment shown."""
        self._since, self._until = self._playback.playback.now(), None
        self._open(_Writing.NEW, None)

    def end_span(self) -> None:
        """What is being written reaches until the moment shown."""
        if self._writing is _Writing.NEW and self._since is not None:
            at = self._playback.playback.now()
            self._since, self._until = min(self._since, at), max(self._since, at)
            self._say()

    def show_found(self) -> None:
        row = self.list.currentRow()
        self.list.clear()
        for bookmark in self._presenter.found:
            item = QListWidgetItem(_line(bookmark))
            item.setData(_ROLE, bookmark)
            self.list.addItem(item)
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        self.empty.setVisible(not self._presenter.found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.form.isVisible():
                self._close()
            else:
                self.left.emit()
        elif self.list.hasFocus() and event.key() == Qt.Key.Key_E:
            self._edit()
        elif self.list.hasFocus() and event.key() == Qt.Key.Key_Delete:
            self._end()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(Size.GAP_XS)
        for button in (self.save, self.end_here, self.cancel):
            buttons.addWidget(button)
        form = QVBoxLayout(self.form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(Size.GAP_XS)
        form.addWidget(self.what)
        form.addWidget(self.text)
        form.addLayout(buttons)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, Size.GAP_XS, 0, 0)
        box.setSpacing(Size.GAP_XS)
        box.addWidget(self.search)
        box.addWidget(self.empty)
        box.addWidget(self.list, 1)
        box.addWidget(self.form)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.changed.connect(self.show_found)
        presenter.kept.connect(self._close)
        self.search.textChanged.connect(presenter.search)
        self.list.itemActivated.connect(self._go)
        self.text.returnPressed.connect(self._save)
        self.save.clicked.connect(self._save)
        self.end_here.clicked.connect(self.end_span)
        self.cancel.clicked.connect(self._close)

    def _go(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(_ROLE))

    @property
    def _current(self) -> Bookmark | None:
        row = self.list.currentRow()
        found = self.list.item(row).data(_ROLE) if row >= 0 else None
        return found if isinstance(found, Bookmark) else None

    def _edit(self) -> None:
        if self._current is not None:
            self._open(_Writing.EDIT, self._current)
            self.text.setText(self._current.text)

    def _end(self) -> None:
        if self._current is not None:
            self._open(_Writing.END, self._current)

    def _open(self, writing: _Writing, about: Bookmark | None) -> None:
        self._writing, self._about = writing, about
        self.text.clear()
        self.end_here.setVisible(writing is _Writing.NEW)
        self._say()
        self.form.show()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        self._writing = self._about = None
        self.form.hide()
        self.left.emit()

    def _save(self) -> None:
        text, about = self.text.text(), self._about
        if self._writing is _Writing.NEW and self._since is not None:
            self._presenter.make(self._playback.cameras, self._since, text, self._until)
        elif self._writing is _Writing.EDIT and about is not None:
            self._presenter.edit(about, text)
        elif self._writing is _Writing.END and about is not None:
            self._presenter.end(about, text)

    def _say(self) -> None:
        about = self._about
        match self._writing:
            case _Writing.NEW if self._since is not None:
                until = f" – {clock_time(self._until)}" if self._until is not None else ""
                words = self.tr("书签：{when}").format(when=f"{date_time(self._since)}{until}")
            case _Writing.EDIT if about is not None:
                words = self.tr("改写 {when} 的书签").format(when=date_time(about.since))
            case _Writing.END if about is not None:
                words = self.tr("撤下 {author} 的书签，原因：").format(author=about.author_name)
            case _:
                words = ""
        self.what.setText(words)
        self.text.setAccessibleName(words)

    def _retranslate(self) -> None:
        self.search.setPlaceholderText(self.tr("找书签"))
        self.search.setAccessibleName(self.tr("找书签：文字、作者、摄像机"))
        self.list.setAccessibleName(self.tr("书签；回车跳到，E 改写，Delete 撤下"))
        self.list.setToolTip(self.tr("书签；回车跳到，E 改写，Delete 撤下"))
        self.empty.setText(self.tr("没有书签。按 B 在现在的时刻加一个。"))
        self.end_here.setText(self.tr("到此刻"))
        self.end_here.setToolTip(self.tr("书签从开始的时刻一直到现在的画面 Shift+B"))
        self.save.setText(self.tr("保存"))
        self.cancel.setText(self.tr("取消"))
        self._say()
        self.show_found()


def _line(bookmark: Bookmark) -> str:
    until = f" – {clock_time(bookmark.until)}" if bookmark.until is not None else ""
    cameras = " ".join(bookmark.cameras)
    return f"{date_time(bookmark.since)}{until}\n{bookmark.text}\n{bookmark.author_name}  {cameras}"
