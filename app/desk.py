"""One operator's desk: presenters, screens and their wiring, from log-in to log-out."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import structlog
from PySide6.QtCore import QEvent, QObject, Signal

from app.camera_health import CameraHealthReports, count_well
from app.commands import Commands
from app.devices import devices_presenter
from app.lamps import Lamps
from app.monitor_rooms import Seat
from app.monitors import Monitors
from app.preferences import StoredPreferences
from app.prepare import Prepared
from app.site_watch import SiteWatch
from app.steering import SeatHelm, SeatSteering
from app.views_table import screens_of
from services.alarms.desk import AlarmDesk, Display
from services.campus.routes import Routes
from services.core.bus import Bus
from services.core.clock import SystemClock
from services.core.errors import ServiceError
from services.devices.health import HealthDesk
from services.dispatch import DispatchDesk
from services.domain.alarms import AlarmId
from services.domain.facts import Fact
from services.domain.people import Session
from services.domain.site import Site
from services.identity import Accounts
from services.storage import ChangeFeed
from services.video import VideoEngine
from services.video.cameras import SiteCameras
from services.video.hardware import find_hardware
from services.wall import WallDesk
from services.wall.snapshots import Snapshots
from ui.board import LiveBoard
from ui.bridge import FactBridge
from ui.i18n import LANGUAGES, is_english, language, speak
from ui.jobs import UiJobs
from ui.joystick import Joystick, JoystickHand
from ui.listening import Listening
from ui.local_zone import local_zone
from ui.monitors.plan import WindowKind
from ui.shell import Severity
from ui.shell.shell import Shell
from ui.sound import AlarmSound
from ui.text import sentence
from ui.text.names import name_of
from ui.text.places import learn_names, local_name
from ui.tiles.menu import TileAction
from views.devices.screen import DevicesScreen
from views.dispatch.presenter import DispatchPresenter
from views.dispatch.screen import DispatchPanel
from views.health.presenter import HealthPresenter
from views.health.screen import HealthScreen
from views.incidents.presenter import IncidentsPresenter
from views.incidents.screen import IncidentsScreen
from views.manual.screen import ManualWindow
from views.map.presenter import MapPresenter
from views.map.screen import MapScreen
from views.users.own_password import OwnPasswordDialog
from views.users.presenter import UsersPresenter
from views.users.screen import UsersScreen
from views.watch.camera_list import CameraListPresenter
from views.watch.presenter import WatchPresenter
from views.watch.reports import DisplayReports, Report
from views.watch.screen import WatchScreen
from views.watch.side import WatchSide
from views.watch.snapshots import SnapshotPresenter
from views.watch.steer_tools import SteerTools
from views.watch.tile_tools import TileTools
from views.watch.wall_kit import WallKit
from views.watch.wall_library import WallLibrary
from views.watch.wall_presenter import WallPresenter

PLACE = "shell.place"
LANGUAGE = "shell.language"
# Only what keeps alarms or orders from going through is as red as an alarm.
STOPS_THE_WATCH = frozenset(
    {"hub.not_running", "storage.unreachable", "storage.timeout", "storage.full", "storage.damaged"}
)

log = structlog.get_logger(__name__)


class OperatorDesk(QObject):
    """Built once per log-in. Signals: closed when the window is going away; lock_asked."""

    closed = Signal()
    lock_asked = Signal()

    def __init__(self, prepared: Prepared, session: Session, jobs: UiJobs, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._site = prepared.site
        self._jobs = jobs
        self._database = prepared.database
        self._secrets = prepared.secrets
        self._accounts = Accounts(prepared.database)
        self._preferences = StoredPreferences(prepared.database, session)
        self._own_preferences = StoredPreferences(prepared.database, session, is_everywhere=True)
        self._clock = SystemClock()
        self._bus = Bus()
        self._feed = ChangeFeed(prepared.database, self._bus)
        self._bridge = FactBridge(self._bus, self)
        self.live = LiveBoard(prepared.board, self)
        self._video = VideoEngine(self._clock)
        self._alarm_desk = AlarmDesk(prepared.database, self._clock)
        self._dispatch_desk = DispatchDesk(
            prepared.database, self._clock, Routes(prepared.site), prepared.site
        )
        self._hardware_mode = prepared.settings.hardware_decoding
        self._shot_keeper = Snapshots(prepared.database, prepared.settings.snapshot_dir)
        self._sound = AlarmSound(parent=self)
        self._joystick = Joystick(self)
        self._manual: ManualWindow | None = None
        self._screens = screens_of(session.role)
        self._is_wall_on = False
        self._is_locked = False
        self._said: ServiceError | None = None
        self._cameras = SiteCameras(self._video, prepared.site, prepared.secrets)
        self._wall_desk = WallDesk(prepared.database)
        self._health_desk = HealthDesk(prepared.database, self._clock)
        self._site_watch = SiteWatch(prepared.database, jobs, self)
        self._build_presenters(self._cameras)
        self._build_screens()
        self.commands = Commands(self.shell, self._site, self.watch, self.kit, self._screens, self.tools)
        self.lamps = Lamps(
            self.shell, prepared.database, jobs, self.wall, prepared.revive_hub, self._count_cameras
        )
        self._connect()

    def start(self, first_screen: str) -> None:
        """Show the window, open the streams and follow the feed."""
        self._feed.start(self.live.board.seq)
        # What was unhandled at the last end is on the screen before anything new happens.
        self.watch.refresh()
        self.dispatch.start()
        self.camera_list.start()
        self.monitors.start()
        self.steering.start()
        self._joystick.start()
        self.lamps.start()
        self.camera_reports.start()
        self._sound.apply(self.live.board.queue())
        self._jobs.run(partial(self._accounts.note_start, self._session))
        self._jobs.run(partial(find_hardware, self._hardware_mode), self._video.use_hardware, self.say)
        self._jobs.run(partial(self._preferences.load, PLACE), self._restore_place)
        self._jobs.run(partial(self._preferences.load, LANGUAGE), self._restore_language)
        self.shell.show_screen(first_screen)
        # The screen that is in front already is not chosen again.
        self._on_screen(first_screen)

    def _on_screen(self, name: str) -> None:
        """A seat that never looks at the wall decodes nothing for it."""
        if name == "watch" and not self._is_wall_on:
            self._is_wall_on = True
            self.wall.start()

    @property
    def session(self) -> Session:
        return self._session

    def lock(self) -> None:
        """Everything stays visible and audible, nothing can be operated or closed."""
        self._is_locked = True
        self.steering.presenter.stop_all()
        self._stick_hand.is_usable = False
        self._set_usable(False)
        self.own_password.close()

    def unlock(self) -> None:
        self._is_locked = False
        self._stick_hand.is_usable = True
        self._set_usable(True)

    def _set_usable(self, is_usable: bool) -> None:
        content = self.shell.centralWidget()
        if content is not None:
            content.setEnabled(is_usable)
        self.monitors.set_usable(is_usable)

    def say(self, error: ServiceError) -> None:
        """In the banner: what happened, what it means, what to do."""
        self._said = error
        severity = Severity.TROUBLE if error.code in STOPS_THE_WATCH else Severity.NOTICE
        self.shell.say(sentence(error), severity)

    def _count_cameras(self) -> tuple[int, int]:
        return count_well(self.live, {camera.no for camera in self._site.cameras}, self._clock)

    def set_demo(self, is_demo: bool) -> None:
        self.shell.set_demo(is_demo)

    def close(self) -> None:
        """Leave nothing running; what was typed and where windows stood is kept."""
        self._feed.stop()
        self._bridge.close()
        self.lamps.stop()
        self.camera_reports.stop()
        self._sound.stop()
        self.watch.reports.send()
        self.dispatch.stop()
        self._joystick.stop()
        self.steering.stop()
        self.monitors.stop()
        self.camera_list.stop()
        self.snapshots.stop()
        self.kit.stop()
        self.listening.stop()
        self.devices.stop()
        self.wall.stop()
        self._video.stop()
        self._keep_last_words()
        if self._manual is not None:
            self._manual.close()
        self.shell.deleteLater()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        if event.type() is QEvent.Type.Close and self._is_locked:
            # Whoever may not look away from the alarms may not close them either.
            event.ignore()
            return True
        return False

    def _build_presenters(self, cameras: SiteCameras) -> None:
        jobs, session, preferences = self._jobs, self._session, self._preferences
        self.wall = WallPresenter(self._site, cameras, preferences, jobs, self)
        self.camera_reports = CameraHealthReports(
            self._health_desk, self.wall, jobs, self._clock, session.workstation, self
        )
        self.camera_list = CameraListPresenter(
            [camera.no for camera in self._site.cameras], self.wall, self._own_preferences, jobs, self
        )
        self.watch = WatchPresenter(
            live=self.live,
            wall=self.wall,
            commands=self._alarm_desk,
            session=session,
            jobs=jobs,
            reports=DisplayReports(self._report_displays, jobs, self._clock, self),
            clock=self._clock,
            parent=self,
        )
        self.library = WallLibrary(self.live, self._wall_desk, session, jobs, self)
        self.kit = WallKit(
            wall=self.wall,
            watch=self.watch,
            library=self.library,
            preferences=preferences,
            jobs=jobs,
            clock=self._clock,
            zone=local_zone(),
            parent=self,
        )
        self.dispatch = DispatchPresenter(
            live=self.live,
            commands=self._dispatch_desk,
            session=session,
            jobs=jobs,
            preferences=preferences,
            parent=self,
        )
        self.listening = Listening(cameras.listen, parent=self)
        self.snapshots = SnapshotPresenter(
            keeper=self._shot_keeper,
            video=cameras,
            site=self._site,
            session=session,
            jobs=jobs,
            clock=self._clock,
            parent=self,
        )
        self.incidents = IncidentsPresenter(
            live=self.live, commands=self._dispatch_desk, session=session, jobs=jobs, parent=self
        )
        self.steering = SeatSteering(
            helm=SeatHelm(self._database, session, self._present_site, self._secrets, self._clock),
            live=self.live,
            main_wall=self.wall,
            walls=self._walls,
            session=session,
            jobs=jobs,
            preferences=preferences,
            clock=self._clock,
            parent=self,
        )
        self.map = MapPresenter(self.live, self._site, self)
        self.health = HealthPresenter(self.live, self._site, self._health_desk, jobs, self)
        self.users = UsersPresenter(self._accounts, session, jobs, self)
        self.devices = devices_presenter(
            site=self._site,
            database=self._database,
            logins=self._secrets,
            video=self._video,
            session=session,
            jobs=jobs,
            parent=self,
        )

    def _build_monitors(self) -> None:
        seat = Seat(
            watch=self.watch,
            camera_list=self.camera_list,
            video=self._cameras,
            preferences=self._preferences,
            jobs=self._jobs,
            clock=self._clock,
            library=self.library,
            zone=local_zone(),
            escape=self.side.escape,
            steering=self.steering.presenter,
        )
        self.monitors = Monitors(seat, self._site, self.shell, parent=self)
        self.watch_screen.bar.offer_monitors(self.monitors.menu)

    def _build_screens(self) -> None:
        learn_names(self._site)
        self.shell = Shell(clock=self._clock)
        self.watch_screen = WatchScreen(self.watch, self._site, clock=self._clock)
        self.side = WatchSide(self.watch, self._site, clock=self._clock)
        self.panel = DispatchPanel(
            self.dispatch, self._site, self._session, self.wall.open_picture, clock=self._clock
        )
        self.map_screen = MapScreen(self.map, clock=self._clock)
        self.incidents_screen = IncidentsScreen(
            self.incidents, has_site=bool(self._site.code), clock=self._clock
        )
        self.watch_screen.host_panel(self.panel)
        self.tools = TileTools(self.watch_screen.wall, self.snapshots, self.listening, self.watch_screen)
        self.watch_screen.tile_menu.add(self.tools.table())
        self.watch_screen.host_tools(self.kit)
        self.watch_screen.tile_menu.add(SteerTools(self.watch_screen.wall, self.steering.presenter).table())
        self._stick_hand = JoystickHand(self._joystick, self.watch_screen.wall, self.steering.presenter, self)
        self.watch_screen.tile_menu.add([TileAction(self._full_text, self._toggle_full, "F11")])
        self.watch_screen.tree.follow(self.camera_list)
        self._build_monitors()
        self.shell.set_screens([spec for spec, _ in self._screens])
        self.shell.add_screen("watch", self.watch_screen)
        self.shell.add_screen("map", self.map_screen)
        self.shell.add_screen("incidents", self.incidents_screen)
        self.health_screen = HealthScreen(self.health)
        self.shell.add_screen("health", self.health_screen)
        seen = {spec.name for spec, _ in self._screens}
        if "devices" in seen:
            self.devices_screen = DevicesScreen(self.devices, clock=self._clock)
            self.devices_screen.wall_wanted.connect(self._show_camera)
            self.shell.add_screen("devices", self.devices_screen)
        if "users" in seen:
            self.shell.add_screen("users", UsersScreen(self.users))
        self.own_password = OwnPasswordDialog(self._accounts, self._session, self._jobs, self.shell)
        self.shell.set_side(self.side)
        self.shell.installEventFilter(self)
        self._retranslate()

    def _connect(self) -> None:
        self._bridge.facts_arrived.connect(self.live.apply)
        self.live.applied.connect(self._on_facts)
        self._site_watch.renewed.connect(self._use_site)
        self.live.replaced.connect(self._renew_sound)
        for presenter in (
            self.wall,
            self.snapshots,
            self.listening,
            self.camera_list,
            self.watch,
            self.dispatch,
            self.incidents,
            self.library,
            self.steering.presenter,
        ):
            presenter.refused.connect(self.say)
        self.monitors.said.connect(self.say)
        self.monitors.changed.connect(self._share_stage)
        self.map_screen.canvas.camera_chosen.connect(self.monitors.follow)
        self._jobs.refused.connect(self.say)
        self._jobs.crashed.connect(self._on_crash)
        self._sound.unheard.connect(self.say)
        self._sound.changed.connect(self.listening.duck)
        self.lamps.trouble.connect(self.say)
        self.lamps.recovered.connect(self._on_recovered)
        self.watch.dispatch_wanted.connect(self._dispatch_alarm)
        self.watch.manual_wanted.connect(self._open_manual)
        self.incidents.dispatch_wanted.connect(self._dispatch_incident)
        self.side.camera_chosen.connect(self._show_camera)
        self.side.set_first_to_leave(self._leave_first)
        self.side.key_pressed.connect(self.watch_screen.numbers.leave)
        self.map_screen.camera_opened.connect(self._show_camera)
        self.health_screen.camera_opened.connect(self._show_camera)
        self.map_screen.alarm_chosen.connect(self.watch.pick)
        self.map.changed.connect(self._show_way)
        self.shell.screen_chosen.connect(self._on_screen)
        self.shell.language_asked.connect(self._switch_language)
        self.shell.lock_asked.connect(self.lock_asked)
        self.shell.top_bar.password_asked.connect(self._open_own_password)
        self.snapshots.saved.connect(self.shell.say)
        self.steering.presenter.said.connect(self.shell.say)
        self._joystick.plugged.connect(self._say_stick)
        self.panel.cameras_seen.connect(self._note_panel_seen)
        self.shell.full_changed.connect(self._on_full)
        self.side.escaped.connect(self.shell.leave_full)
        self.side.menu_asked.connect(self.watch_screen.wall.ask_menu)
        self.shell.closed.connect(self.closed)
        self._show_way()

    def _on_facts(self, facts: list[Fact]) -> None:
        self._renew_sound()
        self._site_watch.follow(facts)

    def _use_site(self, site: Site) -> None:
        """Everything on this seat goes on with the site as it is now, its streams too."""
        self._site = site
        learn_names(site)
        self._cameras.use_site(site)
        self._dispatch_desk.use_site(site, Routes(site))
        self.wall.use_site(site)
        self.snapshots.use_site(site)
        self.camera_list.use_site(site)
        self.monitors.use_site(site)
        self.map.use_site(site)
        self.devices.use_site(site)
        self.health.use_site(site)
        for part in (self.watch_screen, self.side, self.panel, self.commands):
            part.use_site(site)
        self.incidents_screen.note.setVisible(not site.code)
        self.shell.set_site(local_name(site))

    def _say_stick(self, name: str) -> None:
        self.shell.say(self.tr("摇杆已接好：{name}").format(name=name))

    def _present_site(self) -> Site:
        return self._site

    def _walls(self) -> list[WallPresenter]:
        return [self.wall, *self.monitors.walls]

    def _on_recovered(self) -> None:
        """The trouble is over; a sentence about something else stays."""
        if self._said is not None and self._said.code in STOPS_THE_WATCH:
            self._said = None
            self.shell.say("")

    def _renew_sound(self) -> None:
        self._sound.apply(self.live.board.queue())

    def _note_panel_seen(self, camera_nos: frozenset[str]) -> None:
        self.wall.note_seen("panel", camera_nos)

    def _share_stage(self) -> None:
        """An alarm monitor takes the stage; without one it slides into the wall."""
        self.watch_screen.host_stage(self.monitors.window(WindowKind.ALARM) is None)

    def _full_text(self, _index: int) -> str:
        return self.tr("退出全屏") if self.shell.is_full else self.tr("全屏")

    def _toggle_full(self, _index: int) -> None:
        self.shell.toggle_full()

    def _on_full(self, is_full: bool) -> None:
        if is_full:
            self.shell.show_screen("watch")
        self.watch_screen.show_chrome(not is_full)

    def _leave_first(self) -> bool:
        screen = self.watch_screen
        return screen.numbers.leave() or self.panel.leave() or screen.wall.reset_zoom()

    def _show_way(self) -> None:
        self.side.map.set_route(self.map.route)

    def _dispatch_alarm(self, alarm_id: str) -> None:
        self.shell.show_screen("watch")
        self.dispatch.open_alarm(alarm_id)

    def _dispatch_incident(self, incident_id: str) -> None:
        self.shell.show_screen("watch")
        self.dispatch.open_incident(incident_id)

    def _show_camera(self, camera_no: str) -> None:
        self.shell.show_screen("watch")
        self.wall.show_camera(camera_no)

    def _open_manual(self) -> None:
        if self._manual is None:
            self._manual = ManualWindow(self.shell)
        self._manual.show()
        self._manual.raise_()

    def _open_own_password(self) -> None:
        self.own_password.show()
        self.own_password.raise_()

    def _switch_language(self) -> None:
        speak("zh" if is_english() else "en")
        self._jobs.run(partial(self._preferences.save, LANGUAGE, {"language": language()}))

    def _restore_language(self, kept: dict[str, object] | None) -> None:
        """The language this user chose at this workstation."""
        chosen = (kept or {}).get("language")
        if chosen in LANGUAGES and chosen != language():
            speak(str(chosen))

    def _retranslate(self) -> None:
        if self._said is not None and self.shell.banner.text:
            self.say(self._said)
        for spec, title in self._screens:
            self.shell.label_screen(spec.name, title())
        self.shell.set_site(local_name(self._site))
        self.shell.set_user(self._session.display_name, name_of(self._session.role))

    def _on_crash(self, error: Exception) -> None:
        self.say(ServiceError("app.own_mistake", kind=type(error).__name__))

    def _report_displays(self, reports: Iterable[Report]) -> object:
        return self._alarm_desk.report_displays(
            Display(AlarmId(alarm_id), displayed_at, first_frame_at)
            for alarm_id, displayed_at, first_frame_at in reports
        )

    def _restore_place(self, place: dict[str, object] | None) -> None:
        kept = {key: value for key, value in (place or {}).items() if isinstance(value, str)}
        # The first screen is the caller's choice; only where the window stood comes back.
        kept.pop("screen", None)
        self.shell.restore_place(kept)

    def _keep_last_words(self) -> None:
        """Where the window stood, and the log-out; a database that is away costs only these."""
        place: dict[str, object] = dict(self.shell.save_place())
        try:
            self._preferences.save(PLACE, place)
            self._accounts.note_exit(self._session)
            self._accounts.log_out(self._session)
        except ServiceError as error:
            log.warning("desk.last_words_lost", code=error.code)
