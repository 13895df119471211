from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from services.core.jobs import Jobs
from services.domain.people import Role
from services.identity import Accounts
from services.storage import Database
from tests.passwords import QUICK
from tests.records import new_sqlite
from ui.i18n import speak
from ui.jobs import UiJobs
from views.login.presenter import LoginPresenter
from views.login.screen import FirstRunDialog, LoginDialog
from views.login.strength import Strength, strength_of

Wait = Callable[..., object]
PASSWORD = "绿色 Campus 2026"


@pytest.fixture
def accounts(tmp_path: Path) -> Iterator[Accounts]:
    url = new_sqlite(tmp_path / "test.db")
    database = Database(url)
    database.open()
    yield Accounts(database, passwords=QUICK)
    database.close()


@pytest.fixture
def presenter(qapp: QApplication, accounts: Accounts) -> Iterator[LoginPresenter]:
    qapp.processEvents()
    pool = Jobs("login-test", 1)
    jobs = UiJobs(pool)
    yield LoginPresenter(accounts, "SEAT-1", jobs)
    jobs.close()
    pool.stop()


@pytest.fixture
def login(presenter: LoginPresenter) -> Iterator[LoginDialog]:
    dialog = LoginDialog(presenter)
    dialog.show()
    yield dialog
    dialog.close()
    dialog.deleteLater()
    speak("zh")


@pytest.fixture
def first_run(presenter: LoginPresenter) -> Iterator[FirstRunDialog]:
    dialog = FirstRunDialog(presenter)
    dialog.show()
    yield dialog
    dialog.close()
    dialog.deleteLater()


def test_the_right_password_gives_a_session_of_this_workstation(
    accounts: Accounts, login: LoginDialog, wait_until: Wait
) -> None:
    accounts.create_first_administrator("admin", "管理员", PASSWORD)
    login.name.setText("admin")
    login.password.setText(PASSWORD)
    QTest.keyClick(login.password, Qt.Key.Key_Return)
    wait_until(lambda: login.session)
    assert login.session is not None
    assert (login.session.user, login.session.workstation) == ("admin", "SEAT-1")
    assert login.result() == LoginDialog.DialogCode.Accepted


def test_a_wrong_password_is_told_inline_and_the_field_is_emptied(
    accounts: Accounts, login: LoginDialog, wait_until: Wait
) -> None:
    accounts.create_first_administrator("admin", "管理员", PASSWORD)
    login.name.setText("admin")
    login.password.setText("wrong password")
    login.button.click()
    assert not login.button.isEnabled()
    wait_until(lambda: login.message.text())
    assert "密码不对" in login.message.text()
    assert (login.password.text(), login.session, login.button.isEnabled()) == ("", None, True)
    speak("en")
    QApplication.processEvents()
    assert "Wrong user name or password" in login.message.text()


def test_nothing_is_asked_of_the_database_while_a_field_is_empty(login: LoginDialog) -> None:
    login.name.setText("admin")
    login.button.click()
    assert login.message.text() == "请输入用户名和密码。"
    assert login.button.isEnabled()


def test_the_first_run_makes_the_administrator_and_logs_in(
    accounts: Accounts, first_run: FirstRunDialog, wait_until: Wait
) -> None:
    first_run.name.setText("chen")
    first_run.display_name.setText("陈管理")
    first_run.password.setText(PASSWORD)
    first_run.again.setText(PASSWORD)
    first_run.button.click()
    wait_until(lambda: first_run.session)
    assert first_run.session is not None
    assert (first_run.session.display_name, first_run.session.role) == ("陈管理", Role.ADMINISTRATOR)
    assert accounts.has_administrator()


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("short", "short", "密码至少要 8 个字符。"),
        (PASSWORD, PASSWORD + "x", "两次输入的密码不一样。"),
    ],
)
def test_a_bad_first_password_is_told_before_anything_is_made(
    accounts: Accounts, first_run: FirstRunDialog, password: str, again: str, said: str
) -> None:
    first_run.password.setText(password)
    first_run.again.setText(again)
    first_run.button.click()
    assert first_run.message.text() == said
    assert not accounts.has_administrator()


def test_passwords_are_never_shown(login: LoginDialog, first_run: FirstRunDialog) -> None:
    fields = (login.password, first_run.password, first_run.again)
    assert all(field.echoMode() is field.EchoMode.Password for field in fields)


def test_strength_by_length_and_variety() -> None:
    assert strength_of("Ab1!") is Strength.TOO_SHORT
    assert strength_of("aaaaaaaa") is Strength.WEAK
    assert strength_of("chen20261124", "chen") is Strength.WEAK
    assert strength_of("campus26") is Strength.FAIR
    assert strength_of("Campus-2026-gate") is Strength.STRONG
