"""What one log-in works with: the record's desks, the cameras and what the seat remembers."""

from __future__ import annotations

from pathlib import Path

from app.preferences import StoredPreferences
from app.prepare import Prepared
from services.alarms.arming_desk import ArmingDesk
from services.alarms.batch import OnRaised
from services.alarms.center import AlarmCenter
from services.alarms.desk import AlarmDesk
from services.alarms.fire_requests import FireRequests
from services.alarms.handing import Handing
from services.alarms.limits import LimitDesk
from services.alarms.orders import OrdersDesk
from services.alarms.record import SignalRecord
from services.alarms.reporting import ReportDesk
from services.alarms.shelving import Shelving
from services.campus.routes import Routes
from services.campus.sight import Sight
from services.core.clock import Clock, SystemClock
from services.core.settings import Settings
from services.devices.entries import EntryDesk
from services.devices.health import HealthDesk
from services.devices.recorders.shelf import RecorderShelf
from services.devices.talk import TalkDesk
from services.dispatch import CallDesk, DispatchDesk, IncidentDesk
from services.dispatch.guards import seed_guards
from services.dispatch.outbox import OrderOutbox
from services.domain.arming import CLOCKS_APART, arming_of
from services.domain.people import Session
from services.domain.site import Site
from services.evidence.desk import EvidenceDesk
from services.handover.desk import HandoverDesk
from services.handover.lending import LentLedger
from services.handover.succession import Succession
from services.identity import Accounts, Auditing, visible_site
from services.identity.directory import directory_of
from services.linkage.desk import LinkageDesk
from services.linkage.outputs import Outputs
from services.linkage.rules import RuleDesk
from services.linkage.starting import LinkageStart
from services.people.attendance import AttendanceDesk
from services.people.calls import DuressLine
from services.people.guard_links import GuardLinks
from services.people.roster import RosterDesk
from services.people.statuses import StatusDesk
from services.plans.drills import DrillDesk
from services.plans.editing import PlanDesk
from services.plans.library import PlanLibrary
from services.plans.running import PlanRuns
from services.playback.bookmarks import BookmarkDesk
from services.playback.clip_desk import ClipDesk
from services.playback.desk import PlaybackDesk
from services.playback.motion_search import MotionSearchDesk
from services.recording.custody import CustodyDesk
from services.reports.alarms import AlarmReports
from services.reports.duty import DutyReports
from services.review.desk import ReviewDesk
from services.storage import Tx
from services.storage.outbox import Outbox
from services.video import VideoEngine
from services.video.cameras import SiteCameras
from services.wall import WallDesk
from services.wall.snapshots import Snapshots
from ui.local_zone import local_zone


