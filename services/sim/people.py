"""Simulated guards: they hear their orders, walk there along the paths, stay a while and walk back."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue

import structlog

from services.campus.routes import Route, Routes
from services.core.bus import Bus
from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.workers import Worker
from services.dispatch.desk import DispatchDesk, Position
from services.domain.facts import DispatchChanged, DispatchSent
from services.domain.incidents import Dispatch, DispatchState
from services.domain.people import READY, SIMULATED_GUARDS, GuardState, Role, Session
from services.domain.site import Point
from services.sim.crowd import point_along
from services.storage import Database

SIM_SESSION = Session("sim", SIMULATED_GUARDS, Role.OPERATOR, "sim")
TICK_S = 0.2
REPORT_EVERY_S = 1.0
RUN_MPS = 4.0
STROLL_MPS = 1.6
HOME_WITHIN_M = 1.0
SOURCE = "sim"

# How long a guard stays in a state before the next step, in seconds; EN_ROUTE lasts as long as the way.
WAITS_S: dict[DispatchState, tuple[float, DispatchState]] = {
    DispatchState.SENT: (1.0, DispatchState.DELIVERED),
    DispatchState.DELIVERED: (2.0, DispatchState.SIGNED),
    DispatchState.SIGNED: (1.0, DispatchState.EN_ROUTE),
    DispatchState.ON_SCENE: (15.0, DispatchState.DONE),
}

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Walk:
    """A way begun at `since_s` (monotonic) and walked at `speed_mps`."""

    line: tuple[Point, ...]
    length_m: float
    since_s: float
    speed_mps: float

    def at(self, now_s: float) -> Point:
        return point_along(self.line, (now_s - self.since_s) * self.speed_mps)

    def is_over(self, now_s: float) -> bool:
        return (now_s - self.since_s) * self.speed_mps >= self.length_m


@dataclass(slots=True)
class Duty:
    """One running dispatch as its guard knows it; `since_s`: when its state began for the guard."""

    dispatch: Dispatch
    since_s: float
    walk: Walk | None = None


class GuardForce:
    """Moves the guards that are dispatched; acts through the desk like anyone else.

    Facts only wake it: what is running is read from the record at the start and after every surprise,
    so a restart goes on where the record stands. `pace` > 1 is a force in a hurry. `step` may be
    called without the thread, with a clock that a test moves.
    """

    def __init__(
        self,
        database: Database,
        bus: Bus,
        desk: DispatchDesk,
        routes: Routes,
        clock: Clock,
        pace: float = 1.0,
    ) -> None:
        self._database = database
        self._bus = bus
        self._desk = desk
        self._routes = routes
        self._clock = clock
        self._pace = pace
        self._heard: SimpleQueue[Dispatch] = SimpleQueue()
        self._duties: dict[str, Duty] = {}
        self._home_walks: dict[str, Walk] = {}
        self._reported_s = -math.inf
        self._is_loaded = False
        self._failing = ""
        self._endings: list[Callable[[], None]] = []
        self._worker = Worker("sim-people", self._run)

    def start(self) -> None:
        self._endings = [
            self._bus.subscribe(DispatchSent, self._on_sent),
            self._bus.subscribe(DispatchChanged, self._on_changed),
        ]
        self._worker.start()

    def stop(self) -> None:
        for end in self._endings:
            end()
        self._endings = []
        self._worker.stop()

    def hear(self, dispatch: Dispatch) -> None:
        """An order or a change of one; from any thread."""
        self._heard.put(dispatch)

    def step(self) -> None:
        """Do what is due now. Trouble with the record is logged once and tried again at the next step."""
        try:
            if not self._is_loaded:
                if not self._is_our_campus():
                    return
                self._load()
            self._take_heard()
            self._report()
            for duty in list(self._duties.values()):
                self._go_on(duty)
        except ServiceError as error:
            if error.code != self._failing:
                log.warning("people.waiting", code=error.code)
            self._failing = error.code
            return
        if self._failing:
            log.info("people.working_again")
            self._failing = ""

    def _run(self, stop: threading.Event) -> None:
        while not stop.wait(TICK_S):
            self.step()

    def _on_sent(self, fact: DispatchSent) -> None:
        self.hear(fact.dispatch)

    def _on_changed(self, fact: DispatchChanged) -> None:
        self.hear(fact.dispatch)

    def _is_our_campus(self) -> bool:
        """On any campus but the simulated one the guards are real people: whoever pointed us there erred."""
        site = self._database.read(lambda view: view.site())
        code = "" if site is None else site.code
        if code and code != self._desk.site.code and not self._failing:
            self._failing = code
            log.error("people.other_campus", site=code, simulated=self._desk.site.code)
        return code == self._desk.site.code

    def _load(self) -> None:
        """Running dispatches go on; guards whom an earlier run left standing somewhere go home."""
        running, states = self._database.read(lambda view: (view.dispatches.running(), view.guards.all()))
        for dispatch in running:
            self._accept(dispatch)
        for state in states:
            if state.position_source == SOURCE:
                self._send_home(state)
        self._is_loaded = True

    def _take_heard(self) -> None:
        while True:
            try:
                self._accept(self._heard.get_nowait())
            except Empty:
                return

    def _accept(self, dispatch: Dispatch) -> None:
        """Take over a dispatch as it is now; the echo of our own step changes nothing."""
        if not dispatch.guards:
            return
        if dispatch.is_drill:
            return  # whom a drill sends goes nowhere
        known = self._duties.get(dispatch.id)
        if known is not None and known.dispatch.row_version >= dispatch.row_version:
            return
        if dispatch.state in WAITS_S or dispatch.state is DispatchState.EN_ROUTE:
            for no in dispatch.guards:
                self._home_walks.pop(no, None)
            if known is not None and known.dispatch.state is dispatch.state:
                known.dispatch = dispatch
            else:
                self._duties[dispatch.id] = Duty(dispatch, self._clock.monotonic())
        elif known is not None:
            del self._duties[dispatch.id]
            for no in dispatch.guards:
                self._send_home(self._state_of(no))

    def _go_on(self, duty: Duty) -> None:
        now_s = self._clock.monotonic()
        if duty.dispatch.state is DispatchState.EN_ROUTE:
            if duty.walk is None:
                duty.walk = self._way_to_scene(duty.dispatch, now_s)
            if duty.walk.is_over(now_s):
                there = duty.walk.line[-1]
                self._desk.report_positions(Position(no, there, SOURCE) for no in duty.dispatch.guards)
                self._advance(duty, DispatchState.ON_SCENE)
            return
        wait_s, to = WAITS_S[duty.dispatch.state]
        if now_s - duty.since_s >= wait_s / self._pace:
            self._advance(duty, to)

    def _advance(self, duty: Duty, to: DispatchState) -> None:
        try:
            dispatch = self._desk.advance(SIM_SESSION, duty.dispatch.id, to)
        except ServiceError as error:
            if error.code != "dispatch.illegal_move":
                raise
            # Somebody at a desk was faster; the record says what holds now.
            dispatch = self._database.read(lambda view: view.dispatches.get(duty.dispatch.id))
        self._accept(dispatch)

    def _way_to_scene(self, dispatch: Dispatch, now_s: float) -> Walk:
        scene = self._database.read(lambda view: view.incidents.get(dispatch.incident)).at
        # A team walks together, from where its first one stands.
        here = self._state_of(dispatch.guards[0]).at
        return self._walk(self._routes.route(here, scene or here), now_s, RUN_MPS)

    def _send_home(self, state: GuardState) -> None:
        """To the place the site file gives the guard."""
        guard = self._desk.site.guard(state.no)
        if guard is None or state.dispatch or state.status not in READY:
            return
        if math.dist(state.at, guard.at) > HOME_WITHIN_M:
            way = self._routes.route(state.at, guard.at)
            self._home_walks[state.no] = self._walk(way, self._clock.monotonic(), STROLL_MPS)

    def _walk(self, way: Route, now_s: float, speed_mps: float) -> Walk:
        length_m = sum(math.dist(a, b) for a, b in zip(way.line, way.line[1:], strict=False))
        return Walk(way.line, length_m, now_s, speed_mps * self._pace)

    def _report(self) -> None:
        """Everyone's position once a second, in one transaction."""
        now_s = self._clock.monotonic()
        if now_s - self._reported_s < REPORT_EVERY_S:
            return
        self._reported_s = now_s
        walks = dict(self._home_walks)
        for duty in self._duties.values():
            if duty.walk:
                walks.update(dict.fromkeys(duty.dispatch.guards, duty.walk))
        if not walks:
            return
        self._desk.report_positions([Position(no, walk.at(now_s), SOURCE) for no, walk in walks.items()])
        for no in [no for no, walk in self._home_walks.items() if walk.is_over(now_s)]:
            del self._home_walks[no]

    def _state_of(self, guard_no: str) -> GuardState:
        return self._database.read(lambda view: view.guards.get(guard_no))
