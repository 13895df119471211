"""The presenters of one log-in: built, started, given a new site and stopped together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QObject, SignalInstance

from app.camera_health import CameraHealthReports, count_well
from app.devices import devices_presenter
from app.drills import drills_presenter
from app.papers import save_paper
from app.plans import SeatPlans
from app.seat_evidence import SeatEvidence
from app.seat_services import SeatServices
from app.steering import SeatHelm, SeatSteering
from services.alarms.desk import Display
from services.domain.alarms import AlarmId
from services.domain.site import Site
from services.domain.walls import WallItemKind
from services.linkage.dryrun import dry_run
from services.plans.drafts import PlanDrafts
from services.plans.importing_files import read_plan
from services.plans.samples import sample_plans
from ui.board import LiveBoard
from ui.jobs import UiJobs
from ui.linkage.plan_names import learn_plans
from ui.listening import Listening
from ui.local_zone import local_zone
from ui.microphone import SeatMicrophone
from ui.phones import PhonePresenter
from views.audit.presenter import AuditPresenter
from views.calltaking.presenter import CallPresenter
from views.clip.presenter import ClipPresenter
from views.custody.presenter import CustodyPresenter
from views.dispatch.direct import DirectOrders
from views.dispatch.presenter import DispatchPresenter
from views.dispatch.queue_presenter import QueuePresenter
from views.fire.presenter import FirePresenter
from views.firedevices.presenter import FireDevicesPresenter
from views.handover.presenter import HandoverPresenter
from views.health.presenter import HealthPresenter
from views.incidents.presenter import IncidentsPresenter
from views.linkage.presenter import LinkagePresenter
from views.map.presenter import MapPresenter
from views.people.presenter import PeoplePresenter
from views.people.roster_presenter import RosterPresenter
from views.plans.editor_presenter import EditorPresenter
from views.plans.import_page import ImportPresenter as PlanImportPresenter
from views.plans.presenter import PlansPresenter
from views.playback.kit import PlaybackKit
from views.record.clocks_presenter import ClocksPresenter
from views.record.presenter import RecordPresenter
from views.reports.presenter import ReportsPresenter
from views.review.presenter import ReviewPresenter
from views.users.limits_presenter import LimitsPresenter
from views.users.presenter import UsersPresenter
from views.watch.alarm_loop import AlarmLoop
from views.watch.camera_list import CameraListPresenter
from views.watch.hands import HandsPresenter
from views.watch.looking_back import LookingBack
from views.watch.presenter import WatchPresenter
from views.watch.reports import DisplayReports, Report
from views.watch.seat_linkage import SeatLinkage
from views.watch.snapshots import SnapshotPresenter
from views.watch.succession import SuccessionPresenter
from views.watch.talking import TalkPresenter
from views.watch.wall_kit import WallKit
from views.watch.wall_library import WallLibrary
from views.watch.wall_presenter import WallPresenter
from views.zones.import_presenter import ImportPresenter
from views.zones.presenter import ZonesPresenter

PLAN_DRAFTS = "plan-drafts"


class Presenters(QObject):
    """What every screen of the seat shows and does; the screens themselves are in `app.screens`."""

    def __init__(self, services: SeatServices, live: LiveBoard, jobs: UiJobs, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._live = live
        self._jobs = jobs
        self._build_watch()
        self._build_wall_tools()
        self._build_orders()
        self._build_plans()
        self._build_recordings()
        self._build_ground()
        self._build_staff()
        self._build_office()
        self._build_linkage()
        self.plans = SeatPlans(services, live, jobs, self)
        self.drills = drills_presenter(services, live, jobs, self)
        self.evidence = SeatEvidence(services, live, jobs, self)
        self.snapshots.kept.connect(self.plans.note_shot)

    def start(self) -> None:
        # What was unhandled at the last end is on the screen before anything new happens.
        self.watch.refresh()
        self.dispatch.start()
        self.plan_library.refresh()
        self.queue.start()
        self.succession.start()
        self.camera_list.start()
        self.evidence.start()

    def stop(self) -> None:
        """Leave no stream, timer or moving camera; what was typed is kept."""
        self.camera_reports.stop()
        self.watch.reports.end()
        self.linkage.end()
        self.dispatch.stop()
        self.plan_editing.close()
        self.queue.stop()
        self.steering.stop()
        self.camera_list.stop()
        self.snapshots.stop()
        self.kit.stop()
        self.playback_kit.stop()
        self.clips.stop()
        self.evidence.stop()
        self.looking.stop()
        self.loop.stop()
        self.listening.stop()
        self.talking.stop()
        self.devices.stop()
        self.wall.stop()

    def use_site(self, site: Site) -> None:
        """Go on with the site as it is now, its streams too."""
        for presenter in (
            self.wall,
            self.snapshots,
            self.camera_list,
            self.map,
            self.devices,
            self.health,
            self.custody,
            self.zones,
            self.limits,
            self.fire,
            self.fire_devices,
            self.handover,
            self.reports,
            self.rules,
            self.calls,
            self.people,
            self.roster,
            self.incidents,
            self.drills,
            self.playback_kit,
            self.evidence.presenter,
        ):
            presenter.use_site(site)

    def refusals(self) -> list[SignalInstance]:
        """Where each of them tells what was refused; what the devices and users screens refuse, they show."""
        refused = [
            presenter.refused
            for presenter in (
                self.wall,
                self.snapshots,
                self.listening,
                self.talking,
                self.camera_list,
                self.watch,
                self.hands,
                self.succession,
                self.dispatch,
                self.incidents,
                self.phones,
                self.library,
                self.steering.presenter,
                self.plans.beside,
                self.plans.whole,
                self.drills,
                self.playback,
                self.looking,
            )
        ]
        return [*refused, self.queue.failed]

    def count_cameras(self) -> tuple[int, int]:
        """How many cameras are well, and of how many anything is known."""
        numbers = {camera.no for camera in self._services.site.cameras}
        return count_well(self._live, numbers, self._services.clock)

    def _build_watch(self) -> None:
        services, jobs = self._services, self._jobs
        self.wall = WallPresenter(services.site, services.cameras, services.preferences, jobs, self)
        self.watch = WatchPresenter(
            live=self._live,
            wall=self.wall,
            commands=services.alarms,
            session=services.session,
            jobs=jobs,
            reports=DisplayReports(self._report_displays, jobs, services.clock, self),
            clock=services.clock,
            parent=self,
        )
        self.looking = LookingBack(services.recordings, services.session, jobs, services.clock, self)
        self.loop = AlarmLoop(services.recordings, services.session, jobs, services.clock, self)
        self.watch.host_loop(self.loop)
        self.linkage = SeatLinkage(
            live=self._live,
            commands=services.linkage,
            session=services.session,
            jobs=jobs,
            clock=services.clock,
            parent=self,
        )
        self.watch.reports.displayed.connect(self.linkage.note_displayed)
        self.watch.reports.filmed.connect(self.linkage.note_filmed)
        self.hands = HandsPresenter(
            live=self._live,
            hands=services.handing,
            shelf=services.shelving,
            desk=services.alarms,
            notices=services.orders,
            session=services.session,
            jobs=jobs,
            clock=services.clock,
            parent=self,
        )
        self.succession = SuccessionPresenter(self._live, services.succession, services.session, jobs, self)
        self.camera_list = CameraListPresenter(
            [camera.no for camera in services.site.cameras], self.wall, services.own_preferences, jobs, self
        )
        self.camera_reports = CameraHealthReports(
            services.health, self.watch, jobs, services.clock, services.session.workstation, self
        )

    def _build_wall_tools(self) -> None:
        services, jobs, session = self._services, self._jobs, self._services.session
        self.library = WallLibrary(self._live, services.walls, session, jobs, self)
        self.kit = WallKit(
            wall=self.wall,
            watch=self.watch,
            library=self.library,
            preferences=services.preferences,
            jobs=jobs,
            clock=services.clock,
            zone=local_zone(),
            parent=self,
        )
        self.listening = Listening(services.cameras.listen, parent=self)
        self.talking = TalkPresenter(services.talks, session, SeatMicrophone(self), jobs, self)
        self.snapshots = SnapshotPresenter(
            keeper=services.snapshots,
            video=services.cameras,
            site=services.site,
            session=session,
            jobs=jobs,
            clock=services.clock,
            parent=self,
        )
        self.steering = SeatSteering(
            helm=SeatHelm(
                services.database, session, services.present_site, services.secrets, services.clock
            ),
            live=self._live,
            walls=self._walls,
            session=session,
            jobs=jobs,
            preferences=services.preferences,
            clock=services.clock,
            parent=self,
        )

    def _build_orders(self) -> None:
        services, jobs, session, live = self._services, self._jobs, self._services.session, self._live
        self.queue = QueuePresenter(services.order_box, jobs, self)
        self.dispatch = DispatchPresenter(
            live=live,
            commands=services.dispatch,
            queue=self.queue,
            session=session,
            jobs=jobs,
            preferences=services.preferences,
            parent=self,
        )
        self.direct = DirectOrders(
            live=live,
            commands=services.dispatch,
            queue=self.queue,
            session=session,
            jobs=jobs,
            parent=self,
        )
        self.incidents = IncidentsPresenter(
            live=live,
            commands=services.incidents,
            orders=services.dispatch,
            calls=services.calls,
            session=session,
            site=services.site,
            jobs=jobs,
            save_paper=save_paper,
            runs_of=services.linkage.runs_of_incident,
            notices_of=services.orders.notices_of_incident,
            parent=self,
        )
        self.incidents.send_wanted.connect(self.direct.send)
        self.incidents.order_wanted.connect(self.direct.send_order)
        self.direct.done.connect(self.incidents.note_sent)
        self.direct.refused.connect(self.incidents.note_not_sent)

    def _build_plans(self) -> None:
        services, jobs, session, live = self._services, self._jobs, self._services.session, self._live
        self.plan_library = PlansPresenter(
            live=live,
            library=services.plan_library,
            commands=services.plans,
            samples=sample_plans,
            save=save_paper,
            session=session,
            jobs=jobs,
            clock=services.clock,
            parent=self,
        )
        self.plan_import = PlanImportPresenter(read_plan, jobs, self)
        self.plan_editing = EditorPresenter(
            library=services.plan_library,
            commands=services.plans,
            drafts=PlanDrafts(services.data_dir / PLAN_DRAFTS),
            session=session,
            jobs=jobs,
            parent=self,
        )
        self.review = ReviewPresenter(
            live=live,
            commands=services.reviews,
            session=session,
            jobs=jobs,
            clock=services.clock,
            save=save_paper,
            parent=self,
        )

    def _build_recordings(self) -> None:
        services, jobs, session, live = self._services, self._jobs, self._services.session, self._live
        self.playback_kit = PlaybackKit(
            site=services.site,
            recordings=services.recordings,
            bookmarks=services.bookmarks,
            keeper=services.snapshots,
            searches=services.motion_searches,
            keeping=services.custody,
            live=live,
            session=session,
            jobs=jobs,
            clock=services.clock,
            parent=self,
        )
        self.playback = self.playback_kit.playback
        self.clips = ClipPresenter(
            clips=services.clips,
            keeper=services.snapshots,
            session=session,
            jobs=jobs,
            clock=services.clock,
            parent=self,
        )
        self.custody = CustodyPresenter(
            live=live,
            site=services.site,
            desk=services.custody,
            session=session,
            jobs=jobs,
            clock=services.clock,
            save_paper=save_paper,
            parent=self,
        )

    def _build_ground(self) -> None:
        services, jobs, session, live = self._services, self._jobs, self._services.session, self._live
        self.phones = PhonePresenter(services.guard_links, session, jobs, self)
        self.map = MapPresenter(live, services.site, self)
        self.health = HealthPresenter(live, services.site, services.health, jobs, self)
        self.zones = ZonesPresenter(
            live=live,
            site=services.site,
            arming=services.arming,
            entries=services.entries,
            session=session,
            jobs=jobs,
            clock=services.clock,
            zone=local_zone(),
            parent=self,
        )
        self.calls = CallPresenter(services.site, services.reports, session, jobs, self)
        self.zone_import = ImportPresenter(services.site, services.entries, session, jobs, self)
        self.fire = FirePresenter(
            live=live,
            site=services.site,
            commands=services.outputs,
            session=session,
            jobs=jobs,
            clock=services.clock,
            parent=self,
        )
        self.fire_devices = FireDevicesPresenter(
            live=live,
            site=services.site,
            desk=services.fire_requests,
            session=session,
            jobs=jobs,
            parent=self,
        )

    def _build_staff(self) -> None:
        services, jobs, session, live = self._services, self._jobs, self._services.session, self._live
        self.people = PeoplePresenter(
            live=live,
            site=services.site,
            statuses=services.guards,
            attendance=services.attendance,
            entries=services.entries,
            session=session,
            jobs=jobs,
            clock=services.clock,
            parent=self,
        )
        self.roster = RosterPresenter(
            live=live,
            site=services.site,
            roster=services.roster,
            session=session,
            jobs=jobs,
            clock=services.clock,
            parent=self,
        )
        self.handover = HandoverPresenter(
            live=live,
            site=services.site,
            desk=services.handovers,
            ledger=services.lent,
            session=session,
            jobs=jobs,
            save=save_paper,
            parent=self,
        )

    def _build_office(self) -> None:
        services, jobs, session = self._services, self._jobs, self._services.session
        self.record = RecordPresenter(services.signals, services.orders, session, jobs, self)
        self.reports = ReportsPresenter(
            alarms=services.figures,
            duty=services.duty_reports,
            site=services.site,
            session=session,
            jobs=jobs,
            save=save_paper,
            parent=self,
        )
        self.clocks = ClocksPresenter(services.limits, session, jobs, self)
        self.users = UsersPresenter(services.accounts, session, jobs, self)
        self.audit = AuditPresenter(services.auditing, session, jobs, save_paper, self)
        self.limits = LimitsPresenter(services.accounts, session, services.site, jobs, self)
        self.devices = devices_presenter(
            site=services.site,
            database=services.database,
            logins=services.secrets,
            video=services.video,
            session=session,
            jobs=jobs,
            parent=self,
        )

    def _build_linkage(self) -> None:
        services = self._services
        self.rules = LinkagePresenter(
            live=self._live,
            commands=services.rules,
            dry_run=partial(dry_run, services.database, services.clock),
            session=services.session,
            site=services.site,
            jobs=self._jobs,
            parent=self,
        )
        self.library.changed.connect(self._name_presets)
        self._name_presets()
        self.plan_library.changed.connect(self._name_plans)

    def _name_plans(self) -> None:
        """Only those that a rule can open."""
        plans = [plan for plan in self.plan_library.plans if plan.is_runnable]
        learn_plans({plan.id: (plan.name, plan.name_en) for plan in plans})

    def _name_presets(self) -> None:
        self.rules.know_presets([item.name for item in self.library.items(WallItemKind.PRESET)])

    def _walls(self) -> Sequence[WallPresenter]:
        return self.watch.walls

    def _report_displays(self, reports: Iterable[Report]) -> object:
        return self._services.alarms.report_displays(
            Display(AlarmId(alarm_id), displayed_at, first_frame_at)
            for alarm_id, displayed_at, first_frame_at in reports
        )
