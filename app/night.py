"""A scripted hand that works a whole night at one seat: answers, sends, ends, reviews and hands over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt

from app.desk import OperatorDesk
from app.scripted_hand import ScriptedHand, Wait
from services.core.errors import ServiceError
from services.dispatch.sheet import sheet_of
from services.domain.alarms import Alarm, AlarmState
from services.domain.classes import AlarmClass
from services.domain.handovers import HandoverState
from services.domain.incidents import Dispatch, DispatchState, Incident, IncidentState
from services.domain.periods import PeriodKind
from services.domain.plan_steps import StepKind
from services.domain.reviews import WRITABLE, CauseKind, ReviewState

MOST_STEPS = 80


@dataclass(frozen=True, slots=True)
class Case:
    """One incident of the night, as the one at the desk understands it. level: 4 as it is opened."""

    alarm_class: AlarmClass
    found: str
    contained: str
    summary: str
    cause: tuple[CauseKind, str]
    action: tuple[str, str]
    closed: str
    level: int = 4


NIGHT: tuple[Case, ...] = (
    Case(
        AlarmClass.INTRUSION,
        "一名男生翻墙返校，已查验身份并带回宿舍",
        "人员已找到，周界无其他异常",
        "北围墙红外报警，画面见一人翻墙。保安到场查明是晚归学生，已教育并通知辅导员。",
        (CauseKind.THINGS, "北围墙西段外侧有堆土，墙面高度不足"),
        ("清除北围墙西段外侧堆土", "后勤处"),
        "学生晚归翻墙，已移交学院处理",
    ),
    Case(
        AlarmClass.PANIC,
        "两名学生因插队打架，已分开，无人受伤",
        "双方已分开并带到保卫处",
        "第一食堂一键报警，画面见两人打架。保安到场分开，双方在保卫处写明经过。",
        (CauseKind.PEOPLE, "夜宵窗口排队秩序无人维护"),
        ("夜宵时段安排一名保安在第一食堂", "保卫处"),
        "打架双方已由学院领回",
    ),
    Case(
        AlarmClass.FIRE,
        "三楼水房电热水器冒烟，断电后扑灭，已疏散，无人受伤",
        "明火扑灭，人员清点齐全",
        "3 号宿舍楼手报报警，水房电热水器冒烟。启动火灾预案，疏散并断电，保安用灭火器扑灭。",
        (CauseKind.MANAGEMENT, "宿舍水房电器没有定期检查"),
        ("全部宿舍水房电器检查一遍并建立台账", "后勤处"),
        "已扑灭，无伤亡，水房停用待查",
        level=3,
    ),
)


@dataclass(frozen=True, slots=True)
class Relief:
    """Who signs the handover: the one who goes and the one who comes, each with their password."""

    out_password: str
    in_name: str
    in_password: str


class NightHand(ScriptedHand):
    """The one at the desk. papers: the folder that the report is written to, None = nowhere."""

    def __init__(
        self,
        desk: OperatorDesk,
        relief: Relief,
        *,
        papers: Path | None = None,
        cases: tuple[Case, ...] = NIGHT,
        pace: float = 1.0,
    ) -> None:
        super().__init__(desk, pace)
        self._cases = cases
        self._relief = relief
        self._papers = papers
        self._of_case: dict[Case, str] = {}
        self._refused = False

    def script(self) -> Iterator[Wait]:
        for case in self._cases:
            yield from self._answer(case)
        for case in self._cases:
            yield from self._end(case)
        for case in self._cases:
            yield from self._review(case)
        yield from self._hand_over()
        for case in self._cases:
            yield from self._close(case)
        yield from self._report()
        yield from self._arrive("night-closed")
        yield 2.0

    # one alarm, from its sound to a guard on the way

    def _answer(self, case: Case) -> Iterator[Wait]:
        yield lambda: self._alarm(case) is not None
        self._desk.shell.show_screen("watch")
        yield from self._arrive(f"alarm-{case.alarm_class.value}")
        yield 2.0
        alarm = self._alarm(case)
        assert alarm is not None
        yield from self._press_on(alarm.id, Qt.Key.Key_F1)
        yield lambda: self._stored(alarm).owner == self._desk.session.user
        yield from self._arrive(f"claimed-{case.alarm_class.value}")
        yield from self._press_on(alarm.id, Qt.Key.Key_F4)
        yield lambda: self._desk.screens.panel.isVisible() and self._desk.presenters.dispatch.chosen
        yield 3.0
        yield from self._press(Qt.Key.Key_Return)
        yield lambda: self._stored(alarm).incident and self._orders(self._stored(alarm).incident)
        self._of_case[case] = self._stored(alarm).incident
        yield from self._arrive(f"sent-{case.alarm_class.value}")
        yield from self._press(Qt.Key.Key_Escape)
        yield 1.0

    # from the guard's report to the end of the danger

    def _end(self, case: Case) -> Iterator[Wait]:
        incident_id = self._of_case[case]
        alarm_id = self._incident(case).alarm
        if case.level != self._incident(case).level:
            yield from self._grade(case)
        self._desk.shell.show_screen("watch")
        for state in (AlarmState.VERIFYING, AlarmState.LINKED):
            yield from self._press_on(alarm_id, Qt.Key.Key_F2)
            yield partial(self._has_come_to, alarm_id, state)
        if case.alarm_class is AlarmClass.FIRE:
            yield from self._carry_out_plan(incident_id)
        self._desk.shell.show_screen("incidents")
        self._desk.presenters.incidents.choose(incident_id)
        for order in self._orders(incident_id):
            yield partial(self._is_done, order.id)
            self._give_feedback(order, case.found)
            yield partial(self._is_closed, order.id)
        yield from self._arrive(f"feedback-{case.alarm_class.value}")
        detail = self._desk.screens.incidents_screen.detail
        detail.text.setText(case.contained)
        yield 1.0
        detail.contain.click()
        yield lambda: self._incident(case).state is IncidentState.CONTAINED
        yield from self._arrive(f"contained-{case.alarm_class.value}")
        self._desk.shell.show_screen("watch")
        yield lambda: not self._stored_id(alarm_id).source_active
        yield from self._press_on(alarm_id, Qt.Key.Key_F8)
        yield lambda: alarm_id not in self._desk.live.board.alarms

    def _grade(self, case: Case) -> Iterator[Wait]:
        """On the incident's sheet."""
        incidents = self._desk.presenters.incidents
        incidents.choose(self._of_case[case])
        before = sheet_of(self._incident(case))
        incidents.save_sheet(self._of_case[case], before, replace(before, level=case.level))
        yield lambda: self._incident(case).level == case.level

    def _give_feedback(self, order: Dispatch, found: str) -> None:
        card = self._desk.screens.incidents_screen.detail.orders.card(order.id)
        card.feedback.result.setText(found)
        card.feedback.send.click()

    def _carry_out_plan(self, incident_id: str) -> Iterator[Wait]:
        """Answers every step; what cannot be done from the desk tonight is left out with a reason."""
        runs = self._desk.presenters.plans.whole
        runs.refused.connect(self._note_refusal)
        self._desk.shell.show_screen("planrun")
        runs.open_incident(incident_id)
        yield lambda: runs.choices
        runs.start(runs.choices[0].plan)
        yield lambda: runs.run is not None and not runs.is_busy
        yield from self._arrive("plan")
        for _ in range(MOST_STEPS):
            if runs.run is None or not runs.run.is_open:
                break
            yield lambda: not runs.is_busy
            yield from self._take_step()
        runs.refused.disconnect(self._note_refusal)
        yield from self._arrive("plan-done")
        yield 1.0

    def _take_step(self) -> Iterator[Wait]:
        runs = self._desk.presenters.plans.whole
        run, step, one = runs.run, runs.step, runs.one
        if run is None or step is None or one is None or not one.is_open:
            yield 0.5
            return
        version, self._refused = run.row_version, False

        def is_on() -> bool:
            present = runs.run
            return self._refused or (present is not None and present.row_version != version)

        if step.needs_evidence and not one.evidence:
            runs.attach_note("现场保安口头报告，已记录")
            yield is_on
            return
        needs_skip = step.kind in (StepKind.WAIT, StepKind.FORM, StepKind.DISPATCH)
        if needs_skip and not one.dispatches:
            runs.skip("已由现场指挥口头完成")
        else:
            runs.press(1, "已办")
        yield is_on
        if self._refused:
            self._refused = False
            runs.skip("已由现场指挥口头完成")
            yield is_on
        yield 0.5

    # afterwards

    def _review(self, case: Case) -> Iterator[Wait]:
        screen, review = self._desk.screens.review_screen, self._desk.presenters.review
        self._desk.shell.show_screen("review")
        screen.show_incident(self._of_case[case])
        yield lambda: review.story is not None and review.story.review.incident == self._of_case[case]
        form = screen.reviews.form
        form.summary.setPlainText(case.summary)
        kind, text = case.cause
        form.causes[kind].setPlainText(text)
        form.proposals.add.click()
        line = form.proposals.lines[-1]
        line.text.setText(case.action[0])
        line.owner.setText(case.action[1])
        yield from self._arrive(f"review-{case.alarm_class.value}")
        form.submit.click()
        # Whoever approves it may be faster than the next look.
        yield lambda: review.story is not None and review.story.review.state not in WRITABLE

    def _hand_over(self) -> Iterator[Wait]:
        handover = self._desk.presenters.handover
        self._desk.shell.show_screen("handover")
        handover.prepare()
        yield lambda: handover.present.handover is not None and handover.may_sign
        yield from self._arrive("handover")
        yield 2.0
        handover.sign(self._desk.session.user, self._relief.out_password, "三起警情均已处置，复盘已提交")
        yield lambda: self._handover_state() is HandoverState.OUT_SIGNED and handover.may_sign
        handover.sign(self._relief.in_name, self._relief.in_password, "已接班")
        yield lambda: any(one.state is HandoverState.IN_SIGNED for one in handover.history)
        yield from self._arrive("handed-over")
        yield 1.0

    def _close(self, case: Case) -> Iterator[Wait]:
        """A grave one only after somebody else has approved its review."""
        review = self._desk.presenters.review
        self._desk.shell.show_screen("review")
        self._desk.screens.review_screen.show_incident(self._of_case[case])
        yield lambda: review.story is not None and review.story.review.incident == self._of_case[case]
        yield lambda: review.story is not None and review.story.review.state is ReviewState.APPROVED
        self._desk.shell.show_screen("incidents")
        self._desk.presenters.incidents.choose(self._of_case[case])
        detail = self._desk.screens.incidents_screen.detail
        detail.text.setText(case.closed)
        yield 1.0
        detail.end.click()
        yield lambda: self._incident(case).state is IncidentState.CLOSED

    def _report(self) -> Iterator[Wait]:
        """The day's figures, as they go to the office; written where there is a folder for them."""
        reports = self._desk.presenters.reports
        self._desk.shell.show_screen("reports")
        reports.read_duty(PeriodKind.DAY, datetime.now().astimezone().date())
        yield lambda: reports.duty is not None and len(reports.duty.incidents) >= len(self._cases)
        yield from self._arrive("report")
        if self._papers is not None:
            file = self._papers / "duty-report.pdf"
            reports.export_duty(file)
            yield file.exists

    # what the seat knows

    def _alarm(self, case: Case) -> Alarm | None:
        """The one that waits for somebody."""
        found = (
            alarm
            for alarm in self._desk.live.board.alarms.values()
            if alarm.alarm_class is case.alarm_class and alarm.state is AlarmState.NEW
        )
        return next(found, None)

    def _stored(self, alarm: Alarm) -> Alarm:
        return self._stored_id(alarm.id)

    def _stored_id(self, alarm_id: str) -> Alarm:
        return self._desk.live.board.alarms[alarm_id]

    def _has_come_to(self, alarm_id: str, state: AlarmState) -> bool:
        alarm = self._stored_id(alarm_id)
        return alarm.state is state and alarm.viewed_at is not None

    def _incident(self, case: Case) -> Incident:
        return self._desk.live.board.incidents[self._of_case[case]]

    def _orders(self, incident_id: str) -> list[Dispatch]:
        return self._desk.live.board.dispatches_of(incident_id)

    def _is_done(self, dispatch_id: str) -> bool:
        return self._desk.live.board.dispatches[dispatch_id].state is DispatchState.DONE

    def _is_closed(self, dispatch_id: str) -> bool:
        return self._desk.live.board.dispatches[dispatch_id].state is DispatchState.CLOSED

    def _handover_state(self) -> HandoverState | None:
        handover = self._desk.presenters.handover.present.handover
        return handover.state if handover is not None else None

    def _note_refusal(self, _error: ServiceError) -> None:
        self._refused = True


class ApprovingHand(ScriptedHand):
    """The security office on another seat: reads each review that is handed in, and approves it."""

    def script(self) -> Iterator[Wait]:
        review = self._desk.presenters.review
        self._desk.shell.show_screen("review")
        while True:
            yield lambda: any(one.state is ReviewState.SUBMITTED for one in review.reviews)
            waiting = next(one for one in review.reviews if one.state is ReviewState.SUBMITTED)
            review.choose(waiting.id)
            yield lambda waiting=waiting: self._is_open(waiting.id)  # type: ignore[misc]
            yield 3.0
            yield from self._arrive("approving")
            self._desk.screens.review_screen.reviews.form.approve.click()
            yield lambda waiting=waiting: self._is_judged(waiting.id)  # type: ignore[misc]

    def _is_open(self, review_id: str) -> bool:
        story = self._desk.presenters.review.story
        return story is not None and story.review.id == review_id and self._desk.presenters.review.may_judge

    def _is_judged(self, review_id: str) -> bool:
        found = (one for one in self._desk.presenters.review.reviews if one.id == review_id)
        return any(one.state is not ReviewState.SUBMITTED for one in found)
