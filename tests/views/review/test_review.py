"""The review screen on a real record: read, written, judged by another, exported, its lessons done."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import docx
import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QTabWidget

from app.papers import save_paper
from services.core.clock import ManualClock
from services.core.jobs import Jobs
from services.dispatch.orders import Order
from services.domain.people import Role, Session
from services.domain.reviews import CauseKind, Proposal, Review, ReviewCause, ReviewState
from services.review.steps import Draft
from services.storage import Database
from tests.services.review.night import OPERATOR, START_AT, SUPERVISOR, Night, contain, open_night, send_guard
from ui.board import LiveBoard
from ui.i18n import speak
from ui.jobs import UiJobs
from views.review.conclusion import ConclusionForm
from views.review.presenter import ReviewPresenter
from views.review.screen import LESSONS, ReviewScreen

Wait = Callable[..., object]
HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass
class Desk:
    """One person's review screen."""

    presenter: ReviewPresenter
    screen: ReviewScreen
    jobs: UiJobs
    pool: Jobs

    @property
    def form(self) -> ConclusionForm:
        return self.screen.reviews.form

    def write(self, summary: str, cause: str) -> None:
        self.form.summary.setPlainText(summary)
        self.form.causes[CauseKind.MANAGEMENT].setPlainText(cause)

    def close(self) -> None:
        self.screen.close()
        self.screen.deleteLater()
        self.jobs.close()
        self.pool.stop()


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    with open_night(tmp_path, ManualClock(START_AT)) as night:
        contain(night, send_guard(night))
        yield night


@pytest.fixture
def open_desk(qapp: QApplication, night: Night, wait_until: Wait) -> Iterator[Callable[[Session], Desk]]:
    """`open_desk(session)`: their screen, with the night's only review chosen."""
    desks: list[Desk] = []

    def build(session: Session) -> Desk:
        pool = Jobs("review-test", 2)
        jobs = UiJobs(pool)
        live = LiveBoard(night.database.read(lambda view: view.board()))
        presenter = ReviewPresenter(
            live=live,
            commands=night.reviews,
            session=session,
            jobs=jobs,
            clock=night.clock,
            save=save_paper,
        )
        screen = ReviewScreen(presenter, "示范学院保卫处")
        desk = Desk(presenter, screen, jobs, pool)
        desks.append(desk)
        screen.resize(1100, 640)
        screen.show()
        wait_until(lambda: presenter.story is not None and jobs.is_idle)
        return desk

    yield build
    for desk in desks:
        desk.close()
    speak("zh")
    qapp.processEvents()


def review_of(database: Database) -> Review:
    return database.read(lambda view: view.reviews.newest(1)[0])


def test_the_course_of_the_incident_stands_there_from_the_alarm_to_its_end(
    open_desk: Callable[[Session], Desk],
) -> None:
    course = open_desk(OPERATOR).screen.reviews.course.lines()
    assert [row[1] for row in course] == sorted(
        (row[1] for row in course), key=lambda text: [int(part) for part in text[1:].split(":")]
    )
    texts = [row[3] for row in course]
    for part in (
        "东门岗亭一键报警",
        "接警 BJ",
        "派 ",
        "1500 ms",
        "到场",
        "抓获 1",
        "属实",
        "已控制",
        "自动开始复盘",
    ):
        assert any(part in text for text in texts), part


def test_the_review_of_an_incident_is_shown_although_an_older_one_waits(
    open_desk: Callable[[Session], Desk], night: Night, wait_until: Wait
) -> None:
    desk = open_desk(OPERATOR)
    older = review_of(night.database)
    night.clock.advance(60)
    alarm = night.signal("1001", 2)
    night.alarms.claim(OPERATOR, alarm)
    sent = night.dispatch.send(OPERATOR, Order("G33", "去", alarm_id=alarm))
    night.incidents.contain_incident(OPERATOR, sent.incident)
    desk.screen.show_incident(sent.incident)
    desk.presenter.refresh()
    wait_until(lambda: len(desk.presenter.reviews) == 2 and desk.jobs.is_idle)
    wait_until(lambda: desk.presenter.story.review.incident == sent.incident)
    desk.presenter.choose(older.id)
    wait_until(lambda: desk.presenter.story is not None)
    desk.screen.show_incident(sent.incident)
    wait_until(lambda: desk.presenter.story is not None and desk.jobs.is_idle)
    assert desk.presenter.story.review.incident == sent.incident


def test_times_say_what_was_late_and_what_was_within_its_limit(
    open_desk: Callable[[Session], Desk],
) -> None:
    rows = {row[0]: row[2:] for row in open_desk(OPERATOR).screen.reviews.times.lines()}
    assert rows["接警"] == ["6 秒", "10 秒", "达标"]
    assert rows["到场"] == ["3:20", "3:00", "超时"]
    assert rows["控制"] == ["5:15", "–", "–"]


def test_a_review_is_written_handed_in_and_approved_by_somebody_else(
    open_desk: Callable[[Session], Desk], night: Night, wait_until: Wait
) -> None:
    writer = open_desk(OPERATOR)
    assert not writer.form.approve.isVisible()
    writer.write("争执，已劝离", "夜间只有一人\n没有护栏")
    writer.form.proposals.add.click()
    line = writer.form.proposals.lines[0]
    line.text.setText("加装护栏")
    line.owner.setText("后勤处")
    writer.form.submit.click()
    wait_until(lambda: review_of(night.database).state is ReviewState.SUBMITTED)
    wait_until(lambda: not writer.form.submit.isVisible())
    assert [cause.text for cause in review_of(night.database).causes] == ["夜间只有一人", "没有护栏"]
    judge = open_desk(SUPERVISOR)
    assert not judge.form.submit.isVisible()
    judge.form.approve.click()
    wait_until(lambda: review_of(night.database).state is ReviewState.APPROVED)
    wait_until(lambda: judge.presenter.lessons)
    assert judge.screen.lessons.table.lines()[0][2:4] == ["后勤处", "加装护栏"]


