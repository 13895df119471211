"""The ways to a recording: from a live tile, an alarm, the record of alarms, an incident, a review."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from services.alarms.record import SignalStory
from ui.shell.shell import Shell
from ui.stage import AlarmStage
from ui.tiles.menu import TileAction
from ui.tiles.wall import WallSurface
from views.incidents.presenter import IncidentsPresenter
from views.incidents.screen import IncidentsScreen
from views.playback import SPEC
from views.playback.kit import PlaybackKit
from views.record.screen import RecordScreen
from views.review.screen import ReviewScreen
from views.watch.presenter import WatchPresenter

LOOKS_BACK = timedelta(seconds=30)
KEY = "Shift+F2"
# Of one alarm; more at once would only be small.
MOST_FEEDS = 4


class ToPlayback(QObject):
    """For who may see recordings. The key goes from where the eyes are: the incident, the review or the
    signal in front, else the highlighted alarm.
    """

    def __init__(self, shell: Shell, kit: PlaybackKit, watch: WatchPresenter, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._kit = kit
        self._watch = watch
        self._incidents: tuple[QWidget, IncidentsPresenter] | None = None
        self._review: ReviewScreen | None = None
        self._record: RecordScreen | None = None
        key = QShortcut(QKeySequence(KEY), shell)
        key.setAutoRepeat(False)
        key.activated.connect(self.go)

    def from_tiles(self, wall: WallSurface) -> TileAction:
        """A line for the menu of its tiles."""
        return TileAction(
            lambda _index: self.tr("回放：从 30 秒前看起"),
            lambda index: self._look_back(wall, index),
            is_offered=lambda index: wall.content(index) is not None,
        )

    def from_stage(self, stage: AlarmStage) -> None:
        stage.offer_playback(KEY)
        stage.playback_asked.connect(self._play_staged)

    def from_incidents(self, screen: IncidentsScreen, presenter: IncidentsPresenter) -> None:
        self._incidents = (screen, presenter)
        presenter.playback_wanted.connect(self._play_incident)

    def from_review(self, screen: ReviewScreen) -> None:
        self._review = screen
        screen.reviews.playback_asked.connect(self._play_moment)

    def from_record(self, screen: RecordScreen) -> None:
        self._record = screen
        screen.signals.offer_playback(KEY)
        screen.signals.playback_asked.connect(self._play_signal)

    def go(self) -> None:
        """Not from a locked seat."""
        content = self._shell.centralWidget()
        if content is None or not content.isEnabled():
            return
        if self._incidents is not None and self._incidents[0].isVisible():
            self._incidents[1].ask_playback()
        elif self._review is not None and self._review.reviews.isVisible():
            self._review.reviews.ask_playback()
        elif self._record is not None and self._record.isVisible():
            self._record.signals.ask_playback()
        else:
            self.play_highlighted()

    def play_highlighted(self) -> None:
        """Straight to the second of the alarm that the keys act on."""
        alarm = self._watch.highlighted
        if alarm is not None:
            self._open([str(no) for no in alarm.feeds], alarm.received_at)

    def _play_staged(self) -> None:
        staged = self._watch.staged
        if staged:
            self._open([str(no) for no in staged[0].feeds], staged[0].received_at)

    def _play_signal(self, story: SignalStory) -> None:
        """At the second of the signal: of an alarm that rang five times the fifth is another picture."""
        at, trace = story.kept.signal.received_at, story.kept.trace
        if story.alarm is None and trace is not None and trace.zone:
            self._kit.finding.open_zone(trace.zone, at)
            self._shell.show_screen(SPEC.name)
        else:
            self._open([str(no) for no in story.alarm.feeds] if story.alarm is not None else [], at)

    def _open(self, cameras: list[str], at: datetime) -> None:
        self._kit.playback.open_at(cameras[:MOST_FEEDS], at)
        self._shell.show_screen(SPEC.name)

    def _look_back(self, wall: WallSurface, index: int) -> None:
        content = wall.content(index)
        if content is not None:
            self._open([content.camera_no], self._kit.playback.now - LOOKS_BACK)

    def _play_incident(self, incident_id: str) -> None:
        self._play_moment(incident_id, None)

    def _play_moment(self, incident_id: str, at: datetime | None) -> None:
        self._kit.finding.open_incident(incident_id, at)
        self._shell.show_screen(SPEC.name)
