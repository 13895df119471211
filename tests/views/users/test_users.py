from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget

from services.core.jobs import Jobs
from services.domain.people import Limit, Permission, Role, Session
from services.identity import Accounts
from services.storage import Database
from tests.campus import read_demo_site
from tests.passwords import QUICK
from tests.records import new_sqlite
from ui.i18n import speak
from ui.jobs import UiJobs
from ui.text.places import learn_names
from views.users.limits_presenter import LimitsPresenter
from views.users.own_password import OwnPasswordDialog
from views.users.presenter import NewUser, UsersPresenter
from views.users.screen import UsersScreen

Wait = Callable[..., object]
PASSWORD = "绿色 Campus 2026"
NEW_PASSWORD = "蓝色 Campus 2027"
ADMINISTRATOR = Session("admin", "管理员", Role.ADMINISTRATOR, "SEAT-1")
HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass
class Office:
    """The administrator's screen on a real database."""

    accounts: Accounts
    jobs: UiJobs
    presenter: UsersPresenter
    limits: LimitsPresenter
    screen: UsersScreen

    def rows(self) -> list[list[str]]:
        table = self.screen.table
        return [
            [table.item(row, column).text() for column in range(table.columnCount())]
            for row in range(table.rowCount())
        ]

    def pick(self, name: str) -> None:
        names = [row[0] for row in self.rows()]
        self.screen.table.selectRow(names.index(name))


@pytest.fixture
def office(qapp: QApplication, tmp_path: Path, wait_until: Wait) -> Iterator[Office]:
    qapp.processEvents()
    url = new_sqlite(tmp_path / "test.db")
    database = Database(url)
    database.open()
    accounts = Accounts(database, passwords=QUICK)
    accounts.create_first_administrator("admin", "管理员", PASSWORD)
    pool = Jobs("users-test", 2)
    site = read_demo_site()
    jobs = UiJobs(pool)
    presenter = UsersPresenter(accounts, ADMINISTRATOR, jobs)
    learn_names(site)
    limits = LimitsPresenter(accounts, ADMINISTRATOR, site, jobs)
    screen = UsersScreen(presenter, limits)
    screen.show()
    wait_until(lambda: presenter.accounts)
    yield Office(accounts, jobs, presenter, limits, screen)
    screen.close()
    screen.deleteLater()
    jobs.close()
    pool.stop()
    database.close()
    speak("zh")


@pytest.fixture
def staffed(office: Office, wait_until: Wait) -> Office:
    """An office that knows one operator too."""
    office.accounts.create(ADMINISTRATOR, "wang", "王晓明", Role.OPERATOR, PASSWORD)
    office.presenter.refresh()
    wait_until(lambda: len(office.rows()) == 2)
    return office


def test_a_typed_user_is_made_shown_and_forgotten_by_the_form(office: Office, wait_until: Wait) -> None:
    form = office.screen.adding
    form.name.setText("wang")
    form.display_name.setText("王晓明")
    form.role.setCurrentIndex(form.role.findData(Role.SHIFT_LEADER))
    form.password.setText(PASSWORD)
    form.again.setText(PASSWORD)
    form.add.click()
    assert not form.add.isEnabled()
    wait_until(lambda: len(office.rows()) == 2)
    assert office.rows()[1] == ["wang", "王晓明", "班长", "在用", "–"]
    assert [line.text() for line in (form.name, form.password, form.again)] == ["", "", ""]
    assert "wang" in form.message.text()
    assert office.accounts.log_in("wang", PASSWORD, "SEAT-2").role is Role.SHIFT_LEADER


def test_after_a_reading_that_died_the_next_one_is_tried(
    office: Office,
    wait_until: Wait,
    monkeypatch: pytest.MonkeyPatch,
    expected_log: Callable[..., None],
) -> None:
    expected_log("job.crashed")

    def mistaken(_session: Session) -> object:
        raise ZeroDivisionError

    with monkeypatch.context() as ill:
        ill.setattr(office.accounts, "all", mistaken)
        office.presenter.refresh()
        wait_until(lambda: office.jobs.is_idle)
    office.accounts.create(ADMINISTRATOR, "wang", "王晓明", Role.OPERATOR, PASSWORD)
    office.presenter.refresh()
    wait_until(lambda: len(office.rows()) == 2)


@pytest.mark.parametrize(
    ("name", "password", "again", "complaint"),
    [
        (" ", PASSWORD, PASSWORD, "请输入用户名"),
        ("wang", "short", "short", "至少要 8 个字符"),
        ("wang", PASSWORD, NEW_PASSWORD, "不一样"),
    ],
)
def test_a_form_that_cannot_go_through_says_why_and_asks_nobody(
    office: Office, name: str, password: str, again: str, complaint: str
) -> None:
    form = office.screen.adding
    form.name.setText(name)
    form.password.setText(password)
    form.again.setText(again)
    form.add.click()
    assert complaint in form.message.text()
    assert not office.presenter.is_busy


