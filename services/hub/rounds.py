"""What the hub looks after each second, each duty apart from the others' trouble."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack

import structlog

from services.alarms.arming_clock import ArmingClock
from services.alarms.center import AlarmCenter
from services.alarms.meaning import POLLING_LOST
from services.alarms.response import ResponseClocks
from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.dispatch.deadlines import DeadlineClock
from services.domain.alarms import AlarmSource, Qualifier, Signal
from services.hub.campus import Campus
from services.hub.heartbeat import Heartbeat
from services.hub.homes import Homes
from services.hub.keywatch import KeyWatch
from services.hub.supervision import Supervision
from services.storage import Database

ROUND_S = 1.0

log = structlog.get_logger(__name__)


class Rounds:
    """Heartbeat, reload of the site, whether secrets can be read, supervision of panels, arming, response
    clocks, late dispatches and cameras that go home.

    is_receiving: whether panels are heard; when not, the beat stops, for it would promise that they are.
    on_superseded: called once when another hub has taken the site. more: other parts' duties, by name.
    """

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        center: AlarmCenter,
        campus: Campus,
        supervision: Supervision,
        heartbeat: Heartbeat,
        response: ResponseClocks,
        homes: Homes,
        is_receiving: Callable[[], bool],
        on_superseded: Callable[[], None],
        more: Mapping[str, Callable[[], object]] | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._center = center
        self._campus = campus
        self._supervision = supervision
        self._heartbeat = heartbeat
        self._response = response
        self._homes = homes
        self._is_receiving = is_receiving
        self._on_superseded = on_superseded
        self._more = dict(more or {})
        self._site_hash = ""
        self._arming = ArmingClock(database, clock, lambda: campus.site)
        self._keys = KeyWatch(campus, center, database, clock)
        self._deadlines = DeadlineClock(database, clock)
        self._failing: set[str] = set()

    def run(self, stop: threading.Event) -> None:
        while not stop.wait(ROUND_S):
            if not self.once():
                self._on_superseded()
                return

    def once(self) -> bool:
        """One round; False when this hub no longer serves the site."""
        if self._is_receiving():
            self._duty("heartbeat", self._heartbeat.beat)
        elif "receiver" not in self._failing:
            self._failing.add("receiver")
            log.critical("hub.deaf")
        if self._heartbeat.is_superseded:
            return False
        self._duty("site", self._reload_site)
        self._duty("secrets", self._keys.tick)
        self._duty("supervision", self._supervise)
        self._duty("delays", self._center.raise_delayed)
        self._duty("arming", self._arming.tick)
        self._duty("response", self._response.tick)
        self._duty("dispatch", self._deadlines.tick)
        self._duty("ptz", self._homes.tick)
        for name, work in self._more.items():
            self._duty(name, work)
        return True

    def _duty(self, name: str, work: Callable[[], object]) -> None:
        """Trouble is logged when it begins and when it ends, not each second."""
        try:
            work()
        except ServiceError as error:
            if name not in self._failing:
                log.error("rounds.failing", duty=name, code=error.code)
            self._failing.add(name)
            return
        except Exception:  # a duty's outermost frame: our mistake in one must not stop the others
            if name not in self._failing:
                log.exception("rounds.failing", duty=name)
            self._failing.add(name)
            return
        if name in self._failing:
            log.info("rounds.works_again", duty=name)
            self._failing.discard(name)

    def _reload_site(self) -> None:
        """An import is seen by its hash: cheap to ask, and nothing is missed while we were away."""
        site_hash, site = self._database.read(
            lambda view: (
                view.site_hash() or "",
                view.site() if view.site_hash() != self._site_hash else None,
            )
        )
        if site is None:
            return
        self._campus.use_site(site)
        self._center.use_site(site, self._campus.choose_feeds)
        self._supervision.watch(site.panels, self._clock.monotonic())
        self._response.use_limits(site.limits)
        self._site_hash = site_hash
        log.info("hub.site_loaded", site=site.code)

    def _supervise(self) -> None:
        hearing = self._supervision.changes(self._clock.monotonic())
        signals = [self._polling(account, Qualifier.NEW) for account in hearing.lost]
        signals += [self._polling(account, Qualifier.RESTORE) for account in hearing.back]
        if not signals:
            return
        with ExitStack() as undo:
            undo.callback(self._supervision.untold, hearing)
            self._center.receive(signals)
            undo.pop_all()
        for account in hearing.lost:
            log.warning("panel.silent", account=account)

    def _polling(self, account: str, qualifier: Qualifier) -> Signal:
        """The hub speaks for a panel that cannot."""
        return Signal(
            source=AlarmSource.DEVICE,
            account=account,
            code=POLLING_LOST,
            zone=0,
            qualifier=qualifier,
            received_at=self._clock.now(),
            fingerprint=f"polling:{new_id()}",
        )
