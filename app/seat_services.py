"""What one log-in works with: the record's desks, the cameras and what the seat remembers."""

from __future__ import annotations

from app.preferences import StoredPreferences
from app.prepare import Prepared
from services.alarms.arming_desk import ArmingDesk
from services.alarms.desk import AlarmDesk
from services.alarms.fire_requests import FireRequests
from services.alarms.handing import Handing
from services.alarms.orders import OrdersDesk
from services.alarms.shelving import Shelving
from services.campus.routes import Routes
from services.core.clock import Clock, SystemClock
from services.devices.entries import EntryDesk
from services.devices.health import HealthDesk
from services.dispatch import DispatchDesk
from services.domain.people import Session
from services.domain.site import Site
from services.identity import Accounts
from services.linkage.desk import LinkageDesk
from services.linkage.outputs import Outputs
from services.linkage.rules import RuleDesk
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
        self.site = prepared.site
        self.clock: Clock = SystemClock()
        self.database = database
        self.secrets = prepared.secrets
        self.hardware_mode = prepared.settings.hardware_decoding
        self.accounts = Accounts(database)
        self.preferences = StoredPreferences(database, session)
        self.own_preferences = StoredPreferences(database, session, is_everywhere=True)
        self.video = VideoEngine(self.clock)
        self.cameras = SiteCameras(self.video, prepared.site, prepared.secrets)
        self.alarms = AlarmDesk(database, self.clock)
        self.handing = Handing(database, self.clock)
        self.shelving = Shelving(database, self.clock)
        self.orders = OrdersDesk(database, self.clock)
        self.dispatch = DispatchDesk(database, self.clock, Routes(prepared.site), prepared.site)
        self.linkage = LinkageDesk(database)
        self.arming = ArmingDesk(database, self.clock, local_zone())
        self.entries = EntryDesk(database)
        self.outputs = Outputs(database, self.clock, self.present_site, self.accounts)
        self.rules = RuleDesk(database, self.clock)
        self.walls = WallDesk(database)
        self.health = HealthDesk(database, self.clock)
        self.fire_requests = FireRequests(database, self.clock)
        self.snapshots = Snapshots(database, prepared.settings.snapshot_dir)

    def present_site(self) -> Site:
        return self.site

    def use_site(self, site: Site) -> None:
        """Go on with the site as it is now."""
        self.site = site
        self.cameras.use_site(site)
        self.dispatch.use_site(site, Routes(site))
