"""Plays drills: raises their alarms in time, stops playing when something real comes, moves their people."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import structlog

from services.alarms.batch import Outcome
from services.alarms.center import AlarmCenter
from services.core.clock import Clock
from services.domain.alarms import Alarm, AlarmSource, Qualifier, Signal
from services.domain.classes import AlarmClass, Priority
from services.domain.drills import LONGEST_DRILL, Drill, DrillMoment, DrillState, moved, with_alarm
from services.domain.facts import DrillChanged
from services.linkage.outputs import book
from services.plans.drills import end, save
from services.plans.running_record import RunRecord
from services.storage import Database, Tx, View

# Real alarms before which no drill is played on.
OUTRANKS = frozenset({Priority.P1, Priority.P2})
_REPORTED = frozenset({"panic", "fire", "medical", "intrusion", "access", "device"})

log = structlog.get_logger(__name__)


class _NotDueError(Exception):
    """Since it was read, the drill was stopped or paused, or another hub played the moment."""


class DrillKeeper:
    """`tick` is a duty of the rounds. A moment and its alarm are one transaction: a hub that is killed plays
    none twice and leaves none out.

    people: moves the guards who are played.
    """

    def __init__(
        self, database: Database, clock: Clock, center: AlarmCenter, people: Callable[[], object]
    ) -> None:
        self._database = database
        self._clock = clock
        self._center = center
        self._people = people

    def tick(self) -> None:
        drills, real = self._database.read(_drills_and_real)
        for drill in drills:
            now = self._clock.now()
            since = [alarm for alarm in real if alarm.received_at > drill.heeds_from]
            if now - drill.started_at > LONGEST_DRILL:
                self._end(drill)
            elif since and drill.state is DrillState.RUNNING:
                self._pause(drill, since[0])
            else:
                for at in drill.due(now):
                    self._play(drill, at)
        if drills:
            self._people()

    def _play(self, drill: Drill, at: int) -> None:
        def note(tx: Tx, outcome: Outcome) -> None:
            stored = tx.drills.get(drill.id)
            if at not in stored.due(self._clock.now()):
                # With the whole transaction goes the alarm, which nothing would end.
                raise _NotDueError
            saved = tx.drills.save(with_alarm(stored, at, outcome.alarm))
            tx.audit(None, "drill.played", drill.id, after={"moment": at, "alarm": outcome.alarm})
            tx.record(DrillChanged(saved, "played"))

        with suppress(_NotDueError):
            self._center.report(signal_of(drill, at, self._clock), also=note)

    def _pause(self, drill: Drill, alarm: Alarm) -> None:
        """What is real comes first: nothing is played on, and outputs move again."""

        def work(tx: Tx) -> None:
            stored = tx.drills.get(drill.id)
            if stored.state is not DrillState.RUNNING:
                return
            record = RunRecord(tx, None, self._clock)
            reason = f"{alarm.event_no} {alarm.name}"
            save(record, stored, moved(stored, DrillState.PAUSED, reason, record.now), "paused")
            book.end_drill(tx)

        self._database.write(work)
        log.warning("drill.paused", drill=drill.id, alarm=alarm.event_no)

    def _end(self, drill: Drill) -> None:
        def work(tx: Tx) -> None:
            stored = tx.drills.get(drill.id)
            if stored.is_open:
                end(RunRecord(tx, None, self._clock), stored, DrillState.STOPPED, "")

        self._database.write(work)


def signal_of(drill: Drill, at: int, clock: Clock) -> Signal:
    """What a person would report, marked as played."""
    moment: DrillMoment = drill.moments[at]
    kind = moment.alarm_class.value if moment.alarm_class.value in _REPORTED else AlarmClass.UNKNOWN.value
    return Signal(
        source=AlarmSource.MANUAL,
        account="",
        code=f"manual:{kind}",
        zone=0,
        qualifier=Qualifier.NEW,
        received_at=clock.now(),
        fingerprint=f"drill:{drill.id}:{at}",
        point=moment.zone,
        text=moment.name if not moment.zone else "",
        spot=moment.at,
        place=moment.place,
        is_drill=True,
    )


def _drills_and_real(view: View) -> tuple[list[Drill], list[Alarm]]:
    """Drills under way and, where there is one, the real alarms that outrank it."""
    drills = view.drills.open()
    alarms = view.alarms.open() if drills else []
    real = [alarm for alarm in alarms if not alarm.is_drill and alarm.priority in OUTRANKS]
    return drills, sorted(real, key=lambda alarm: (alarm.priority, alarm.received_at))
