"""Everything that one seat plays recordings with, put together; stopped together."""

from __future__ import annotations

from PySide6.QtCore import QObject

from services.core.clock import Clock
from services.domain.people import Session
from services.domain.site import Site
from ui.board import LiveBoard
from ui.jobs import UiJobs
from ui.listening import Listening
from views.playback.bookmarks import BookmarksPresenter
from views.playback.finding import Finding
from views.playback.keeping import KeepingPresenter
from views.playback.motion_presenter import MotionSearchPresenter
from views.playback.ports import (
    BookmarkCommands,
    KeepingCommands,
    MotionSearches,
    Recordings,
    ShotKeeper,
)
from views.playback.presenter import PlaybackPresenter
from views.playback.shots import PastShots
from views.playback.span_marks import SpanMarks


class PlaybackKit(QObject):
    def __init__(
        self,
        *,
        site: Site,
        recordings: Recordings,
        bookmarks: BookmarkCommands,
        keeper: ShotKeeper,
        searches: MotionSearches,
        keeping: KeepingCommands,
        live: LiveBoard,
        session: Session,
        jobs: UiJobs,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.playback = PlaybackPresenter(
            site=site, recordings=recordings, session=session, jobs=jobs, clock=clock, parent=self
        )
        self.finding = Finding(self.playback, recordings, session, jobs)
        self.bookmarks = BookmarksPresenter(bookmarks, live, session, jobs, self)
        self.shots = PastShots(
            recordings=recordings,
            keeper=keeper,
            site=site,
            session=session,
            jobs=jobs,
            clock=clock,
            parent=self,
        )
        self.motion = MotionSearchPresenter(searches, recordings, self.playback, session, jobs, self)
        self.marks = SpanMarks(self.playback)
        self.keeping = KeepingPresenter(keeping, self.playback, live, session, jobs, self)
        self.listening = Listening(self.playback.open_sound, parent=self)
        self.bookmarks.kept.connect(self.playback.refresh)
        parts = (self.finding, self.bookmarks, self.shots, self.motion, self.keeping, self.listening)
        for part in parts:
            part.refused.connect(self.playback.refused)

    def use_site(self, site: Site) -> None:
        self.playback.use_site(site)
        self.shots.use_site(site)

    def stop(self) -> None:
        self.motion.stop()
        self.listening.stop()
        self.playback.stop()
