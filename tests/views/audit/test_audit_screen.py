"""The audit on the screen is the audit in the record, narrowed, page by page, with its chain checked."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

from app.papers import save_paper
from services.core.jobs import Jobs
from services.dispatch.desk import import_site
from services.domain.people import Role, Session
from services.identity import Accounts, Auditing
from services.storage import Database, Tx, sqlite_url
from tests.alarms import PANIC
from tests.campus import read_demo_site
from tests.passwords import QUICK
from tests.records import new_sqlite
from ui.i18n import speak
from ui.jobs import UiJobs
from ui.theme import style_sheet, tokens
from views.audit.presenter import AuditPresenter
from views.audit.screen import AuditScreen

Wait = Callable[..., object]
PASSWORD = "绿色 Campus 2026"
ADMINISTRATOR = Session("os:root", "管理员", Role.ADMINISTRATOR, "SEAT-1")
HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass
class Desk:
    database: Database
    file: Path
    presenter: AuditPresenter
    screen: AuditScreen

    def rows(self) -> list[list[str]]:
        table = self.screen.table
        columns = range(table.columnCount())
        return [[table.item(row, column).text() for column in columns] for row in range(table.rowCount())]

    def details(self) -> list[tuple[str, str, str]]:
        table = self.screen.detail
        return [tuple(table.item(row, c).text() for c in range(3)) for row in range(table.rowCount())]  # type: ignore[misc]


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path, wait_until: Wait) -> Iterator[Desk]:
    assert qapp
    file = tmp_path / "record.db"
    new_sqlite(file)
    database = Database(sqlite_url(file))
    database.open()
    accounts = Accounts(database, passwords=QUICK)
    accounts.create(ADMINISTRATOR, "wang", "王", Role.OPERATOR, PASSWORD)
    accounts.set_role(ADMINISTRATOR, "wang", Role.SHIFT_LEADER)
    accounts.log_out(accounts.log_in("wang", PASSWORD, "SEAT-2"))
    pool = Jobs("audit-test", 2)
    jobs = UiJobs(pool)
    presenter = AuditPresenter(Auditing(database), ADMINISTRATOR, jobs, save_paper)
    screen = AuditScreen(presenter)
    screen.resize(1200, 700)
    screen.show()
    wait_until(lambda: presenter.entries)
    yield Desk(database, file, presenter, screen)
    screen.close()
    screen.deleteLater()
    jobs.close()
    pool.stop()
    database.close()
    speak("zh")


def test_the_newest_row_stands_first_with_who_what_and_where(desk: Desk) -> None:
    rows = desk.rows()
    assert [row[0] for row in rows] == ["4", "3", "2", "1"]
    assert rows[0][2:8] == ["王", "班长", "SEAT-2", "用户", "退出登录", "王"]
    assert rows[2][2:8] == ["os:root", "管理员", "SEAT-1", "用户", "改角色", "王"]


def test_one_row_shows_first_what_is_another_value_than_before(desk: Desk) -> None:
    desk.screen.table.selectRow(2)
    assert desk.details()[:2] == [("● role", "operator", "shift_leader"), ("● row_version", "1", "2")]
    assert ("name", "wang", "wang") in desk.details()


def test_who_what_and_object_narrow_it(desk: Desk, wait_until: Wait) -> None:
    screen = desk.screen
    screen.actor.setText("ROOT")
    screen.find_button.click()
    wait_until(lambda: [row[0] for row in desk.rows()] == ["2", "1"])
    screen.actor.clear()
    screen.action.setCurrentIndex(screen.action.findData("alarm."))
    screen.search()
    wait_until(lambda: not desk.presenter.entries)
    assert screen.empty.isVisible()
    screen.action.setCurrentIndex(0)
    screen.object.setText("%")  # no pattern, only a sign that no object has
    screen.search()
    wait_until(lambda: screen.empty.isVisible())


def note(desk: Desk, *deeds: tuple[str, str]) -> None:
    """Rows without an actor, each an action and its object."""

    def write(tx: Tx) -> None:
        for action, thing in deeds:
            tx.audit(None, action, thing)

    desk.database.write(write)


def test_things_stand_there_by_number_and_name_with_the_id_as_tip(desk: Desk, wait_until: Wait) -> None:
    import_site(desk.database, ADMINISTRATOR, read_demo_site())
    desk.database.write(lambda tx: tx.alarms.add(PANIC))
    note(desk, ("alarm.escalated", "a1"), ("camera.snapshot", "C05"), ("alarm.escalated", "gone"))
    desk.screen.search()
    wait_until(lambda: len(desk.presenter.entries) == 8)
    assert [row[7] for row in desk.rows()[:3]] == [
        "gone",
        "C05 北围墙西",
        "BJ20261124-0001 东门岗亭一键报警",
    ]
    tip = desk.screen.table.item(2, 7)
    assert tip is not None
    assert tip.toolTip() == "BJ20261124-0001 东门岗亭一键报警\na1"


def test_what_people_read_there_is_what_they_can_look_for(desk: Desk, wait_until: Wait) -> None:
    import_site(desk.database, ADMINISTRATOR, read_demo_site())
    desk.database.write(lambda tx: tx.alarms.add(PANIC))
    note(desk, ("alarm.escalated", "a1"), ("camera.snapshot", "C05"))
    screen = desk.screen
    for words, found in (("1124-0001", "a1"), ("北围墙西", "C05"), ("NORTH WALL WEST", "C05")):
        screen.object.setText(words)
        screen.search()
        wait_until(lambda found=found: [entry.object for entry in desk.presenter.entries] == [found])
    screen.object.clear()
    screen.actor.setText("王")
    screen.search()
    wait_until(lambda: {row[2] for row in desk.rows()} == {"王"})


def test_on_paper_the_id_stands_behind_the_name(desk: Desk, tmp_path: Path, wait_until: Wait) -> None:
    desk.database.write(lambda tx: tx.alarms.add(PANIC))
    note(desk, ("alarm.escalated", "a1"))
    path = tmp_path / "audit.xlsx"
    desk.screen.search()
    desk.screen.export_to(str(path))
    wait_until(lambda: str(path) in desk.screen.message.text())
    cells = [str(cell.value) for sheet in openpyxl.load_workbook(path) for row in sheet for cell in row]
    assert "BJ20261124-0001 东门岗亭一键报警 (a1)" in cells
    assert "王 (wang)" in cells


def test_more_is_read_page_by_page_without_a_gap(desk: Desk, wait_until: Wait) -> None:
    def fill(tx: object) -> None:
        for number in range(250):
            tx.audit(None, "hub.noted", f"n{number}")  # type: ignore[attr-defined]

    desk.database.write(fill)
    desk.screen.search()
    wait_until(lambda: len(desk.presenter.entries) == 200)
    desk.screen.more_button.click()
    wait_until(lambda: len(desk.presenter.entries) == 254)
    assert [entry.seq for entry in desk.presenter.entries] == list(range(254, 0, -1))


def test_a_sound_chain_is_said_to_be_sound_and_the_check_is_in_the_audit(
    desk: Desk, wait_until: Wait
) -> None:
    desk.screen.verify_button.click()
    wait_until(lambda: "完好，共 4 条" in desk.screen.message.text())
    desk.screen.search()
    wait_until(lambda: desk.rows()[0][5:7] == ["审计", "核对"])


def test_a_row_that_somebody_rewrote_is_named(desk: Desk, wait_until: Wait) -> None:
    with sqlite3.connect(desk.file) as connection:
        connection.execute("DROP TRIGGER audit_refuses_update")
        connection.execute("UPDATE audit SET reason = 'x' WHERE seq = 2")
    desk.screen.verify_button.click()
    wait_until(lambda: "第 2 条起不可信" in desk.screen.message.text())


def test_a_broken_chain_is_said_in_the_colour_of_trouble(desk: Desk, wait_until: Wait) -> None:
    desk.screen.setStyleSheet(style_sheet(tokens()))
    with sqlite3.connect(desk.file) as connection:
        connection.execute("DROP TRIGGER audit_refuses_update")
        connection.execute("UPDATE audit SET reason = 'x' WHERE seq = 2")
    desk.screen.verify_button.click()
    wait_until(lambda: "不可信" in desk.screen.message.text())
    assert desk.screen.message.palette().windowText().color().name() == tokens().bad


def test_a_long_check_shows_how_far_it_is_and_can_be_stopped(desk: Desk) -> None:
    def fill(tx: object) -> None:
        for number in range(3000):
            tx.audit(None, "hub.noted", f"n{number}")  # type: ignore[attr-defined]

    desk.database.write(fill, deadline_s=30.0)
    told: list[tuple[int, int]] = []

    def tell(rows: int, total: int) -> bool:
        told.append((rows, total))
        return len(told) < 3

    report = Auditing(desk.database).verify(ADMINISTRATOR, tell)
    assert told == [(500, 3004), (1000, 3004), (1500, 3004)]
    assert (report.rows, report.fault) == (1500, "stopped")


def test_what_is_exported_is_what_was_found_and_is_itself_in_the_audit(
    desk: Desk, tmp_path: Path, wait_until: Wait
) -> None:
    path = tmp_path / "audit.xlsx"
    desk.screen.export_to(str(path))
    wait_until(lambda: str(path) in desk.screen.message.text())

    cells = [[str(cell.value) for cell in row] for sheet in openpyxl.load_workbook(path) for row in sheet]
    found = {tuple(row) for row in cells if "退出登录" in row}
    assert len(found) == 1
    desk.screen.search()
    wait_until(lambda: desk.rows()[0][5:7] == ["审计", "导出"])


def test_who_may_not_read_it_reads_nothing(desk: Desk) -> None:
    from services.core.errors import ServiceError

    operator = Session("wang", "王", Role.SHIFT_LEADER, "SEAT-2")
    search = desk.presenter.search
    assert search is not None
    for work in (
        lambda: Auditing(desk.database).page(operator, search),
        lambda: Auditing(desk.database).hand_on(operator, search),
        lambda: Auditing(desk.database).verify(operator),
    ):
        with pytest.raises(ServiceError, match=r"identity\.forbidden"):
            work()


def test_the_screen_speaks_english_wholly_and_can_be_read_aloud(desk: Desk) -> None:
    speak("en")
    QApplication.processEvents()
    shown = [desk.screen.table.horizontalHeaderItem(c).text() for c in range(9)]
    shown += [button.text() for button in desk.screen.findChildren(QAbstractButton)]
    shown += [box.itemText(n) for box in desk.screen.findChildren(QComboBox) for n in range(box.count())]
    assert [text for text in shown if HAN.search(text)] == []
    assert desk.rows()[0][5:7] == ["User", "Log-out"]
    mute = [
        widget.objectName()
        for widget in desk.screen.findChildren(QWidget)
        if isinstance(widget, (QLineEdit, QComboBox))
        and widget.parent() is desk.screen
        and not widget.accessibleName()
    ]
    assert mute == []
