"""Puts the always-on half together: one reception, one thread of rounds, one heartbeat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import structlog

from services.alarms.center import AlarmCenter
from services.alarms.drivers.dc09 import Dc09
from services.alarms.drivers.gb26875 import Gb26875
from services.alarms.openalarms import OpenAlarms
from services.alarms.response import ResponseClocks
from services.core.clock import Clock, SystemClock
from services.core.jobs import Jobs
from services.core.secrets import HeldSecrets
from services.core.settings import Settings
from services.core.workers import Worker
from services.devices.knocking import Knocker
from services.devices.ptz import HomeKeeper
from services.devices.reach import Reach
from services.devices.selfword import SelfWord
from services.domain.alarms import Signal
from services.domain.site import PanelProtocol, Site
from services.hub.campus import Campus
from services.hub.drills import DrillKeeper
from services.hub.duty import DutyChecks
from services.hub.ears import Ears
from services.hub.firelink import FireLink
from services.hub.firerequests import FireRequestKeeper
from services.hub.guardpage import GuardDoor
from services.hub.guards import Guards
from services.hub.heartbeat import Heartbeat
from services.hub.homes import Homes
from services.hub.intake import Intake
from services.hub.keywatch import KeyReader
from services.hub.linkage import HubLinkage
from services.hub.outputs import OutputHand
from services.hub.outputwires import FireWire, RelayWire
from services.hub.peers import PeerLimits
from services.hub.reception import Reception
from services.hub.recording import HubRecording
from services.hub.relays import ModbusRelays
from services.hub.rounds import Rounds
from services.hub.selfwords import SelfWords
from services.hub.shelter import Shelter
from services.hub.spoolwatch import SpoolWatch
from services.hub.supervision import Supervision
from services.identity import Accounts
from services.linkage.hands import all_hands
from services.linkage.hands.outputs import OrderedOutputs
from services.linkage.outputs import Feedbacks, Outputs
from services.people.calls import DuressLine
from services.people.checkins import CheckInClock
from services.plans.running_clock import PlanClock
from services.recording.days import GB
from services.recording.disks import Room
from services.sim.drilled import DrilledPeople
from services.storage import Database, care, sqlite_url
from services.storage.spool import SPOOL_FILE, Spool

# For each part that may wait for somebody else (a keyring, a camera, a name server): all of them together
# stay below two seconds. What is left behind ends with the process.
STOP_LIMIT_S = 0.5

log = structlog.get_logger(__name__)


class Hub:
    """One per site. `start` returns when panels can be received; `stop` waits for nobody but the database.

    start raises ServiceError: hub.already_running(host, since), hub.port_in_use(port),
    hub.cannot_listen(host, port, reason), storage.*.
    """

    def __init__(
        self,
        settings: Settings,
        secrets: HeldSecrets,
        clock: Clock | None = None,
        limits: PeerLimits = PeerLimits(),  # noqa: B008 - a frozen value
    ) -> None:
        self._settings = settings
        self._secrets = secrets
        self._clock = clock or SystemClock()
        self._url = settings.database or sqlite_url(settings.data_dir / "shouwang.db")
        self._database = Database(self._url, self._clock)
        self._heartbeat = Heartbeat(self._database, self._clock)
        self._supervision = Supervision()
        self._jobs = Jobs("hub-commit", threads=1)
        self._spool = Spool(settings.data_dir / SPOOL_FILE)
        self._spool_watch = SpoolWatch(self._spool, self._database, self._clock, self._center_now)
        self._shelter: Shelter | None = None
        self._giving_back: Worker | None = None
        self._ptz_jobs = Jobs("hub-ptz", threads=2)
        self._fire_jobs = Jobs("hub-fire", threads=2)
        self._rounds: Worker | None = None
        self._keys: Worker | None = None
        self._outputs: OutputHand | None = None
        self._recording: HubRecording | None = None
        self._home_keeper: HomeKeeper | None = None
        self._knocking = Worker("hub-knocks", Knocker(self._database, self._clock).run)
        self._center: AlarmCenter | None = None
        self._campus: Campus | None = None
        self._linkage: HubLinkage | None = None
        self._fire_link = FireLink(
            self._clock, lambda account: self._campus is not None and self._campus.knows(account)
        )
        self._intake = Intake(self._commit, self._jobs)
        self._guards = Guards(self._database, self._clock, lambda: self.site, self._center_now)
        self._ears = Ears(
            settings=settings,
            secrets=secrets,
            site=lambda: self.site,
            intake=self._intake,
            supervision=self._supervision,
            is_fire=self._is_fire,
            guards=self._guards.take,
            moved=self._note_motion,
            clock=self._clock,
        )
        self._guard_door = GuardDoor(
            settings,
            self._database,
            self._clock,
            lambda: self.site,
            DuressLine(self._database, self._clock, lambda: self.site, self._center_now),
        )
        self._reception = Reception(
            settings,
            clock=self._clock,
            limits=limits,
            intake=self._intake,
            ears=self._ears,
            fire_link=self._fire_link,
            campus=self._campus_now,
            heard=self._heard,
        )
        self.relays = ModbusRelays(lambda: self._reception.loop, self._ears.listener_of)

    @property
    def dc09_port(self) -> int:
        """The port both receivers listen on; 0 before `start`."""
        return self._reception.port_of(Dc09.name)

    @property
    def gb26875_port(self) -> int:
        """The port of the fire transmission devices; 0 before `start` and when they are not received."""
        return self._reception.port_of(Gb26875.name)

    @property
    def fire_link(self) -> FireLink:
        """Speaks to the fire transmission devices that are connected."""
        return self._fire_link

    def _center_now(self) -> AlarmCenter:
        assert self._center is not None
        return self._center

    def _campus_now(self) -> Campus:
        assert self._campus is not None
        return self._campus

    @property
    def http_port(self) -> int:
        """Where reports may be posted; 0 before `start` and where they may not."""
        return self._ears.http_port

    @property
    def guard_port(self) -> int:
        """Where guards' phones reach their page; 0 where there is none."""
        return self._guard_door.port

    @property
    def site(self) -> Site:
        """As the hub holds it now."""
        return self._campus_now().site

    @property
    def is_superseded(self) -> bool:
        """Another hub took the site over while this one was frozen; this one no longer receives."""
        return self._heartbeat.is_superseded

    @property
    def is_over(self) -> bool:
        """It receives no more: superseded, or its receiver died; its process should end."""
        return self.is_superseded or not self._reception.is_alive

    def start(self) -> None:
        self._settings.data_dir.mkdir(parents=True, exist_ok=True)
        care.upgrade(self._url)
        self._database.open()
        try:
            self._start_serving()
        except BaseException:
            self._end()
            raise
        log.info("hub.started", port=self.dc09_port, database=self._database.url_shown)

    def stop(self) -> None:
        """No frame is half answered: what was stored but not acknowledged is sent again by its panel."""
        self._end()
        log.info("hub.stopped")

    def _start_serving(self) -> None:
        self._heartbeat.claim_site()
        self._reception.bind()
        site = self._database.read(lambda view: view.site()) or Site("", "", "", 0.0, 0.0)
        self._campus = campus = Campus(site, self._secrets)
        self._recording = recording = self._recorded(campus)
        recording.start()
        self._linkage = linkage = self._linked(campus, recording)
        self._center = AlarmCenter(
            self._database,
            self._clock,
            site,
            campus.choose_feeds,
            on_raised=linkage.start.raised,
            on_repeated=linkage.start.repeated,
            takes_feedback=Feedbacks(lambda: campus.site).take,
        )
        linkage.begin(self._center)
        self._supervision.watch(site.panels, self._clock.monotonic())
        self._listen()
        self._look_after(campus, self._center, linkage, recording)

    def _listen(self) -> None:
        """Panels are heard from here on; what the record cannot take has its shelter before."""
        self._spool_watch.open()
        self._shelter = Shelter(self._store, self._spool, self._clock)
        self._giving_back = Worker("hub-shelter", self._shelter.run)
        self._giving_back.start()
        self._reception.open()

    def _look_after(
        self, campus: Campus, center: AlarmCenter, linkage: HubLinkage, recording: HubRecording
    ) -> None:
        """Rounds, keys, outputs, guards and knocking at cameras."""
        # Read once a round: after a storm a thousand have changed.
        open_alarms = OpenAlarms()
        rounds = Rounds(
            database=self._database,
            clock=self._clock,
            center=center,
            campus=campus,
            supervision=self._supervision,
            heartbeat=self._heartbeat,
            response=ResponseClocks(self._database, self._clock, open_alarms=open_alarms),
            homes=self._homes(campus),
            is_receiving=lambda: self._reception.is_alive,
            on_superseded=self._hang_up,
            more={
                "linkage": linkage.tick,
                "recording": recording.tick,
                "spool": self._spool_watch.tick,
                "self_words": self._self_words(campus).tick,
                **self._duties(campus, center),
                **self._fire_duties(campus, center, open_alarms),
            },
        )
        self._rounds = Worker("hub-rounds", rounds.run)
        self._keys = Worker("hub-keys", KeyReader(campus).run)
        self._outputs = self._switching(campus, center)
        self._guard_door.start()
        self._rounds.start()
        self._outputs.start()
        self._keys.start()
        self._knocking.start()

    def _recorded(self, campus: Campus) -> HubRecording:
        return HubRecording(
            self._settings.recording_dirs,
            self._database,
            self._clock,
            lambda: campus.site,
            self._secrets,
            self._center_now,
            rooms={
                Path(folder): Room(quota_bytes=most_gb * GB)
                for folder, most_gb in self._settings.recording_most_gb.items()
            },
        )

    def _linked(self, campus: Campus, recording: HubRecording) -> HubLinkage:
        hands = all_hands(
            database=self._database,
            clock=self._clock,
            site=lambda: campus.site,
            secrets=self._secrets,
            snapshot_dir=self._settings.snapshot_dir,
            outputs=self._ordered(campus),
            record=recording.record,
        )
        return HubLinkage(self._database, self._clock, campus, hands)

    def _switching(self, campus: Campus, center: AlarmCenter) -> OutputHand:
        return OutputHand(
            self._database,
            self._clock,
            center,
            site=lambda: campus.site,
            wires={
                PanelProtocol.MODBUS: RelayWire(self.relays),
                PanelProtocol.GB26875: FireWire(self._fire_link, lambda: campus.site),
            },
            may_send=lambda: not self._heartbeat.is_superseded,
        )

    def _duties(self, campus: Campus, center: AlarmCenter) -> dict[str, Callable[[], object]]:
        """Of people and plans, in the rounds."""
        database, clock = self._database, self._clock
        return {
            "guards": self._guards.tick,
            "plans": PlanClock(database, clock).tick,
            "drills": DrillKeeper(database, clock, center, DrilledPeople(database, clock).tick).tick,
            "checkins": CheckInClock(database, clock, lambda: campus.site, center).tick,
        }

    def _fire_duties(
        self, campus: Campus, center: AlarmCenter, open_alarms: OpenAlarms
    ) -> dict[str, Callable[[], object]]:
        database, clock, link, jobs = self._database, self._clock, self._fire_link, self._fire_jobs
        requests = FireRequestKeeper(database, clock, lambda: campus.site, link, jobs, center.receive)
        checks = DutyChecks(database, clock, campus, link, jobs, open_alarms)
        return {"duty_checks": checks.tick, "fire_requests": requests.tick}

    def _ordered(self, campus: Campus) -> OrderedOutputs:
        """Rules give orders as persons do; only persons vouch, and none does here."""
        ordering = Outputs(self._database, self._clock, lambda: campus.site, Accounts(self._database))
        return OrderedOutputs(ordering, self._database, self._clock, lambda: campus.site)

    def _self_words(self, campus: Campus) -> SelfWords:
        reach = Reach(lambda: campus.site, self._secrets)
        word = SelfWord(self._database, self._clock, reach.open)
        return SelfWords(word.ask, lambda: campus.site, self._clock, self._ptz_jobs)

    def _homes(self, campus: Campus) -> Homes:
        reach = Reach(lambda: campus.site, self._secrets)
        self._home_keeper = HomeKeeper(self._database, self._clock, reach.open)
        return Homes(self._home_keeper, self._clock, self._ptz_jobs)

    def _end(self) -> None:
        for worker in (self._knocking, self._keys, self._outputs):
            if worker is not None:
                worker.request_stop()
        if self._home_keeper is not None:
            self._home_keeper.hang_up()
        if self._rounds is not None:
            self._rounds.stop()
        self._hang_up()
        self._reception.stop()
        self._guard_door.stop(STOP_LIMIT_S)
        self._jobs.stop(STOP_LIMIT_S)
        if self._giving_back is not None:
            self._giving_back.stop(STOP_LIMIT_S)
        self._spool.close()
        if self._linkage is not None:
            self._linkage.stop(STOP_LIMIT_S)
        if self._outputs is not None:
            self._outputs.stop(STOP_LIMIT_S)
        if self._recording is not None:
            self._recording.stop(STOP_LIMIT_S)
        self._knocking.stop(STOP_LIMIT_S)
        self._ptz_jobs.stop(STOP_LIMIT_S)
        self._fire_jobs.stop(STOP_LIMIT_S)
        self._guards.stop(STOP_LIMIT_S)
        if self._keys is not None:
            self._keys.stop(STOP_LIMIT_S)
        self._reception.release()
        # Last, or a round still running would say that this hub lives.
        self._heartbeat.say_goodbye()
        self._database.close()

    def _hang_up(self) -> None:
        """Hear nobody any more, from any thread."""
        self._reception.hang_up()
        self._guard_door.hang_up()

    def _commit(self, signals: Sequence[Signal]) -> None:
        assert self._shelter is not None
        self._shelter.commit(signals)

    def _store(self, signals: Sequence[Signal], deadline_s: float) -> object:
        assert self._center is not None
        return self._center.receive(signals, deadline_s=deadline_s)

    def _note_motion(self, camera: str, source: str, is_moving: bool | None) -> None:
        if self._recording is not None:
            self._recording.movements.note(camera, source, is_moving)

    def _is_fire(self, signal: Signal) -> bool:
        return self._campus_now().is_fire(signal)

    def _heard(self, account: str) -> None:
        self._supervision.heard(account, self._clock.monotonic())
