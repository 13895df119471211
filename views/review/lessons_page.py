"""All lessons in one list: what is to be done, by whom, by when, and what was done about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from services.domain.reviews import Lesson, LessonState
from ui.text.names import name_of
from ui.text.times import date_time
from views.review.course import ReadTable
from views.review.presenter import ReviewPresenter

_TEXT = 3


class LessonsPage(QWidget):
    """One line of text serves both: what was done, or why it is open again."""

    def __init__(self, presenter: ReviewPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.summary = QLabel(self)
        self.only_open = QCheckBox(self)
        self.only_open.setChecked(True)
        self.table = ReadTable(7, _TEXT, self)
        self.empty = QLabel(self)
        self.empty.setProperty("tone", "dim")
        self.empty.setWordWrap(True)
        self.note = QLineEdit(self)
        self.done = QPushButton(self)
        self.reopen = QPushButton(self)
        self._build()
        presenter.changed.connect(self.show_present)
        presenter.accepted.connect(self._clear_note)
        self.only_open.toggled.connect(self.show_present)
        self.table.itemSelectionChanged.connect(self._show_rights)
        self.done.clicked.connect(self._finish)
        self.note.returnPressed.connect(self._finish)
        self.reopen.clicked.connect(self._reopen)
        self._retranslate()

    @property
    def chosen(self) -> Lesson | None:
        found = (lesson for lesson in self._presenter.lessons if lesson.id == self.table.chosen)
        return next(found, None)

    def show_present(self) -> None:
        """What is overdue first, then by the day."""
        now, was = self._presenter.clock.now(), self.table.chosen
        all_lessons = self._presenter.lessons
        lessons = [one for one in all_lessons if _is_open(one) or not self.only_open.isChecked()]
        overdue = frozenset(row for row, one in enumerate(lessons) if _is_open(one) and one.is_overdue(now))
        cells = [self._cells(one, row in overdue) for row, one in enumerate(lessons)]
        self.table.fill(cells, overdue, [lesson.id for lesson in lessons])
        self.table.choose(was)
        self.empty.setVisible(not lessons)
        self.summary.setText(
            self.tr("未完成 {open}，其中逾期 {overdue}").format(
                open=sum(_is_open(one) for one in all_lessons), overdue=len(overdue)
            )
        )
        self._show_rights()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        self.table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.done.setProperty("kind", "primary")
        top = QHBoxLayout()
        top.addWidget(self.summary)
        top.addStretch(1)
        top.addWidget(self.only_open)
        below = QHBoxLayout()
        below.addWidget(self.note, 1)
        below.addWidget(self.done)
        below.addWidget(self.reopen)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 6, 0, 0)
        box.setSpacing(6)
        box.addLayout(top)
        box.addWidget(self.table, 1)
        box.addWidget(self.empty)
        box.addLayout(below)

    def _cells(self, lesson: Lesson, is_overdue: bool) -> list[str]:
        return [
            self.tr("逾期") if is_overdue else name_of(lesson.state),
            date_time(lesson.due_at)[:10],
            lesson.owner,
            lesson.text,
            lesson.incident_no,
            date_time(lesson.done_at)[:10],
            lesson.note or "–",
        ]

    def _show_rights(self) -> None:
        chosen = self.chosen
        self.done.setEnabled(chosen is not None and _is_open(chosen) and self._presenter.may_finish)
        self.reopen.setVisible(self._presenter.may_reopen)
        self.reopen.setEnabled(chosen is not None and not _is_open(chosen))
        self.note.setEnabled(chosen is not None)

    def _finish(self) -> None:
        if self.chosen is not None and self.done.isEnabled():
            self._presenter.finish_lesson(self.chosen.id, self.note.text())

    def _reopen(self) -> None:
        if self.chosen is not None:
            self._presenter.reopen_lesson(self.chosen.id, self.note.text())

    def _clear_note(self, action: str) -> None:
        if action in ("done", "reopened"):
            self.note.clear()

    def _retranslate(self) -> None:
        self.only_open.setText(self.tr("只看未完成的"))
        self.table.setHorizontalHeaderLabels(
            [
                self.tr("状态"),
                self.tr("期限"),
                self.tr("责任人"),
                self.tr("措施"),
                self.tr("警情编号"),
                self.tr("完成"),
                self.tr("完成情况"),
            ]
        )
        self.table.setAccessibleName(self.tr("改进措施"))
        self.empty.setText(self.tr("没有要落实的措施。复盘批准后，其中的措施列在这里。"))
        self.note.setPlaceholderText(self.tr("完成情况，或重新打开的原因"))
        self.note.setAccessibleName(self.tr("完成情况，或重新打开的原因"))
        self.done.setText(self.tr("完成"))
        self.reopen.setText(self.tr("重新打开"))
        self.show_present()


def _is_open(lesson: Lesson) -> bool:
    return lesson.state is LessonState.OPEN
