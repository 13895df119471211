"""While the record is away signals stay on this machine; afterwards it has each once, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.alarms.center import AlarmCenter
from services.alarms.meaning import SIGNAL_ASIDE
from services.core.clock import ManualClock, SystemClock
from services.core.errors import ServiceError
from services.core.workers import Worker
from services.domain.alarms import AlarmSource, AlarmState, Qualifier, Signal
from services.domain.site import Site
from services.hub.shelter import Shelter
from services.storage import Database, Tx
from services.storage.spool import Spool

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def a_signal(number: int) -> Signal:
    at = AT + timedelta(milliseconds=number)
    return Signal(AlarmSource.DC09, "1001", "120", number % 90 + 1, Qualifier.NEW, at, f"f{number}")


@dataclass
class Record:
    """The shared record as the shelter meets it; `answers` says what becomes of the next commits."""

    stored: list[Signal] = field(default_factory=list)
    away: str = ""
    takes_though_away: bool = False
    poison: str = ""
    most_at_once: int = 1000

    def receive(self, signals: Sequence[Signal], _deadline_s: float) -> None:
        if self.poison and any(signal.fingerprint == self.poison for signal in signals):
            raise ValueError("a frame this version cannot digest")
        if len(signals) > self.most_at_once:
            raise ServiceError("storage.timeout")
        if self.away:
            if self.takes_though_away:
                self._store(signals)
            raise ServiceError(self.away)
        self._store(signals)

    def _store(self, signals: Sequence[Signal]) -> None:
        """As the centre does: the same frame of the same moment is known again."""
        seen = {(signal.fingerprint, signal.received_at) for signal in self.stored}
        self.stored += [one for one in signals if (one.fingerprint, one.received_at) not in seen]


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    spool = Spool(tmp_path / "spool.db")
    spool.open()
    yield spool
    spool.close()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(AT)


def test_what_the_record_cannot_take_is_kept_and_given_back_in_order(
    spool: Spool, clock: ManualClock, expected_log: Callable[..., None]
) -> None:
    expected_log("shelter.apart")
    record = Record(away="storage.timeout")
    shelter = Shelter(record.receive, spool, clock)
    shelter.commit([a_signal(1)])
    record.away = ""
    shelter.commit([a_signal(2)])  # not before the first: it waits behind it
    assert shelter.is_apart
    assert record.stored == []
    assert not shelter.give_back()
    shelter.commit([a_signal(3)])
    assert record.stored == [a_signal(1), a_signal(2), a_signal(3)]
    assert spool.count == 0


def test_a_commit_that_was_given_up_and_happened_is_one_signal(
    spool: Spool, clock: ManualClock, expected_log: Callable[..., None]
) -> None:
    expected_log("shelter.apart")
    record = Record(away="storage.timeout", takes_though_away=True)
    shelter = Shelter(record.receive, spool, clock)
    shelter.commit([a_signal(1)])
    record.away = ""
    shelter.give_back()
    assert record.stored == [a_signal(1)]


def test_what_a_hub_before_kept_is_given_back_by_the_next(spool: Spool, clock: ManualClock) -> None:
    spool.keep([a_signal(1)])
    record = Record()
    shelter = Shelter(record.receive, spool, clock)
    shelter.commit([a_signal(2)])
    shelter.give_back()
    assert record.stored == [a_signal(1), a_signal(2)]


def test_what_a_hub_before_kept_is_given_back_though_its_file_could_be_opened_only_later(
    spool: Spool, clock: ManualClock, wait_until: Callable[..., object]
) -> None:
    record = Record()
    shelter = Shelter(record.receive, spool, clock)
    spool.keep([a_signal(1)])
    giving_back = Worker("test-shelter", shelter.run)
    giving_back.start()
    try:
        wait_until(lambda: record.stored == [a_signal(1)])
    finally:
        giving_back.stop()


def test_a_signal_the_record_refuses_holds_nobody_up_and_is_an_alarm_after_a_minute(
    spool: Spool, clock: ManualClock, expected_log: Callable[..., None]
) -> None:
    expected_log("shelter.refused")
    spool.keep([a_signal(1), a_signal(2), a_signal(3)])
    record = Record(poison="f2")
    shelter = Shelter(record.receive, spool, clock)
    shelter.give_back()
    assert record.stored == [a_signal(1), a_signal(3)]
    clock.advance(59)
    assert not shelter.give_back()
    assert spool.count == 1
    clock.advance(1)
    shelter.give_back()
    assert [signal.code for signal in record.stored[2:]] == [SIGNAL_ASIDE]
    assert spool.count == 0


def test_a_mistake_of_ours_that_passes_costs_no_signal(
    spool: Spool, clock: ManualClock, expected_log: Callable[..., None]
) -> None:
    expected_log("shelter.apart", "shelter.refused")
    record = Record(poison="f1")
    shelter = Shelter(record.receive, spool, clock)
    shelter.commit([a_signal(1)])
    shelter.give_back()
    assert shelter.is_apart
    record.poison = ""
    shelter.give_back()
    assert record.stored == [a_signal(1)]


def test_a_record_that_is_slow_gets_fewer_at_once_until_it_takes_them(
    spool: Spool, clock: ManualClock
) -> None:
    spool.keep([a_signal(number) for number in range(200)])
    record = Record(most_at_once=10)
    shelter = Shelter(record.receive, spool, clock)
    for _ in range(100):
        with suppress(ServiceError):
            if not shelter.give_back():
                break
    assert record.stored == [a_signal(number) for number in range(200)]


STEPS = st.lists(st.sampled_from(["press", "press", "away", "back", "half", "drain", "restart"]), max_size=25)


@given(steps=STEPS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_each_acknowledged_signal_is_in_the_record_once_and_in_order(
    steps: list[str], tmp_path_factory: pytest.TempPathFactory, expected_log: Callable[..., None]
) -> None:
    expected_log("shelter.apart")
    spool = Spool(tmp_path_factory.mktemp("spool") / "spool.db")
    spool.open()
    record = Record()
    clock = ManualClock(AT)
    shelter = Shelter(record.receive, spool, clock)
    acknowledged: list[Signal] = []
    for number, step in enumerate(steps):
        match step:
            case "press":
                shelter.commit([a_signal(number)])
                acknowledged.append(a_signal(number))
            case "away":
                record.away, record.takes_though_away = "storage.unreachable", False
            case "half":
                record.away, record.takes_though_away = "storage.timeout", True
            case "back":
                record.away = ""
            case "drain" if not record.away:
                shelter.give_back()
            case "restart":
                shelter = Shelter(record.receive, spool, clock)
            case _:
                pass
    record.away = ""
    while shelter.is_apart:
        shelter.give_back()
    spool.close()
    assert record.stored == acknowledged


def test_the_centre_knows_its_own_second_try_even_after_the_alarm_was_closed(
    database: Database, site: Site
) -> None:
    center = AlarmCenter(database, SystemClock(), site, lambda _zone: ())
    first = center.receive([a_signal(1)])[0]

    def close(tx: Tx) -> None:
        tx.alarms.save(replace(tx.alarms.get(first.alarm), state=AlarmState.CLOSED))

    database.write(close)
    again = center.receive([a_signal(1)])[0]
    assert again.alarm == first.alarm
    assert database.read(lambda view: view.alarms.open()) == []
