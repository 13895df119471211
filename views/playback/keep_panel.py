"""The protected recordings beside the pictures: gone to, set for the marked span, released."""

from __future__ import annotations

from datetime import datetime

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

from services.domain.recordings import Protection
from services.recording.custody import MOST_REASON, Wanted
from ui.kept_box import KeptBox
from ui.text.keeping import kept_by, kept_until
from ui.text.lists import listed
from ui.text.times import clock_time, date_time
from ui.theme import Size
from ui.wrapped_lines import wrap_lines
from views.playback.keeping import KeepingPresenter
from views.playback.presenter import PlaybackPresenter
from views.playback.span_marks import SpanMarks

_ROLE = Qt.ItemDataRole.UserRole


class KeepPanel(QWidget):
    """Enter on a line goes there, Delete releases it with a reason.

    Signals: chosen(Protection) when a person goes to one; left() by Esc.
    """

    chosen = Signal(object)
    left = Signal()

    def __init__(
        self,
        presenter: KeepingPresenter,
        playback: PlaybackPresenter,
        marks: SpanMarks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._playback = playback
        self._marks = marks
        # What is being written: a new one over a span, or the end of one that stands.
        self._span: tuple[datetime, datetime] | None = None
        self._cameras: tuple[str, ...] = ()
        self._about: Protection | None = None
        self.list = QListWidget(self)
        wrap_lines(self.list)
        self.empty, self.what = QLabel(self), QLabel(self)
        self.empty.setWordWrap(True)
        self.empty.setProperty("tone", "dim")
        self.what.setTextFormat(Qt.TextFormat.PlainText)
        self.what.setWordWrap(True)
        self.reason = QLineEdit(self)
        self.reason.setMaxLength(MOST_REASON)
        self.kept = KeptBox(self)
        self.begin_release, self.save, self.cancel = QPushButton(self), QPushButton(self), QPushButton(self)
        self.save.setProperty("kind", "primary")
        self.form = QWidget(self)
        self._arrange()
        self._connect()
        self._retranslate()
        self.form.hide()

    def begin(self) -> None:
        """The marked span of the cameras shown; which one that is can be read before it is protected."""
        if self._playback.cameras:
            self._span, self._cameras, self._about = self._marks.span(), self._playback.cameras, None
            self._open()

    def show_present(self) -> None:
        row = self.list.currentRow()
        self.list.clear()
        for protection in self._presenter.shown:
            item = QListWidgetItem(_line(protection, self.tr("继续")))
            item.setData(_ROLE, protection)
            self.list.addItem(item)
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        self.empty.setVisible(not self._presenter.shown)
        self._offer()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.form.isVisible():
                self._close()
            else:
                self.left.emit()
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
        buttons.addWidget(self.save, 1)
        buttons.addWidget(self.cancel, 1)
        form = QVBoxLayout(self.form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(Size.GAP_XS)
        for part in (self.what, self.reason, self.kept):
            form.addWidget(part)
        form.addLayout(buttons)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, Size.GAP_XS, 0, 0)
        box.setSpacing(Size.GAP_XS)
        box.addWidget(self.empty)
        box.addWidget(self.list, 1)
        box.addWidget(self.begin_release)
        box.addWidget(self.form)

    def _connect(self) -> None:
        self._presenter.changed.connect(self.show_present)
        self._presenter.done.connect(self._finish)
        self._marks.changed.connect(self._follow_marks)
        self._presenter.busy.connect(self._offer)
        self.list.itemActivated.connect(self._go)
        self.list.currentRowChanged.connect(self._offer)
        self.begin_release.clicked.connect(self._end)
        self.reason.textChanged.connect(self._offer)
        self.reason.returnPressed.connect(self._save)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self._close)

    def _go(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(_ROLE))

    @property
    def _current(self) -> Protection | None:
        row = self.list.currentRow()
        found = self.list.item(row).data(_ROLE) if row >= 0 else None
        return found if isinstance(found, Protection) else None

    def _end(self) -> None:
        if self._current is not None and self._presenter.may_release(self._current):
            self._span, self._about = None, self._current
            self._open()

    def _open(self) -> None:
        self.reason.clear()
        self.kept.setVisible(self._about is None)
        self._say()
        self._offer()
        self.form.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow_marks(self) -> None:
        """Set anew while the form is open."""
        if self._span is not None:
            self._span = self._marks.span()
            self._say()

    def _finish(self) -> None:
        was_marked = self._span is not None
        self._close()
        if was_marked:
            self._marks.clear()

    def _close(self) -> None:
        self._span = self._about = None
        self.form.hide()
        self.left.emit()

    def _save(self) -> None:
        reason = self.reason.text().strip()
        if not reason:
            return
        if self._about is not None:
            self._presenter.release(self._about, reason)
        elif self._span is not None:
            expires_at = self.kept.expires_at(self._playback.now)
            self._presenter.protect(Wanted(self._cameras, *self._span, reason, expires_at))

    def _offer(self) -> None:
        """Nothing of it goes without a reason; what one may not release is not offered."""
        current = self._current
        self.begin_release.setEnabled(current is not None and self._presenter.may_release(current))
        self.save.setEnabled(bool(self.reason.text().strip()))

    def _say(self) -> None:
        if self._about is not None:
            words = self.tr("解除 {camera} {when} 的保护，原因：").format(
                camera=self._about.camera, when=date_time(self._about.since)
            )
            self.save.setText(self.tr("解除"))
        elif self._span is not None:
            since, until = self._span
            words = self.tr("保护 {cameras}，{since} 到 {until}，原因：").format(
                cameras=listed(self._cameras), since=date_time(since), until=clock_time(until)
            )
            self.save.setText(self.tr("保护"))
        else:
            words = ""
        self.what.setText(words)
        self.reason.setAccessibleName(words or self.tr("原因"))

    def _retranslate(self) -> None:
        self.list.setAccessibleName(self.tr("被保护的录像；回车跳到，Delete 解除"))
        self.list.setToolTip(self.tr("被保护的录像；回车跳到，Delete 解除"))
        self.empty.setText(self.tr("时间轴上没有被保护的录像。I、O 标出起止，按 K 保护。"))
        self.begin_release.setText(self.tr("解除选中的保护…"))
        self.reason.setPlaceholderText(self.tr("原因（必填）"))
        self.cancel.setText(self.tr("取消"))
        self._say()
        self.show_present()


def _line(protection: Protection, goes_on: str) -> str:
    """goes_on: said of one that has no end yet."""
    until = clock_time(protection.until) if protection.until is not None else goes_on
    span = f"{protection.camera}  {date_time(protection.since)} – {until}"
    return f"{span}\n{protection.reason}\n{kept_by(protection)}  → {kept_until(protection)}"