class SeatServices:
    """Built once per log-in; `site` is the one the seat works with now."""

    def __init__(self, prepared: Prepared, session: Session) -> None:
        database = prepared.database
        self.session = session
        self.site = visible_site(session, prepared.site)
        self.clock: Clock = SystemClock()
        self.database = database
        self.secrets = prepared.secrets
        self.hardware_mode = prepared.settings.hardware_decoding
        self.accounts = Accounts(database, directory=directory_of(prepared.settings))
        self.auditing = Auditing(database)
        self.preferences = StoredPreferences(database, session)
        self.own_preferences = StoredPreferences(database, session, is_everywhere=True)
        self.video = VideoEngine(self.clock)
        self.cameras = SiteCameras(self.video, self.site, prepared.secrets)
        self.alarms = AlarmDesk(database, self.clock)
        self.handing = Handing(database, self.clock)
        self.shelving = Shelving(database, self.clock)
        self.orders = OrdersDesk(database, self.clock)
        self.limits = LimitDesk(database)
        self.signals = SignalRecord(database)
        self.handovers = HandoverDesk(database, self.clock, self.accounts)
        self.lent = LentLedger(database, self.clock)
        self.succession = Succession(database, self.clock)
        self.figures = AlarmReports(database, self.clock)
        self.duty_reports = DutyReports(database, self.clock, local_zone())
        routes = Routes(self.site)
        self.dispatch = DispatchDesk(database, self.clock, routes, self.site)
        self.order_box = OrderOutbox(self.dispatch, Outbox(_order_file(prepared.settings)), self.clock)
        self.incidents = IncidentDesk(database, self.clock)
        self.calls = CallDesk(database, self.clock, routes, self.site)
        self.plan_runs = PlanRuns(database, self.clock, self.dispatch.incident_for)
        self.drills = DrillDesk(database, self.clock, self.present_site)
        self.data_dir = prepared.settings.data_dir
        self.guard_links = GuardLinks(database, self.clock)
        self.linkage = LinkageDesk(database)
        self.reviews = ReviewDesk(database, self.clock)
        self.plan_library = PlanLibrary(database)
        self.plans = PlanDesk(database, self.clock)
        self.arming = ArmingDesk(database, self.clock, local_zone())
        self.entries = EntryDesk(database, self._follow_guards)
        self.duress = DuressLine(database, self.clock, self.present_site, self._alarm_center)
        self.guards = StatusDesk(database, self.clock, self.present_site, self.duress)
        self.attendance = AttendanceDesk(database, self.clock, self.present_site)
        self.roster = RosterDesk(database, self.clock, self.present_site, local_zone())
        self.outputs = Outputs(database, self.clock, self.present_site, self.accounts)
        self.rules = RuleDesk(database, self.clock)
        self.reports = ReportDesk(
            database, self.clock, self.site, Sight(self.site).feeds_for, self._begin_linkage
        )
        self.walls = WallDesk(database)
        self.recorders = RecorderShelf(self.present_site, prepared.secrets, self.clock)
        self.recordings = PlaybackDesk(database, self.clock, prepared.settings.recording_dirs, self.recorders)
        self.motion_searches = MotionSearchDesk(
            database, prepared.settings.recording_dirs, self.recorders.tape
        )
        self.bookmarks = BookmarkDesk(database, self.clock)
        self.clips = ClipDesk(database, self.clock)
        self.evidence = EvidenceDesk(database, self.clock)
        self.custody = CustodyDesk(database, self.clock)
        self.health = HealthDesk(database, self.clock)
        self.fire_requests = FireRequests(database, self.clock)
        self.snapshots = Snapshots(database, prepared.settings.snapshot_dir)
        self.talks = TalkDesk(
            database,
            self.clock,
            self.present_site,
            prepared.secrets.credential,
            prepared.settings.data_dir / "talks",
        )

    def present_site(self) -> Site:
        return self.site

    def use_site(self, site: Site) -> None:
        """Go on with the site as it is now, as far as this user may see it."""
        self.site = site = visible_site(self.session, site)
        self.cameras.use_site(site)
        routes = Routes(site)
        self.dispatch.use_site(site, routes)
        self.calls.use_site(site, routes)
        self.reports.use_site(site, Sight(site).feeds_for)

    def _follow_guards(self, tx: Tx, site: Site) -> None:
        """A new guard has a state from the first moment, and one who is taken off the list goes off duty."""
        seed_guards(tx, site, self.clock.now())

    def _alarm_center(self) -> AlarmCenter:
        """For alarms that begin at this seat, with the rules of now; in a job thread."""
        raised, repeated = self._begin_linkage()
        feeds = Sight(self.site).feeds_for
        return AlarmCenter(self.database, self.clock, self.site, feeds, raised, repeated)

    def _begin_linkage(self) -> tuple[OnRaised, OnRaised]:
        """The rules as they are now, with what happened lately; the hub does what they ask."""
        start = LinkageStart(self.clock, local_zone(), self._armed)
        start.take_rules(self.database.read(lambda view: view.rules.all()))
        self.database.read(start.remember)
        return start.raised, start.repeated

    def _armed(self, tx: Tx) -> frozenset[str]:
        """The groups that are armed now."""
        now, stored = self.clock.now(), {state.group: state for state in tx.arm_states.all()}
        groups = self.site.arm_groups
        armed = (arming_of(g, stored.get(g.no), now, CLOCKS_APART, local_zone()) for g in groups)
        return frozenset(state.group for state in armed if state.is_armed)


def _order_file(settings: Settings) -> Path:
    """Each seat has its own, also where two run on one machine."""
    seat = "".join(sign if sign.isalnum() else "-" for sign in settings.workstation)
    return settings.data_dir / f"orders-{seat}.db"
