"""Ctrl+C and a termination at the log-in, where nothing of Python runs by itself."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from PySide6.QtWidgets import QApplication

from app.workstation import WindowPlan, WorkstationRun, quit_from_any_thread, run_workstation
from services.core.settings import load_settings
from tests.waiting import LIMIT_S

SIGNALS = (signal.SIGINT, signal.SIGTERM)
# Until then the event loop has nothing left to do.
IDLE_S = 0.3


@pytest.fixture
def own_handlers() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("own_handlers")
@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_a_signal_at_the_log_in_ends_the_program(
    qapp: QApplication, data_dir: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    assert qapp is QApplication.instance()
    asked, over = Event(), Event()
    ended_by_signal: list[bool] = []
    collects_anywhere: list[bool] = []

    def ask_who(run: WorkstationRun) -> None:
        original(run)
        # A program with windows collects in its GUI thread alone (`ui/collector.py`).
        collects_anywhere.append(gc.isenabled())
        asked.set()

    original = WorkstationRun._ask_who
    monkeypatch.setattr(WorkstationRun, "_ask_who", ask_who)

    def from_outside() -> None:
        assert asked.wait(LIMIT_S)
        over.wait(IDLE_S)
        os.kill(os.getpid(), number)
        ended_by_signal.append(over.wait(LIMIT_S / 4))
        quit_from_any_thread()

    outside = Thread(target=from_outside)
    outside.start()
    # A demo plan, so that no hub of its own is started.
    code = run_workstation(
        load_settings(data_dir=data_dir, workstation="TEST"), plan=WindowPlan(is_demo=True)
    )
    over.set()
    assert collects_anywhere == [False]
    outside.join()
    assert (code, ended_by_signal) == (0, [True])