def test_a_name_that_is_taken_is_told_inline_and_the_passwords_go(office: Office, wait_until: Wait) -> None:
    form = office.screen.adding
    for line, text in ((form.name, "admin"), (form.password, PASSWORD), (form.again, PASSWORD)):
        line.setText(text)
    form.add.click()
    wait_until(form.message.text)
    assert "已有人使用" in form.message.text()
    assert (form.name.text(), form.password.text(), form.again.text()) == ("admin", "", "")
    assert QApplication.activeModalWidget() is None


def test_without_anyone_to_handle_alarms_the_screen_says_what_to_do(office: Office, wait_until: Wait) -> None:
    assert office.presenter.lacks_operators
    assert [label.text() for label in office.screen.findChildren(QLabel) if "还没有" in label.text()]
    office.presenter.add(NewUser("wang", "", Role.OPERATOR, PASSWORD))
    wait_until(lambda: len(office.rows()) == 2)
    assert not office.presenter.lacks_operators


def test_nothing_can_be_done_before_a_user_is_chosen(staffed: Office) -> None:
    chosen = staffed.screen.chosen
    buttons = (chosen.set_role, chosen.set_active, chosen.unlock, chosen.set_password)
    assert [button.isEnabled() for button in buttons] == [False] * 4
    staffed.pick("wang")
    assert [button.isEnabled() for button in buttons] == [False, True, False, False]


def test_role_state_lock_and_password_of_the_chosen_user_change(staffed: Office, wait_until: Wait) -> None:
    chosen = staffed.screen.chosen
    staffed.pick("wang")
    chosen.role.setCurrentIndex(chosen.role.findData(Role.SUPERVISOR))
    chosen.set_role.click()
    wait_until(lambda: staffed.rows()[1][2] == "保卫处")
    chosen.set_active.click()
    wait_until(lambda: staffed.rows()[1][3] == "停用")
    wait_until(chosen.set_active.isEnabled)
    assert chosen.set_active.text() == "启用"
    chosen.set_active.click()
    wait_until(lambda: staffed.rows()[1][3] == "在用")
    wait_until(chosen.password.isEnabled)
    QTest.keyClicks(chosen.password, "another password")
    QTest.keyClicks(chosen.again, "another password")
    chosen.set_password.click()
    wait_until(lambda: not staffed.presenter.is_busy)
    assert (chosen.password.text(), chosen.again.text()) == ("", "")
    assert staffed.accounts.log_in("wang", "another password", "SEAT-2").role is Role.SUPERVISOR


def test_a_locked_user_is_marked_and_unlocked(staffed: Office, wait_until: Wait) -> None:
    for _ in range(5):
        with pytest.raises(Exception, match="wrong_password"):
            staffed.accounts.log_in("wang", "wrong", "SEAT-2")
    staffed.presenter.refresh()
    wait_until(lambda: staffed.rows()[1][4] == "已锁定")
    staffed.pick("wang")
    staffed.screen.chosen.unlock.click()
    wait_until(lambda: staffed.rows()[1][4] == "–")
    assert staffed.accounts.log_in("wang", PASSWORD, "SEAT-2").user == "wang"


def test_the_last_administrator_is_kept_and_the_reason_said(staffed: Office, wait_until: Wait) -> None:
    staffed.pick("admin")
    staffed.screen.chosen.set_active.click()
    wait_until(staffed.screen.chosen.message.text)
    assert "最后一个" in staffed.screen.chosen.message.text()
    assert staffed.rows()[0][3] == "在用"


def test_a_user_changed_elsewhere_meanwhile_is_not_overwritten(staffed: Office, wait_until: Wait) -> None:
    staffed.pick("wang")
    staffed.accounts.set_role(ADMINISTRATOR, "wang", Role.SHIFT_LEADER)
    staffed.screen.chosen.set_active.click()
    wait_until(lambda: "别的席位" in staffed.screen.chosen.message.text())
    wait_until(lambda: staffed.rows()[1][2:4] == ["班长", "在用"])


def test_a_refresh_keeps_the_choice_and_what_is_being_typed(staffed: Office, wait_until: Wait) -> None:
    chosen = staffed.screen.chosen
    staffed.pick("wang")
    chosen.password.setText("half a pass")
    staffed.accounts.create(ADMINISTRATOR, "aaron", "", Role.OPERATOR, PASSWORD)
    staffed.presenter.refresh()
    wait_until(lambda: len(staffed.rows()) == 3)
    assert chosen.password.text() == "half a pass"
    assert [item.row() for item in staffed.screen.table.selectedItems()] == [2] * 5


