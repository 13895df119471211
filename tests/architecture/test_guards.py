"""The guards over every test: each one is shown a test that leaves something and must fail it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import psycopg
import pytest

from tests.waiting import LIMIT_S

ROOT = Path(__file__).resolve().parents[2]

LEAVERS = {
    "thread leaver": """
        import threading
        def test_it():
            threading.Thread(target=threading.Event().wait, name="leaver", daemon=True).start()
    """,
    "process": """
        import subprocess, sys
        kept = []
        def test_it():
            kept.append(subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE))
    """,
    "QTimer 'leaver'": """
        from PySide6.QtCore import QTimer
        kept = []
        def test_it(qapp):
            timer = QTimer(objectName="leaver", interval=1000)
            timer.start()
            kept.append(timer)
    """,
    "window QWidget 'leaver'": """
        from PySide6.QtWidgets import QWidget
        kept = []
        def test_it(qapp):
            kept.append(QWidget(objectName="leaver"))
    """,
    "unexpected log lines: WARNING": """
        import structlog
        def test_it():
            structlog.get_logger("x").warning("camera.lost", camera="C01")
    """,
    "Qt messages with level WARNING or above": """
        from PySide6.QtCore import qWarning
        def test_it(qapp):
            qWarning("something is odd")
    """,
}

TIDY = """
    import subprocess, sys, threading
    import structlog
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QWidget
    def test_it(qtbot, expected_log, log_events, wait_until, data_dir):
        expected_log("camera.lost")
        structlog.get_logger("x").warning("camera.lost", camera="C01")
        assert log_events[0]["camera"] == "C01"
        thread = threading.Thread(target=print); thread.start(); thread.join()
        subprocess.run([sys.executable, "-c", ""], check=True)
        widget = QWidget(); qtbot.addWidget(widget)
        timer = QTimer(widget); timer.setSingleShot(True); timer.start(1)
        assert wait_until(lambda: not timer.isActive())
        assert list(data_dir.iterdir()) == []
"""


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What pytest says of all the samples, run together under the project's conftest and settings."""
    folder = tmp_path_factory.mktemp("samples")
    (folder / "conftest.py").write_text("from tests.conftest import *\n", encoding="utf-8")
    for number, body in enumerate([*LEAVERS.values(), TIDY]):
        text = textwrap.dedent(body).replace("test_it", f"test_sample{number}")
        (folder / f"test_{number}.py").write_text(text, encoding="utf-8")
    options = ["-c", ROOT / "pyproject.toml", "--rootdir", folder, "-p", "no:cacheprovider", "-rA"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        env={**os.environ, "SHOUWANG_TEST_GRACE_S": "0.5"},
        check=False,
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("complaint", list(LEAVERS))
def test_a_test_that_leaves_something_fails_and_is_told_what(complaint: str, outcome: str) -> None:
    number = list(LEAVERS).index(complaint)
    told = re.search(
        rf"_ (?:ERROR at teardown of )?test_sample{number} _+\n(.*?)\n(?:__|==)", outcome, re.DOTALL
    )

    assert told, outcome
    assert complaint in told[1]


def test_a_tidy_test_passes(outcome: str) -> None:
    assert re.findall(rf"^(\w+) .*::test_sample{len(LEAVERS)}$", outcome, re.MULTILINE) == ["PASSED"], outcome


def test_every_test_gets_its_own_empty_postgresql_database(postgres: str) -> None:
    with psycopg.connect(postgres.replace("+psycopg", "")) as connection:
        tables = connection.execute(
            "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
        ).fetchone()

    assert tables == (0,)
