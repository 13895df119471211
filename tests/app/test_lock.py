"""A locked seat shows the log-in, stays, and cannot be closed; the first administrator can come back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.workstation import WindowPlan, WorkstationRun, start_application
from services.core.jobs import Jobs
from services.core.settings import load_settings
from views.login.screen import FirstRunDialog, LoginDialog

PASSWORD = "long enough 8"


def dialog_of(kind: type[LoginDialog] | type[FirstRunDialog]) -> LoginDialog | FirstRunDialog | None:
    shown = [w for w in QApplication.topLevelWidgets() if type(w) is kind and w.isVisible()]
    return shown[0] if shown else None


def test_after_the_first_start_a_locked_seat_asks_for_a_log_in_and_esc_leaves_it_locked(
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

        asked.name.setText("admin")
        asked.password.setText(PASSWORD)
        asked.button.click()
        wait_until(lambda: desk.shell.centralWidget().isEnabled(), 20)
    finally:
        run.end()
        pool.stop()
