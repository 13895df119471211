"""The screens of one log-in in their window, and the ways that lead from one to another."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from app.commands import PLAN_KEY, Commands
from app.footage_asking import FootageAsking
from app.monitor_rooms import Seat
from app.monitors import Monitors
from app.presenters import Presenters
from app.seat_services import SeatServices
from app.to_playback import ToPlayback
from app.views_table import screens_of
from services.domain.alarms import Alarm
from services.domain.site import Site
from ui.jobs import UiJobs
from ui.joystick import Joystick, JoystickHand
from ui.local_zone import local_zone
from ui.monitors.plan import WindowKind
from ui.phones import PhoneCard
from ui.shell.shell import Shell
from ui.text.names import name_of
from ui.text.places import local_name
from ui.tiles.menu import TileAction
from views.audit.screen import AuditScreen
from views.calltaking.dialog import KEY as CALL_KEY
from views.calltaking.dialog import CallDialog
from views.clip.window import ClipWindow
from views.custody.screen import CustodyScreen
from views.devices.screen import DevicesScreen
from views.dispatch.screen import DispatchPanel
from views.dispatch.waiting import waiting_lines
from views.drills.screen import DrillsScreen
from views.drills.strip import DrillStrip
from views.evidence.screen import EvidenceScreen
from views.fire.screen import FireScreen
from views.firedevices.screen import FireDevicesScreen
from views.handover.screen import KEY as HANDOVER_KEY
from views.handover.screen import HandoverScreen
from views.health.screen import HealthScreen
from views.incidents.screen import IncidentsScreen
from views.linkage.screen import LinkageScreen
from views.manual.screen import ManualWindow
from views.map.screen import MapScreen
from views.people.screen import PeopleScreen
from views.planrun.run_panel import RunPanel
from views.planrun.screen import PlanRunScreen
from views.plans.screen import PlansScreen
from views.playback.screen import PlaybackScreen
from views.record.screen import RecordScreen
from views.reports.screen import ReportsScreen
from views.review.screen import ReviewScreen
from views.users.own_password import OwnPasswordDialog
from views.users.screen import UsersScreen
from views.watch.screen import WatchScreen
from views.watch.side import WatchSide
from views.watch.steer_tools import SteerTools
from views.watch.talk_tools import TalkTools
from views.watch.tile_tools import TileTools
from views.zones.screen import ZonesScreen


class Screens(QObject):
    """Builds them all; `set_usable(False)` leaves everything visible, nothing to operate."""

    def __init__(
        self,
        services: SeatServices,
        presenters: Presenters,
        jobs: UiJobs,
        joystick: Joystick,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._presenters = presenters
        self._jobs = jobs
        self._entries = screens_of(services.session.role)
        self._manual: ManualWindow | None = None
        self.shell = Shell(clock=services.clock)
        self._build_watch()
        self._stick_hand = JoystickHand(joystick, self.watch_screen.wall, presenters.steering.presenter, self)
        self._build_monitors()
        self._build_others()
        self._fill_shell()
        self.own_password = OwnPasswordDialog(services.accounts, services.session, jobs, self.shell)
        self.phone_card = PhoneCard(presenters.phones, self.shell)
        self.call_dialog = CallDialog(presenters.calls, clock=services.clock, parent=self.shell)
        self.commands = Commands(
            self.shell, services.site, presenters.watch, presenters.kit, self._entries, self.tools
        )
        self._connect_watch()
        self._lead_to_playback()
        self._offer_plans()
        self._offer_reports()
        self._connect_shell()
        self.retranslate()

    def set_usable(self, is_usable: bool) -> None:
        """In every window, the joystick too."""
        self._stick_hand.is_usable = is_usable
        content = self.shell.centralWidget()
        if content is not None:
            content.setEnabled(is_usable)
        self.monitors.set_usable(is_usable)
        self._presenters.watch.set_usable(is_usable)
        if not is_usable:
            self.own_password.close()
            self.phone_card.close()
        self.call_dialog.setEnabled(is_usable)

    def use_site(self, site: Site) -> None:
        """Go on with the site as it is now."""
        for part in (
            self.monitors,
            self.watch_screen,
            self.side,
            self.panel,
            self.commands,
            self.talk,
            self.plans_screen,
        ):
            part.use_site(site)
        self.incidents_screen.note.setVisible(not site.code)
        self.shell.set_site(local_name(site))

    def retranslate(self) -> None:
        for spec, title in self._entries:
            self.shell.label_screen(spec.name, title())
        session = self._services.session
        self.shell.set_site(local_name(self._services.site))
        self.shell.set_user(session.display_name, name_of(session.role))

    def close(self) -> None:
        if self._manual is not None:
            self._manual.close()
        self.shell.deleteLater()

    def show_camera(self, camera_no: str) -> None:
        """On the wall, wherever it was asked for."""
        self.shell.show_screen("watch")
        self._presenters.wall.show_camera(camera_no)

    def _build_watch(self) -> None:
        services, presenters = self._services, self._presenters
        steering, clock = presenters.steering.presenter, services.clock
        self.watch_screen = screen = WatchScreen(presenters.watch, services.site, clock=clock)
        self.side = WatchSide(presenters.watch, services.site, clock=clock)
        self.side.follow(presenters.hands)
        self.side.strip.follow_succession(presenters.succession)
        self.panel = DispatchPanel(
            presenters.dispatch, services.site, presenters.wall.open_picture, clock=clock
        )
        self.panel.cameras_wanted.connect(presenters.wall.want_beside)
        presenters.wall.changed.connect(self.panel.renew_picture)
        self.panel.host_plan(RunPanel(presenters.plans.beside, is_compact=True))
        presenters.plans.beside.changed.connect(self._place_plan)
        screen.host_panel(self.panel)
        self.tools = TileTools(screen.wall, presenters.snapshots, presenters.listening, screen)
        screen.tile_menu.add(self.tools.table())
        self.talk = TalkTools(screen, presenters.talking, services.site)
        screen.tile_menu.add(self.talk.table())
        screen.host_talk(self.talk.bar)
        presenters.watch.changed.connect(self.talk.offer_staged)
        screen.host_tools(presenters.kit)
        screen.host_looking_back(presenters.looking)
        screen.tile_menu.add(SteerTools(screen.wall, steering).table())
        screen.tile_menu.add([TileAction(self._full_text, self._toggle_full, "F11")])
        screen.tree.follow(presenters.camera_list)

    def _place_plan(self) -> None:
        """While there is no plan, map, guards and order have its width."""
        self.panel.keep_plan_beside(not self._presenters.plans.beside.has_nothing)

    def _build_monitors(self) -> None:
        services, presenters = self._services, self._presenters
        seat = Seat(
            watch=presenters.watch,
            camera_list=presenters.camera_list,
            video=services.cameras,
            preferences=services.preferences,
            jobs=self._jobs,
            clock=services.clock,
            library=presenters.library,
            zone=local_zone(),
            escape=self.side.escape,
            steering=presenters.steering.presenter,
            looking=presenters.looking,
        )
        self.monitors = Monitors(seat, services.site, self.shell, parent=self)
        self.watch_screen.bar.offer_monitors(self.monitors.menu)

    def _build_others(self) -> None:
        services, presenters = self._services, self._presenters
        self.map_screen = MapScreen(presenters.map, clock=services.clock)
        self.incidents_screen = IncidentsScreen(
            presenters.incidents, has_site=bool(services.site.code), clock=services.clock
        )
        self.health_screen = HealthScreen(presenters.health)
        self.people_screen = PeopleScreen(presenters.people, presenters.roster, clock=services.clock)
        self.plans_screen = PlansScreen(
            presenters.plan_library, presenters.plan_editing, presenters.plan_import, services.site
        )
        self.review_screen = ReviewScreen(presenters.review, local_name(services.site))
        self.zones_screen = ZonesScreen(presenters.zones, presenters.zone_import, clock=services.clock)
        self.fire_screen = FireScreen(presenters.fire)
        self.fire_devices_screen = FireDevicesScreen(presenters.fire_devices)
        self.plan_run_screen = PlanRunScreen(presenters.plans.whole)

    def _fill_shell(self) -> None:
        """The screens that this role sees."""
        shell, presenters = self.shell, self._presenters
        shell.set_screens([spec for spec, _ in self._entries])
        shell.add_screen("watch", self.watch_screen)
        shell.add_screen("map", self.map_screen)
        shell.add_screen("incidents", self.incidents_screen)
        shell.add_screen("plans", self.plans_screen)
        shell.add_screen("people", self.people_screen)
        shell.add_screen("review", self.review_screen)
        shell.add_screen("planrun", self.plan_run_screen)
        shell.add_strip(DrillStrip(presenters.drills))
        shell.add_screen("zones", self.zones_screen)
        shell.add_screen("fire", self.fire_screen)
        shell.add_screen("health", self.health_screen)
        shell.add_screen("custody", CustodyScreen(presenters.custody, clock=self._services.clock))
        self.record_screen = RecordScreen(presenters.record, presenters.clocks)
        shell.add_screen("record", self.record_screen)
        shell.add_screen("reports", ReportsScreen(presenters.reports))
        shell.add_screen("handover", HandoverScreen(presenters.handover))
        shell.add_screen("firedevices", self.fire_devices_screen)
        seen = {spec.name for spec, _ in self._entries}
        if "playback" in seen:
            self._add_playback()
        if "evidence" in seen:
            self._add_evidence()
        if "devices" in seen:
            self.devices_screen = DevicesScreen(presenters.devices, clock=self._services.clock)
            self.devices_screen.wall_wanted.connect(self.show_camera)
            shell.add_screen("devices", self.devices_screen)
        if "drills" in seen:
            self.drills_screen = DrillsScreen(presenters.drills)
            shell.add_screen("drills", self.drills_screen)
        if "linkage" in seen:
            shell.add_screen("linkage", LinkageScreen(presenters.rules))
        if "users" in seen:
            shell.add_screen("users", UsersScreen(presenters.users, presenters.limits))
        if "audit" in seen:
            shell.add_screen("audit", AuditScreen(presenters.audit, clock=self._services.clock))
        shell.set_side(self.side)

    def _add_evidence(self) -> None:
        """Also where playback and incidents lead when their recordings are asked for."""
        evidence = self._presenters.evidence
        issuer = local_name(self._services.site)
        self.evidence_screen = EvidenceScreen(evidence.presenter, evidence.drawing, evidence.folder, issuer)
        self.shell.add_screen("evidence", self.evidence_screen)
        if "playback" in {spec.name for spec, _ in self._entries}:
            self.footage_asking = FootageAsking(self._presenters.playback_kit, evidence.presenter, self)
            self.playback_screen.tools.add(self.footage_asking.tool())
        evidence.presenter.form_wanted.connect(self._show_evidence)
        self._presenters.incidents.evidence_wanted.connect(self._ask_footage)

    def _show_evidence(self) -> None:
        self.shell.show_screen("evidence")

    def _ask_footage(self, incident_id: str) -> None:
        """The screen first: there it is said when nothing may be asked for."""
        self._show_evidence()
        self._presenters.evidence.presenter.begin_of_incident(incident_id)

    def _add_playback(self) -> None:
        """With the window for films that people bring."""
        clock = self._services.clock
        screen = self.playback_screen = PlaybackScreen(self._presenters.playback_kit, clock=clock)
        window = ClipWindow(self._presenters.clips, clock=clock, parent=self.shell)
        screen.file_wanted.connect(window.ask)
        screen.file_dropped.connect(window.open)
        self.shell.add_screen("playback", screen)

    def _lead_to_playback(self) -> None:
        """For those who see that screen."""
        presenters, screen = self._presenters, self.watch_screen
        if "playback" not in {spec.name for spec, _ in self._entries}:
            return
        ways = ToPlayback(self.shell, presenters.playback_kit, presenters.watch, self)
        screen.tile_menu.add([ways.from_tiles(screen.wall)])
        ways.from_stage(screen.stage)
        ways.from_incidents(self.incidents_screen, presenters.incidents)
        ways.from_review(self.review_screen)
        ways.from_record(self.record_screen)
        self.commands.offer_playback(ways.play_highlighted)

    def _connect_watch(self) -> None:
        """Between the watch and what stands beside it."""
        presenters, side = self._presenters, self.side
        presenters.watch.dispatch_wanted.connect(self._dispatch_alarm)
        presenters.watch.manual_wanted.connect(self._open_manual)
        presenters.incidents.dispatch_wanted.connect(self._dispatch_incident)
        presenters.incidents.guard_wanted.connect(self._dispatch_guard)
        presenters.incidents.saved.connect(self._say_saved)
        presenters.queue.changed.connect(self._show_waiting)
        self.incidents_screen.waiting_orders.withdraw_asked.connect(presenters.queue.withdraw)
        presenters.incidents.plan_wanted.connect(self._plan_incident)
        presenters.incidents.review_wanted.connect(self._review_incident)
        presenters.plans.beside.dispatch_wanted.connect(self._dispatch_step)
        presenters.plans.whole.dispatch_wanted.connect(self._dispatch_step)
        for progress in (self.panel.progress, self.incidents_screen.detail.orders):
            progress.phone_asked.connect(presenters.phones.show)
        presenters.map.changed.connect(self._show_way)
        side.camera_chosen.connect(self.show_camera)
        side.map.alarm_painted.connect(presenters.linkage.note_on_map)
        side.set_first_to_leave(self._leave_first)
        side.key_pressed.connect(self.watch_screen.numbers.leave)
        side.escaped.connect(self.shell.leave_full)
        side.menu_asked.connect(self.watch_screen.wall.ask_menu)
        self.map_screen.camera_opened.connect(self.show_camera)
        self.map_screen.alarm_chosen.connect(presenters.watch.pick)
        self.map_screen.canvas.camera_chosen.connect(self.monitors.follow)
        self.health_screen.camera_opened.connect(self.show_camera)
        self.fire_screen.alarm_chosen.connect(presenters.watch.pick)
        self.panel.cameras_seen.connect(self._note_panel_seen)
        self.monitors.changed.connect(self._share_stage)
        self._show_way()

    def _offer_plans(self) -> None:
        """For the highlighted alarm, by key, from the search field and from the library."""
        self.plans_screen.run_wanted.connect(self._run_plan)
        self.plans_screen.drill_wanted.connect(self._drill_plan)
        self.plans_screen.offer_runs()
        if not self._presenters.plans.beside.may_run:
            return
        self.commands.offer_plan(self._plan_highlighted)
        key = QShortcut(QKeySequence(PLAN_KEY), self.shell)
        key.setAutoRepeat(False)
        key.activated.connect(self._plan_highlighted)

    def _offer_reports(self) -> None:
        """For those who may handle alarms: from both maps, by key, from the search field."""
        if not self._presenters.calls.may_report:
            return
        self.map_screen.offer_report()
        self.side.map.offer_report()
        for canvas in (self.map_screen.canvas, self.side.map):
            canvas.report_wanted.connect(self._report_at)
        self.map_screen.report_asked.connect(self.open_report)
        self.commands.offer_report(self.open_report)
        QShortcut(QKeySequence(CALL_KEY), self.shell).activated.connect(self.open_report)
        self._presenters.calls.done.connect(self._on_reported)

    def open_report(self) -> None:
        self.call_dialog.open_at()

    def _report_at(self, x_m: float, y_m: float) -> None:
        self.call_dialog.open_at((x_m, y_m))

    def _on_reported(self, alarm: Alarm) -> None:
        self._presenters.watch.pick(alarm.id)

    def _connect_shell(self) -> None:
        shell, presenters = self.shell, self._presenters
        shell.top_bar.password_asked.connect(self._open_own_password)
        shell.full_changed.connect(self._on_full)
        QShortcut(QKeySequence(HANDOVER_KEY), shell).activated.connect(self._open_handover)
        presenters.snapshots.saved.connect(shell.say)
        presenters.playback_kit.shots.saved.connect(shell.say)
        presenters.playback_kit.marks.said.connect(shell.say)
        presenters.drills.saved.connect(self._say_saved)
        presenters.custody.saved.connect(self._say_saved)
        presenters.plans.said.connect(shell.say)
        presenters.hands.returned.connect(self._say_returned)
        presenters.hands.lost.connect(self._say_lost)
        presenters.succession.told.connect(self._say_succeeded)
        presenters.steering.presenter.said.connect(shell.say)

    def _open_handover(self) -> None:
        """A locked seat shows what it showed."""
        content = self.shell.centralWidget()
        if content is not None and content.isEnabled():
            self.shell.show_screen("handover")

    def _say_returned(self, alarm: Alarm) -> None:
        """Nobody took it: its owner must know at once."""
        text = self.tr("没有人接收，报警 {no} {name} 仍由您处理。")
        self.shell.say(text.format(no=alarm.event_no, name=local_name(alarm)))

    def _say_lost(self, alarm: Alarm) -> None:
        """Whoever had it must not go on working on it."""
        text = self.tr("{name} 接管了您的报警 {no} {alarm}。")
        self.shell.say(text.format(name=alarm.owner_name, no=alarm.event_no, alarm=local_name(alarm)))

    def _say_succeeded(self, name: str, count: int) -> None:
        """Whoever handed over and still sits somewhere must know that it is no longer theirs."""
        text = self.tr("{name} 接班，接过了您手上的报警和警情，共 {count} 件。")
        self.shell.say(text.format(name=name, count=count))

    def _note_panel_seen(self, camera_nos: frozenset[str]) -> None:
        self._presenters.wall.note_seen("panel", camera_nos)

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
        if self.fire_screen.isVisible() and self.fire_screen.chosen.escape():
            return True
        looking = screen.look_tools
        if screen.numbers.leave() or self.panel.leave() or screen.wall.reset_zoom():
            return True
        return looking is not None and looking.leave()

    def _show_way(self) -> None:
        self.side.map.set_route(self._presenters.map.route)

    def _dispatch_alarm(self, alarm_id: str) -> None:
        self.shell.show_screen("watch")
        self._presenters.plans.beside.open_alarm(alarm_id)
        self._presenters.dispatch.open_alarm(alarm_id)

    def _dispatch_incident(self, incident_id: str) -> None:
        self.shell.show_screen("watch")
        self._presenters.plans.beside.open_incident(incident_id)
        self._presenters.dispatch.open_incident(incident_id)

    def _dispatch_step(self, incident_id: str, words: str) -> None:
        self._dispatch_incident(incident_id)
        self._presenters.dispatch.add_words(words)

    def plan_alarm(self, alarm_id: str, plan_id: str = "") -> None:
        """Which plan to begin for it, or the step that is due, beside the dispatch panel."""
        self.shell.show_screen("watch")
        self._presenters.plans.beside.open_alarm(alarm_id, plan_id)
        self._presenters.dispatch.open_alarm(alarm_id)
        self.panel.show_plan()

    def _run_plan(self, plan_id: str) -> None:
        alarm = self._presenters.watch.highlighted
        if alarm is None:
            self.shell.say(self.tr("没有选中报警。请先在值守页选中一条，或按 F12 登记，再执行预案。"))
        else:
            self.plan_alarm(alarm.id, plan_id)

    def _drill_plan(self, plan_id: str) -> None:
        """Where it rings is chosen there."""
        self.shell.show_screen("drills")
        self.drills_screen.begin.pick_plan(plan_id)

    def _review_incident(self, incident_id: str) -> None:
        self.shell.show_screen("review")
        self.review_screen.show_incident(incident_id)

    def _plan_highlighted(self) -> None:
        """Not on a locked seat."""
        alarm, content = self._presenters.watch.highlighted, self.shell.centralWidget()
        if alarm is not None and content is not None and content.isEnabled():
            self.plan_alarm(alarm.id)

    def _plan_incident(self, incident_id: str) -> None:
        self.shell.show_screen("planrun")
        self._presenters.plans.whole.open_incident(incident_id)

    def _dispatch_guard(self, incident_id: str, guard_no: str) -> None:
        """Dragged there or chosen by Enter; sent when a person confirms it."""
        self.shell.show_screen("watch")
        self._presenters.dispatch.open_with(incident_id, guard_no)

    def _show_waiting(self) -> None:
        queue = self._presenters.queue
        lines = waiting_lines(self._services.site, [*queue.waiting, *queue.refused])
        self.incidents_screen.waiting_orders.show_orders(lines)

    def _say_saved(self, path: str) -> None:
        self.shell.say(self.tr("已保存到 {path}").format(path=path))

    def _open_manual(self) -> None:
        if self._manual is None:
            self._manual = ManualWindow(self.shell)
        self._manual.open_at(self.shell.front_screen)

    def _open_own_password(self) -> None:
        self.own_password.show()
        self.own_password.raise_()
