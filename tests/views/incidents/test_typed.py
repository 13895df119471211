"""What is typed for one incident is carried out on that one, and stays until its own command went through."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from services.core.errors import ServiceError
from services.core.ids import new_id
from services.dispatch.orders import Order
from services.dispatch.sheet import IncidentSheet
from services.domain.incidents import IncidentState
from services.domain.people import Role, Session
from tests.views.seat import OPERATOR, OTHER, Campus, Seat
from views.incidents.acts import Act
from views.incidents.detail import IncidentDetail

Wait = Callable[..., object]
LEADER = Session("li", "李某", Role.SHIFT_LEADER, "SEAT-1")


def enter(campus: Campus, title: str) -> str:
    return campus.incidents.open(OPERATOR, new_id(), IncidentSheet(title, "fight", "二食堂")).id


@pytest.fixture
def first(campus: Campus) -> str:
    return enter(campus, "食堂打架")


@pytest.fixture
def second(campus: Campus, first: str) -> str:
    assert first
    return enter(campus, "学生走失")


@pytest.fixture
def seat(open_seat: Callable[..., Seat], first: str, second: str, wait_until: Wait) -> Seat:
    """Nobody has chosen anything yet."""
    made = open_seat(LEADER)
    made.shell.show_screen("incidents")
    wait_until(lambda: {first, second} <= made.live.board.incidents.keys() and made.jobs.is_idle)
    return made


@pytest.fixture
def detail(seat: Seat) -> IncidentDetail:
    return seat.board.detail


def notes(seat: Seat, incident_id: str) -> list[str]:
    entries = seat.live.board.timeline.get(incident_id, [])
    return [str(entry.params["text"]) for entry in entries if entry.what == "note"]


def type_line(seat: Seat, line: str) -> None:
    seat.board.commands.line.setText(line)
    QTest.keyClick(seat.board.commands.line, Qt.Key.Key_Return)


def shown(seat: Seat) -> str:
    assert seat.incidents.chosen is not None
    return seat.incidents.chosen.id


# the incident that is shown


def test_what_is_shown_stays_shown_when_another_comes_to_stand_before_it(
    campus: Campus, seat: Seat, detail: IncidentDetail, first: str, second: str, wait_until: Wait
) -> None:
    QTest.keyClicks(detail.text, "both let go")
    order = campus.dispatches.send(OTHER, Order(guard="G01", text="go", incident_id=first))
    wait_until(lambda: order.id in seat.live.board.dispatches)
    assert seat.board.waiting.incident_at(0).id == second
    QTest.keyClick(detail.text, Qt.Key.Key_Return)
    wait_until(lambda: notes(seat, first) + notes(seat, second))
    assert (notes(seat, first), notes(seat, second)) == (["both let go"], [])
    detail.contain.click()
    wait_until(lambda: seat.live.board.incidents[first].state is IncidentState.CONTAINED)
    assert seat.live.board.incidents[second].state is IncidentState.ACCEPTED


def test_an_incident_that_was_not_looked_at_yet_gives_way_to_the_oldest_open_one(
    campus: Campus, open_seat: Callable[..., Seat], first: str, second: str, wait_until: Wait
) -> None:
    seat = open_seat(LEADER)
    assert shown(seat) == first
    campus.incidents.dismiss(OTHER, first, "无")
    wait_until(lambda: not seat.live.board.incidents[first].is_open)
    assert shown(seat) == second


def test_an_incident_ended_by_somebody_else_stays_with_what_was_typed_to_be_copied(
    campus: Campus, seat: Seat, detail: IncidentDetail, first: str, second: str, wait_until: Wait
) -> None:
    QTest.keyClicks(detail.text, "name taken")
    campus.incidents.dismiss(OTHER, first, "无")
    wait_until(lambda: not seat.live.board.incidents[first].is_open)
    assert (shown(seat), detail.text.text()) == (first, "name taken")
    assert detail.text.isEnabled()
    assert detail.text.isReadOnly()
    QTest.keyClick(detail.text, Qt.Key.Key_Return)
    wait_until(lambda: seat.jobs.is_idle)
    assert notes(seat, first) + notes(seat, second) == []


def test_words_stay_with_their_incident_while_another_is_chosen(
    seat: Seat, detail: IncidentDetail, first: str, second: str
) -> None:
    QTest.keyClicks(detail.text, "of the first")
    seat.incidents.choose(second)
    assert detail.text.text() == ""
    QTest.keyClicks(detail.text, "of the second")
    seat.incidents.choose(first)
    assert detail.text.text() == "of the first"
    seat.incidents.choose(second)
    assert detail.text.text() == "of the second"


def test_while_a_new_incident_is_entered_the_one_shown_stays(
    seat: Seat, detail: IncidentDetail, second: str, wait_until: Wait
) -> None:
    seat.incidents.choose(second)
    detail.begin_new()
    detail.sheet.save.click()
    assert shown(seat) == second
    wait_until(lambda: seat.refusals)
    assert shown(seat) == second


def test_the_paper_is_of_the_incident_it_was_asked_for(
    seat: Seat, detail: IncidentDetail, first: str, second: str, tmp_path: Path, wait_until: Wait
) -> None:
    file = tmp_path / "form.docx"
    seat.incidents.choose(second)
    detail.print_to(first, str(file))
    wait_until(lambda: seat.jobs.is_idle)
    text = zipfile.ZipFile(file).read("word/document.xml").decode()
    assert seat.live.board.incidents[first].incident_no in text


# the answer to one's own command


def test_a_command_typed_below_clears_neither_the_words_nor_the_form(
    seat: Seat, detail: IncidentDetail, first: str, wait_until: Wait
) -> None:
    number = seat.live.board.incidents[first].short_no
    QTest.keyClicks(detail.text, "a long result")
    type_line(seat, f"记 {number} 某某到了")
    wait_until(lambda: notes(seat, first) and seat.jobs.is_idle)
    assert detail.text.text() == "a long result"
    detail.begin(Act.TRANSFER)
    detail.form.text.setText("交派出所")
    type_line(seat, f"增援 {number} 1 人手不够")
    wait_until(lambda: seat.live.board.incidents[first].backup_wanted and seat.jobs.is_idle)
    assert detail.form.isVisible()
    assert detail.form.text.text() == "交派出所"


def test_words_typed_while_the_ones_before_are_written_stay(
    seat: Seat, detail: IncidentDetail, first: str, wait_until: Wait
) -> None:
    detail.text.setText("first")
    QTest.keyClick(detail.text, Qt.Key.Key_Return)
    detail.text.setText("second")
    wait_until(lambda: notes(seat, first) and seat.jobs.is_idle)
    assert detail.text.text() == "second"
    QTest.keyClick(detail.text, Qt.Key.Key_Return)
    wait_until(lambda: len(notes(seat, first)) == 2 and seat.jobs.is_idle)
    assert detail.text.text() == ""


def test_words_that_were_sent_are_gone_when_their_incident_is_chosen_again(
    seat: Seat, detail: IncidentDetail, first: str, second: str, wait_until: Wait
) -> None:
    detail.text.setText("of the first")
    QTest.keyClick(detail.text, Qt.Key.Key_Return)
    seat.incidents.choose(second)
    detail.text.setText("of the second")
    wait_until(lambda: notes(seat, first) and seat.jobs.is_idle)
    assert detail.text.text() == "of the second"
    seat.incidents.choose(first)
    assert detail.text.text() == ""


def test_what_is_filled_in_while_the_sheet_is_saved_is_saved_by_the_next_press(
    seat: Seat, detail: IncidentDetail, first: str, wait_until: Wait
) -> None:
    detail.begin(Act.EDIT)
    form = detail.sheet
    form.texts["content"].setPlainText("十几人 ")
    form.save.click()
    form.texts["content"].setPlainText("十几人 有人受伤")
    wait_until(lambda: seat.live.board.incidents[first].content and seat.jobs.is_idle)
    assert form.isVisible()
    form.save.click()
    wait_until(lambda: seat.live.board.incidents[first].content == "十几人 有人受伤")
    wait_until(lambda: not form.isVisible())
    assert seat.refusals == []


def test_a_new_incident_whose_form_goes_on_is_entered_once(
    seat: Seat, detail: IncidentDetail, wait_until: Wait
) -> None:
    known = set(seat.live.board.incidents)
    detail.begin_new()
    form = detail.sheet
    form.lines["title"].setText("冒烟")
    form.save.click()
    form.texts["content"].setPlainText("三楼")
    wait_until(lambda: len(seat.live.board.incidents) > len(known) and seat.jobs.is_idle)
    assert form.isVisible()
    form.save.click()
    wait_until(lambda: not form.isVisible() and seat.jobs.is_idle)
    (entered,) = seat.live.board.incidents.keys() - known
    wait_until(lambda: seat.live.board.incidents[entered].content == "三楼")
    assert (seat.live.board.incidents[entered].title, shown(seat)) == ("冒烟", entered)


def test_looking_at_a_review_beside_it_leaves_a_new_incidents_form_that_of_a_new_one(
    seat: Seat, detail: IncidentDetail, first: str, wait_until: Wait
) -> None:
    seat.incidents.contain(first, "已控制")
    wait_until(lambda: seat.live.board.incidents[first].state is IncidentState.CONTAINED)
    detail.begin_new()
    detail.sheet.lines["title"].setText("冒烟")
    detail.begin(Act.REVIEW)
    detail.sheet.save.click()
    wait_until(lambda: len(seat.live.board.incidents) == 3)
    assert seat.live.board.incidents[first].title == "食堂打架"


def test_a_unit_that_was_not_sent_leaves_the_form_with_its_words(
    campus: Campus, seat: Seat, detail: IncidentDetail, first: str, wait_until: Wait
) -> None:
    detail.begin(Act.UNIT)
    form = detail.form
    form.other.setCurrentIndex(form.other.count() - 1)
    form.to.setText("后勤处")
    form.text.setText("拉闸")
    # Ended before this seat knows it.
    campus.incidents.dismiss(OTHER, first, "无")
    form.do.click()
    wait_until(lambda: seat.refusals and seat.jobs.is_idle)
    assert form.isVisible()
    assert form.text.text() == "拉闸"


def test_a_form_whose_button_was_pressed_twice_is_closed_by_the_first_answer(
    seat: Seat, detail: IncidentDetail, first: str, wait_until: Wait
) -> None:
    detail.begin(Act.DISMISS)
    detail.form.text.setText("无")
    detail.form.do.click()
    detail.form.do.click()
    wait_until(lambda: seat.refusals and seat.jobs.is_idle)
    wait_until(lambda: seat.live.board.incidents[first].state is IncidentState.UNFOUNDED)
    assert not detail.form.isVisible()


def test_the_line_says_what_became_of_its_own_command_only(seat: Seat, first: str, wait_until: Wait) -> None:
    number = seat.live.board.incidents[first].short_no
    type_line(seat, f"记 {number} 某某到了")
    seat.incidents.refused.emit(ServiceError("dispatch.title_needed"))
    wait_until(lambda: notes(seat, first) and seat.jobs.is_idle)
    assert seat.board.commands.reply.text().startswith("✓")
