"""One operator's seat for tests: real database, centre, desks, feed and screens; simulated pictures."""

from __future__ import annotations

import itertools
import time
from datetime import datetime
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QApplication

from app.papers import save_paper
from services.alarms.center import AlarmCenter
from services.alarms.desk import AlarmDesk, Display
from services.alarms.handing import Handing
from services.alarms.orders import OrdersDesk
from services.alarms.shelving import Shelving
from services.campus.routes import Routes
from services.campus.sight import Sight
from services.core.bus import Bus
from services.core.clock import SystemClock
from services.core.errors import ServiceError
from services.core.jobs import Jobs
from services.dispatch import CallDesk, IncidentDesk
from services.dispatch.desk import DispatchDesk, import_site
from services.dispatch.outbox import OrderOutbox
from services.domain.alarms import AlarmSource, Qualifier, Signal
from services.domain.classes import AlarmClass
from services.domain.people import Role, Session
from services.domain.video import Economy, FeedStatus, Importance, PictureFormat, StreamState
from services.handover.succession import Succession
from services.linkage.desk import LinkageDesk
from services.linkage.starting import LinkageStart
from services.storage import ChangeFeed, Database
from services.storage.outbox import Outbox
from services.wall import WallDesk
from tests.campus import read_demo_site
from tests.records import new_sqlite
from tests.waiting import LIMIT_S
from ui.board import LiveBoard
from ui.bridge import FactBridge
from ui.jobs import UiJobs
from ui.local_zone import local_zone
from ui.shell.shell import Shell
from ui.text.places import learn_names
from views.dispatch.direct import DirectOrders
from views.dispatch.presenter import DispatchPresenter
from views.dispatch.queue_presenter import QueuePresenter
from views.dispatch.screen import DispatchPanel
from views.incidents.presenter import IncidentsPresenter
from views.incidents.screen import IncidentsScreen
from views.watch.camera_list import CameraListPresenter
from views.watch.hands import HandsPresenter
from views.watch.presenter import WatchPresenter
from views.watch.reports import DisplayReports
from views.watch.screen import WatchScreen
from views.watch.seat_linkage import SeatLinkage
from views.watch.side import WatchSide
from views.watch.succession import SuccessionPresenter
from views.watch.wall_kit import WallKit
from views.watch.wall_library import WallLibrary
from views.watch.wall_presenter import WallPresenter

ADMINISTRATOR = Session("admin", "管理员", Role.ADMINISTRATOR, "TEST")
OPERATOR = Session("wang", "王值班", Role.OPERATOR, "SEAT-1")
OTHER = Session("li", "李值班", Role.OPERATOR, "SEAT-2")
# Contact ID: panic, fire, burglary.
CODES = {AlarmClass.PANIC: "120", AlarmClass.FIRE: "110", AlarmClass.INTRUSION: "130"}
Times = tuple[str, datetime | None, datetime | None]


class StillPicture:
    """A grey picture that arrives anew at every look."""

    def __init__(self, number: int, shade: int) -> None:
        self.width_px, self.height_px = 640, 360
        self.number = number
        self.format = PictureFormat.BGRA
        self.arrived_s = time.monotonic()
        self.pixels = np.full((360, 640, 4), shade, np.uint8)
        self.pixels[120:240, 40 + (number * 9) % 500 :][:, :90] = (60, 160, 220, 255)


class StillFeed:
    """A live stream of StillPictures, 10 a second."""

    def __init__(self, camera_no: str, stream: str, *, has_picture: bool = True) -> None:
        self.key = (camera_no, stream)
        self.has_picture = has_picture
        self.state = StreamState.LIVE
        self.is_watched = True
        self.importance = Importance.ORDINARY
        self.economy = Economy.NONE
        self.is_too_much = False
        self.error = ""
        self.asked = (0, 0)
        self._numbers = itertools.count(1)
        self._next_s = 0.0
        self._last = StillPicture(1, 40 + int(camera_no[1:]) * 5)

    def status(self) -> FeedStatus:
        state = self.state if self.has_picture else StreamState.CONNECTING
        return FeedStatus(
            state,
            age_s=0.1 if self.has_picture else None,
            source_fps=25,
            shown_fps=25,
            codec="h264",
            economy=self.economy,
            is_too_much=self.is_too_much,
            error=self.error,
        )

    def latest(self, after: int) -> StillPicture | None:
        if not self.has_picture:
            return None
        if time.monotonic() >= self._next_s:
            self._next_s = time.monotonic() + 0.1
            self._last = StillPicture(next(self._numbers), 40 + int(self.key[0][1:]) * 5)
        return self._last if self._last.number > after else None

    def ask_size(self, width_px: int, height_px: int) -> None:
        self.asked = (width_px, height_px)

    def set_watched(self, is_watched: bool) -> None:
        self.is_watched = is_watched

    def set_importance(self, importance: Importance) -> None:
        self.importance = importance


