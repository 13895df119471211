"""Group commit: who waits for whom, and what a failing database means to the panels."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from services.core.errors import ServiceError
from services.core.jobs import Jobs
from services.domain.alarms import AlarmSource, Qualifier, Signal
from services.hub.intake import (
    COLLECT_S,
    LEAST_SIGNALS,
    LONGEST_COMMIT_S,
    MOST_BEHIND_SIGNALS,
    MOST_BESIDE_FIRE,
    MOST_SIGNALS,
    MOST_UNKNOWN_SIGNALS,
    MOST_UNKNOWN_WAITING,
    MOST_WAITING,
    Intake,
)
from services.hub.waiting import MOST_AGAIN, MOST_FRAMES_OF_PEER, MOST_OF_FRAME
from tests.waiting import LIMIT_S

FRAMES = count()
AT = datetime(2026, 11, 24, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def signals(number: int = 1, fingerprint: str = "") -> tuple[Signal, ...]:
    """Of a frame unlike any other unless `fingerprint` is given."""
    fingerprint = fingerprint or f"f{next(FRAMES)}"
    return (Signal(AlarmSource.DC09, "1001", "120", number, Qualifier.NEW, AT, fingerprint),)


class Gate:
    """A commit that goes on when it may, and says when the first one has begun."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.may_end = threading.Event()
        self.batches: list[list[int]] = []

    def __call__(self, batch: Sequence[Signal]) -> None:
        self.begun.set()
        assert self.may_end.wait(LIMIT_S)
        self.batches.append([signal.zone for signal in batch])

    async def until_begun(self) -> None:
        assert await asyncio.to_thread(self.begun.wait, 20)


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    jobs = Jobs("test-commit", threads=1)
    yield jobs
    jobs.stop()


def running(
    intake: Intake,
    work: Callable[[], Coroutine[None, None, None]],
    loop: asyncio.AbstractEventLoop | None = None,
) -> None:
    async def scene() -> None:
        task = asyncio.create_task(intake.run())
        try:
            await work()
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    with asyncio.Runner(loop_factory=None if loop is None else lambda: loop) as runner:
        runner.run(scene())


def test_signals_that_come_together_share_a_commit_of_limited_size(jobs: Jobs) -> None:
    sizes: list[int] = []
    intake = Intake(lambda batch: sizes.append(len(batch)), jobs)

    async def work() -> None:
        assert all(
            await asyncio.gather(*[intake.submit(signals(n), n % 10) for n in range(MOST_SIGNALS + 50)])
        )

    running(intake, work)
    assert sizes == [MOST_SIGNALS, 50]


def test_nobody_is_told_before_the_commit_is_done(jobs: Jobs, gate: Gate) -> None:
    intake = Intake(gate, jobs)

    async def work() -> None:
        answer = intake.submit(signals(), "peer")
        await gate.until_begun()
        assert not answer.done()
        gate.may_end.set()
        assert await answer

    running(intake, work)


def test_a_failed_commit_answers_nobody_and_the_next_one_is_tried(
    jobs: Jobs, expected_log: Callable[..., None], log_events: list[dict[str, object]]
) -> None:
    expected_log("intake.not_stored")
    failures = [ServiceError("storage.timeout"), ServiceError("storage.timeout")]

    def commit(_batch: Sequence[Signal]) -> None:
        if failures:
            raise failures.pop()

    intake = Intake(commit, jobs)

    async def work() -> None:
        assert [await intake.submit(signals(), "peer") for _ in range(3)] == [False, False, True]

    running(intake, work)
    assert [event["event"] for event in log_events] == ["intake.not_stored", "intake.stores_again"]


def test_a_full_disk_hides_no_mistake_of_ours_that_comes_after_it(
    jobs: Jobs, expected_log: Callable[..., None], log_events: list[dict[str, object]]
) -> None:
    expected_log("intake.not_stored", "intake.failed")
    full, mistake, away = ServiceError("storage.full"), KeyError("x"), ServiceError("storage.timeout")
    failures: list[Exception] = [full, mistake, full, away, mistake]

    def commit(_batch: Sequence[Signal]) -> None:
        if failures:
            raise failures.pop(0)

    intake = Intake(commit, jobs)

    async def work() -> None:
        assert [await intake.submit(signals(), "peer") for _ in range(6)] == [False] * 5 + [True]

    running(intake, work)
    # Each once, until something is stored.
    assert [(event["event"], event.get("code")) for event in log_events] == [
        ("intake.not_stored", "storage.full"),
        ("intake.failed", None),
        ("intake.not_stored", "storage.timeout"),
        ("intake.stores_again", None),
    ]


