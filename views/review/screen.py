"""The review screen: reviews with the incident's whole course, and the lessons that came of them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from services.core.errors import ServiceError
from ui.file_asking import PAPER_KINDS, ask_file_to_save
from ui.front_screen import FrontScreen
from ui.text import sentence
from views.review.document import review_document
from views.review.lessons_page import LessonsPage
from views.review.presenter import ReviewPresenter
from views.review.reviews_page import ReviewsPage

REVIEWS, LESSONS = range(2)


class ReviewScreen(FrontScreen):
    """Reads while it is in front. issuer: whose name stands at the foot of a paper."""

    def __init__(self, presenter: ReviewPresenter, issuer: str = "", parent: QWidget | None = None) -> None:
        super().__init__(presenter, parent)
        self._presenter = presenter
        self._issuer = issuer
        self.pages = QTabWidget(self)
        self.reviews = ReviewsPage(presenter, self)
        self.lessons = LessonsPage(presenter, self)
        self.pages.addTab(self.reviews, "")
        self.pages.addTab(self.lessons, "")
        self.message = QLabel(self)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 6, 14, 8)
        box.addWidget(self.pages, 1)
        box.addWidget(self.message)
        self.reviews.export_asked.connect(self.ask_file)
        presenter.accepted.connect(self._tell_accepted)
        presenter.exported.connect(self._tell_exported)
        presenter.refused.connect(self._tell_refused)
        self._retranslate()

    def show_incident(self, incident_id: str) -> None:
        """The newest review of an incident."""
        self.pages.setCurrentIndex(REVIEWS)
        self._presenter.choose_incident(incident_id)

    def ask_file(self) -> None:
        story = self._presenter.story
        if story is not None:
            name = f"review-{story.review.incident_no}"
            ask_file_to_save(self, self.tr("导出复盘报告"), PAPER_KINDS, name, self.export)

    def export(self, file: str) -> None:
        """As PDF, DOCX or XLSX, by the file's ending."""
        story = self._presenter.story
        if story is not None:
            document = review_document(story, self._issuer, self._presenter.clock.now())
            self._presenter.export(document, Path(file))

    def _tell_accepted(self, action: str) -> None:
        said = {
            "written": self.tr("已保存。"),
            "submitted": self.tr("已提交，等另一人批准。"),
            "approved": self.tr("已批准。改进措施已列入清单。"),
            "sent_back": self.tr("已退回。"),
            "done": self.tr("已记为完成。"),
            "reopened": self.tr("已重新打开。"),
        }
        self.message.setText(said.get(action, ""))

    def _tell_exported(self, path: str) -> None:
        self.message.setText(self.tr("已导出到 {path}").format(path=path))

    def _tell_refused(self, error: ServiceError) -> None:
        self.message.setText(sentence(error))

    def _retranslate(self) -> None:
        self.pages.setTabText(REVIEWS, self.tr("复盘"))
        self.pages.setTabText(LESSONS, self.tr("改进措施"))
        self.pages.setAccessibleName(self.tr("复盘"))
