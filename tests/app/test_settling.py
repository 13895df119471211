"""Ending what dead exports left does not pile up behind a copy that runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.seat_evidence import Settling
from services.core.errors import ServiceError
from services.core.jobs import Jobs
from ui.jobs import UiJobs


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[UiJobs]:
    pool = Jobs("settling-test", threads=1)
    jobs = UiJobs(pool)
    yield jobs
    jobs.close()
    pool.stop(10.0)
    qapp.processEvents()


@pytest.mark.parametrize("end", [None, ServiceError("storage.unreachable"), AttributeError("ours")])
def test_it_is_asked_once_while_the_thread_is_taken_and_again_after_any_end(
    jobs: UiJobs,
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
    end: Exception | None,
) -> None:
    expected_log("job.crashed")
    is_copied = Event()
    asked: list[int] = []

    def settle() -> None:
        asked.append(1)
        if end is not None:
            raise end

    owner = QObject()
    settling = Settling(settle, jobs, owner)
    jobs.run(is_copied.wait)
    for _minute in range(300):
        settling.ask()
    is_copied.set()
    wait_until(lambda: jobs.is_idle)
    assert len(asked) == 1
    settling.ask()
    wait_until(lambda: jobs.is_idle)
    assert len(asked) == 2
