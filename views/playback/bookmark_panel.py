"""The bookmarks beside the pictures: found by words, gone to, written, taken down."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from services.domain.bookmarks import MOST_TEXT, Bookmark
from ui.text.times import clock_time, date_time
from views.playback.bookmarks import BookmarksPresenter
from views.playback.presenter import PlaybackPresenter
from views.playback.span_panel import SpanPanel


class _Writing(Enum):
    NEW = "new"
    EDIT = "edit"
    END = "end"


_WRITTEN_BY_KEY: dict[int, _Writing] = {Qt.Key.Key_E: _Writing.EDIT, Qt.Key.Key_Delete: _Writing.END}


class BookmarkPanel(SpanPanel):
    """E on a line writes it anew, Delete takes it down."""

    def __init__(
        self, presenter: BookmarksPresenter, playback: PlaybackPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(MOST_TEXT, parent)
        self._presenter = presenter
        self._playback = playback
        self._writing: _Writing | None = None
        self._about: Bookmark | None = None
        self._since: datetime | None = None
        self._until: datetime | None = None
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.end_here = QPushButton(self)
        self._arrange(above=(self.search,), buttons=(self.end_here,))
        presenter.changed.connect(self.show_found)
        presenter.kept.connect(self.close_form)
        self.search.textChanged.connect(presenter.search)
        self.end_here.clicked.connect(self.end_span)
        self._retranslate()

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
        self.show_lines((_line(bookmark), bookmark) for bookmark in self._presenter.found)

    def _begin_by_key(self, key: int) -> bool:
        writing, about = _WRITTEN_BY_KEY.get(key), self.current
        if writing is not None and isinstance(about, Bookmark):
            self._open(writing, about)
        return writing is not None

    def _open(self, writing: _Writing, about: Bookmark | None) -> None:
        self._writing, self._about = writing, about
        self.text.setText(about.text if about is not None and writing is _Writing.EDIT else "")
        self.end_here.setVisible(writing is _Writing.NEW)
        self.open_form()

    def _forget(self) -> None:
        self._writing = self._about = None

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
        super()._retranslate()
        self.search.setPlaceholderText(self.tr("找书签"))
        self.search.setAccessibleName(self.tr("找书签：文字、作者、摄像机"))
        self.list.setAccessibleName(self.tr("书签；回车跳到，E 改写，Delete 撤下"))
        self.list.setToolTip(self.tr("书签；回车跳到，E 改写，Delete 撤下"))
        self.empty.setText(self.tr("没有书签。按 B 在现在的时刻加一个。"))
        self.end_here.setText(self.tr("到此刻"))
        self.end_here.setToolTip(self.tr("书签从开始的时刻一直到现在的画面 Shift+B"))
        self.save.setText(self.tr("保存"))
        self.show_found()


def _line(bookmark: Bookmark) -> str:
    until = f" – {clock_time(bookmark.until)}" if bookmark.until is not None else ""
    cameras = " ".join(bookmark.cameras)
    return f"{date_time(bookmark.since)}{until}\n{bookmark.text}\n{bookmark.author_name}  {cameras}"