def test_typed_passwords_do_not_outlive_the_screen_s_being_in_front(staffed: Office) -> None:
    staffed.pick("wang")
    lines = [line for line in staffed.screen.findChildren(QLineEdit) if line.echoMode() is PASSWORD_MODE]
    assert len(lines) == 4
    for line in lines:
        line.setText("secret words")
    staffed.screen.hide()
    assert [line.text() for line in lines] == [""] * 4
    assert "secret" not in repr(NewUser("a", "b", Role.OPERATOR, "secret words"))


def test_the_screen_speaks_english_wholly_and_can_be_read_aloud(staffed: Office) -> None:
    staffed.pick("wang")
    speak("en")
    QApplication.processEvents()
    assert {text for text in texts_of(staffed.screen) if HAN.search(text)} == {
        "王晓明 (wang)",
        "王晓明 alone",
    }
    assert staffed.rows()[1] == ["wang", "王晓明", "Operator", "Active", "–"]
    kinds = (QLineEdit, QComboBox, QAbstractButton)
    mute = [
        type(widget).__name__
        for widget in staffed.screen.findChildren(QWidget)
        if isinstance(widget, kinds)
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert mute == []


def test_everyone_changes_their_own_password_in_a_dialog_that_stops_nothing(
    staffed: Office, wait_until: Wait
) -> None:
    session = Session("wang", "王晓明", Role.OPERATOR, "SEAT-1")
    dialog = OwnPasswordDialog(staffed.accounts, session, staffed.jobs)
    dialog.show()
    assert not dialog.isModal()
    for old, words in (("wrong", "现在的密码不对"), (PASSWORD, "密码已改")):
        for line, text in ((dialog.old, old), (dialog.password, NEW_PASSWORD), (dialog.again, NEW_PASSWORD)):
            line.setText(text)
        dialog.button.click()
        wait_until(lambda words=words: words in dialog.message.text())
        assert [line.text() for line in (dialog.old, dialog.password, dialog.again)] == [""] * 3
    assert staffed.accounts.log_in("wang", NEW_PASSWORD, "SEAT-2").user == "wang"
    dialog.close()
    dialog.deleteLater()


PASSWORD_MODE = QLineEdit.EchoMode.Password


def texts_of(window: QWidget) -> set[str]:
    """All texts of labels, buttons, hints and accessible names."""
    found: set[str] = set()
    for widget in window.findChildren(QWidget):
        if isinstance(widget, (QLabel, QAbstractButton)):
            found.add(widget.text())
        if isinstance(widget, QLineEdit):
            found.add(widget.placeholderText())
        if isinstance(widget, QComboBox):
            found |= {widget.itemText(index) for index in range(widget.count())}
        found |= {widget.toolTip(), widget.accessibleName()}
    return found


def test_what_is_taken_from_a_user_is_chosen_added_and_given_back(staffed: Office, wait_until: Wait) -> None:
    office, editor = staffed, staffed.screen.limits
    office.pick("wang")
    wait_until(lambda: editor.add.isEnabled())
    editor.action.setCurrentIndex(editor.action.findData(Permission.HANDLE_ALARM))
    editor.thing.setCurrentIndex(editor.thing.findText("东门岗亭"))
    editor.add.click()
    wait_until(lambda: editor.lines.count() == 1)

    held = office.accounts.limits(ADMINISTRATOR)
    assert held == {"user:wang": (Limit(Permission.HANDLE_ALARM, ("东门岗亭",)),)}
    assert editor.lines.item(0).text() == "不得处理报警：东门岗亭"
    editor.lines.setCurrentRow(0)
    editor.remove.click()
    wait_until(lambda: editor.lines.count() == 0)
    assert office.accounts.limits(ADMINISTRATOR) == {"user:wang": ()}


def test_what_is_taken_from_a_role_is_not_written_under_the_user(staffed: Office, wait_until: Wait) -> None:
    office, editor = staffed, staffed.screen.limits
    office.pick("wang")
    wait_until(lambda: editor.add.isEnabled())
    editor.holder.setCurrentIndex(1)
    editor.thing.setCurrentIndex(editor.thing.findText("C05 ", Qt.MatchFlag.MatchStartsWith))
    editor.add.click()
    wait_until(lambda: editor.lines.count() == 1)

    assert office.accounts.limits(ADMINISTRATOR) == {
        "role:operator": (Limit(Permission.WATCH, cameras=("C05",)),)
    }
    assert "C05" in editor.lines.item(0).text()
