"""A seat in a process of its own that gives random commands and writes down each answer.

Arguments: database URL, the seat's name, how many commands, its notebook. Started again after a kill it goes
on where its notebook ends; an order whose answer it never had is sent again first, as a person would.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from services.alarms.center import AlarmCenter
from services.alarms.desk import AlarmDesk
from services.campus.routes import Routes
from services.core.clock import SystemClock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.dispatch import IncidentDesk
from services.dispatch.desk import DispatchDesk, Order
from services.domain.alarms import Alarm, AlarmSource, AlarmState, Qualifier, Signal, Verdict
from services.domain.classes import AlarmClass
from services.domain.incidents import Dispatch, DispatchId, DispatchState, Feedback, Incident, IncidentState
from services.domain.people import READY, GuardState, Role, Session
from services.domain.site import Site
from services.storage import Database, View
from tests.services.races.history import OK, REFUSED, UNKNOWN, Call, Notebook, last_number, read

MOST_OPEN = 24
PAUSE_S = 0.05
SPEAKS = {AlarmClass.PANIC: "120", AlarmClass.INTRUSION: "130"}
NEXT = {
    DispatchState.SENT: DispatchState.SIGNED,
    DispatchState.SIGNED: DispatchState.EN_ROUTE,
    DispatchState.EN_ROUTE: DispatchState.ON_SCENE,
    DispatchState.ON_SCENE: DispatchState.DONE,
}
_UNDECIDED = frozenset({AlarmState.CLAIMED, AlarmState.VERIFYING})
_DECIDED = frozenset({AlarmState.CONFIRMED, AlarmState.LINKED, AlarmState.DUPLICATE})
Entity = Alarm | Dispatch | Incident


@dataclass(frozen=True, slots=True)
class Seen:
    """What the seat sees before it chooses."""

    alarms: list[Alarm]
    guards: list[GuardState]
    dispatches: list[Dispatch]
    open: list[Incident]
    ended: list[Incident]

    @property
    def attended(self) -> list[Incident]:
        """Open ones of which all who were sent have told how it went: to be closed without refusal."""
        busy = {dispatch.incident for dispatch in self.dispatches}
        return [incident for incident in self.open if incident.id not in busy]


@dataclass(frozen=True, slots=True)
class Choice:
    command: str
    target: str
    work: Callable[[], Entity]
    order: str = ""


class Racer:
    def __init__(
        self, database: Database, site: Site, seat: str, notebook: Notebook, chance: random.Random
    ) -> None:
        self._site = site
        self._database = database
        self._session = Session(seat, seat, Role.SHIFT_LEADER, seat)
        self._notebook = notebook
        self._chance = chance
        clock = SystemClock()
        self._clock = clock
        self._center = AlarmCenter(database, clock, site, lambda _: ())
        self._alarms = AlarmDesk(database, clock)
        self._orders = DispatchDesk(database, clock, Routes(site), site)
        self._incidents = IncidentDesk(database, clock)
        self._unanswered: Choice | None = None

    def send_again(self, order: str, target: str, guard: str) -> None:
        """The order of a call that was never answered."""
        self._unanswered = self._sending(Order(guard, "核实", alarm_id=target, id=order), target)

    def run(self, first: int, count: int) -> None:
        for number in range(first, count):
            choice = self._unanswered or self._choose()
            self._unanswered = None
            self._give(number, choice)

    def _give(self, number: int, choice: Choice) -> None:
        call = Call(
            self._session.user,
            number,
            choice.command,
            choice.target,
            time.monotonic(),
            order=choice.order,
        )
        self._notebook.write(call)
        try:
            entity = choice.work()
        except ServiceError as error:
            is_unknown = error.code in ("storage.timeout", "storage.unreachable")
            if is_unknown and choice.order:
                self._unanswered = choice
            call = replace(
                call,
                outcome=UNKNOWN if is_unknown else REFUSED,
                code=error.code,
                owner=str(error.params.get("owner", "")),
            )
        else:
            call = replace(_told(call, entity), outcome=OK)
        self._notebook.write(replace(call, answered_s=time.monotonic()))
        if call.outcome == UNKNOWN:
            # As a person would: not the next command at once into the same silence.
            time.sleep(PAUSE_S * 4)

    def _choose(self) -> Choice:
        while True:
            try:
                seen = self._database.read(_seen)
            except ServiceError:
                time.sleep(PAUSE_S)
                continue
            found = self._offers(seen)
            if found:
                return self._chance.choice(found)

    def _offers(self, seen: Seen) -> list[Choice]:
        """One of each command that has something to be done on; some are bound to be refused."""
        offers: list[Choice | None] = [
            self._raising() if len(seen.alarms) < MOST_OPEN else None,
            self._on_alarm("claim", seen.alarms, self._claim),
            self._on_alarm("claim", seen.alarms, self._claim),
            self._on_alarm("take_over", seen.alarms, self._take_over),
            self._on_alarm("decide", [a for a in seen.alarms if a.state in _UNDECIDED], self._decide),
            self._on_alarm("reset", [a for a in seen.alarms if a.state in _DECIDED], self._reset),
            self._send_to_alarm(seen),
            self._send_to_alarm(seen),
            *(self._step(seen.dispatches) for _ in range(4)),
            self._feedback(seen.dispatches),
            self._on_incident("close", seen.open, self._close),
            *(self._on_incident("close", seen.attended, self._close) for _ in range(3)),
            self._on_incident("reopen", seen.ended, self._reopen),
        ]
        return [offer for offer in offers if offer is not None]

    def _raising(self) -> Choice:
        zones = [zone for zone in self._site.zones if zone.alarm_class in SPEAKS]
        zone = self._chance.choice(zones)
        panel = next(panel for panel in self._site.panels if panel.no == zone.panel)

        def work() -> Alarm:
            code = SPEAKS[zone.alarm_class]
            now = self._clock.now()
            signal = Signal(AlarmSource.DC09, panel.account, code, zone.number, Qualifier.NEW, now, new_id())
            outcome = self._center.receive([signal])[0]
            return self._database.read(lambda view: view.alarms.get(outcome.alarm))

        return Choice("raise", str(zone.no), work)

    def _on_alarm(self, command: str, alarms: list[Alarm], do: Callable[[str], Alarm]) -> Choice | None:
        if not alarms:
            return None
        alarm = self._chance.choice(alarms)
        return Choice(command, alarm.id, lambda: do(alarm.id))

    def _on_incident(
        self, command: str, incidents: list[Incident], do: Callable[[str], Incident]
    ) -> Choice | None:
        if not incidents:
            return None
        incident = self._chance.choice(incidents)
        return Choice(command, incident.id, lambda: do(incident.id))

    def _send_to_alarm(self, seen: Seen) -> Choice | None:
        mine = [alarm for alarm in seen.alarms if alarm.owner == self._session.user]
        ready = [state for state in seen.guards if state.status in READY]
        if not mine or not ready:
            return None
        alarm, guard = self._chance.choice(mine), self._chance.choice(ready)
        return self._sending(Order(str(guard.no), "核实", alarm_id=alarm.id), alarm.id)

    def _sending(self, order: Order, target: str) -> Choice:
        work = lambda: self._orders.send(self._session, order)  # noqa: E731
        return Choice(f"send {order.guard}", target, work, order.id)

    def _step(self, dispatches: list[Dispatch]) -> Choice | None:
        moving = [one for one in dispatches if one.state in NEXT]
        if not moving:
            return None
        one = self._chance.choice(moving)
        return Choice("step", one.id, lambda: self._orders.advance(self._session, one.id, NEXT[one.state]))

    def _feedback(self, dispatches: list[Dispatch]) -> Choice | None:
        done = [one for one in dispatches if one.state is DispatchState.DONE]
        if not done:
            return None
        one = self._chance.choice(done)
        said = Feedback(DispatchId(one.id), self._clock.now(), "", "", "已处理")
        return Choice("feedback", one.id, lambda: self._orders.give_feedback(self._session, said))

    def _claim(self, alarm_id: str) -> Alarm:
        return self._alarms.claim(self._session, alarm_id)

    def _take_over(self, alarm_id: str) -> Alarm:
        return self._alarms.take_over(self._session, alarm_id, "换班")

    def _decide(self, alarm_id: str) -> Alarm:
        return self._alarms.decide(self._session, alarm_id, Verdict.GENUINE, "属实")

    def _reset(self, alarm_id: str) -> Alarm:
        return self._alarms.reset(self._session, alarm_id, "已到现场")

    def _close(self, incident_id: str) -> Incident:
        return self._incidents.close_incident(self._session, incident_id, "结")

    def _reopen(self, incident_id: str) -> Incident:
        return self._incidents.reopen(self._session, incident_id, "又起")


def _seen(view: View) -> Seen:
    ended = [one for one in view.incidents.ended(8) if one.state is IncidentState.CLOSED]
    return Seen(
        view.alarms.open(), view.guards.all(), view.dispatches.running(), view.incidents.open(), ended
    )


def _told(call: Call, entity: Entity) -> Call:
    """What the desk gave back, as the checker looks for it."""
    kind = type(entity).__name__.lower()
    owner = entity.owner if isinstance(entity, Alarm) else ""
    return replace(
        call, kind=kind, id=entity.id, version=entity.row_version, state=entity.state.value, owner=owner
    )


def _site_of(database: Database) -> Site:
    """As soon as the server answers: it may be killed just now."""
    while True:
        try:
            database.open()
            site = database.read(lambda view: view.site())
        except ServiceError:
            time.sleep(PAUSE_S)
            continue
        assert site is not None
        return site


def main(url: str, seat: str, count: str, path: str) -> None:
    notes = Path(path)
    before = read([notes]) if notes.exists() else []
    first = last_number(notes) + 1
    database = Database(url)
    site = _site_of(database)
    notebook = Notebook(notes)
    racer = Racer(database, site, seat, notebook, random.Random(f"{seat} {first}"))
    last = next((call for call in before if call.number == first - 1), None)
    if last is not None and last.outcome == UNKNOWN and last.order:
        racer.send_again(last.order, last.target, last.command.split()[1])
    racer.run(first, int(count))
    notebook.close()
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
