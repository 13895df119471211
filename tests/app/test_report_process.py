"""The process that writes a duty report for the hub."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.processes import ReportProcess
from services.core.settings import load_settings
from services.domain.periods import PeriodKind

DEAF = """
import pathlib, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(sys.argv[1]).touch()
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there a process cannot refuse to be ended")
def test_one_that_does_not_listen_is_killed_so_that_the_hub_can_end(
    data_dir: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
) -> None:
    expected_log("report.killed", "report.failed")
    ready = tmp_path / "ready"
    monkeypatch.setattr("app.processes.own_command", lambda *_: [sys.executable, "-c", DEAF, str(ready)])
    file = tmp_path / "day.pdf"
    process = ReportProcess(load_settings(data_dir=data_dir), PeriodKind.DAY, date(2026, 11, 28), file)
    wait_until(ready.exists, 20.0)
    assert not process.is_over
    process.stop(0.2)
    assert process.is_over
