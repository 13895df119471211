"""Jobs of a window under test: one thread, ended with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from services.core.jobs import Jobs
from ui.jobs import UiJobs


@contextmanager
def ui_jobs() -> Iterator[UiJobs]:
    workers = Jobs("test", threads=1)
    jobs = UiJobs(workers)
    try:
        yield jobs
    finally:
        jobs.close()
        workers.stop()
