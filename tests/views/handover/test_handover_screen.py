"""The handover screen over a real record: two people sign at one seat, and the paper says what was so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.papers import save_paper
from services.domain.handovers import HandoverState
from services.domain.people import Role, Session
from services.handover.desk import HandoverDesk
from services.handover.lending import LentLedger
from services.identity import Accounts
from tests.passwords import QUICK
from tests.ui.test_i18n import HAN
from tests.views.seat import OPERATOR, Campus, Seat
from tests.views.test_screens import texts_of
from ui.fonts import load_fonts
from ui.i18n import speak
from views.handover.presenter import HandoverPresenter
from views.handover.screen import HISTORY, LENT, HandoverScreen

Wait = Callable[..., object]
PASSWORD = "quiet night 平安"


@pytest.fixture
def desk(campus: Campus) -> HandoverDesk:
    accounts = Accounts(campus.database, campus.clock, passwords=QUICK)
    accounts.create_first_administrator("admin", "管理员", PASSWORD)
    administrator = accounts.log_in("admin", PASSWORD, "desk")
    for name, display_name in (("wang", "王值班"), ("li", "李值班")):
        accounts.create(administrator, name, display_name, Role.OPERATOR, PASSWORD)
    return HandoverDesk(campus.database, campus.clock, accounts)


def open_screen(seat: Seat, desk: HandoverDesk, session: Session = OPERATOR) -> HandoverScreen:
    presenter = HandoverPresenter(
        live=seat.live,
        site=seat.campus.site,
        desk=desk,
        ledger=LentLedger(seat.campus.database, seat.clock),
        session=session,
        jobs=seat.jobs,
        save=save_paper,
    )
    screen = HandoverScreen(presenter)
    presenter.setParent(screen)
    screen.resize(1280, 700)
    screen.show()
    return screen


@pytest.fixture
def screen(seat: Seat, desk: HandoverDesk) -> Iterator[HandoverScreen]:
    made = open_screen(seat, desk)
    yield made
    made.close()
    made.deleteLater()
    QApplication.processEvents()


def column(screen: HandoverScreen, number: int) -> list[str]:
    table = screen.shift.items
    return [item.text() if (item := table.item(row, number)) else "" for row in range(table.rowCount())]


def history_cells(screen: HandoverScreen) -> list[str]:
    """State, who handed over and who took over, of the newest."""
    cells = [screen.history.item(0, number) for number in (1, 3, 5)]
    return [cell.text() for cell in cells if cell is not None]


def test_after_a_reading_that_died_the_next_one_reads_all(
    seat: Seat,
    desk: HandoverDesk,
    wait_until: Wait,
    monkeypatch: pytest.MonkeyPatch,
    expected_log: Callable[..., None],
) -> None:
    expected_log("job.crashed")
    read, kept = desk.newest, []

    def mistaken(_most: int) -> object:
        raise ZeroDivisionError

    def noted(most: int) -> object:
        kept.append(most)
        return read(most)

    with monkeypatch.context() as ill:
        ill.setattr(desk, "newest", mistaken)
        screen = open_screen(seat, desk)
        wait_until(lambda: seat.jobs.is_idle)
    monkeypatch.setattr(desk, "newest", noted)
    seat.campus.ring("Z01")
    wait_until(lambda: kept)
    screen.close()
    screen.deleteLater()
    QApplication.processEvents()


def test_two_people_hand_the_shift_over_by_keyboard(
    screen: HandoverScreen, campus: Campus, wait_until: Wait
) -> None:
    campus.ring("Z11")
    QTest.keyClick(screen, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    wait_until(lambda: "红外" in "".join(column(screen, 2)))
    sign = screen.shift.signing
    assert sign.name.text() == "wang"
    QTest.keyClicks(sign.password, "quiet night ")
    sign.password.insert("平安")
    QTest.keyClick(sign.password, Qt.Key.Key_Return)
    wait_until(lambda: screen.shift.handover and screen.shift.handover.state is HandoverState.OUT_SIGNED)
    assert (sign.name.text(), sign.password.text()) == ("", "")
    sign.name.setText("li")
    sign.password.setText(PASSWORD)
    QTest.keyClick(sign.password, Qt.Key.Key_Return)
    wait_until(lambda: "请接班人登录" in screen.message.text())
    screen.show_page(HISTORY)
    wait_until(lambda: history_cells(screen) == ["已接班", "王值班", "李值班"])


def test_after_the_first_signature_the_keyboard_is_where_the_successor_types_the_name(
    screen: HandoverScreen, wait_until: Wait
) -> None:
    QTest.keyClick(screen, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    sign = screen.shift.signing
    wait_until(lambda: sign.isVisible() and sign.button.isEnabled())
    sign.password.setFocus()
    sign.password.setText(PASSWORD)
    QTest.keyClick(sign.password, Qt.Key.Key_Return)
    wait_until(lambda: screen.shift.handover and screen.shift.handover.state is HandoverState.OUT_SIGNED)
    assert screen.focusWidget() is sign.name


def test_a_p1_alarm_without_an_owner_is_named_and_stops_the_signature(
    screen: HandoverScreen, campus: Campus, wait_until: Wait
) -> None:
    screen.shift.prepare_button.click()
    wait_until(lambda: screen.shift.signing.button.isEnabled())
    alarm_id = campus.ring("Z01")
    wait_until(screen.shift.blocked.isVisible)
    assert "东门" in screen.shift.blocked.text()
    assert not screen.shift.signing.button.isEnabled()
    campus.alarms.claim(OPERATOR, alarm_id)
    wait_until(screen.shift.signing.button.isEnabled)


def test_what_comes_after_the_preparation_is_shown_beside_it(
    screen: HandoverScreen, campus: Campus, wait_until: Wait
) -> None:
    screen.shift.prepare_button.click()
    wait_until(lambda: screen.shift.handover is not None)
    assert not screen.shift.changes.isVisible()
    campus.ring("Z11")
    wait_until(screen.shift.changes.isVisible)
    cell = screen.shift.changes.item(0, 0)
    assert cell is not None
    assert cell.text() == "新增"
    assert screen.shift.items.rowCount() == 0


def test_a_wrong_password_is_said_and_signs_nothing(screen: HandoverScreen, wait_until: Wait) -> None:
    screen.shift.prepare_button.click()
    wait_until(lambda: screen.shift.signing.button.isEnabled())
    screen.shift.signing.password.setText("wrong")
    screen.shift.signing.button.click()
    wait_until(lambda: "不对" in screen.message.text())
    assert screen.shift.handover is not None
    assert screen.shift.handover.state is HandoverState.PREPARED
    assert screen.shift.signing.password.text() == ""


def test_a_note_is_written_and_withdrawn(screen: HandoverScreen, wait_until: Wait) -> None:
    screen.shift.note.setText("东门道闸待修")
    QTest.keyClick(screen.shift.note, Qt.Key.Key_Return)
    wait_until(lambda: column(screen, 2) == ["东门道闸待修"])
    assert screen.shift.note.text() == ""
    screen.shift.items.selectRow(0)
    wait_until(screen.shift.withdraw_button.isEnabled)
    screen.shift.withdraw_button.click()
    wait_until(lambda: column(screen, 2) == [])


def test_an_item_is_lent_and_taken_back(screen: HandoverScreen, wait_until: Wait) -> None:
    screen.show_page(LENT)
    lent = screen.lent
    lent.name.setText("对讲机")
    lent.borrower.setText("刘保安")
    QTest.keyClick(lent.borrower, Qt.Key.Key_Return)
    wait_until(lambda: lent.table.rowCount() == 1)
    assert lent.name.text() == ""
    lent.table.selectRow(0)
    wait_until(lent.back_button.isEnabled)
    lent.back_button.click()
    wait_until(lambda: lent.table.rowCount() == 0)
    lent.only_out.setChecked(False)
    cell = lent.table.item(0, 7)
    assert cell is not None
    assert cell.text() == "已归还"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_paper_says_what_the_screen_says(
    screen: HandoverScreen, campus: Campus, wait_until: Wait, tmp_path: Path, language: str
) -> None:
    load_fonts()
    campus.ring("Z11")
    screen.shift.note.setText("note 4711")
    screen.shift.note_button.click()
    wait_until(lambda: screen.shift.items.rowCount() == 2)
    speak(language)
    for name in ("a.pdf", "a.docx"):
        screen.export_to(str(tmp_path / name))
        wait_until((tmp_path / name).exists)
        wait_until(lambda name=name: name in screen.message.text())
    shown = {text for row in range(2) for text in (column(screen, 1)[row], column(screen, 2)[row])} - {"–"}
    read = docx.Document(str(tmp_path / "a.docx"))
    cells = {cell.text for table in read.tables for row in table.rows for cell in row.cells}
    assert shown <= cells
    buffer = QBuffer()
    buffer.setData((tmp_path / "a.pdf").read_bytes())
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    pdf = QPdfDocument()
    pdf.load(buffer)
    pages = "".join("".join(pdf.getAllText(n).text().split()) for n in range(pdf.pageCount()))
    pdf.close()
    assert all("".join(text.split()) in pages for text in shown)
    speak("zh")


def test_the_screen_speaks_english_wholly(screen: HandoverScreen, wait_until: Wait) -> None:
    screen.shift.prepare_button.click()
    wait_until(lambda: screen.shift.handover is not None)
    speak("en")
    QApplication.processEvents()
    assert {text for text in texts_of(screen) if HAN.search(text)} == set()
    speak("zh")


def test_everything_that_takes_the_keyboard_can_be_read_aloud(screen: HandoverScreen) -> None:
    fields = [field for field in screen.findChildren(QLineEdit) if not field.objectName().startswith("qt_")]
    assert fields
    assert [field for field in fields if not field.accessibleName()] == []


def test_a_supervisor_reads_and_cannot_sign(seat: Seat, desk: HandoverDesk, wait_until: Wait) -> None:
    desk.prepare(OPERATOR)
    screen = open_screen(seat, desk, Session("zhao", "赵处长", Role.SUPERVISOR, "SEAT-1"))
    wait_until(lambda: screen.shift.handover is not None)
    assert not screen.shift.signing.isVisible()
    assert not screen.shift.prepare_button.isEnabled()
    screen.close()
    screen.deleteLater()
    QApplication.processEvents()
