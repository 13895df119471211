"""What people do while a plan is carried out: begin it, answer its steps, leave out, pause, end."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.typed import typed_text
from services.domain import plan_flow as flow
from services.domain.facts import IncidentChanged
from services.domain.incidents import Incident
from services.domain.people import Permission, Session
from services.domain.plan_runs import Evidence, EvidenceKind, PlanRun, PlanRunId, PlanRunState, StepState
from services.identity import authorize
from services.plans.library import version_in_force
from services.plans.running_answers import MOST_NOTE, Answer, begins_action, check_open, end_of
from services.plans.running_launch import check_switching, launch, launch_waiting
from services.plans.running_orders import check_sent, taken
from services.plans.running_record import RunRecord
from services.storage import Database, Tx, legally

# Opens the incident of an alarm that has none, for the person who owns the alarm.
OpensIncident = Callable[[Tx, Session, str], Incident]
Change = Callable[[RunRecord, PlanRun], PlanRun]


@dataclass(frozen=True, slots=True)
class Start:
    """Carry out a plan for an incident, or for an alarm, whose incident is opened when it has none.

    id: made by the client and becomes the run's id, so that starting twice starts once.
    """

    id: str
    plan: str
    alarm: str = ""
    incident: str = ""
    drill: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """A file or a sentence that proves a step; see `Evidence`."""

    kind: EvidenceKind
    name: str
    sha256: str
    path: str = ""
    camera: str = ""


class PlanRuns:
    """Commands on plan runs; each is one transaction and blocks the caller.

    Every command raises ServiceError: identity.forbidden, plan_run.over(plan), plan_run.paused(plan),
    plan_run.illegal_move(was, wanted), storage.* beside what its own text names. at: a step's place.
    """

    def __init__(self, database: Database, clock: Clock, opens: OpensIncident) -> None:
        self._database = database
        self._clock = clock
        self._opens = opens

    def start(self, session: Session, start: Start) -> PlanRun:
        """Raises plans.not_in_force(name), plan_run.incident_ended(incident_no), and what opening an incident
        does."""
        authorize(session, Permission.RUN_PLANS)
        return self._database.write(lambda tx: self._start(RunRecord(tx, session, self._clock), start))

    def answer(self, session: Session, run_id: str, at: int, answer: Answer) -> PlanRun:
        """The step is done, or its action begins. The same answer by the same person again changes nothing.

        Raises plan_run.step_ended(step, by) when somebody was faster, and what `end_of` and
        `check_sent` do.
        """

        def work(record: RunRecord, run: PlanRun) -> PlanRun:
            one = run.steps[at]
            if one.state is StepState.DONE and one.by == session.user and one.answer == answer.choice:
                return run
            check_open(run, at)
            if begins_action(run, at, answer):
                check_switching(record.tx, session, run.step_at(at))
                pressed = replace(one, by=session.user, by_name=session.display_name)
                after = launch(record.tx, flow.changed(run, at, pressed), at, record.now)
                return record.save(run, launch_waiting(record.tx, after, record.now), "carried_out", at)
            end = end_of(run, at, answer, session)
            check_sent(record, run, at)
            return self._end(record, run, at, end)

        return self._change(session, run_id, work)

    def skip(self, session: Session, run_id: str, at: int, reason: str) -> PlanRun:
        """Leave a step out; the security office is told. Raises plan_run.reason_needed."""
        return self._give_up(session, run_id, at, StepState.SKIPPED, reason)

    def fail(self, session: Session, run_id: str, at: int, reason: str) -> PlanRun:
        """It could not be done; the plan goes on, the step stays in sight. Raises plan_run.reason_needed."""
        return self._give_up(session, run_id, at, StepState.FAILED, reason)

    def try_again(self, session: Session, run_id: str, at: int) -> PlanRun:
        """What failed, with its full time, by the program where it has an action."""

        def work(record: RunRecord, run: PlanRun) -> PlanRun:
            if run.steps[at].state is StepState.ACTIVE:
                return run
            check_switching(record.tx, session, run.step_at(at))
            after = flow.again(run, at, record.now)
            return record.save(run, launch_waiting(record.tx, after, record.now), "tried_again", at)

        return self._change(session, run_id, work)

    def take_dispatch(self, session: Session, run_id: str, at: int, dispatch_id: str) -> PlanRun:
        """An order that was sent in this step; with enough of them the step is done."""

        def work(record: RunRecord, run: PlanRun) -> PlanRun:
            return taken(record, run, at, dispatch_id)

        return self._change(session, run_id, work)

    def add_note(self, session: Session, run_id: str, at: int, text: str) -> PlanRun:
        """A sentence as evidence. Raises plan_run.reason_needed, plan_run.text_too_long(most)."""
        text = _reason(text)
        digest = hashlib.sha256(text.encode()).hexdigest()
        return self.add_evidence(session, run_id, at, Proof(EvidenceKind.NOTE, text, digest))

    def add_evidence(self, session: Session, run_id: str, at: int, proof: Proof) -> PlanRun:
        """Also of a step that is over: pictures come late. The same thing again changes nothing."""

        def work(record: RunRecord, run: PlanRun) -> PlanRun:
            one = run.steps[at]
            if one.state is StepState.PENDING:
                raise ServiceError("plan_run.not_begun", step=run.step_at(at).title)
            if any(known.sha256 == proof.sha256 and known.name == proof.name for known in one.evidence):
                return run
            kept = Evidence(
                proof.kind,
                proof.name,
                proof.sha256,
                record.now,
                session.user,
                session.display_name,
                proof.path,
                proof.camera,
            )
            proved = flow.changed(run, at, replace(one, evidence=(*one.evidence, kept)))
            return record.save(run, proved, "proved", at)

        return self._change(session, run_id, work, is_paused_too=True)

    def note_skip_seen(self, session: Session, run_id: str, at: int) -> PlanRun:
        """Somebody who reviews has read that a step was left out; the first one counts."""
        authorize(session, Permission.REVIEW)

        def work(tx: Tx) -> PlanRun:
            record = RunRecord(tx, session, self._clock)
            run = record.get(run_id)
            one = run.steps[at]
            if one.state is not StepState.SKIPPED or one.skip_seen_at is not None:
                return run
            seen = replace(one, skip_seen_at=record.now, skip_seen_by_name=session.display_name)
            return record.save(run, flow.changed(run, at, seen), "seen", at)

        return self._database.write(work)

    def pause(self, session: Session, run_id: str, reason: str) -> PlanRun:
        """No deadline runs until it goes on. Raises plan_run.reason_needed."""
        return self._move(session, run_id, PlanRunState.PAUSED, "paused", _reason(reason))

    def resume(self, session: Session, run_id: str) -> PlanRun:
        return self._move(session, run_id, PlanRunState.RUNNING, "resumed", "")

    def abort(self, session: Session, run_id: str, reason: str) -> PlanRun:
        """End it before its end; the security office is told, as of any step that is left out.

        Of a grave incident that is for those who review. Raises plan_run.reason_needed,
        plan_run.leader_needed(plan).
        """
        authorize(session, Permission.RUN_PLANS)
        reason = _reason(reason)

        def work(tx: Tx) -> PlanRun:
            record = RunRecord(tx, session, self._clock)
            run = record.get(run_id)
            if run.state is PlanRunState.ABORTED:
                return run
            is_grave = tx.incidents.get(run.incident).is_grave
            if is_grave and not session.may(Permission.REVIEW):
                raise ServiceError("plan_run.leader_needed", plan=run.text.name)
            after = flow.aborted(run, session.user, session.display_name, reason, record.now)
            return record.save(run, after, "aborted", reason=reason)

        return self._write(work)

    def of_incident(self, incident_id: str) -> list[PlanRun]:
        """Oldest first."""
        return self._database.read(lambda view: view.plan_runs.of(incident_id))

    # inside

    def _start(self, record: RunRecord, start: Start) -> PlanRun:
        known = record.tx.plan_runs.find(start.id)
        if known is not None:
            return known
        version = version_in_force(record.tx, start.plan)
        incident = self._incident(record, start)
        assert record.session is not None
        run = PlanRun(
            id=PlanRunId(start.id),
            plan=version.plan,
            version=version.version,
            text=version.text,
            incident=incident.id,
            started_by=record.session.user,
            started_by_name=record.session.display_name,
            started_at=record.now,
            steps=(),
            alarm=incident.alarm,
            is_drill=incident.is_drill,
            drill=start.drill,
        )
        begun = flow.begun(run, record.now)
        added = record.add(launch_waiting(record.tx, begun, record.now))
        saved = record.tx.incidents.save(replace(incident, plan_run=added.id))
        record.tx.record(IncidentChanged(saved, "plan_started"))
        return added

    def _incident(self, record: RunRecord, start: Start) -> Incident:
        if not start.incident:
            assert record.session is not None
            return self._opens(record.tx, record.session, start.alarm)
        incident = record.tx.incidents.get(start.incident)
        if not incident.is_open:
            raise ServiceError("plan_run.incident_ended", incident_no=incident.incident_no)
        return incident

    def _give_up(self, session: Session, run_id: str, at: int, to: StepState, reason: str) -> PlanRun:
        reason = _reason(reason)

        def work(record: RunRecord, run: PlanRun) -> PlanRun:
            if run.steps[at].state is to:
                return run
            check_open(run, at)
            end = flow.StepEnd(to, session.user, session.display_name, reason=reason)
            return self._end(record, run, at, end)

        return self._change(session, run_id, work)

    def _end(self, record: RunRecord, run: PlanRun, at: int, end: flow.StepEnd) -> PlanRun:
        after = launch_waiting(record.tx, flow.ended(run, at, end, record.now), record.now)
        return record.save(run, after, end.state.value, at, end.reason)

    def _move(self, session: Session, run_id: str, to: PlanRunState, change: str, reason: str) -> PlanRun:
        authorize(session, Permission.RUN_PLANS)

        def work(tx: Tx) -> PlanRun:
            record = RunRecord(tx, session, self._clock)
            run = record.get(run_id)
            if run.state is to:
                return run
            after = flow.completed(flow.moved(run, to, reason, record.now), record.now)
            return record.save(run, after, change, reason=reason)

        return self._write(work)

    def _change(self, session: Session, run_id: str, work: Change, *, is_paused_too: bool = False) -> PlanRun:
        authorize(session, Permission.RUN_PLANS)

        def whole(tx: Tx) -> PlanRun:
            record = RunRecord(tx, session, self._clock)
            return work(record, record.get(run_id) if is_paused_too else record.at_work(run_id))

        return self._write(whole)

    def _write(self, work: Callable[[Tx], PlanRun]) -> PlanRun:
        with legally("plan_run.illegal_move"):
            return self._database.write(work)


def _reason(text: str) -> str:
    """Raises plan_run.reason_needed, plan_run.text_too_long(most)."""
    text = typed_text(text)
    if not text:
        raise ServiceError("plan_run.reason_needed")
    if len(text) > MOST_NOTE:
        raise ServiceError("plan_run.text_too_long", most=MOST_NOTE)
    return text
