"""The hub's thread that looks after outputs: woken by every order, and never slower than half a second."""

from __future__ import annotations

import threading
from collections.abc import Callable

import structlog

from services.alarms.center import AlarmCenter
from services.alarms.meaning import OUTPUT_FAULTS
from services.core.bus import Bus
from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.jobs import Jobs
from services.core.workers import Worker
from services.domain.alarms import AlarmSource, Qualifier, Signal
from services.domain.facts import OutputOrderChanged
from services.domain.outputs import OutputOrder
from services.domain.site import Output, Site
from services.linkage.outputs import Switchboard
from services.linkage.outputs.switchboard import Wires
from services.storage import ChangeFeed, Database

LOOK_EVERY_S = 0.5
WIRE_THREADS = 4
LOOK_SOON_S = 0.1  # while an order waits for its feedback

log = structlog.get_logger(__name__)


class OutputHand:
    """The switchboard with its thread, its wires' threads and its ear on the change feed.

    Trouble with the database is logged once; the orders wait in it.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        center: AlarmCenter,
        *,
        site: Callable[[], Site],
        wires: Wires,
        may_send: Callable[[], bool],
    ) -> None:
        self._database = database
        self._jobs = Jobs("hub-output", WIRE_THREADS)
        self._switchboard = Switchboard(
            database=database,
            clock=clock,
            site=site,
            wires=wires,
            jobs=self._jobs,
            tell=FaultAlarms(center, clock, site).tell,
            may_send=may_send,
        )
        self._worker = Worker("hub-outputs", self._run)
        self._wake = threading.Event()
        self._is_failing = False

    def start(self) -> None:
        self._worker.start()

    def request_stop(self) -> None:
        self._worker.request_stop()
        self._wake.set()

    def stop(self, limit_s: float) -> None:
        """A device that does not answer is left behind; its order is taken up at the next start."""
        self.request_stop()
        self._worker.stop(limit_s)
        self._jobs.stop(limit_s)

    def _run(self, stop: threading.Event) -> None:
        bus = Bus()
        bus.subscribe(OutputOrderChanged, self._hear)
        feed = ChangeFeed(self._database, bus)
        feed.start(self._newest_seq())
        try:
            while not stop.is_set():
                self._wake.wait(LOOK_SOON_S if self._look() else LOOK_EVERY_S)
                self._wake.clear()
        finally:
            feed.stop()

    def _newest_seq(self) -> int:
        """What was written before is found in the table."""
        try:
            return self._database.read(lambda view: view.seq)
        except ServiceError:
            return 0

    def _hear(self, _fact: OutputOrderChanged) -> None:
        self._wake.set()

    def _look(self) -> bool:
        """Whether to look again soon."""
        try:
            is_under_way = self._switchboard.tick()
        except ServiceError as error:
            if not self._is_failing:
                log.error("outputs.failing", code=error.code)
            self._is_failing = True
            return False
        except Exception:  # the outermost frame: our mistake with one order must not end the others
            if not self._is_failing:
                log.exception("outputs.failing")
            self._is_failing = True
            return False
        if self._is_failing:
            log.info("outputs.work_again")
        self._is_failing = False
        return is_under_way


class FaultAlarms:
    """Raises the alarm of an order that failed; the same order twice is one alarm."""

    def __init__(self, center: AlarmCenter, clock: Clock, site: Callable[[], Site]) -> None:
        self._center = center
        self._clock = clock
        self._site = site

    def tell(self, order: OutputOrder, output: Output) -> None:
        panel = next((panel for panel in self._site().panels if panel.no == output.panel), None)
        assert order.cause is not None
        signal = Signal(
            source=AlarmSource.DEVICE,
            account=panel.account if panel else output.panel,
            code=OUTPUT_FAULTS + order.cause.value,
            zone=0,
            qualifier=Qualifier.NEW,
            received_at=self._clock.now(),
            fingerprint=f"output:{order.id}",
            point=output.no,
        )
        self._center.receive([signal])
