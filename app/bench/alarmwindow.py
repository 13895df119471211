"""A seat for the alarm bench: the product's watch screen on the product's feed, nobody touching it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication, QSplitter

from app.bench.figures import Spread
from services.alarms.desk import AlarmDesk, Display
from services.core.bus import Bus
from services.core.clock import SystemClock
from services.core.errors import ServiceError
from services.core.jobs import Jobs
from services.domain.alarms import AlarmId
from services.domain.people import Role, Session
from services.domain.site import Site
from services.linkage.desk import LinkageDesk
from services.storage import ChangeFeed, Database
from services.video import StreamAddress, VideoEngine
from ui.board import LiveBoard
from ui.bridge import FactBridge
from ui.collector import GuiCollector
from ui.fonts import install_fonts
from ui.jobs import UiJobs
from ui.storm import StormWatch
from ui.theme import NIGHT, wear
from ui.tiles.feed import PictureFeed
from views.watch.ports import DisplayLog
from views.watch.presenter import WatchPresenter
from views.watch.reports import DisplayReports
from views.watch.screen import WatchScreen
from views.watch.seat_linkage import SeatLinkage
from views.watch.side import WatchSide
from views.watch.wall_plan import FIRST_LAYOUT, first_plan
from views.watch.wall_presenter import WallPresenter

WINDOW_PX = (1920, 1080)
SESSION = Session("bench", "压测", Role.SHIFT_LEADER, "BENCH")
JOB_THREADS = 4
# What the first layout of a wall holds.
MIDDLE_TILES = 9
# Stage, and the main streams of the alarm in hand.
MOST_BESIDE = 8
# As often as the wall looks for pictures.
TURN_MS = 20


class ClipVideo:
    """Every camera plays one clip: `pictures` of them on the wall, and what an alarm brings up beside it; the
    others have no picture."""

    def __init__(self, clip: Path, pictures: int) -> None:
        self._engine = VideoEngine()
        self._clip = clip.resolve().as_uri().replace("file:", "replay:", 1)
        self._left = pictures + (MOST_BESIDE if pictures else 0)

    def open(self, camera_no: str, stream: str) -> PictureFeed:
        if self._left <= 0:
            raise ServiceError("video.unknown_camera", camera=camera_no, stream=stream)
        self._left -= 1
        return self._engine.open(StreamAddress(f"{self._clip}?phase={self._left * 0.21:.2f}"), shared=False)

    def close(self, feed: PictureFeed) -> None:
        self._left += 1
        self._engine.close(feed)  # type: ignore[arg-type]

    def give_way(self, seconds: float) -> None:
        self._engine.give_way(seconds)

    @property
    def process_ids(self) -> list[int]:
        return self._engine.process_ids

    def stop(self) -> None:
        self._engine.stop()


class ForgetfulPreferences:
    """The bench starts with the first layout and keeps none."""

    def load(self, _key: str) -> dict[str, object] | None:
        return None

    def save(self, _key: str, _value: dict[str, object]) -> None:
        return None


class AlarmWindow:
    """Watch screen and side column in one window; `shut` ends its threads."""

    def __init__(self, database: Database, site: Site, clip: Path, pictures: int) -> None:
        self._application = _application()
        clock = SystemClock()
        self._pool = Jobs("ui-job", JOB_THREADS)
        self._jobs = UiJobs(self._pool)
        self._video = ClipVideo(clip, pictures)
        bus = Bus()
        self._bridge = FactBridge(bus)
        self._feed = ChangeFeed(database, bus)
        board = database.read(lambda view: view.board())
        self._live = LiveBoard(board)
        desk = AlarmDesk(database, clock)
        self._storm = StormWatch(self._live, self._video.give_way, clock)
        self._reports = DisplayReports(_reporting(desk), self._jobs, clock)
        layout = "16" if pictures > MIDDLE_TILES else FIRST_LAYOUT
        first = partial(first_plan, layout=layout)
        self._wall = WallPresenter(site, self._video, ForgetfulPreferences(), self._jobs, first=first)
        presenter = WatchPresenter(
            live=self._live,
            wall=self._wall,
            commands=desk,
            session=SESSION,
            jobs=self._jobs,
            reports=self._reports,
            clock=clock,
        )
        self._presenter = presenter
        self._linkage = SeatLinkage(
            live=self._live, commands=LinkageDesk(database), session=SESSION, jobs=self._jobs, clock=clock
        )
        self._reports.displayed.connect(self._linkage.note_displayed)
        self._reports.filmed.connect(self._linkage.note_filmed)
        side = WatchSide(presenter, site, clock=clock)
        side.map.alarm_painted.connect(self._linkage.note_on_map)
        self._window = QSplitter(Qt.Orientation.Horizontal)
        self._window.addWidget(WatchScreen(presenter, site, clock=clock))
        self._window.addWidget(side)
        self._window.setSizes([1540, 380])
        self.gaps = Spread()
        self._turned_s = time.monotonic()
        self._turns = QTimer()
        self._turns.setTimerType(Qt.TimerType.PreciseTimer)
        self._turns.setInterval(TURN_MS)
        self._turns.timeout.connect(self._note_turn)
        self._bridge.facts_arrived.connect(self._live.apply)
        self._feed.start(board.seq)
        self._wall.start()
        self._window.resize(*WINDOW_PX)
        self._window.show()
        # As the workstation does.
        self._collector = GuiCollector()
        self._collector.start()

    @property
    def decoder_pids(self) -> list[int]:
        return self._video.process_ids

    @property
    def waiting(self) -> int:
        """Open alarms on this seat's board."""
        return len(self._live.board.alarms)

    def begin(self) -> None:
        """Watch from now on how long the window is kept from its next turn."""
        self.gaps = Spread()
        self._turned_s = time.monotonic()
        self._turns.start()

    def _note_turn(self) -> None:
        now_s = time.monotonic()
        self.gaps.add(now_s - self._turned_s)
        self._turned_s = now_s

    def run_for(self, seconds: float) -> None:
        loop = QEventLoop()
        QTimer.singleShot(round(seconds * 1000), loop.quit)
        loop.exec()

    def shut(self) -> None:
        self._turns.stop()
        self._collector.stop()
        self._reports.end()
        self._linkage.end()
        self._feed.stop()
        self._wall.stop()
        self._jobs.close()
        self._pool.stop()
        self._bridge.close()
        self._window.close()
        self._window.deleteLater()
        self._video.stop()
        self._application.processEvents()


def _reporting(desk: AlarmDesk) -> DisplayLog:
    def note(reports: Iterable[tuple[str, datetime | None, datetime | None]]) -> None:
        desk.report_displays(
            Display(AlarmId(alarm), shown_at, filmed_at) for alarm, shown_at, filmed_at in reports
        )

    return note


def _application() -> QApplication:
    found = QApplication.instance()
    application = found if isinstance(found, QApplication) else QApplication([])
    install_fonts(application)
    wear(application, NIGHT)
    return application