def test_our_own_mistake_leaves_the_batch_unanswered_and_the_receiver_alive(
    jobs: Jobs, expected_log: Callable[..., None], log_events: list[dict[str, object]]
) -> None:
    """A panel repeats it for hours: its trace is in the log once until something else was stored."""
    expected_log("intake.failed")

    def commit(batch: Sequence[Signal]) -> None:
        if batch[0].zone == 1:
            raise ZeroDivisionError

    intake = Intake(commit, jobs)

    async def work() -> None:
        for _repeat in range(50):
            assert not await intake.submit(signals(1), "peer")
        assert logged() == 1
        assert await intake.submit(signals(2), "peer")
        assert not await intake.submit(signals(1), "peer")
        assert logged() == 2

    def logged() -> int:
        return sum(one["event"] == "intake.failed" for one in log_events)

    running(intake, work)


def test_what_waits_for_a_stuck_database_is_bounded(jobs: Jobs, gate: Gate) -> None:
    intake = Intake(gate, jobs)

    async def work() -> None:
        first = intake.submit(signals(), "peer")
        await gate.until_begun()
        waiting = [intake.submit(signals(n), n % 50) for n in range(MOST_WAITING)]
        too_many = intake.submit(signals(), "one more")
        assert too_many.done()
        assert too_many.result() is False
        gate.may_end.set()
        assert all(await asyncio.gather(first, *waiting))

    running(intake, work)


def test_a_peer_that_floods_waits_behind_its_own_frames_only(jobs: Jobs, gate: Gate) -> None:
    intake, batches = Intake(gate, jobs), gate.batches

    async def work() -> None:
        first = intake.submit(signals(0), "flood")
        await gate.until_begun()
        flood = [intake.submit(signals(1), "flood") for _ in range(MOST_FRAMES_OF_PEER + 10)]
        unknown = [intake.submit(signals(3), n, is_known=False) for n in range(MOST_UNKNOWN_WAITING + 10)]
        panel = intake.submit(signals(2), "panel")
        assert sum(future.done() and not future.result() for future in flood) == 10
        assert sum(future.done() and not future.result() for future in unknown) == 10
        gate.may_end.set()
        assert await panel
        assert await first

    running(intake, work)
    assert batches[1][:3] == [1, 2, 1]
    assert batches[1].index(3) == MOST_FRAMES_OF_PEER + 1
    assert batches[1].count(3) == MOST_UNKNOWN_SIGNALS


def long_frame(size: int) -> tuple[Signal, ...]:
    """Zones 1 to `size`."""
    return tuple(signal for zone in range(1, size + 1) for signal in signals(zone))


def test_a_long_frame_goes_part_by_part_and_is_answered_when_all_of_it_is_stored(
    jobs: Jobs, gate: Gate
) -> None:
    intake, batches = Intake(gate, jobs), gate.batches
    size = MOST_SIGNALS + 50

    async def work() -> None:
        first = intake.submit(signals(0), "another")
        await gate.until_begun()
        long = intake.submit(long_frame(size), "flood")
        panel = intake.submit(signals(1000), "panel")
        gate.may_end.set()
        assert await panel
        assert not long.done()
        assert await long
        assert await first

    running(intake, work)
    assert batches[1].index(1000) == MOST_OF_FRAME
    assert [zone for batch in batches[1:] for zone in batch if zone < 1000] == list(range(1, size + 1))


@pytest.mark.parametrize("failing", [1, 2])
def test_a_long_frame_that_is_stored_in_part_is_not_answered(
    jobs: Jobs, failing: int, expected_log: Callable[..., None]
) -> None:
    expected_log("intake.not_stored")
    commits = count(1)

    def commit(_batch: Sequence[Signal]) -> None:
        if next(commits) == failing:
            raise ServiceError("storage.unreachable", reason="test")

    intake = Intake(commit, jobs)

    async def work() -> None:
        assert await intake.submit(long_frame(MOST_SIGNALS + 50), "panel") is False
        assert await intake.submit(signals(), "panel")

    running(intake, work)


