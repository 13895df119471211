"""One hub per site: refusal, replacement and giving way."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.hub.heartbeat import Heartbeat
from services.storage import Database

STARTS_AT = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(STARTS_AT)


def test_a_second_hub_waits_until_the_first_is_silent_for_five_seconds(
    database: Database, clock: ManualClock
) -> None:
    Heartbeat(database, clock).claim_site()
    clock.advance(4.9)
    with pytest.raises(ServiceError) as refused:
        Heartbeat(database, clock).claim_site()
    assert refused.value.code == "hub.already_running"
    assert refused.value.params["since"] == STARTS_AT
    clock.advance(0.1)
    Heartbeat(database, clock).claim_site()


def test_a_hub_that_was_frozen_gives_way_to_its_replacement(
    database: Database, clock: ManualClock, expected_log: Callable[..., None]
) -> None:
    expected_log("hub.superseded")
    frozen, next_one = Heartbeat(database, clock), Heartbeat(database, clock)
    frozen.claim_site()
    assert frozen.beat()
    clock.advance(6)
    next_one.claim_site()
    clock.advance(1)
    assert not frozen.beat()
    assert frozen.is_superseded
    assert next_one.beat()


def test_a_goodbye_lets_the_next_hub_in_at_once(database: Database, clock: ManualClock) -> None:
    first = Heartbeat(database, clock)
    first.claim_site()
    first.say_goodbye()
    Heartbeat(database, clock).claim_site()


def test_a_dead_process_of_this_machine_is_not_waited_for(database: Database, clock: ManualClock) -> None:
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    host = Heartbeat(database, clock)._hub.partition(":")[0]
    database.write(lambda tx: tx.beat(f"{host}:{int(gone.stdout)}:00000000", clock.now()))
    Heartbeat(database, clock).claim_site()


def test_a_hub_of_another_machine_is_believed_by_its_row(database: Database, clock: ManualClock) -> None:
    database.write(lambda tx: tx.beat("elsewhere:999999999:00000000", clock.now()))
    with pytest.raises(ServiceError) as refused:
        Heartbeat(database, clock).claim_site()
    assert refused.value.params["host"] == "elsewhere"
