from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from services.core.errors import ServiceError
from services.core.jobs import Jobs
from ui.jobs import UiJobs


class Caller(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.results: list[object] = []
        self.errors: list[str] = []
        self.crashes: list[Exception] = []
        self.deaths: list[Exception] = []
        self.thread_seen: threading.Thread | None = None

    def done(self, result: object) -> None:
        self.results.append(result)
        self.thread_seen = threading.current_thread()

    def failed(self, error: ServiceError) -> None:
        self.errors.append(error.code)

    def died(self, error: Exception) -> None:
        self.deaths.append(error)

    def crashed(self, error: Exception) -> None:
        self.crashes.append(error)


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[UiJobs]:
    qapp.processEvents()
    pool = Jobs("test-job")
    made = UiJobs(pool)
    yield made
    made.close()
    pool.stop()


@pytest.fixture
def caller(jobs: UiJobs) -> Caller:
    made = Caller()
    jobs.crashed.connect(made.crashed)
    return made


def refuse() -> None:
    raise ServiceError("storage.timeout")


def test_work_runs_elsewhere_and_its_result_comes_back_into_the_gui_thread(
    jobs: UiJobs, caller: Caller, wait_until: Callable[..., object]
) -> None:
    jobs.run(threading.current_thread, caller.done)
    wait_until(lambda: caller.results)
    assert caller.results[0] is not threading.main_thread()
    assert caller.thread_seen is threading.main_thread()


def test_a_service_error_goes_to_failed(
    jobs: UiJobs, caller: Caller, wait_until: Callable[..., object]
) -> None:
    jobs.run(refuse, caller.done, caller.failed)
    wait_until(lambda: caller.errors)
    assert (caller.errors, caller.results) == (["storage.timeout"], [])


def test_a_service_error_that_nobody_takes_is_told_to_all(
    jobs: UiJobs, caller: Caller, wait_until: Callable[..., object]
) -> None:
    jobs.refused.connect(caller.failed)
    jobs.run(refuse, caller.done)
    wait_until(lambda: caller.errors)


@pytest.mark.parametrize("tells_apart", [False, True])
def test_our_own_mistake_is_logged_and_nobody_waits_for_its_answer(
    jobs: UiJobs,
    caller: Caller,
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
    *,
    tells_apart: bool,
) -> None:
    expected_log("job.crashed")
    jobs.run(lambda: 1 / 0, caller.done, caller.failed, caller.died if tells_apart else None)
    wait_until(lambda: jobs.is_idle)
    assert [type(error) for error in caller.crashes] == [ZeroDivisionError]
    told = ([], caller.crashes) if tells_apart else (["app.own_mistake"], [])
    assert (caller.errors, caller.deaths) == told


def test_the_result_for_an_owner_that_is_gone_is_dropped(
    jobs: UiJobs, wait_until: Callable[..., object]
) -> None:
    gate = threading.Event()
    gone = Caller()
    jobs.run(gate.wait, gone.done)
    shiboken6.delete(gone)
    gate.set()
    wait_until(lambda: jobs.is_idle)
    assert gone.results == []


def test_an_owner_that_nobody_holds_any_more_is_not_kept_alive_by_its_job(
    jobs: UiJobs, wait_until: Callable[..., object]
) -> None:
    gate = threading.Event()
    seen: list[object] = []

    class Fleeting:
        def done(self, result: object) -> None:
            seen.append(result)

    jobs.run(gate.wait, Fleeting().done)
    gate.set()
    wait_until(lambda: jobs.is_idle)
    assert seen == []


def test_after_close_nothing_is_begun_and_nothing_delivered(
    jobs: UiJobs, caller: Caller, qapp: QApplication
) -> None:
    gate = threading.Event()
    jobs.run(gate.wait, caller.done)
    jobs.close()
    gate.set()
    jobs.run(lambda: 1, caller.done)
    qapp.processEvents()
    assert caller.results == []


def test_what_is_not_begun_is_named_in_the_log_without_its_arguments(
    jobs: UiJobs, log_events: list[dict[str, object]]
) -> None:
    jobs.close()
    jobs.run(partial(str.strip, "hunter2-password"))
    assert [(event["event"], event["work"]) for event in log_events] == [("job.not_begun", "str.strip")]
