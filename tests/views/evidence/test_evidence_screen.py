"""The screen of requests: asked at one seat, allowed at another, copied, checked, handed over, filed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit

from services.core.clock import ManualClock
from services.domain.evidence import EvidenceRequest, EvidenceState, Ground, Take
from services.domain.incidents import Incident, IncidentId
from services.domain.people import Session
from services.evidence.desk import EvidenceDesk
from services.storage import Database
from tests.services.evidence.sealed.conftest import AT
from tests.services.evidence.test_desk import LEADER, OPERATOR, SUPERVISOR, WANTED
from tests.services.review.night import START_AT
from tests.views.evidence.conftest import Place
from ui.i18n import speak
from views.evidence.presenter import Filter, Prefill

Wait = Callable[..., object]
Open = Callable[[Session], Place]
HAN = re.compile(r"[\u4e00-\u9fff]")
SPAN = Prefill(("C01", "C02"), AT + timedelta(seconds=2), AT + timedelta(seconds=6))


def ask(place: Place, wait_until: Wait) -> EvidenceRequest:
    """By the form, as a person does."""
    place.presenter.begin_form(SPAN)
    form = place.screen.form
    form.unit.setText("城东派出所")
    form.person.setText("赵警官")
    form.document.setText("调证 118")
    form.why.setPlainText("翻墙入校案")
    place.screen.activateWindow()
    wait_until(place.screen.isActiveWindow)
    QTest.keyClick(form.why, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait_until(lambda: place.is_idle and place.presenter.chosen is not None)
    one = place.presenter.chosen
    assert one is not None
    return one


def choose(place: Place, request: EvidenceRequest, wait_until: Wait) -> None:
    place.presenter.refresh()
    wait_until(lambda: place.is_idle)
    place.presenter.choose(request.id)


def press(place: Place, button: str, wait_until: Wait) -> EvidenceRequest:
    place.screen.chosen.buttons[button].click()
    wait_until(lambda: place.is_idle, 20.0)
    one = place.presenter.chosen
    assert one is not None
    return one


@pytest.mark.usefixtures("recorded")
def test_a_request_goes_from_one_seat_to_the_other_and_into_the_register(
    open_place: Open, wait_until: Wait, tmp_path: Path
) -> None:
    supervisor, leader = open_place(SUPERVISOR), open_place(LEADER)
    asked = ask(supervisor, wait_until)
    assert asked.cameras == ("C01", "C02")
    assert (asked.since, asked.until) == (SPAN.since, SPAN.until)
    choose(leader, asked, wait_until)
    assert press(leader, "approve", wait_until).state is EvidenceState.APPROVED
    choose(supervisor, asked, wait_until)
    made = press(supervisor, "export", wait_until)
    assert made.state is EvidenceState.EXPORTED
    assert made.export is not None
    assert list(Path(made.export.folder).rglob("*C02*.mp4"))
    press(supervisor, "check", wait_until)
    assert "校验通过" in supervisor.screen.message.text()

    press(supervisor, "hand_over", wait_until)
    dialog = supervisor.screen.hand_over
    assert not dialog.isModal()
    assert dialog.name.text() == "赵警官"
    dialog.document.setText("警官证 004512")
    dialog.confirm.click()
    wait_until(lambda: supervisor.is_idle)
    assert press(supervisor, "register", wait_until).state is EvidenceState.REGISTERED

    for name in ("slip.pdf", "register.xlsx"):
        write = supervisor.screen.write_paper if name == "slip.pdf" else supervisor.screen.write_register
        supervisor.screen.since.setDate(supervisor.screen.since.date().fromString("2026-11-01", "yyyy-MM-dd"))
        supervisor.screen.until.setDate(supervisor.screen.since.date().addDays(29))
        write(str(tmp_path / name))
        wait_until(lambda: supervisor.is_idle, 20.0)
    assert (tmp_path / "slip.pdf").read_bytes().startswith(b"%PDF")
    cells = [
        str(cell.value)
        for sheet in openpyxl.load_workbook(tmp_path / "register.xlsx")
        for row in sheet.iter_rows()
        for cell in row
    ]
    for word in (asked.number, "城东派出所 赵警官", "李某", "已归档"):
        assert any(word in cell for cell in cells), word


@pytest.mark.usefixtures("recorded")
def test_one_flipped_bit_is_said_with_the_file(open_place: Open, wait_until: Wait) -> None:
    supervisor, leader = open_place(SUPERVISOR), open_place(LEADER)
    asked = ask(supervisor, wait_until)
    choose(leader, asked, wait_until)
    press(leader, "approve", wait_until)
    made = press(leader, "export", wait_until)
    assert made.export is not None
    film = next(Path(made.export.folder).rglob("*C01*.mp4"))
    content = bytearray(film.read_bytes())
    content[-1] ^= 0x80
    film.write_bytes(content)
    press(leader, "check", wait_until)
    assert film.name in leader.screen.message.text()
    assert leader.screen.message.property("tone") == "bad"


def test_who_asked_is_not_offered_to_allow_it_and_an_operator_never(
    open_place: Open, wait_until: Wait
) -> None:
    supervisor, operator, leader = open_place(SUPERVISOR), open_place(OPERATOR), open_place(LEADER)
    asked = ask(supervisor, wait_until)
    for place, is_offered in ((supervisor, False), (operator, False), (leader, True)):
        choose(place, asked, wait_until)
        buttons = place.screen.chosen.buttons
        assert (buttons["approve"].isVisible(), buttons["reject"].isVisible()) == (is_offered, is_offered)


def test_a_rejection_without_a_reason_is_refused_and_one_with_it_stands_in_the_paper(
    open_place: Open, wait_until: Wait, desk: EvidenceDesk
) -> None:
    leader = open_place(LEADER)
    asked = desk.request(SUPERVISOR, WANTED)
    choose(leader, asked, wait_until)
    assert press(leader, "reject", wait_until).state is EvidenceState.REQUESTED
    assert "原因" in leader.screen.message.text()
    leader.screen.chosen.reason.setText("与案件无关")
    assert press(leader, "reject", wait_until).state is EvidenceState.REJECTED
    assert "与案件无关" in leader.screen.chosen.standing.text()


def test_an_export_of_nothing_says_so_and_can_be_tried_again(
    open_place: Open, wait_until: Wait, desk: EvidenceDesk
) -> None:
    leader = open_place(LEADER)
    asked = desk.approve(LEADER, desk.request(SUPERVISOR, WANTED))
    choose(leader, asked, wait_until)
    assert press(leader, "export", wait_until).state is EvidenceState.APPROVED
    assert "没有录像" in leader.screen.message.text()
    assert leader.screen.chosen.buttons["export"].isEnabled()
    assert not leader.screen.chosen.bar.isVisible()


def test_what_was_typed_about_one_request_is_not_said_about_another(
    open_place: Open, wait_until: Wait, desk: EvidenceDesk
) -> None:
    leader = open_place(LEADER)
    first, second = desk.request(SUPERVISOR, WANTED), desk.request(SUPERVISOR, WANTED)
    choose(leader, first, wait_until)
    leader.screen.chosen.reason.setText("与案件无关")
    leader.presenter.choose(second.id)
    assert leader.screen.chosen.reason.text() == ""


def test_the_list_is_narrowed_by_state_and_by_words(
    open_place: Open, wait_until: Wait, desk: EvidenceDesk
) -> None:
    leader = open_place(LEADER)
    first, second = desk.request(SUPERVISOR, WANTED), desk.request(SUPERVISOR, WANTED)
    desk.approve(LEADER, second)
    leader.presenter.refresh()
    wait_until(lambda: leader.is_idle)
    assert [one.id for one in leader.presenter.listed] == [second.id, first.id]
    leader.presenter.list_only(Filter.TO_DECIDE, "")
    assert [one.id for one in leader.presenter.listed] == [first.id]
    leader.presenter.list_only(Filter.ALL, "0002")
    assert [one.id for one in leader.presenter.listed] == [second.id]


def test_an_incident_fills_the_form_and_its_number_stands_in_the_request(
    open_place: Open, wait_until: Wait, database: Database
) -> None:
    received_at = START_AT - timedelta(minutes=10)
    incident = Incident(
        IncidentId("i1"),
        "JQ20261124-0009",
        "<b>翻墙</b>",
        "other",
        "北围墙",
        None,
        "",
        "wang",
        "王某",
        received_at,
    )
    database.write(lambda tx: tx.incidents.add(incident))
    place = open_place(SUPERVISOR)
    place.presenter.begin_of_incident("i1")
    form = place.screen.form
    wait_until(form.isVisible)
    assert "JQ20261124-0009 <b>翻墙</b>" in form.incident.text()
    assert form.incident.textFormat() is Qt.TextFormat.PlainText
    # No alarm of it showed a camera: a person chooses.
    assert form.ticked() == ()
    form.tick(["C05"])
    for field in (form.unit, form.person, form.document):
        field.setText("保卫处")
    form.why.setPlainText("查清经过")
    form.submit.click()
    wait_until(lambda: place.presenter.chosen is not None)
    asked = place.presenter.chosen
    assert asked is not None
    assert (asked.incident, asked.incident_no) == ("i1", "JQ20261124-0009")
    assert asked.since == received_at - timedelta(seconds=30)


def test_one_camera_of_a_request_may_have_times_of_its_own(open_place: Open) -> None:
    place = open_place(SUPERVISOR)
    place.presenter.begin_form(SPAN)
    form = place.screen.form
    since, until = form.span
    form.tick(["C01", "C02"])
    form.cameras.setCurrentRow(1)
    form.own_times.has_own.click()
    form.own_times.since.setDateTime(form.own_times.since.dateTime().addSecs(-120))
    assert form.cameras.item(1).text().startswith("C02")
    assert "–" in form.cameras.item(1).text()
    form.cameras.setCurrentRow(0)
    assert not form.own_times.has_own.isChecked()
    # The form's own times go on being those of all others.
    form.until.setDateTime(form.until.dateTime().addSecs(-1))
    earlier = since - timedelta(minutes=2)
    assert form.wanted().takes == (
        Take("C01", since, until - timedelta(seconds=1)),
        Take("C02", earlier, until),
    )
    assert form.whole_span == (earlier, until)
    form.cameras.item(1).setCheckState(Qt.CheckState.Unchecked)
    form.cameras.setCurrentRow(1)
    assert not form.own_times.has_own.isEnabled()
    assert form.whole_span == (since, until - timedelta(seconds=1))
    form.cameras.item(1).setCheckState(Qt.CheckState.Checked)
    form.own_times.has_own.click()
    assert {(take.since, take.until) for take in form.wanted().takes} == {form.span}
    assert set(form.ticked_names().values()) == {form.cameras.item(row).text() for row in (0, 1)}


def test_the_register_is_offered_from_the_first_of_the_month_to_today(
    open_place: Open, clock: ManualClock
) -> None:
    """By the clock of the seat's record, not by whatever else the machine says."""
    clock.advance(timedelta(days=40).total_seconds())
    screen = open_place(SUPERVISOR).screen
    today = (START_AT + timedelta(days=40)).astimezone().date()
    assert screen.until.date().toPython() == today
    assert screen.since.date().toPython() == today.replace(day=1)


