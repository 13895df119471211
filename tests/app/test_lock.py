"""A locked seat shows the log-in, stays, and cannot be closed; whoever logs in next gets a desk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from app.records import database_url
from app.workstation import WindowPlan, WorkstationRun, start_application
from services.core.jobs import Jobs
from services.core.settings import load_settings
from services.domain.people import Role, Session
from services.identity import Accounts
from services.storage import Database
from tests.passwords import QUICK
from ui.shell.shell import Shell
from views.login.screen import FirstRunDialog, LoginDialog

PASSWORD = "long enough 8"


def dialog_of(kind: type[LoginDialog] | type[FirstRunDialog]) -> LoginDialog | FirstRunDialog | None:
    shown = [w for w in QApplication.topLevelWidgets() if type(w) is kind and w.isVisible()]
    return shown[0] if shown else None


def press_f11(shell: Shell, wait_until: Callable[..., object]) -> None:
    shell.activateWindow()
    wait_until(shell.isActiveWindow)
    QTest.keyClick(shell, Qt.Key.Key_F11)


def deactivate(database: Database, name: str) -> None:
    administrator = Session("admin", "admin", Role.ADMINISTRATOR, "desk-9")
    Accounts(database, passwords=QUICK).deactivate(administrator, name)


def test_a_locked_seat_asks_for_a_log_in_and_the_seat_of_a_deactivated_user_locks_by_itself(
    qapp: QApplication,
    data_dir: Path,
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
) -> None:
    assert qapp is QApplication.instance()
    expected_log("sound.no_device")
    settings = load_settings(data_dir=data_dir, workstation="TEST")
    start_application(settings)
    pool = Jobs("lock-test", 2)
    database = Database(database_url(settings))
    # A demo plan, so that no hub of its own is started.
    run = WorkstationRun(settings, None, WindowPlan(is_demo=True), pool)
    run.start()
    try:
        first = wait_until(lambda: dialog_of(FirstRunDialog), 20)
        assert isinstance(first, FirstRunDialog)
        first.name.setText("admin")
        first.password.setText(PASSWORD)
        first.again.setText(PASSWORD)
        first.button.click()
        desk = wait_until(lambda: run.desk, 20)

        desk.lock_asked.emit()
        asked = wait_until(lambda: dialog_of(LoginDialog))
        asked.reject()
        wait_until(lambda: dialog_of(LoginDialog))
        assert not desk.shell.close()
        assert desk.shell.isVisible()
        assert not desk.shell.centralWidget().isEnabled()
        press_f11(desk.shell, wait_until)
        assert not desk.shell.is_full

        asked.name.setText("admin")
        asked.password.setText(PASSWORD)
        asked.button.click()
        wait_until(lambda: desk.shell.centralWidget().isEnabled(), 20)
        press_f11(desk.shell, wait_until)
        assert desk.shell.is_full

        database.open()
        Accounts(database, passwords=QUICK).create(desk.session, "wang", "王值班", Role.OPERATOR, PASSWORD)
        desk.lock_asked.emit()
        asked = wait_until(lambda: dialog_of(LoginDialog))
        asked.name.setText("wang")
        asked.password.setText(PASSWORD)
        asked.button.click()
        wait_until(lambda: run.desk is not None and run.desk.session.user == "wang", 20)
        wait_until(lambda: not isValid(desk))
        # Nobody at the seat touches anything.
        seat = run.desk
        assert seat is not None
        deactivate(database, "wang")
        wait_until(lambda: dialog_of(LoginDialog), 20)
        assert not seat.shell.centralWidget().isEnabled()
    finally:
        run.end()
        pool.stop()
        database.close()
