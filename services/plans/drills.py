"""What people do with drills: begin one, pause it, stop it at once, and read what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.typed import typed_text
from services.domain.classes import Priority
from services.domain.drill_scores import ScoreSheet
from services.domain.drills import (
    MOST_MOMENTS,
    Drill,
    DrillId,
    DrillMoment,
    DrillState,
    moved,
)
from services.domain.facts import DrillChanged, PlanSaved
from services.domain.people import Permission, Session
from services.domain.plans import drill_due
from services.domain.site import Site
from services.identity import authorize
from services.plans.drill_ending import end_all
from services.plans.drill_scoring import score
from services.plans.drill_scripts import of_incident, of_zone
from services.plans.library import version_in_force
from services.plans.running_record import RunRecord
from services.storage import Database, Tx, legally

MOST_REASON = 400
# It has been tried when at least so much of it was played; what was stopped at once was no drill.
LEAST_TRIED_S = 60.0


class DrillDesk:
    """Commands on drills; each is one transaction and blocks the caller.

    Every command raises ServiceError: identity.forbidden, storage.* beside what its own text names.
    """

    def __init__(self, database: Database, clock: Clock, site: Callable[[], Site]) -> None:
        self._database = database
        self._clock = clock
        self._site = site

    def try_plan(
        self, session: Session, drill_id: str, plan_id: str, zone_no: str, *, has_people: bool = True
    ) -> Drill:
        """A plan in force, from an alarm of that zone on. The same id twice begins one drill.

        Raises plans.not_in_force(name), drill.running(name), drill.real_alarm(event_no, name),
        drill.no_zone(zone).
        """
        site = self._site()

        def work(tx: Tx) -> Drill:
            version = version_in_force(tx, plan_id)
            moments = of_zone(site, zone_no, version.text)
            return self._begin(
                tx, session, drill_id, version.text.name, moments, plan=plan_id, has_people=has_people
            )

        return self._database.write(work)

    def replay(self, session: Session, drill_id: str, incident_id: str, *, has_people: bool = True) -> Drill:
        """A past incident, each of its alarms at the moment it came then.

        Raises drill.running(name), drill.real_alarm(event_no, name), drill.nothing_to_play(incident_no).
        """

        def work(tx: Tx) -> Drill:
            incident = tx.incidents.get(incident_id)
            moments = of_incident(incident, tx.alarms.of_incident(incident.id))
            if not moments:
                raise ServiceError("drill.nothing_to_play", incident_no=incident.incident_no)
            run = tx.plan_runs.find(incident.plan_run) if incident.plan_run else None
            return self._begin(
                tx,
                session,
                drill_id,
                f"{incident.incident_no} {incident.title}",
                moments,
                plan=run.plan if run else "",
                replays=incident.id,
                has_people=has_people,
            )

        return self._database.write(work)

    def stop(self, session: Session, drill_id: str, reason: str) -> Drill:
        """At once: its alarms, incidents, orders and plan runs end with it in one transaction."""
        return self._end(session, drill_id, DrillState.STOPPED, typed_text(reason)[:MOST_REASON])

    def finish(self, session: Session, drill_id: str, reason: str = "") -> Drill:
        """It was played to its end; what is still open of it ends, too."""
        return self._end(session, drill_id, DrillState.DONE, typed_text(reason)[:MOST_REASON])

    def resume(self, session: Session, drill_id: str) -> Drill:
        """Go on after what was real is dealt with."""
        authorize(session, Permission.RUN_DRILLS)

        def work(tx: Tx) -> Drill:
            drill = tx.drills.get(drill_id)
            if drill.state is DrillState.RUNNING:
                return drill
            record = RunRecord(tx, session, self._clock)
            return save(record, drill, _moved(drill, DrillState.RUNNING, "", record), "resumed")

        return self._database.write(work)

    def newest(self, limit: int = 100) -> list[Drill]:
        return self._database.read(lambda view: view.drills.newest(limit))

    def score(self, drill_id: str) -> ScoreSheet:
        """Its figures as they stand; blocks."""
        limits = self._site().limits
        now = self._clock.now()
        return self._database.read(lambda view: score(view, view.drills.get(drill_id), limits, now))

    # inside

    def _begin(
        self,
        tx: Tx,
        session: Session,
        drill_id: str,
        name: str,
        moments: tuple[DrillMoment, ...],
        *,
        plan: str = "",
        replays: str = "",
        has_people: bool,
    ) -> Drill:
        authorize(session, Permission.RUN_DRILLS)
        known = tx.drills.find(drill_id)
        if known is not None:
            return known
        for other in tx.drills.open():
            # Two at once, and nobody could say which alarm belongs to which.
            raise ServiceError("drill.running", name=other.name)
        for alarm in tx.alarms.open():
            # Also one that is being fought: nobody practises beside a fire.
            if not alarm.is_drill and alarm.priority is Priority.P1:
                raise ServiceError("drill.real_alarm", event_no=alarm.event_no, name=alarm.name)
        record = RunRecord(tx, session, self._clock)
        drill = Drill(
            id=DrillId(drill_id),
            name=name,
            started_by=session.user,
            started_by_name=session.display_name,
            started_at=record.now,
            moments=moments[:MOST_MOMENTS],
            plan=plan,
            replays=replays,
            has_people=has_people,
        )
        tx.drills.add(drill)
        tx.audit(session, "drill.started", drill.id, after={"name": name, "plan": plan, "replays": replays})
        tx.record(DrillChanged(drill, "started"))
        return drill

    def _end(self, session: Session, drill_id: str, to: DrillState, reason: str) -> Drill:
        authorize(session, Permission.RUN_DRILLS)

        def work(tx: Tx) -> Drill:
            drill = tx.drills.get(drill_id)
            if not drill.is_open:
                return drill
            record = RunRecord(tx, session, self._clock)
            return end(record, drill, to, reason)

        return self._database.write(work)


def end(record: RunRecord, drill: Drill, to: DrillState, reason: str) -> Drill:
    """The drill with everything of it, and when its plan is to be tried next."""
    end_all(record, drill, reason)
    by_name = record.session.display_name if record.session else ""
    after = replace(_moved(drill, to, reason, record), ended_by_name=by_name)
    saved = save(record, drill, after, to.value)
    if drill.plan and saved.played_s(record.now) >= LEAST_TRIED_S:
        _note_tried(record, saved)
    return saved


def save(record: RunRecord, before: Drill, after: Drill, change: str) -> Drill:
    saved = record.tx.drills.save(after)
    was, now = {"state": before.state}, {"state": saved.state}
    record.tx.audit(record.session, f"drill.{change}", saved.id, before=was, after=now, reason=saved.reason)
    record.tx.record(DrillChanged(saved, change))
    return saved


def _note_tried(record: RunRecord, drill: Drill) -> None:
    plan = record.tx.plans.find(drill.plan)
    if plan is None:
        return
    due_at = drill_due(plan.text, record.now)
    saved = record.tx.plans.save(replace(plan, last_drill_at=record.now, drill_due_at=due_at))
    record.tx.record(PlanSaved(saved, "drilled"))


def _moved(drill: Drill, to: DrillState, reason: str, record: RunRecord) -> Drill:
    with legally("drill.illegal_move"):
        return moved(drill, to, reason, record.now)
