"""Begins plans, answers their steps, and knows which step is in front of the operator."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.domain.alarms import Alarm
from services.domain.facts import (
    AlarmChanged,
    DispatchChanged,
    DispatchSent,
    Fact,
    IncidentChanged,
    IncidentOpened,
    PlanRunChanged,
)
from services.domain.incidents import Dispatch, Incident
from services.domain.people import Permission, Session
from services.domain.plan_runs import EvidenceKind, PlanRun, PlanRunState, StepRun, StepState
from services.domain.plan_steps import Step, StepKind
from services.plans.running import Proof, Start
from services.plans.running_answers import Answer, answers_of
from services.plans.running_orders import wanting
from ui.board import LiveBoard
from ui.jobs import Answered, UiJobs, answered
from ui.settling import SETTLE_S
from ui.text.places import learn_more, local_name_of
from views.planrun.ports import Choices, KeepFile, PlanChoice, PlanCommands

# A run and a place in it.
Front = tuple[str, int]
_NOTHING: Front = ("", -1)
_SHOWN = (PlanRunChanged, DispatchSent, DispatchChanged, IncidentChanged, IncidentOpened, AlarmChanged)


class PlanRunPresenter(QObject):
    """For one place on the seat: what it is open for, its run, and the step in front.

    Signals: changed(); opened() when it was asked for; refused(ServiceError); accepted(words) when a press
    went through, with the words that went with it; dispatch_wanted(incident_id, words of the step) for a step
    that sends somebody.
    """

    changed = Signal()
    opened = Signal()
    refused = Signal(object)
    accepted = Signal(str)
    dispatch_wanted = Signal(str, str)

    def __init__(
        self,
        *,
        live: LiveBoard,
        commands: PlanCommands,
        choices: Choices,
        keep_file: KeepFile,
        session: Session,
        jobs: UiJobs,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._live = live
        self._commands = commands
        self._choices_of = choices
        self._keep_file = keep_file
        self._session = session
        self._jobs = jobs
        self.clock = clock
        self._alarm_id = self._incident_id = self._run_id = ""
        self._held: Alarm | None = None
        self._wanted = ""
        self._picked = -1
        self._choices: list[PlanChoice] = []
        self._has_read = False
        self._is_busy = False
        self._words = ""
        # The steps to which files are being attached now.
        self._attaching: list[Front] = []
        self._front = _NOTHING
        self._moved_s = float("-inf")
        self._asked_start = ("", "", "")
        self._start_id = ""
        self._shot: Proof | None = None
        live.keep(self._in_front)
        live.applied.connect(self._apply)
        jobs.crashed.connect(self._forget_jobs)
        self._learn(live.board.plan_runs.values())

    # what is shown

    @property
    def may_run(self) -> bool:
        return self._session.may(Permission.RUN_PLANS)

    @property
    def may_review(self) -> bool:
        return self._session.may(Permission.REVIEW)

    @property
    def is_busy(self) -> bool:
        """A press is on its way."""
        return self._is_busy

    @property
    def is_attaching(self) -> bool:
        """A file is on its way to the step in front."""
        return self.front in self._attaching

    @property
    def is_settled(self) -> bool:
        """Whether a press of now comes from someone who could see which step is in front."""
        return self.clock.monotonic() - self._moved_s >= SETTLE_S

    @property
    def alarm(self) -> Alarm | None:
        found = self._live.board.alarms.get(self._alarm_id)
        self._held = found or self._held
        return self._held

    @property
    def incident(self) -> Incident | None:
        alarm = self.alarm
        name = self._incident_id or (alarm.incident if alarm else "")
        return self._live.board.incidents.get(name)

    @property
    def all_runs(self) -> list[PlanRun]:
        """Open ones first, then the newest."""
        found = sorted(self._live.board.plan_runs.values(), key=lambda run: run.started_at, reverse=True)
        return sorted(found, key=lambda run: not run.is_open)

    @property
    def runs(self) -> list[PlanRun]:
        """Of the incident it is open for, oldest first."""
        incident = self.incident
        return self._live.board.runs_of(incident.id) if incident else []

    @property
    def run(self) -> PlanRun | None:
        """The one chosen, else the newest of the incident that is open, else its newest."""
        chosen = self._live.board.plan_runs.get(self._run_id)
        if chosen is not None:
            return chosen
        runs = self.runs
        return next((run for run in reversed(runs) if run.is_open), runs[-1] if runs else None)

    @property
    def choices(self) -> list[PlanChoice]:
        return self._choices

    @property
    def has_nothing(self) -> bool:
        """No run, and no plan on record that could begin; False until that is known."""
        return self._has_read and not self._choices and self.run is None

    @property
    def at(self) -> int:
        """The place of the step in front: the one picked, else what waits for a person; -1 when none."""
        run = self.run
        if run is None:
            return -1
        if 0 <= self._picked < len(run.steps):
            return self._picked
        current = run.current()
        waiting = [at for at in current if not run.steps[at].is_passed]
        # A run that is over shows how it ended.
        last = [at for at, one in enumerate(run.steps) if one.state is not StepState.PENDING]
        return next(iter([*waiting, *run.failed(), *current[::-1], *last[::-1]]), -1)

    @property
    def front(self) -> Front:
        run = self.run
        return (run.id, self.at) if run is not None else _NOTHING

    @property
    def one(self) -> StepRun | None:
        return self.run.steps[self.at] if self.run is not None and self.at >= 0 else None

    @property
    def step(self) -> Step | None:
        return self.run.step_at(self.at) if self.run is not None and self.at >= 0 else None

    @property
    def shot(self) -> Proof | None:
        """The snapshot taken last on this seat, to be attached."""
        return self._shot

    @property
    def unread_skips(self) -> list[tuple[PlanRun, int]]:
        """Steps left out that nobody who reviews has read; for those who do."""
        if not self.may_review:
            return []
        return [
            (run, at)
            for run in self.all_runs
            for at, one in enumerate(run.steps)
            if one.state is StepState.SKIPPED and one.skip_seen_at is None and one.by != self._session.user
        ]

    def dispatches_of(self, one: StepRun) -> list[Dispatch]:
        known = self._live.board.dispatches
        return [known[name] for name in one.dispatches if name in known]

    def incident_of(self, run: PlanRun) -> Incident | None:
        return self._live.board.incidents.get(run.incident)

    # what it is open for

    def open_alarm(self, alarm_id: str, plan_id: str = "") -> None:
        """plan_id: the plan that stands first to be begun, "" = the one that fits best."""
        self._wanted = plan_id
        self._open(alarm_id, "", "")

    def open_incident(self, incident_id: str) -> None:
        incident = self._live.board.incidents.get(incident_id)
        self._open(incident.alarm if incident else "", incident_id, "")

    def open_run(self, run_id: str) -> None:
        run = self._live.board.plan_runs.get(run_id)
        if run is not None:
            self._open(run.alarm, run.incident, run_id)

    def pick(self, at: int) -> None:
        """Look at another step; -1 = back to the one that is due."""
        self._picked = at
        self._move_front()

    def read_choices(self) -> None:
        self._jobs.run(partial(self._choices_of, self.alarm, self.incident), self._take_choices, self._tell)

    # what the operator does

    def start(self, plan_id: str) -> None:
        incident = self.incident
        if (incident is None and not self._alarm_id) or self._is_busy:
            return
        wanted = (plan_id, self._alarm_id, self._incident_id)
        if self._asked_start != wanted:
            self._asked_start, self._start_id = wanted, new_id()
        # The same id until it has surely begun: asking twice after a time-out begins it once.
        start = Start(self._start_id, plan_id, self._alarm_id, incident.id if incident else "")
        self._do(partial(self._commands.start, self._session, start), self._started)

    def press(self, number: int, note: str = "") -> None:
        """The answer behind a digit key, from 1."""
        step, one = self.step, self.one
        if step is None or one is None or not one.is_open:
            return
        is_out = any(order.is_carried_out for order in self.dispatches_of(one))
        if step.kind is StepKind.DISPATCH and not is_out and not step.target.isdecimal():
            self.ask_dispatch()
            return
        answers = answers_of(step)
        if 1 <= number <= len(answers):
            self.answer(Answer(answers[number - 1], note, by_hand=one.state is StepState.FAILED))

    def answer(self, answer: Answer) -> None:
        self._do_at(lambda run_id, at: self._commands.answer(self._session, run_id, at, answer), answer.note)

    def skip(self, reason: str) -> None:
        self._do_at(lambda run_id, at: self._commands.skip(self._session, run_id, at, reason), reason)

    def fail(self, reason: str) -> None:
        self._do_at(lambda run_id, at: self._commands.fail(self._session, run_id, at, reason), reason)

    def try_again(self) -> None:
        self._do_at(lambda run_id, at: self._commands.try_again(self._session, run_id, at))

    def pause(self, reason: str) -> None:
        self._do_run(lambda run_id: self._commands.pause(self._session, run_id, reason), reason)

    def resume(self) -> None:
        self._do_run(lambda run_id: self._commands.resume(self._session, run_id))

    def abort(self, reason: str) -> None:
        self._do_run(lambda run_id: self._commands.abort(self._session, run_id, reason), reason)

    def attach_note(self, text: str) -> None:
        self._do_at(lambda run_id, at: self._commands.add_note(self._session, run_id, at, text), text)

    def attach_file(self, path: Path, run_id: str, at: int) -> None:
        """To the step it was asked for: another one may be in front by now. Meanwhile steps are answered."""
        self._attaching.append((run_id, at))
        work = partial(self._keep_evidence, path, run_id, at)
        self._jobs.run(partial(answered, (run_id, at), work), self._attached)
        self.changed.emit()

    def attach_shot(self) -> None:
        shot = self._shot
        if shot is not None:
            self._do_at(lambda run_id, at: self._commands.add_evidence(self._session, run_id, at, shot))

    def note_shot(self, path: Path, sha256: str) -> None:
        """A snapshot was just kept on this seat."""
        self._shot = Proof(EvidenceKind.SNAPSHOT, path.name, sha256, str(path))
        self.changed.emit()

    def note_skip_seen(self, run_id: str, at: int) -> None:
        work = partial(self._commands.note_skip_seen, self._session, run_id, at)
        self._jobs.run(work, None, self._tell)

    def tell_moved(self) -> None:
        """What was pressed was meant for the step before: nothing is done."""
        step = self.step
        if step is not None:
            self._tell(ServiceError("plan_run.step_changed", step=step.title))

    def ask_dispatch(self) -> None:
        run, step = self.run, self.step
        if run is not None and step is not None:
            self.dispatch_wanted.emit(run.incident, local_name_of(step.title, step.title_en))

    # inside

    def _open(self, alarm_id: str, incident_id: str, run_id: str) -> None:
        self._alarm_id, self._incident_id, self._run_id = alarm_id, incident_id, run_id
        self._held, self._picked = None, -1
        self.read_choices()
        self.opened.emit()
        self._move_front()

    def _keep_evidence(self, path: Path, run_id: str, at: int) -> PlanRun:
        """In a job."""
        return self._commands.add_evidence(self._session, run_id, at, self._keep_file(path))

    def _do_at(self, command: Callable[[str, int], PlanRun], words: str = "") -> None:
        run, at = self.run, self.at
        if run is not None and at >= 0 and not self._is_busy:
            self._do(partial(command, run.id, at), self._accept, words)

    def _do_run(self, command: Callable[[str], PlanRun], words: str = "") -> None:
        run = self.run
        if run is not None and not self._is_busy:
            self._do(partial(command, run.id), self._accept, words)

    def _do(self, work: Callable[[], PlanRun], done: Callable[[PlanRun], None], words: str = "") -> None:
        self._is_busy, self._words = True, words
        self._jobs.run(work, done, self._refuse)
        self.changed.emit()

    def _started(self, run: PlanRun) -> None:
        self._run_id = run.id
        self._asked_start = ("", "", "")
        self._accept(run)

    def _accept(self, _run: PlanRun) -> None:
        """What became of it comes with the feed; the next step is in front then."""
        self._is_busy, self._picked = False, -1
        self._front = self.front
        self.accepted.emit(self._words)
        self.changed.emit()

    def _refuse(self, error: ServiceError) -> None:
        self._is_busy = False
        self._tell(error)
        self.changed.emit()

    def _tell(self, error: ServiceError) -> None:
        self.refused.emit(error)

    def _attached(self, answer: Answered[Front]) -> None:
        if answer.of in self._attaching:
            self._attaching.remove(answer.of)
        if answer.error is not None:
            self._tell(answer.error)
        self.changed.emit()

    def _forget_jobs(self, _error: object) -> None:
        self._is_busy = False
        self._attaching.clear()

    def _move_front(self) -> None:
        """By the person at the seat, so keys act at once."""
        self._front, self._moved_s = self.front, float("-inf")
        self.changed.emit()

    def _follow_front(self) -> None:
        """The board has moved on: what came in front by itself has not been seen yet."""
        was, self._front = self._front, self.front
        if was not in (_NOTHING, self._front) and not self._is_own_doing(was):
            self._moved_s = self.clock.monotonic()
        self.changed.emit()

    def _is_own_doing(self, was: Front) -> bool:
        """This person began the run that is in front now, or ended the step before; what the hub carries out
        ends by itself.
        """
        run_id, at = was
        if run_id != self._front[0]:
            return self._front[0] == self._run_id
        one = self._live.board.plan_runs[run_id].steps[at]
        return one.by == self._session.user and not one.linkage

    def _take_choices(self, choices: list[PlanChoice]) -> None:
        self._has_read = True
        self._choices = sorted(choices, key=lambda choice: choice.plan != self._wanted)
        learn_more({choice.name: choice.name_en for choice in choices})
        self.changed.emit()

    def _in_front(self) -> str:
        run, incident = self.run, self.incident
        if run is not None:
            return run.incident
        return incident.id if incident is not None else ""

    def _apply(self, facts: list[Fact]) -> None:
        self._learn([fact.run for fact in facts if isinstance(fact, PlanRunChanged)])
        for fact in facts:
            if isinstance(fact, DispatchSent) and fact.dispatch.sent_by == self._session.user:
                self._take_order(fact.dispatch)
        if any(isinstance(fact, _SHOWN) for fact in facts):
            self._follow_front()

    def _take_order(self, dispatch: Dispatch) -> None:
        """At once, where the hub would within a second; whoever is first, the order is taken once."""
        run = self.run
        if run is None or run.state is not PlanRunState.RUNNING or run.incident != dispatch.incident:
            return
        for at in wanting(run)[:1]:
            work = partial(self._commands.take_dispatch, self._session, run.id, at, dispatch.id)
            self._jobs.run(work, None, self._passed_over)

    def _passed_over(self, _error: ServiceError) -> None:
        """The hub was faster, or the step is over: nothing that anybody must know."""

    def _learn(self, runs: Iterable[PlanRun]) -> None:
        """Records name steps in Chinese only."""
        for run in runs:
            words = {run.text.name: run.text.name_en}
            for step in run.text.steps:
                words[step.title] = step.title_en
                words.update({choice.label: choice.label_en for choice in step.choices})
            learn_more(words)
