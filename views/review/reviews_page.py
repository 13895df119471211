"""All reviews, and of the chosen one its course, its times and what is written about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QTableWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from services.domain.reviews import Review
from ui.text.names import name_of
from ui.text.places import local
from ui.text.times import date_time
from views.review.conclusion import ConclusionForm
from views.review.course import CourseTable, ReadTable, TimesTable
from views.review.presenter import ReviewPresenter
from views.review.words import level_name

LIST_PX = 150
ROOMY_PX = 880
COURSE, TIMES = range(2)
_TITLE, _OPENED = 2, 4


class ReviewsPage(QWidget):
    """export_asked(): the chosen review as a file; playback_asked(incident_id, datetime): what the cameras
    recorded at a moment of its course."""

    export_asked = Signal()
    playback_asked = Signal(str, object)

    def __init__(self, presenter: ReviewPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.summary = QLabel(self)
        self.only_open = QCheckBox(self)
        self.table = ReadTable(7, _TITLE, self, room={_OPENED: ROOMY_PX})
        self.empty = QLabel(self)
        self.empty.setProperty("tone", "dim")
        self.empty.setWordWrap(True)
        self.course = CourseTable(self)
        self.times = TimesTable(self)
        self.tabs = QTabWidget(self)
        self.tabs.addTab(self.course, "")
        self.tabs.addTab(self.times, "")
        self.form = ConclusionForm(presenter, self)
        self._build()
        presenter.changed.connect(self.show_present)
        presenter.story_changed.connect(self.show_story)
        self.table.itemSelectionChanged.connect(self._choose)
        self.only_open.toggled.connect(self.show_present)
        self.form.export_asked.connect(self.export_asked)
        self.course.cellActivated.connect(self._ask_playback)
        self._retranslate()

    def show_present(self) -> None:
        """The list as it is now; what is chosen stays so, else the oldest that waits is."""
        reviews = [one for one in self._presenter.reviews if one.is_open or not self.only_open.isChecked()]
        self.table.fill([_cells(review) for review in reviews], keys=[review.id for review in reviews])
        self._choose_again(reviews)
        self.empty.setVisible(not self._presenter.reviews)
        waiting = sum(one.is_open for one in self._presenter.reviews)
        self.summary.setText(self.tr("未批准 {waiting}").format(waiting=waiting))
        if not self._presenter.chosen:
            self._choose()

    def show_story(self) -> None:
        story = self._presenter.story
        self.course.show_story(story)
        self.times.show_story(story)
        self.form.show_story(story)

    def ask_playback(self) -> None:
        """At the chosen row of the course, its beginning when none is chosen."""
        self._ask_playback(max(0, self.course.currentRow()))

    def _ask_playback(self, row: int, _column: int = 0) -> None:
        story = self._presenter.story
        if story is not None and row < len(story.history.moments):
            moment = story.history.moments[row]
            self.playback_asked.emit(story.review.incident, moment.at)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        self.table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.table.setFixedHeight(LIST_PX)
        top = QHBoxLayout()
        top.addWidget(self.summary)
        top.addStretch(1)
        top.addWidget(self.only_open)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self.tabs)
        split.addWidget(self.form)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([560, 420])
        split.setChildrenCollapsible(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 6, 0, 0)
        box.setSpacing(6)
        box.addLayout(top)
        box.addWidget(self.table)
        box.addWidget(self.empty)
        box.addWidget(split, 1)

    def _choose_again(self, reviews: list[Review]) -> None:
        """What is being read is chosen already, though its story is not there yet."""
        chosen = self._presenter.chosen
        if not chosen and reviews:
            waiting = [review for review in reviews if review.is_open]
            chosen = (waiting[-1] if waiting else reviews[0]).id
        self.table.choose(chosen)

    def _choose(self) -> None:
        if self.table.chosen:
            self.form.keep_typed()
            self._presenter.choose(self.table.chosen)

    def _retranslate(self) -> None:
        self.only_open.setText(self.tr("只看未批准的"))
        self.table.setHorizontalHeaderLabels(
            [
                self.tr("状态"),
                self.tr("警情编号"),
                self.tr("名称"),
                self.tr("级别"),
                self.tr("开始"),
                self.tr("复盘人"),
                self.tr("批准人"),
            ]
        )
        self.table.setAccessibleName(self.tr("复盘"))
        self.empty.setText(self.tr("还没有复盘。警情标为“已控制”时，复盘自动开始，在这里写。"))
        self.tabs.setTabText(COURSE, self.tr("经过"))
        self.tabs.setTabText(TIMES, self.tr("用时与目标"))
        self.show_present()
        self.show_story()


def _cells(review: Review) -> list[str]:
    return [
        name_of(review.state),
        review.incident_no,
        local(review.title),
        level_name(review.level),
        date_time(review.opened_at),
        review.written_by_name or "–",
        review.reviewer_name or "–",
    ]
