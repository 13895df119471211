"""Bus, back-off, ids, jobs, workers, paths and the clock a test can move."""

from __future__ import annotations

import gc
import threading
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.core.backoff import Backoff
from services.core.bus import Bus
from services.core.clock import ManualClock, SystemClock
from services.core.collector import OLD, collect_seldom
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.core.jobs import Jobs
from services.core.paths import default_data_dir, resource
from services.core.workers import Worker
from tests.waiting import LIMIT_S


def test_a_handler_gets_its_own_kind_of_fact_in_order_until_it_unsubscribes() -> None:
    bus, heard = Bus(), list[object]()
    end = bus.subscribe(int, heard.append)
    for fact in (1, "two", 3):
        bus.publish(fact)
    end()
    end()
    bus.publish(4)

    assert heard == [1, 3]


def test_a_failing_handler_does_not_keep_a_fact_from_the_others(expected_log: Callable[..., None]) -> None:
    expected_log("bus.handler_failed")
    bus, heard = Bus(), list[int]()

    def fail(_fact: int) -> None:
        raise ZeroDivisionError

    bus.subscribe(int, fail)
    bus.subscribe(int, heard.append)
    bus.publish(1)

    assert heard == [1]


def test_back_off_doubles_up_to_its_limit_and_begins_again_after_a_success() -> None:
    backoff = Backoff(0.5, 4.0, chance=lambda: 0.0)

    assert [backoff.next_s() for _ in range(5)] == [0.5, 1.0, 2.0, 4.0, 4.0]
    backoff.reset()
    assert backoff.next_s() == 0.5


def test_jitter_shortens_a_wait_by_at_most_half_even_after_very_many_tries() -> None:
    backoff = Backoff(1.0, 30.0, chance=lambda: 1.0)

    waits = [backoff.next_s() for _ in range(5000)]

    assert waits[0] == 0.5
    assert waits[-1] == 15.0


def test_ids_are_uuids_of_version_7_and_sort_by_time() -> None:
    first = new_id()
    ids = [uuid.UUID(first), *(uuid.UUID(new_id()) for _ in range(100))]

    assert {(one.version, one.variant) for one in ids} == {(7, uuid.RFC_4122)}
    assert len(set(ids)) == 101
    milliseconds = [one.int >> 80 for one in ids]
    assert milliseconds == sorted(milliseconds)


def test_a_job_runs_on_a_named_thread_and_gives_its_result() -> None:
    jobs = Jobs("watch-jobs")

    future = jobs.submit(lambda: threading.current_thread().name)

    assert future.result(LIMIT_S).startswith("watch-jobs")
    jobs.stop()


def test_jobs_that_hang_are_left_behind_and_told_of_and_what_waited_is_dropped(
    expected_log: Callable[..., None], log_events: list[dict[str, object]]
) -> None:
    expected_log("worker.did_not_stop")
    release, begun = threading.Event(), threading.Event()
    jobs = Jobs("stuck", threads=1)
    hanging = jobs.submit(lambda: begun.set() or release.wait())
    waiting = jobs.submit(lambda: "never")
    assert begun.wait(LIMIT_S)

    assert not jobs.stop(limit_s=0.05)

    assert waiting.cancelled()
    assert not hanging.done()
    assert log_events[0]["worker"] == "stuck_0"
    release.set()
    assert jobs.stop()
    assert hanging.result(LIMIT_S)
    with pytest.raises(RuntimeError):
        jobs.submit(lambda: None)


def test_who_finishes_does_what_waits_too_and_takes_nothing_new() -> None:
    release, begun = threading.Event(), threading.Event()
    jobs = Jobs("finishing", threads=1)
    jobs.submit(lambda: begun.set() or release.wait())
    waiting = jobs.submit(lambda: "saved")
    assert begun.wait(LIMIT_S)
    threading.Timer(0.1, release.set).start()

    assert jobs.finish(LIMIT_S)

    assert waiting.result(0) == "saved"
    with pytest.raises(RuntimeError):
        jobs.submit(lambda: None)


def test_who_finishes_drops_what_there_was_no_time_for(expected_log: Callable[..., None]) -> None:
    expected_log("worker.did_not_stop")
    release, begun = threading.Event(), threading.Event()
    jobs = Jobs("hurried", threads=1)
    jobs.submit(lambda: begun.set() or release.wait())
    waiting = jobs.submit(lambda: "never")
    assert begun.wait(LIMIT_S)

    assert not jobs.finish(0.05)

    assert waiting.cancelled()
    release.set()
    assert jobs.stop()


def test_a_job_that_fails_gives_its_error_and_the_next_one_runs() -> None:
    jobs = Jobs("failing", threads=1)
    failed = jobs.submit(lambda: 1 // 0)
    following = jobs.submit(lambda: 7)

    with pytest.raises(ZeroDivisionError):
        failed.result(LIMIT_S)
    assert following.result(LIMIT_S) == 7
    assert jobs.stop()


def test_a_worker_runs_until_it_is_stopped() -> None:
    begun = threading.Event()

    def body(stop: threading.Event) -> None:
        begun.set()
        stop.wait()

    worker = Worker("watch-worker", body)
    assert worker.stop()
    worker = Worker("watch-worker", body)
    worker.start()
    assert begun.wait(LIMIT_S)
    assert worker.is_alive
    assert worker.stop()
    assert not worker.is_alive


def test_a_worker_that_does_not_stop_in_time_is_told_of(
    expected_log: Callable[..., None], log_events: list[dict[str, object]]
) -> None:
    expected_log("worker.did_not_stop")
    release = threading.Event()
    worker = Worker("deaf", lambda _stop: release.wait() and None)
    worker.start()

    assert not worker.stop(limit_s=0.05)

    release.set()
    assert worker.stop()
    assert log_events[0]["worker"] == "deaf"


def test_a_worker_that_dies_is_logged(
    expected_log: Callable[..., None], log_events: list[dict[str, object]]
) -> None:
    expected_log("worker.died")

    def body(_stop: threading.Event) -> None:
        raise RuntimeError("broken")

    worker = Worker("mortal", body)
    worker.start()
    worker.stop()

    assert log_events[0]["event"] == "worker.died"


def test_a_manual_clock_moves_both_times_by_the_same_span() -> None:
    start_at = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
    clock = ManualClock(start_at, monotonic_s=10.0)

    clock.advance(2.5)

    assert clock.now() == start_at + timedelta(seconds=2.5)
    assert clock.monotonic() == 12.5


def test_the_system_clock_is_aware_and_in_utc() -> None:
    assert SystemClock().now().utcoffset() == timedelta(0)


def test_a_service_error_says_its_code_and_parameters() -> None:
    error = ServiceError("alarm.already_claimed", owner="王某")

    assert (error.code, error.params["owner"], str(error)) == (
        "alarm.already_claimed",
        "王某",
        "alarm.already_claimed(owner=王某)",
    )


def test_a_shipped_file_is_found_and_a_missing_one_is_named() -> None:
    assert resource("sites", "demo.toml").is_file()
    with pytest.raises(FileNotFoundError, match="none"):
        resource("sites", "none.toml")


def test_the_data_folder_can_be_chosen_by_the_environment(data_dir: Path) -> None:
    assert default_data_dir() == data_dir


def test_the_collector_looks_seldom_and_at_nothing_that_was_there() -> None:
    before = gc.get_threshold()
    gc.unfreeze()
    try:
        collect_seldom()
        assert gc.get_freeze_count() > 1000
        assert gc.get_threshold()[2] == OLD
        assert gc.isenabled()
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
