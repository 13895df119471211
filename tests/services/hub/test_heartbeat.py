"""One hub per site: refusal, replacement and giving way."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.hub.heartbeat import Heartbeat
from services.storage import Database, HubBeat, Tx

Result = TypeVar("Result")
STARTS_AT = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(STARTS_AT)


class Others:
    """Another machine's clock, wrong by `off_s`; time passes on both when a claim waits."""

    def __init__(
        self, clock: ManualClock, off_s: float = 0.0, meanwhile: Callable[[], object] = bool
    ) -> None:
        self.clock = ManualClock(clock.now() + timedelta(seconds=off_s))
        self.waited_s = 0.0
        self._ours = clock
        self._meanwhile = meanwhile

    def wait(self, seconds: float) -> None:
        self.waited_s += seconds
        self._ours.advance(seconds)
        self.clock.advance(seconds)
        self._meanwhile()

    def heartbeat(self, database: Database) -> Heartbeat:
        return Heartbeat(database, self.clock, self.wait)


@pytest.mark.parametrize("off_s", [-7200.0, 0.0, 6.0, 7200.0])
def test_a_second_hub_waits_until_the_first_is_silent_for_five_seconds(
    database: Database, clock: ManualClock, off_s: float
) -> None:
    Heartbeat(database, clock).claim_site()
    second = Others(clock, off_s)
    second.heartbeat(database).claim_site()
    assert second.waited_s == pytest.approx(5.0, abs=0.3)


@pytest.mark.parametrize("off_s", [-7200.0, 0.0, 6.0, 7200.0])
def test_a_second_hub_is_refused_while_the_first_beats_whatever_its_clock_says(
    database: Database, clock: ManualClock, off_s: float
) -> None:
    first = Heartbeat(database, clock)
    first.claim_site()
    beats = iter([False] * 20 + [True])  # each 0.2 s; the first one is 4 s late
    second = Others(clock, off_s, lambda: next(beats) and first.beat())
    with pytest.raises(ServiceError) as refused:
        second.heartbeat(database).claim_site()
    assert refused.value.code == "hub.already_running"
    assert refused.value.params["since"] == clock.now()
    assert first.beat()


class Slow(Database):
    """Where something happens between a question and the command that follows."""

    def __init__(self, url: str, before_write: Callable[[], object]) -> None:
        super().__init__(url)
        self._before_write = before_write

    def write(self, work: Callable[[Tx], Result], *, deadline_s: float = 5.0) -> Result:
        self._before_write()
        return super().write(work, deadline_s=deadline_s)


def test_a_hub_that_beats_in_the_moment_in_which_its_site_is_claimed_keeps_it(
    database: Database, clock: ManualClock
) -> None:
    first = Heartbeat(database, clock)
    first.claim_site()
    slow = Slow(database.url, first.beat)
    slow.open()
    with closing(slow), pytest.raises(ServiceError) as refused:
        Others(clock).heartbeat(slow).claim_site()
    assert refused.value.code == "hub.already_running"
    assert first.beat()


def test_a_hub_that_was_frozen_gives_way_to_its_replacement(
    database: Database, clock: ManualClock, expected_log: Callable[..., None]
) -> None:
    expected_log("hub.superseded")
    frozen, other = Heartbeat(database, clock), Others(clock)
    next_one = other.heartbeat(database)
    frozen.claim_site()
    assert frozen.beat()
    next_one.claim_site()
    other.wait(3600)
    assert not frozen.beat()
    assert frozen.is_superseded
    assert next_one.beat()


def test_a_hub_that_was_frozen_and_ends_leaves_the_site_to_its_replacement(
    database: Database, clock: ManualClock
) -> None:
    frozen = Heartbeat(database, clock)
    frozen.claim_site()
    Others(clock).heartbeat(database).claim_site()
    held = database.read(lambda view: view.last_hub_beat())
    frozen.say_goodbye()
    assert database.read(lambda view: view.last_hub_beat()) == held


def test_a_goodbye_lets_the_next_hub_in_at_once(database: Database, clock: ManualClock) -> None:
    first, second = Heartbeat(database, clock), Others(clock)
    first.claim_site()
    first.say_goodbye()
    left = database.read(lambda view: view.last_hub_beat())
    assert left is not None
    assert not left.is_fresh(clock.now())
    second.heartbeat(database).claim_site()
    assert second.waited_s == 0.0


def test_a_dead_process_of_this_machine_is_not_waited_for(database: Database, clock: ManualClock) -> None:
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    host = Heartbeat(database, clock)._hub.partition(":")[0]
    database.write(lambda tx: tx.beat(f"{host}:{int(gone.stdout)}:00000000", clock.now()))
    Heartbeat(database, clock).claim_site()


def test_a_hub_of_another_machine_is_believed_by_its_row(database: Database, clock: ManualClock) -> None:
    def beat() -> None:
        database.write(lambda tx: tx.beat("elsewhere:999999999:00000000", clock.now()))

    beat()
    with pytest.raises(ServiceError) as refused:
        Others(clock, meanwhile=beat).heartbeat(database).claim_site()
    assert refused.value.params["host"] == "elsewhere"


def test_only_a_beat_of_about_now_is_taken_for_a_living_hub_at_first_sight(clock: ManualClock) -> None:
    ages_s = (-7200.0, -5.0, -4.9, 0.0, 4.9, 5.0, 7200.0)
    beats = [HubBeat("there:1:a", clock.now() - timedelta(seconds=age_s)) for age_s in ages_s]
    assert [beat.is_fresh(clock.now()) for beat in beats] == [False, False, True, True, True, False, False]
