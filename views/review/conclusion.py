"""What people write about an incident: summary, causes and actions; what the reviewer decides."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from services.domain.reviews import CauseKind, Review, ReviewCause, ReviewState
from services.review.desk import Story
from services.review.steps import Draft
from ui.text.names import name_of
from ui.text.times import date_time
from views.review.presenter import ReviewPresenter
from views.review.proposals import ProposalLines

# What was typed is kept by itself so long after the last key.
KEEP_MS = 15_000
SUMMARY_PX = 96
CAUSE_PX = 58


class ConclusionForm(QFrame):
    """One line of a cause's field is one cause. export_asked(): as a file."""

    export_asked = Signal()

    def __init__(self, presenter: ReviewPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "side")
        self._presenter = presenter
        self._shown: Review | None = None
        self._kept = Draft("")
        self.state = QLabel(self)
        self.state.setWordWrap(True)
        self._summary_title = QLabel(self)
        self.summary = QPlainTextEdit(self)
        self.summary.setTabChangesFocus(True)
        self._causes_title = QLabel(self)
        self.causes = {kind: QPlainTextEdit(self) for kind in CauseKind}
        self._cause_names = {kind: QLabel(self) for kind in CauseKind}
        self._proposals_title = QLabel(self)
        self.proposals = ProposalLines(presenter.clock, self)
        self.reason = QLineEdit(self)
        self.keep = QPushButton(self)
        self.submit = QPushButton(self)
        self.approve = QPushButton(self)
        self.send_back = QPushButton(self)
        self.export = QPushButton(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MS)
        self._timer.timeout.connect(self.keep_typed)
        self._build()
        self._connect()
        self._retranslate()

    def draft(self) -> Draft:
        """As it is typed now."""
        causes = tuple(
            ReviewCause(kind, line.strip())
            for kind, edit in self.causes.items()
            for line in edit.toPlainText().splitlines()
            if line.strip()
        )
        return Draft(self.summary.toPlainText().strip(), causes, self.proposals.proposals())

    def show_story(self, story: Story | None) -> None:
        """What somebody is typing into the same review stays."""
        review = story.review if story is not None else None
        is_same = self._shown is not None and review is not None and self._shown.id == review.id
        is_typing = is_same and self.draft() != self._kept and self._presenter.may_write
        self._shown = review
        if review is not None and not is_typing:
            self._fill(review)
        if review is None:
            self._fill_nothing()
        self._show_rights(review)

    def keep_typed(self) -> None:
        """Nothing typed is lost: by itself a while after the last key, and when one goes elsewhere."""
        self._timer.stop()
        if self._shown is not None and self._presenter.may_write and self.draft() != self._kept:
            self._presenter.write(self.draft())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.keep_typed()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        inside = QFrame(self)
        inside.setProperty("surface", "panel")
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 0, 4, 0)
        box.setSpacing(6)
        box.addWidget(self._summary_title)
        box.addWidget(_tall(self.summary, SUMMARY_PX))
        box.addWidget(self._causes_title)
        form = QFormLayout()
        form.setVerticalSpacing(4)
        for kind, edit in self.causes.items():
            edit.setTabChangesFocus(True)
            form.addRow(self._cause_names[kind], _tall(edit, CAUSE_PX))
        box.addLayout(form)
        box.addWidget(self._proposals_title)
        box.addWidget(self.proposals)
        box.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        for title in (self._summary_title, self._causes_title, self._proposals_title):
            title.setProperty("tone", "title")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 8, 12, 8)
        outer.addWidget(self.state)
        outer.addWidget(scroll, 1)
        outer.addWidget(self.reason)
        outer.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        self.submit.setProperty("kind", "primary")
        self.approve.setProperty("kind", "primary")
        row = QHBoxLayout()
        for button in (self.keep, self.submit, self.approve, self.send_back):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.export)
        return row

    def _connect(self) -> None:
        for edit in (self.summary, *self.causes.values()):
            edit.textChanged.connect(self._timer.start)
        self.proposals.edited.connect(self._timer.start)
        self.keep.clicked.connect(self.keep_typed)
        self.submit.clicked.connect(self._submit)
        self.approve.clicked.connect(self._presenter.approve)
        self.send_back.clicked.connect(self._send_back)
        self.export.clicked.connect(self.export_asked)
        for keys, button in (("Ctrl+S", self.keep), ("Ctrl+Return", self.submit), ("Ctrl+E", self.export)):
            QShortcut(QKeySequence(keys), self).activated.connect(button.click)

    def _submit(self) -> None:
        self._timer.stop()
        self._presenter.submit(self.draft())

    def _send_back(self) -> None:
        self._presenter.send_back(self.reason.text())
        self.reason.clear()

    def _fill(self, review: Review) -> None:
        draft = Draft(review.summary, review.causes, review.proposals)
        if draft != self._kept or self.draft() != draft:
            _put(self.summary, draft.summary)
            for kind, edit in self.causes.items():
                _put(edit, "\n".join(cause.text for cause in draft.causes if cause.kind is kind))
            self.proposals.show_proposals(draft.proposals)
        # As the fields give it back: a cause of two lines is two causes from now on.
        self._kept = self.draft()
        self._timer.stop()

    def _fill_nothing(self) -> None:
        for edit in (self.summary, *self.causes.values()):
            _put(edit, "")
        self.proposals.show_proposals(())
        self._kept = self.draft()
        self._timer.stop()

    def _show_rights(self, review: Review | None) -> None:
        may_write, may_judge = self._presenter.may_write, self._presenter.may_judge
        for edit in (self.summary, *self.causes.values()):
            edit.setReadOnly(not may_write)
        self.proposals.set_writable(may_write)
        for button in (self.keep, self.submit):
            button.setVisible(may_write)
        for widget in (self.approve, self.send_back, self.reason):
            widget.setVisible(may_judge)
        self.export.setEnabled(review is not None)
        self.state.setText(self._told(review))

    def _told(self, review: Review | None) -> str:
        """Where it stands, and what is expected of whom."""
        if review is None:
            return self.tr("在上面选一个复盘。警情标为“已控制”时，复盘自动开始。")
        match review.state:
            case ReviewState.PREPARED:
                return self.tr("待写：写好概述和原因后提交，由另一人批准。")
            case ReviewState.SUBMITTED:
                return self.tr("{name} 已于 {at} 提交，等另一人批准。").format(
                    name=review.written_by_name, at=date_time(review.submitted_at)
                )
            case ReviewState.SENT_BACK:
                return self.tr("{name} 退回：{reason}").format(
                    name=review.reviewer_name, reason=review.reason
                )
            case ReviewState.APPROVED:
                return self.tr("{name} 已于 {at} 批准。").format(
                    name=review.reviewer_name, at=date_time(review.decided_at)
                )

    def _retranslate(self) -> None:
        self._summary_title.setText(self.tr("概述"))
        self._causes_title.setText(self.tr("原因（一行一条）"))
        self._proposals_title.setText(self.tr("改进措施"))
        self.summary.setPlaceholderText(self.tr("发生了什么，处置得怎样"))
        self.summary.setAccessibleName(self.tr("概述"))
        for kind, label in self._cause_names.items():
            label.setText(name_of(kind))
            self.causes[kind].setAccessibleName(self.tr("原因：{kind}").format(kind=name_of(kind)))
        self.reason.setPlaceholderText(self.tr("退回须写明原因"))
        self.reason.setAccessibleName(self.tr("退回原因"))
        self.keep.setText(self.tr("保存"))
        self.keep.setToolTip("Ctrl+S")
        self.submit.setText(self.tr("提交"))
        self.submit.setToolTip("Ctrl+Enter")
        self.approve.setText(self.tr("批准"))
        self.send_back.setText(self.tr("退回"))
        self.export.setText(self.tr("导出"))
        self.export.setToolTip(self.tr("导出为 PDF、DOCX 或 XLSX (Ctrl+E)"))
        self._show_rights(self._shown)


def _tall(edit: QPlainTextEdit, height_px: int) -> QWidget:
    """Held at that height by what it lies in: the sheet's own least height outranks one set on the field."""
    held = QWidget(edit.parentWidget())
    held.setFixedHeight(height_px)
    box = QVBoxLayout(held)
    box.setContentsMargins(0, 0, 0, 0)
    box.addWidget(edit)
    return held


def _put(edit: QPlainTextEdit, text: str) -> None:
    if edit.toPlainText() != text:
        edit.setPlainText(text)
