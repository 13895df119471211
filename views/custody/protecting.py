"""Protected spans: the list, a new one for the chosen cameras, longer, or released."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QDateTime, QEvent, Qt
from PySide6.QtWidgets import (
    QDateTimeEdit,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from services.domain.recordings import Protection
from services.recording.custody import MOST_REASON, Wanted
from ui.kept_box import KeptBox
from ui.line_table import LineTable
from ui.text.lists import listed
from views.custody.presenter import CustodyPresenter
from views.custody.words import protection_headings, protection_line

_SPAN_S = 600


class ProtectionPage(QWidget):
    """cameras: for which a new span is protected."""

    def __init__(self, presenter: CustodyPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.table = LineTable(self)
        self.empty = QLabel(self)
        self.empty.setWordWrap(True)
        self.empty.setProperty("tone", "dim")
        self.cameras_label, self._from_label, self._to_label = QLabel(self), QLabel(self), QLabel(self)
        self.cameras_label.setTextFormat(Qt.TextFormat.PlainText)
        self.since, self.until = QDateTimeEdit(self), QDateTimeEdit(self)
        self.kept = KeptBox(self)
        self.reason = QLineEdit(self)
        self.reason.setMaxLength(MOST_REASON)
        self.protect_button, self.extend_button = QPushButton(self), QPushButton(self)
        self.release_button = QPushButton(self)
        # What only they see who may protect.
        self._acting = QWidget(self)
        self._cameras: list[str] = []
        self._shown: list[Protection] = []
        self._build()
        self._connect()
        self._retranslate()

    def use_cameras(self, cameras: Sequence[str]) -> None:
        self._cameras = list(cameras)
        self._say_cameras()
        self._offer()

    def show_present(self) -> None:
        self._shown = list(self._presenter.protections)
        lines = [protection_headings(), *map(protection_line, self._shown)]
        self.table.show_lines(lines, range(len(self._shown)))
        self.empty.setVisible(not self._shown)
        self._offer()

    def propose_span(self, since: datetime, until: datetime) -> None:
        """As the span of a new one."""
        for field, at in ((self.since, since), (self.until, until)):
            field.setDateTime(QDateTime.fromSecsSinceEpoch(round(at.timestamp())))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        for field in (self.since, self.until):
            field.setDisplayFormat("yyyy-MM-dd HH:mm:ss")
            field.setCalendarPopup(True)
        self.propose_span(self._presenter.now - timedelta(seconds=_SPAN_S), self._presenter.now)
        self.protect_button.setProperty("kind", "primary")
        self._from_label.setBuddy(self.since)
        self._to_label.setBuddy(self.until)
        span, acts, rows = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self._acting)
        rows.setContentsMargins(0, 0, 0, 0)
        for widget in (self.cameras_label, self._from_label, self.since, self._to_label, self.until):
            span.addWidget(widget)
        span.addStretch(1)
        acts.addWidget(self.reason, 1)
        for act in (self.kept, self.protect_button, self.extend_button, self.release_button):
            acts.addWidget(act)
        rows.addLayout(span)
        rows.addLayout(acts)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 6, 0, 0)
        box.addWidget(self.empty)
        box.addWidget(self.table, 1)
        box.addWidget(self._acting)
        self._acting.setVisible(self._presenter.may_protect)

    def _connect(self) -> None:
        self._presenter.changed.connect(self.show_present)
        self._presenter.done.connect(self.reason.clear)
        self._presenter.busy.connect(self._offer)
        self.table.itemSelectionChanged.connect(self._offer)
        self.reason.textChanged.connect(self._offer)
        self.protect_button.clicked.connect(self._protect)
        self.extend_button.clicked.connect(self._extend)
        self.release_button.clicked.connect(self._release)

    def _protect(self) -> None:
        self._presenter.protect(
            Wanted(
                tuple(self._cameras), _at(self.since), _at(self.until), self.reason.text(), self._expires_at()
            )
        )

    def _extend(self) -> None:
        protection = self._chosen()
        if protection is not None:
            self._presenter.extend(protection, self._expires_at(), self.reason.text())

    def _release(self) -> None:
        protection = self._chosen()
        if protection is not None:
            self._presenter.release(protection, self.reason.text())

    def _expires_at(self) -> datetime | None:
        return self.kept.expires_at(self._presenter.now)

    def _chosen(self) -> Protection | None:
        number = self.table.key()
        return self._shown[number] if number is not None and number < len(self._shown) else None

    def _offer(self) -> None:
        """Nothing of it goes without a reason."""
        has_reason = bool(self.reason.text().strip())
        chosen = self._chosen()
        self.protect_button.setEnabled(has_reason and bool(self._cameras))
        self.extend_button.setEnabled(has_reason and chosen is not None)
        may_release = chosen is not None and self._presenter.may_release(chosen)
        self.release_button.setEnabled(has_reason and may_release)

    def _say_cameras(self) -> None:
        named = listed(self._cameras[:6]) + ("…" if len(self._cameras) > 6 else "")
        nobody = self.tr("先在上面选摄像机")
        self.cameras_label.setText(self.tr("保护 {cameras}").format(cameras=named) if named else nobody)

    def _retranslate(self) -> None:
        self._from_label.setText(self.tr("从"))
        self._to_label.setText(self.tr("到"))
        self.since.setAccessibleName(self.tr("保护从什么时候起"))
        self.until.setAccessibleName(self.tr("保护到什么时候止"))
        self.reason.setPlaceholderText(self.tr("原因（必填）"))
        self.reason.setAccessibleName(self.tr("原因（必填）"))
        self.protect_button.setText(self.tr("保护(&B)"))
        self.extend_button.setText(self.tr("延长(&E)"))
        self.release_button.setText(self.tr("解除保护(&J)"))
        self.table.setAccessibleName(self.tr("被保护的录像"))
        self.empty.setText(self.tr("没有被保护的录像。"))
        self._say_cameras()
        self.show_present()


def _at(field: QDateTimeEdit) -> datetime:
    return datetime.fromtimestamp(field.dateTime().toSecsSinceEpoch(), UTC)