class StillVideo:
    """A VideoPort of StillFeeds; `live` = what is open now, `opened` all that ever was.

    slow: streams that have no picture yet.
    """

    def __init__(self, known: set[str]) -> None:
        self._known = known
        self.live: list[StillFeed] = []
        self.slow: set[str] = set()
        self.opened: list[tuple[str, str]] = []

    def open(self, camera_no: str, stream: str) -> StillFeed:
        if camera_no not in self._known:
            raise ServiceError("video.unknown_camera", camera=camera_no)
        feed = StillFeed(camera_no, stream, has_picture=stream not in self.slow)
        self.live.append(feed)
        self.opened.append(feed.key)
        return feed

    def close(self, feed: StillFeed) -> None:
        self.live.remove(feed)

    @property
    def keys(self) -> set[tuple[str, str]]:
        return {feed.key for feed in self.live}


class StoredPreferences:
    """Preferences in the real database, which may be away for them."""

    is_away = False

    def __init__(self, database: Database, scope: str) -> None:
        self._database = database
        self._scope = scope

    def load(self, key: str) -> dict[str, object] | None:
        self._check()
        return self._database.read(lambda view: view.preference(self._scope, key))

    def _check(self) -> None:
        if self.is_away:
            raise ServiceError("storage.unreachable", reason="away")

    def save(self, key: str, value: dict[str, object]) -> None:
        self._check()
        self._database.write(lambda tx: tx.put_preference(self._scope, key, value))


class Campus:
    """The shared half: database with the demo site, alarm centre, desks."""

    def __init__(self, folder: Path, url: str = "") -> None:
        self.folder = folder
        self.url = url or new_sqlite(folder / "test.db")
        self.clock = SystemClock()
        self.database = Database(self.url)
        self.database.open()
        self.site = read_demo_site()
        import_site(self.database, ADMINISTRATOR, self.site)
        self.routes = Routes(self.site)
        sight = Sight(self.site)
        self.linkage = LinkageStart(self.clock)
        self.database.after_commit(self.linkage.committed)
        self.center = AlarmCenter(
            self.database,
            self.clock,
            self.site,
            sight.feeds_for,
            self.linkage.raised,
            self.linkage.repeated,
        )
        self.alarms = AlarmDesk(self.database, self.clock)
        self.handing = Handing(self.database, self.clock)
        self.shelving = Shelving(self.database, self.clock)
        self.orders = OrdersDesk(self.database, self.clock)
        self.dispatches = DispatchDesk(self.database, self.clock, self.routes, self.site)
        self.incidents = IncidentDesk(self.database, self.clock)
        self.calls = CallDesk(self.database, self.clock, self.routes, self.site)
        self._sent = itertools.count(1)

    def ring(self, zone_no: str, qualifier: Qualifier = Qualifier.NEW) -> str:
        """The zone's panel reports; returns the alarm's id."""
        zone = self.site.zone(zone_no)
        assert zone is not None
        panel = next(panel for panel in self.site.panels if panel.no == zone.panel)
        number = next(self._sent)
        signal = Signal(
            source=AlarmSource.DC09,
            account=panel.account,
            code=CODES[zone.alarm_class],
            zone=zone.number,
            qualifier=qualifier,
            received_at=self.clock.now(),
            fingerprint=f"test-{number}",
            sequence=f"{number:04d}",
        )
        return self.center.receive([signal])[0].alarm

    def close(self) -> None:
        self.database.close()