def test_who_wrote_it_finds_no_button_to_approve_it(
    open_desk: Callable[[Session], Desk], wait_until: Wait
) -> None:
    leader = open_desk(Session("li", "李某", Role.SHIFT_LEADER, "seat-2"))
    leader.write("写", "因")
    leader.form.submit.click()
    wait_until(lambda: leader.presenter.story.review.state is ReviewState.SUBMITTED)
    assert not leader.form.approve.isVisible()


def test_sending_back_without_a_reason_is_refused_in_words(
    open_desk: Callable[[Session], Desk], night: Night, wait_until: Wait
) -> None:
    writer = open_desk(OPERATOR)
    writer.write("写", "因")
    writer.form.submit.click()
    wait_until(lambda: review_of(night.database).state is ReviewState.SUBMITTED)
    judge = open_desk(SUPERVISOR)
    judge.form.send_back.click()
    wait_until(lambda: "没有写明原因" in judge.screen.message.text())
    judge.form.reason.setText("写得太少")
    judge.form.send_back.click()
    wait_until(lambda: review_of(night.database).state is ReviewState.SENT_BACK)
    wait_until(lambda: "写得太少" in judge.form.state.text())


def test_what_was_typed_is_kept_when_one_goes_elsewhere(
    open_desk: Callable[[Session], Desk], night: Night, wait_until: Wait
) -> None:
    writer = open_desk(OPERATOR)
    writer.form.summary.setPlainText("写了一半")
    writer.screen.hide()
    wait_until(lambda: review_of(night.database).summary == "写了一半")


def test_typing_is_kept_by_itself_and_not_disturbed_by_what_others_do(
    open_desk: Callable[[Session], Desk], night: Night, wait_until: Wait
) -> None:
    writer = open_desk(OPERATOR)
    QTest.keyClicks(writer.form.summary, "half")
    writer.presenter.refresh()
    writer.presenter.choose(review_of(night.database).id)
    wait_until(lambda: writer.jobs.is_idle)
    assert writer.form.summary.toPlainText() == "half"
    writer.form._timer.timeout.emit()
    wait_until(lambda: review_of(night.database).summary == "half")
    cursor = writer.form.summary.textCursor()
    assert cursor.position() == 4


def test_the_paper_holds_every_moment_in_order_and_opens_as_docx_and_pdf(
    open_desk: Callable[[Session], Desk], tmp_path: Path, wait_until: Wait
) -> None:
    desk = open_desk(OPERATOR)
    for ending in ("docx", "pdf", "xlsx"):
        desk.screen.export(str(tmp_path / f"review.{ending}"))
        wait_until(lambda ending=ending: (tmp_path / f"review.{ending}").exists() and desk.jobs.is_idle)
    paper = docx.Document(str(tmp_path / "review.docx"))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in paper.tables]
    course = next(table for table in tables if table[0][1] == "距报警")
    assert course[1:] == desk.screen.reviews.course.lines()
    assert (tmp_path / "review.pdf").read_bytes().startswith(b"%PDF")


def test_an_overdue_lesson_says_so_and_is_done_with_a_note(
    open_desk: Callable[[Session], Desk], night: Night, wait_until: Wait
) -> None:
    draft = Draft(
        "写",
        (ReviewCause(CauseKind.PEOPLE, "因"),),
        (Proposal("加灯", "后勤处", START_AT + timedelta(days=1)),),
    )
    night.reviews.approve(SUPERVISOR, night.reviews.submit(OPERATOR, review_of(night.database), draft))
    night.clock.advance(86400 * 2)
    desk = open_desk(OPERATOR)
    desk.screen.pages.setCurrentIndex(LESSONS)
    page = desk.screen.lessons
    assert page.table.lines()[0][0] == "逾期"
    page.table.selectRow(0)
    page.note.setText("已装")
    page.done.click()
    wait_until(lambda: not page.table.lines())
    page.only_open.setChecked(False)
    assert page.table.lines()[0][0] == "已完成"
    assert page.table.lines()[0][6] == "已装"


def test_the_whole_screen_is_english_after_a_switch(
    open_desk: Callable[[Session], Desk], qapp: QApplication
) -> None:
    screen = open_desk(SUPERVISOR).screen
    speak("en")
    qapp.processEvents()
    shown: list[str] = []
    for kind in (QAbstractButton, QLabel):
        shown += [widget.text() for widget in screen.findChildren(kind)]
    for kind in (QLineEdit, QPlainTextEdit):
        shown += [widget.placeholderText() + widget.accessibleName() for widget in screen.findChildren(kind)]
    for tabs in screen.findChildren(QTabWidget):
        shown += [tabs.tabText(number) for number in range(tabs.count())]
    for table in (screen.reviews.table, screen.reviews.course, screen.reviews.times, screen.lessons.table):
        shown += [table.horizontalHeaderItem(column).text() for column in range(table.columnCount())]
    shown += [row[2] for row in screen.reviews.course.lines()]
    shown += [row[0] for row in screen.reviews.times.lines()]
    assert [text for text in shown if HAN.search(text)] == []
