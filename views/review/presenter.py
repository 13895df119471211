"""Keeps reviews and lessons current and gives the commands on the chosen one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.documents import Document
from services.domain.facts import Fact, IncidentChanged, LessonChanged, ReviewChanged, TimelineAdded
from services.domain.people import Permission, Session
from services.domain.reviews import WRITABLE, Lesson, Review, ReviewState
from services.review.desk import Story
from services.review.steps import Draft
from ui.board import LiveBoard
from ui.jobs import UiJobs, answering

# Writes a document where its name says; blocks.
Save = Callable[[Document, Path], None]


class ReviewCommands(Protocol):
    """What this screen asks of `services.review.desk.ReviewDesk`; all of it blocks."""

    def overview(self, session: Session) -> tuple[list[Review], list[Lesson]]: ...
    def story(self, session: Session, review_id: str) -> Story: ...
    def write(self, session: Session, review: Review, draft: Draft) -> Review: ...
    def submit(self, session: Session, review: Review, draft: Draft) -> Review: ...
    def approve(self, session: Session, review: Review) -> Review: ...
    def send_back(self, session: Session, review: Review, reason: str) -> Review: ...
    def finish_lesson(self, session: Session, lesson_id: str, note: str) -> Lesson: ...
    def reopen_lesson(self, session: Session, lesson_id: str, reason: str) -> Lesson: ...


class ReviewPresenter(QObject):
    """Signals: changed() of the lists; story_changed() of the chosen review; accepted(action) when a command
    went through; exported(path); refused(ServiceError)."""

    changed = Signal()
    story_changed = Signal()
    accepted = Signal(str)
    exported = Signal(str)
    refused = Signal(object)

    def __init__(
        self,
        *,
        live: LiveBoard,
        commands: ReviewCommands,
        session: Session,
        jobs: UiJobs,
        clock: Clock,
        save: Save,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._commands = commands
        self._session = session
        self._jobs = jobs
        self._save = save
        self.clock = clock
        self.reviews: list[Review] = []
        self.lessons: list[Lesson] = []
        self.story: Story | None = None
        self._chosen = ""
        self._wanted_incident = ""
        self._is_shown = False
        live.applied.connect(self._follow)

    @property
    def chosen(self) -> str:
        """The id of the review that is shown, or being read; "" for none."""
        return self._chosen

    @property
    def may_write(self) -> bool:
        return self._holds(Permission.WRITE_REVIEW) and self._chosen_state in WRITABLE

    @property
    def may_judge(self) -> bool:
        """The chosen one waits for a judgement, and this is somebody who may give it."""
        story = self.story
        return (
            story is not None
            and story.review.state is ReviewState.SUBMITTED
            and self._holds(Permission.REVIEW)
            and story.review.may_be_judged_by(self._session)
        )

    @property
    def may_finish(self) -> bool:
        return self._holds(Permission.WRITE_REVIEW)

    @property
    def may_reopen(self) -> bool:
        return self._holds(Permission.REVIEW)

    def show(self, is_shown: bool) -> None:
        """Whether the screen is in front; only then are the lists read."""
        self._is_shown = is_shown
        if is_shown:
            self.refresh()

    def refresh(self) -> None:
        self._jobs.run(partial(self._commands.overview, self._session), self._take, self._refuse)

    def choose(self, review_id: str) -> None:
        if review_id != self._chosen:
            self._chosen, self.story = review_id, None
            self.story_changed.emit()
        self._read_story()

    def choose_incident(self, incident_id: str) -> None:
        """The newest review of an incident, as soon as it is known."""
        self._wanted_incident = incident_id
        self._choose_wanted()

    def write(self, draft: Draft) -> None:
        self._command("written", lambda review: self._commands.write(self._session, review, draft))

    def submit(self, draft: Draft) -> None:
        self._command("submitted", lambda review: self._commands.submit(self._session, review, draft))

    def approve(self) -> None:
        self._command("approved", lambda review: self._commands.approve(self._session, review))

    def send_back(self, reason: str) -> None:
        self._command("sent_back", lambda review: self._commands.send_back(self._session, review, reason))

    def finish_lesson(self, lesson_id: str, note: str) -> None:
        work = partial(self._commands.finish_lesson, self._session, lesson_id, note)
        self._jobs.run(partial(answering, "done", work), self._accept, self._refuse)

    def reopen_lesson(self, lesson_id: str, reason: str) -> None:
        work = partial(self._commands.reopen_lesson, self._session, lesson_id, reason)
        self._jobs.run(partial(answering, "reopened", work), self._accept, self._refuse)

    def export(self, document: Document, file: Path) -> None:
        work = partial(answering, str(file), partial(self._save, document, file))
        self._jobs.run(work, self._tell_exported, self._refuse)

    @property
    def _chosen_state(self) -> ReviewState | None:
        return self.story.review.state if self.story is not None else None

    def _holds(self, permission: Permission) -> bool:
        return self._session.may(permission)

    def _command(self, name: str, work: Callable[[Review], Review]) -> None:
        """On the review as it is shown: what somebody else changed meanwhile is refused by the desk."""
        if self.story is not None:
            review = self.story.review
            self._jobs.run(partial(answering, name, partial(work, review)), self._accept, self._refuse)

    def _read_story(self) -> None:
        if self._chosen:
            work = partial(self._commands.story, self._session, self._chosen)
            self._jobs.run(work, self._take_story, self._refuse)

    def _take(self, found: tuple[list[Review], list[Lesson]]) -> None:
        self.reviews, self.lessons = found
        self.changed.emit()
        self._choose_wanted()

    def _take_story(self, story: Story) -> None:
        if story.review.id == self._chosen:
            self.story = story
            self.story_changed.emit()

    def _choose_wanted(self) -> None:
        wanted = next((one for one in self.reviews if one.incident == self._wanted_incident), None)
        if wanted is not None:
            self._wanted_incident = ""
            self.choose(wanted.id)
            self.changed.emit()

    def _follow(self, facts: list[Fact]) -> None:
        if not self._is_shown:
            return
        if any(isinstance(fact, ReviewChanged | LessonChanged) for fact in facts):
            self.refresh()
        incident = self.story.review.incident if self.story is not None else ""
        if incident and any(_is_about(fact, incident) for fact in facts):
            self._read_story()

    def _accept(self, action: str) -> None:
        self.accepted.emit(action)
        self.refresh()
        self._read_story()

    def _tell_exported(self, path: str) -> None:
        self.exported.emit(path)

    def _refuse(self, error: ServiceError) -> None:
        self.refused.emit(error)
        if error.code == "storage.conflict":
            self._read_story()


def _is_about(fact: Fact, incident: str) -> bool:
    match fact:
        case ReviewChanged():
            return fact.review.incident == incident
        case LessonChanged():
            return fact.lesson.incident == incident
        case IncidentChanged():
            return fact.incident.id == incident
        case TimelineAdded():
            return fact.entry.incident == incident
        case _:
            return False
