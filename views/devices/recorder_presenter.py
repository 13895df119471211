"""What lies on the recorder that a form names, asked before the camera is saved."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from services.core.errors import ServiceError
from services.devices.recorders.looking import LookAtRecorder, RecorderQuestion, RecorderReport
from ui.jobs import UiJobs

Answered = tuple[RecorderQuestion, RecorderReport]


class RecorderPresenter(QObject):
    """Signals: changed() when an answer came or holds no more; refused(ServiceError)."""

    changed = Signal()
    refused = Signal(object)

    def __init__(self, look: LookAtRecorder, jobs: UiJobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._jobs = jobs
        self._asked: RecorderQuestion | None = None
        self.report: RecorderReport | None = None

    @property
    def is_asking(self) -> bool:
        return self._asked is not None and self.report is None

    def ask(self, question: RecorderQuestion) -> None:
        if self.is_asking or not question.url:
            return
        self._asked, self.report = question, None
        self._jobs.run(partial(_answered, self._look, question), self._on_answered, self._on_refused)
        self.changed.emit()

    def follow(self, question: RecorderQuestion) -> None:
        """What the form names now: an answer to something else says nothing any more."""
        if self._asked is not None and question != self._asked:
            self.forget()

    def forget(self) -> None:
        self._asked = self.report = None
        self.changed.emit()

    def _on_answered(self, answered: Answered) -> None:
        question, report = answered
        if question == self._asked:
            self.report = report
            self.changed.emit()

    def _on_refused(self, error: ServiceError) -> None:
        self._asked = None
        self.refused.emit(error)
        self.changed.emit()


def _answered(look: LookAtRecorder, question: RecorderQuestion) -> Answered:
    """In a job thread."""
    return question, look(question)