def test_what_goes_behind_follows_the_others_of_the_site_and_is_few_beside_them(
    jobs: Jobs, gate: Gate
) -> None:
    intake, batches = Intake(gate, jobs), gate.batches

    async def work() -> None:
        first = intake.submit(signals(0), "another")
        await gate.until_begun()
        behind = [intake.submit(signals(1), n, is_behind=True) for n in range(MOST_BEHIND_SIGNALS + 10)]
        unknown = intake.submit(signals(2), "stranger", is_known=False)
        panel = intake.submit(signals(3), "panel")
        gate.may_end.set()
        assert all(await asyncio.gather(first, panel, unknown, *behind))

    running(intake, work)
    assert batches[1] == [3, *[1] * MOST_BEHIND_SIGNALS, 2]


def test_what_a_peer_sends_again_while_it_waits_is_stored_once_and_answered_each_time(
    jobs: Jobs, gate: Gate
) -> None:
    intake = Intake(gate, jobs)

    async def work() -> None:
        under_commit = intake.submit(signals(1, "a"), "peer")
        await gate.until_begun()
        in_lane = intake.submit(signals(2, "b"), "peer")
        again = [intake.submit(signals(2, "b"), "peer") for _ in range(2)]
        gate.may_end.set()
        assert all(await asyncio.gather(under_commit, in_lane, *again))
        assert gate.batches == [[1], [2]]
        assert await intake.submit(signals(1, "a"), "peer"), "what is stored is the record's to know again"
        assert gate.batches == [[1], [2], [1]]

    running(intake, work)


def test_what_waits_knows_when_it_was_sent_last_and_what_is_under_commit_waits_anew(
    jobs: Jobs, gate: Gate
) -> None:
    """Its alarm may be reset between the two: then the newer one is another press."""
    stored: list[Signal] = []

    def commit(batch: Sequence[Signal]) -> None:
        gate(batch)
        stored.extend(batch)

    intake = Intake(commit, jobs)

    def frame(second: int) -> tuple[Signal, ...]:
        return tuple(replace(signal, received_at=AT + second * SECOND) for signal in signals(1, "a"))

    async def work() -> None:
        frames = [intake.submit(frame(0), "peer")]
        await gate.until_begun()
        frames += [intake.submit(frame(second), "peer") for second in (1, 2, 3)]
        gate.may_end.set()
        assert all(await asyncio.gather(*frames))

    running(intake, work)
    assert [(signal.received_at, signal.again_at) for signal in stored] == [
        (AT, None),
        (AT + SECOND, AT + 3 * SECOND),
    ]


def test_a_frame_sent_again_is_answered_though_whoever_sent_it_first_has_gone(jobs: Jobs, gate: Gate) -> None:
    intake = Intake(gate, jobs)

    async def work() -> None:
        under_commit = intake.submit(signals(1), "peer")
        await gate.until_begun()
        first = intake.submit(signals(2, "a"), "peer")
        again = intake.submit(signals(2, "a"), "peer")
        first.cancel()
        gate.may_end.set()
        assert await under_commit
        assert await again
        assert gate.batches == [[1], [2]]

    running(intake, work)


def test_a_frame_sent_again_on_another_line_waits_behind_no_flood_in_its_name(jobs: Jobs, gate: Gate) -> None:
    intake = Intake(gate, jobs)

    async def work() -> None:
        first = intake.submit(signals(0), "flood")
        await gate.until_begun()
        flood = [intake.submit(signals(1), "flood") for _ in range(MOST_FRAMES_OF_PEER - 1)]
        forged = intake.submit(signals(2, "a"), "flood")
        panel = intake.submit(signals(2, "a"), "panel")
        gate.may_end.set()
        assert all(await asyncio.gather(first, panel, forged, *flood))
        assert gate.batches[1][:2] == [1, 2]

    running(intake, work)


def test_how_often_a_waiting_frame_may_be_sent_again_is_bounded_and_the_newest_are_answered(
    jobs: Jobs, gate: Gate
) -> None:
    intake = Intake(gate, jobs)

    async def work() -> None:
        under_commit = intake.submit(signals(1), "peer")
        await gate.until_begun()
        first = intake.submit(signals(2, "a"), "peer")
        again = [intake.submit(signals(2, "a"), "peer") for _ in range(MOST_AGAIN + 3)]
        gate.may_end.set()
        assert all(await asyncio.gather(under_commit, first))
        assert await asyncio.gather(*again) == [False] * 3 + [True] * MOST_AGAIN

    running(intake, work)


