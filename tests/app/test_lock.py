"""A locked seat shows the log-in, stays, and cannot be closed; whoever logs in next gets a desk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from app.application import start_application
from app.records import database_url
from app.workstation import WindowPlan, WorkstationRun, run_workstation
from services.core.jobs import Jobs
from services.core.settings import load_settings
from services.domain.facts import AlarmRaised
from services.domain.people import Role, Session
from services.identity import Accounts
from services.storage import Database, care
from tests.passwords import QUICK
from tests.ui.queue.test_model import alarm
from ui.shell.shell import Shell
from views.login.screen import FirstRunDialog, LoginDialog

PASSWORD = "long enough 8"
# Looks at a second desk that stays, a tenth of a second each.
STAYS_TURNS = 10
MOST_LOOKS = 600


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
        seat.live.apply([AlarmRaised(alarm(1))])
        assert seat.presenters.watch.plates["C05"][0].actions
        deactivate(database, "wang")
        wait_until(lambda: dialog_of(LoginDialog), 20)
        assert seat.presenters.watch.plates["C05"][0].actions == ()
        assert not seat.shell.centralWidget().isEnabled()
    finally:
        run.end()
        pool.stop()
        database.close()


def test_the_workstation_goes_on_between_two_operators(
    qapp: QApplication, data_dir: Path, expected_log: Callable[..., None]
) -> None:
    assert qapp is QApplication.instance()
    expected_log("sound.no_device")
    settings = load_settings(data_dir=data_dir, workstation="TEST")
    care.upgrade(database_url(settings))
    database = Database(database_url(settings))
    database.open()
    accounts = Accounts(database, passwords=QUICK)
    accounts.create_first_administrator("admin", "管理员", PASSWORD)
    first = accounts.log_in("admin", PASSWORD, "TEST")
    accounts.create(first, "wang", "王值班", Role.OPERATOR, PASSWORD)
    database.close()
    desks: list[Shell] = []
    turns_of_second: list[Shell] = []
    looks: list[int] = []

    def look() -> None:
        """Lock the first desk, log the other one in, and see the second desk stay for a while."""
        looks.append(1)
        if len(looks) == MOST_LOOKS:
            QCoreApplication.exit(1)
        asked = dialog_of(LoginDialog)
        shells = [w for w in qapp.topLevelWidgets() if isinstance(w, Shell) and w.isVisible()]
        if isinstance(asked, LoginDialog):
            if not asked.name.text():
                asked.name.setText("wang")
                asked.password.setText(PASSWORD)
                asked.button.click()
        elif not desks and shells:
            desks.append(shells[0])
            shells[0].lock_asked.emit()
        elif shells and shells[0] is not desks[0]:
            turns_of_second.append(shells[0])
            if len(turns_of_second) == STAYS_TURNS:
                QCoreApplication.quit()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(100)
    # A demo plan, so that no hub of its own is started.
    assert run_workstation(settings, session=first, plan=WindowPlan(is_demo=True)) == 0
    timer.stop()
    assert len(turns_of_second) == STAYS_TURNS
