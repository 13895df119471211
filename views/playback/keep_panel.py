"""The protected recordings beside the pictures: gone to, set for the marked span, released."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from services.domain.recordings import Protection
from services.recording.custody import MOST_REASON, Wanted
from ui.kept_box import KeptBox
from ui.text.keeping import kept_by, kept_until
from ui.text.lists import listed
from ui.text.times import clock_time, date_time
from views.playback.keeping import KeepingPresenter
from views.playback.presenter import PlaybackPresenter
from views.playback.span_marks import SpanMarks
from views.playback.span_panel import SpanPanel


class KeepPanel(SpanPanel):
    """Delete on a line releases it with a reason."""

    def __init__(
        self,
        presenter: KeepingPresenter,
        playback: PlaybackPresenter,
        marks: SpanMarks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(MOST_REASON, parent)
        self._presenter = presenter
        self._playback = playback
        self._marks = marks
        # What is being written: a new one over a span, or the end of one that stands.
        self._span: tuple[datetime, datetime] | None = None
        self._cameras: tuple[str, ...] = ()
        self._about: Protection | None = None
        self.kept = KeptBox(self)
        self.begin_release = QPushButton(self)
        self._arrange(below=(self.begin_release,), fields=(self.kept,))
        self._connect()
        self._retranslate()

    def begin(self) -> None:
        """The marked span of the cameras shown; which one that is can be read before it is protected."""
        if self._playback.cameras:
            self._span, self._cameras, self._about = self._marks.span(), self._playback.cameras, None
            self._open()

    def show_present(self) -> None:
        self.show_lines((_line(one, self.tr("继续")), one) for one in self._presenter.shown)
        self._offer()

    def _connect(self) -> None:
        self._presenter.changed.connect(self.show_present)
        self._presenter.done.connect(self._finish)
        self._presenter.busy.connect(self._offer)
        self._marks.changed.connect(self._follow_marks)
        self.list.currentRowChanged.connect(self._offer)
        self.begin_release.clicked.connect(self._release)
        self.text.textChanged.connect(self._offer)

    @property
    def _releasable(self) -> Protection | None:
        """The chosen one, if this person may release it."""
        found = self.current
        if isinstance(found, Protection) and self._presenter.may_release(found):
            return found
        return None

    def _begin_by_key(self, key: int) -> bool:
        if key != Qt.Key.Key_Delete:
            return False
        self._release()
        return True

    def _release(self) -> None:
        if self._releasable is not None:
            self._span, self._about = None, self._releasable
            self._open()

    def _open(self) -> None:
        self.text.clear()
        self.kept.setVisible(self._about is None)
        self._offer()
        self.open_form()

    def _follow_marks(self) -> None:
        """Set anew while the form is open."""
        if self._span is not None:
            self._span = self._marks.span()
            self._say()

    def _finish(self) -> None:
        was_marked = self._span is not None
        self.close_form()
        if was_marked:
            self._marks.clear()

    def _forget(self) -> None:
        self._span = self._about = None

    def _save(self) -> None:
        reason = self.text.text().strip()
        if not reason:
            return
        if self._about is not None:
            self._presenter.release(self._about, reason)
        elif self._span is not None:
            expires_at = self.kept.expires_at(self._playback.now)
            self._presenter.protect(Wanted(self._cameras, *self._span, reason, expires_at))

    def _offer(self) -> None:
        """Nothing of it goes without a reason; what one may not release is not offered."""
        self.begin_release.setEnabled(self._releasable is not None)
        self.save.setEnabled(bool(self.text.text().strip()))

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
        self.text.setAccessibleName(words or self.tr("原因"))

    def _retranslate(self) -> None:
        super()._retranslate()
        self.list.setAccessibleName(self.tr("被保护的录像；回车跳到，Delete 解除"))
        self.list.setToolTip(self.tr("被保护的录像；回车跳到，Delete 解除"))
        self.empty.setText(self.tr("时间轴上没有被保护的录像。I、O 标出起止，按 K 保护。"))
        self.begin_release.setText(self.tr("解除选中的保护…"))
        self.text.setPlaceholderText(self.tr("原因（必填）"))
        self.show_present()


def _line(protection: Protection, goes_on: str) -> str:
    """goes_on: said of one that has no end yet."""
    until = clock_time(protection.until) if protection.until is not None else goes_on
    span = f"{protection.camera}  {date_time(protection.since)} – {until}"
    return f"{span}\n{protection.reason}\n{kept_by(protection)}  → {kept_until(protection)}"