def test_a_fire_overtakes_all_that_waits_and_takes_few_with_it(jobs: Jobs, gate: Gate) -> None:
    intake, batches = Intake(gate, jobs), gate.batches

    async def work() -> None:
        first = intake.submit(signals(0), "panel")
        await gate.until_begun()
        waiting = [intake.submit(signals(1), n % 50) for n in range(MOST_WAITING)]
        unknown = [intake.submit(signals(2), n, is_known=False) for n in range(MOST_UNKNOWN_WAITING)]
        fire = intake.submit(signals(9), "fire", is_fire=True)
        gate.may_end.set()
        assert await fire
        assert batches[1:] == [[9] + [1] * MOST_BESIDE_FIRE]
        assert all(await asyncio.gather(first, *waiting, *unknown))

    running(intake, work)


def test_what_streams_in_after_a_commit_shares_the_next_and_a_fire_ends_the_wait(jobs: Jobs) -> None:
    """Without the fire they would wait for an hour."""
    batches: list[list[int]] = []
    intake = Intake(lambda batch: batches.append([one.zone for one in batch]), jobs, pace_s=3600.0)

    async def work() -> None:
        assert await intake.submit(signals(1), "panel")
        streaming = []
        for number in (2, 3, 4):
            streaming.append(intake.submit(signals(number), "panel"))
            await asyncio.sleep(2 * COLLECT_S)
        assert batches == [[1]]
        assert await intake.submit(signals(9), "fire", is_fire=True)
        assert all(await asyncio.gather(*streaming))

    running(intake, work)
    assert batches == [[1], [9, 2, 3, 4]]


def test_as_much_as_a_commit_takes_waits_for_no_more(jobs: Jobs) -> None:
    sizes: list[int] = []
    intake = Intake(lambda batch: sizes.append(len(batch)), jobs, pace_s=3600.0)

    async def work() -> None:
        assert await intake.submit(signals(), "panel")
        assert all(await asyncio.gather(*[intake.submit(signals(n), n % 10) for n in range(MOST_SIGNALS)]))

    running(intake, work)
    assert sizes == [1, MOST_SIGNALS]


def test_a_stream_goes_on_after_its_pause(jobs: Jobs) -> None:
    intake = Intake(lambda _batch: None, jobs, pace_s=0.1)

    async def work() -> None:
        for number in range(3):
            assert await intake.submit(signals(number), "panel")

    running(intake, work)


def test_a_fire_is_taken_while_all_other_places_are_full(jobs: Jobs, gate: Gate) -> None:
    intake = Intake(gate, jobs)

    async def work() -> None:
        first = intake.submit(signals(), "peer")
        await gate.until_begun()
        waiting = [intake.submit(signals(n), n % 50) for n in range(MOST_WAITING)]
        assert intake.submit(signals(), "one more").done()
        fire = intake.submit(signals(9), "fire", is_fire=True)
        assert not fire.done()
        gate.may_end.set()
        assert all(await asyncio.gather(first, fire, *waiting))

    running(intake, work)


class LoopWithClock(asyncio.SelectorEventLoop):
    """An event loop whose time a test moves on."""

    ahead_s = 0.0

    def time(self) -> float:
        return super().time() + self.ahead_s


def test_where_commits_are_slow_they_become_small_and_grow_again(jobs: Jobs, gate: Gate) -> None:
    """So a fire, which waits for the running one, never waits for a large slow one."""
    loop = LoopWithClock()

    def commit(batch: Sequence[Signal]) -> None:
        gate(batch)
        if len(gate.batches) == 2:
            loop.ahead_s += 4 * LONGEST_COMMIT_S

    intake = Intake(commit, jobs)

    async def work() -> None:
        first = intake.submit(signals(), "peer")
        await gate.until_begun()
        waiting = [intake.submit(signals(n), n % 50) for n in range(1000)]
        gate.may_end.set()
        assert all(await asyncio.gather(first, *waiting))

    running(intake, work, loop)
    sizes = [len(batch) for batch in gate.batches]
    assert sizes[:2] == [1, MOST_SIGNALS]
    assert LEAST_SIGNALS <= sizes[2] <= MOST_SIGNALS / 4
    assert sizes[3] > sizes[2]
