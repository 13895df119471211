"""What a seat was asked last is done before it ends."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Timer

import pytest

from app.workstation import JOB_THREADS, WindowPlan, WorkstationRun
from services.core.jobs import Jobs
from services.core.settings import load_settings
from tests.waiting import LIMIT_S


@pytest.mark.usefixtures("qapp")
def test_what_waits_behind_slow_work_is_done_before_the_program_ends(data_dir: Path) -> None:
    jobs = Jobs("ending", JOB_THREADS)
    settings = load_settings(data_dir=data_dir, workstation="TEST")
    run = WorkstationRun(settings, None, WindowPlan(is_demo=True), jobs)
    is_over, begun = Event(), [Event() for _ in range(JOB_THREADS)]
    for one in begun:
        jobs.submit(lambda one=one: one.set() or is_over.wait())
    assert all(one.wait(LIMIT_S) for one in begun)
    saved = jobs.submit(lambda: "saved")
    Timer(0.1, is_over.set).start()
    run.end()
    assert saved.done()
    assert saved.result() == "saved"
