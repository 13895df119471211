"""Searching one camera's recordings for motion in a drawn region; no widgets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from services.core.errors import ServiceError
from services.core.jobs import Jobs
from services.domain.motion import Corner, Hit, Sensitivity
from services.domain.people import Session
from services.playback.motion_search import Answer, Progress, Question
from services.playback.stills import Still
from ui.jobs import UiJobs
from ui.time_lanes import TimeBand
from views.playback.ports import MotionSearches, Recordings
from views.playback.presenter import PlaybackPresenter
from views.playback.previews import image_of

# The picture that is drawn on, and those beside the hits.
PICTURE_PX, HIT_PX = (640, 360), (112, 63)
MOST_PICTURES = 100
LOOK_MS = 150
# A recorder that is being waited for has 4 s to answer.
STOP_LIMIT_S = 5.0
WHOLE: tuple[Corner, ...] = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


class MotionSearchPresenter(QObject):
    """A search has a thread of its own: it may take minutes, and jobs are short.

    Signals: changed() when there is another answer or another state; pictured() when there is another
    picture to draw on; hit_pictured(number) when a hit has its picture; refused(ServiceError).
    """

    changed = Signal()
    pictured = Signal()
    hit_pictured = Signal(int)
    refused = Signal(object)

    def __init__(
        self,
        searches: MotionSearches,
        recordings: Recordings,
        playback: PlaybackPresenter,
        session: Session,
        jobs: UiJobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._searches = searches
        self._recordings = recordings
        self._playback = playback
        self._session = session
        self._jobs = jobs
        self._pool = Jobs("motion-search", threads=1)
        self._own_jobs = UiJobs(self._pool, self)
        self._stop: Event | None = None
        # Written by the search, read by the timer.
        self._newest: Progress | None = None
        self.question: Question | None = None
        self.answer = Answer()
        self.share = 0.0
        self.was_cancelled = False
        self.camera = ""
        self._drawn_at = playback.now
        self.picture: QImage | None = None
        self.hit_pictures: dict[int, QImage] = {}
        self._next_picture = 0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def is_running(self) -> bool:
        return self._stop is not None

    @property
    def span(self) -> tuple[datetime, datetime]:
        """Of the line of time."""
        return self._playback.since, min(self._playback.until, self._playback.now)

    def use_camera(self, camera: str) -> None:
        """Draw on its picture of the moment shown."""
        if camera:
            self.camera = camera
            self._drawn_at = at = self._playback.shown_at(camera)
            is_new = not self._playback.is_noted(camera, at)
            self._jobs.run(
                partial(self._decoded, camera, at, is_new=is_new), self._take_picture, self._leave_picture
            )

    def _decoded(self, camera: str, at: datetime, *, is_new: bool) -> Still | None:
        """In a job. is_new: the playback's own look at it is not in the audit yet."""
        if is_new:
            self._recordings.open(self._session, [camera], at)
        return self._recordings.still(self._session, camera, at, size_px=PICTURE_PX, only_keys=True)

    def begin(
        self,
        corners: Sequence[Corner],
        since: datetime,
        until: datetime,
        sensitivity: Sensitivity,
        least_length: timedelta,
    ) -> None:
        """corners: () = the whole picture. A search that runs is given up first."""
        if not self.camera or self.is_running:
            return
        question = Question(self.camera, tuple(corners) or WHOLE, since, until, sensitivity, least_length)
        self.question, self.answer, self.share, self.was_cancelled = question, Answer(), 0.0, False
        self.hit_pictures, self._next_picture, self._newest = {}, 0, None
        stop = self._stop = Event()
        ask = partial(self._searches.search, self._session, question, self._tell, stop)
        self._own_jobs.run(ask, self._finish, self._fail)
        self._timer.start()
        self._show()

    def cancel(self) -> None:
        """What was found so far stays."""
        if self._stop is not None:
            self.was_cancelled = True
            self._stop.set()

    def go(self, hit: Hit) -> None:
        """Play from there, with its camera among those shown."""
        question = self.question
        if question is not None:
            self._playback.show_at([question.camera], hit.since)

    def stop(self) -> None:
        self._timer.stop()
        if self._stop is not None:
            self._stop.set()
        self._own_jobs.close()
        self._pool.stop(STOP_LIMIT_S)

    # inside

    def _tell(self, progress: Progress) -> None:
        """By the search's thread."""
        self._newest = progress

    def _look(self) -> None:
        progress = self._newest
        if progress is not None and self.is_running:
            self.share = progress.share
            if progress.answer != self.answer:
                self.answer = progress.answer
            self._show()

    def _finish(self, answer: Answer) -> None:
        self._end()
        self.answer = answer
        self.share = self.share if self.was_cancelled else 1.0
        self._show()
        self._picture_next()

    def _fail(self, error: ServiceError) -> None:
        self._end()
        self._show()
        self.refused.emit(error)

    def _end(self) -> None:
        self._timer.stop()
        self._stop = None

    def _show(self) -> None:
        if self.question is not None:
            hits = tuple(TimeBand(hit.since, hit.until) for hit in self.answer.hits)
            self._playback.show_hits(self.question.camera, hits)
        self.changed.emit()

    def _picture_next(self) -> None:
        """One after the other; a new search ends it."""
        number, question = self._next_picture, self.question
        if question is None or self.is_running or number >= min(MOST_PICTURES, len(self.answer.hits)):
            return
        at = self.answer.hits[number].at
        decode = partial(self._recordings.still, self._session, question.camera, at, size_px=HIT_PX)
        self._own_jobs.run(
            lambda: (question, number, decode()), self._take_hit_picture, self._leave_hit_picture
        )

    def _take_hit_picture(self, taken: tuple[Question, int, Still | None]) -> None:
        question, number, still = taken
        if question is self.question and not self.is_running:
            if still is not None:
                self.hit_pictures[number] = image_of(still)
                self.hit_pictured.emit(number)
            self._next_picture = number + 1
            self._picture_next()

    def _leave_hit_picture(self, _error: ServiceError) -> None:
        """The list says when it was: without a picture it is as good."""

    def _take_picture(self, still: Still | None) -> None:
        if still is not None:
            self._show_picture(still)
            return
        # A recorder may have it. It is waited for by the search's own thread: the others' jobs are short.
        decode = partial(
            self._recordings.still, self._session, self.camera, self._drawn_at, size_px=PICTURE_PX
        )
        self._own_jobs.run(decode, self._show_picture, self._leave_picture)

    def _show_picture(self, still: Still | None) -> None:
        if still is not None and still.camera != self.camera:
            return
        self.picture = None if still is None else image_of(still)
        self.pictured.emit()

    def _leave_picture(self, _error: ServiceError) -> None:
        self.picture = None
        self.pictured.emit()