def test_a_refused_form_keeps_what_was_typed(open_place: Open, wait_until: Wait) -> None:
    place = open_place(SUPERVISOR)
    place.presenter.begin_form(SPAN)
    form = place.screen.form
    form.unit.setText("城东派出所")
    form.submit.click()
    wait_until(lambda: place.is_idle)
    assert place.screen.right.currentWidget() is form
    assert form.unit.text() == "城东派出所"
    assert "写全" in place.screen.message.text()
    assert form.wanted().ground is Ground.CASE


def test_every_control_has_a_name_and_english_leaves_no_chinese(
    open_place: Open, wait_until: Wait, qapp: QApplication
) -> None:
    place = open_place(SUPERVISOR)
    ask(place, wait_until)
    for kind in (QAbstractButton, QLineEdit, QComboBox):
        for widget in place.screen.findChildren(kind):
            is_own = not widget.objectName().startswith("qt_") and widget.focusPolicy().value
            assert not is_own or widget.accessibleName() or getattr(widget, "text", str)(), widget
    speak("en")
    qapp.processEvents()
    place.screen.open_form(SPAN)
    typed = ("城东派出所", "赵警官", "调证 118", "翻墙入校案", "周某")

    def chinese() -> list[str]:
        shown = [label.text() for label in place.screen.findChildren(QLabel)]
        shown += [button.text() for button in place.screen.findChildren(QAbstractButton)]
        return [text for text in shown if HAN.search(text) and not any(word in text for word in typed)]

    wait_until(lambda: chinese() == [])