class Seat:
    """One operator's screens on a campus."""

    def __init__(self, campus: Campus, session: Session = OPERATOR, *, threads: int = 3) -> None:
        self.campus = campus
        self.session = session
        self.clock = campus.clock
        self.jobs_pool = Jobs(f"seat-{session.user}", threads)
        self.jobs = UiJobs(self.jobs_pool)
        self.bus = Bus()
        self.bridge = FactBridge(self.bus)
        self.live = LiveBoard(campus.database.read(lambda view: view.board()))
        self.video = StillVideo({camera.no for camera in campus.site.cameras})
        self.preferences = StoredPreferences(campus.database, f"user:{session.user}")
        self.refusals: list[ServiceError] = []
        self.reports = DisplayReports(self._report, self.jobs, self.clock)
        self.wall = WallPresenter(campus.site, self.video, self.preferences, self.jobs)
        self.camera_list = CameraListPresenter(
            [camera.no for camera in campus.site.cameras], self.wall, self.preferences, self.jobs
        )
        self.watch = WatchPresenter(
            live=self.live,
            wall=self.wall,
            commands=campus.alarms,
            session=session,
            jobs=self.jobs,
            reports=self.reports,
            clock=self.clock,
        )
        self.linkage = SeatLinkage(
            live=self.live,
            commands=LinkageDesk(campus.database),
            session=session,
            jobs=self.jobs,
            clock=self.clock,
        )
        self.reports.displayed.connect(self.linkage.note_displayed)
        self.reports.filmed.connect(self.linkage.note_filmed)
        self.hands = HandsPresenter(
            live=self.live,
            hands=campus.handing,
            shelf=campus.shelving,
            desk=campus.alarms,
            notices=campus.orders,
            session=session,
            jobs=self.jobs,
            clock=self.clock,
        )
        self.succession = SuccessionPresenter(
            self.live, Succession(campus.database, self.clock), session, self.jobs
        )
        self.library = WallLibrary(self.live, WallDesk(campus.database), session, self.jobs)
        self.kit = WallKit(
            wall=self.wall,
            watch=self.watch,
            library=self.library,
            preferences=self.preferences,
            jobs=self.jobs,
            clock=self.clock,
            zone=local_zone(),
        )
        file = Outbox(campus.folder / f"orders-{session.user}.db")
        self.box = OrderOutbox(campus.dispatches, file, self.clock)
        self.queue = QueuePresenter(self.box, self.jobs)
        self.dispatch = DispatchPresenter(
            live=self.live,
            commands=campus.dispatches,
            queue=self.queue,
            session=session,
            jobs=self.jobs,
            preferences=self.preferences,
        )
        self.direct = DirectOrders(
            live=self.live, commands=campus.dispatches, queue=self.queue, session=session, jobs=self.jobs
        )
        self.incidents = IncidentsPresenter(
            live=self.live,
            commands=campus.incidents,
            orders=campus.dispatches,
            calls=campus.calls,
            session=session,
            site=campus.site,
            jobs=self.jobs,
            save_paper=save_paper,
            runs_of=LinkageDesk(campus.database).runs_of_incident,
            notices_of=campus.orders.notices_of_incident,
        )
        self.incidents.send_wanted.connect(self.direct.send)
        self.incidents.order_wanted.connect(self.direct.send_order)
        self.direct.done.connect(self.incidents.note_sent)
        self.direct.refused.connect(self.incidents.note_not_sent)
        self.incidents.guard_wanted.connect(self.dispatch.open_with)
        self.bridge.facts_arrived.connect(self.live.apply)
        self.watch.dispatch_wanted.connect(self.dispatch.open_alarm)
        for source in (
            self.wall,
            self.camera_list,
            self.watch,
            self.hands,
            self.succession,
            self.dispatch,
            self.incidents,
            self.library,
        ):
            source.refused.connect(self._refuse)
        self.jobs.refused.connect(self._refuse)
        self.feed = ChangeFeed(campus.database, self.bus)
        self.feed.start(self.live.board.seq)
        self.shell: Shell = None  # type: ignore[assignment]

    def open_screens(self) -> Shell:
        """The whole window, as the workstation puts it together."""
        from views import dispatch, incidents, watch

        learn_names(self.campus.site)
        self.shell = shell = Shell()
        self.screen = WatchScreen(self.watch, self.campus.site)
        self.side = WatchSide(self.watch, self.campus.site)
        self.side.follow(self.hands)
        self.side.strip.follow_succession(self.succession)
        self.panel = DispatchPanel(self.dispatch, self.campus.site, self.wall.open_picture)
        self.panel.cameras_wanted.connect(self.wall.want_beside)
        self.wall.changed.connect(self.panel.renew_picture)
        self.board = IncidentsScreen(self.incidents)
        self.screen.host_panel(self.panel)
        self.screen.host_tools(self.kit)
        self.side.set_first_to_leave(self.screen.numbers.leave, self.panel.leave)
        self.side.key_pressed.connect(self.screen.numbers.leave)
        self.screen.tree.follow(self.camera_list)
        self.side.camera_chosen.connect(self.wall.show_camera)
        self.side.map.alarm_painted.connect(self.linkage.note_on_map)
        shell.set_screens([watch.SPEC, incidents.SPEC])
        for spec, widget, title in (
            (watch.SPEC, self.screen, watch.title()),
            (incidents.SPEC, self.board, incidents.title()),
        ):
            shell.add_screen(spec.name, widget)
            shell.label_screen(spec.name, title)
        shell.set_side(self.side)
        shell.set_site(self.campus.site.name)
        shell.set_user(self.session.display_name, dispatch.title())
        shell.show_screen("watch")
        return shell

    @property
    def column_is_staged(self) -> bool:
        return self.screen.column.is_staged

    def start(self) -> None:
        self.watch.refresh()
        self.wall.start()
        self.camera_list.start()
        self.dispatch.start()
        self.queue.start()
        self.succession.start()

    def close(self) -> None:
        self.feed.stop()
        self.bridge.close()
        self.kit.stop()
        self.wall.stop()
        self.camera_list.stop()
        self.dispatch.stop()
        self.queue.stop()
        self.box.close()
        self.reports.end()
        self.linkage.end()
        if self.shell:
            self.shell.close()
            self.shell.deleteLater()
        # As a program that ends does: its last words are written though nobody hears that they were.
        self.jobs.close()
        self.jobs_pool.finish(LIMIT_S)
        QApplication.processEvents()

    def _report(self, reports: list[Times]) -> object:
        return self.campus.alarms.report_displays(
            Display(id_, shown, filmed) for id_, shown, filmed in reports
        )

    def _refuse(self, error: ServiceError) -> None:
        self.refusals.append(error)
