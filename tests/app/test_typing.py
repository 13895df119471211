"""Whoever sits down types at once: every window of a seat that comes up has the keyboard."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from app.records import database_url
from services.core.settings import load_settings
from services.domain.people import Role
from services.identity import Accounts
from services.storage import Database, care
from tests.app.command_line import ROOT, environment
from tests.app.test_lock import PASSWORD
from tests.passwords import QUICK
from tests.waiting import LIMIT_S


def test_log_in_desk_and_the_log_in_of_a_locked_seat_have_the_keyboard_without_a_click(
    display: str, data_dir: Path
) -> None:
    url = database_url(load_settings(data_dir=data_dir, workstation="DESK"))
    care.upgrade(url)
    database = Database(url)
    database.open()
    accounts = Accounts(database, passwords=QUICK)
    accounts.create_first_administrator("admin", "管理员", PASSWORD)
    session = accounts.log_in("admin", PASSWORD, "DESK")
    accounts.create(session, "wang", "王值班", Role.OPERATOR, PASSWORD)
    database.close()
    typed = subprocess.run(
        [sys.executable, "-m", "tests.app.typing_process", str(data_dir)],
        cwd=ROOT,
        env=environment(QT_QPA_PLATFORM="xcb", DISPLAY=display),
        capture_output=True,
        encoding="utf-8",
        timeout=LIMIT_S,
        check=False,
    )
    windows = [line for line in typed.stdout.splitlines() if line.startswith(("LoginDialog", "Shell"))]
    assert windows == ["LoginDialog QLineEdit", "Shell WallSurface"] * 2, typed.stderr
