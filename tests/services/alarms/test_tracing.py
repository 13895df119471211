"""For any signal it can be said why it did or did not become an alarm."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from services.alarms.center import AlarmCenter
from services.core.clock import ManualClock
from services.domain.alarms import Qualifier, Signal
from services.domain.classes import AlarmClass, Priority
from services.domain.signals import KeptSignal, OutcomeKind, SignalSearch
from services.storage import Database

MakeSignal = Callable[..., Signal]


def kept(database: Database, clock: ManualClock, **wanted: str) -> list[KeptSignal]:
    search = SignalSearch(clock.now() - timedelta(days=1), clock.now() + timedelta(seconds=1), **wanted)
    return database.read(lambda view: view.signals.page(search, 100))


def test_a_trace_names_panel_zone_class_and_priority(
    center: AlarmCenter, signal: MakeSignal, database: Database, clock: ManualClock
) -> None:
    (outcome,) = center.receive([signal("131", 2)])
    (found,) = kept(database, clock)
    assert (found.outcome, found.alarm) == ("raised", outcome.alarm)
    trace = found.trace
    assert trace is not None
    assert (trace.panel, trace.zone, trace.place) == ("A1", "Z02", "地点 Z02")
    # The door contact's own priority in the site is P3.
    assert (trace.kind, trace.alarm_class, trace.priority) == ("alarm", AlarmClass.INTRUSION, Priority.P3)


@pytest.mark.parametrize(
    ("code", "zone", "qualifier", "account", "outcome", "kind"),
    [
        ("131", 11, Qualifier.NEW, "1002", OutcomeKind.RAISED, "alarm"),
        ("131", 11, Qualifier.RESTORE, "1002", OutcomeKind.RECORDED, "alarm"),
        ("401", 1, Qualifier.NEW, "1002", OutcomeKind.RECORDED, "record"),
        ("570", 11, Qualifier.NEW, "1002", OutcomeKind.RECORDED, "bypass"),
        ("570", 1, Qualifier.NEW, "1001", OutcomeKind.RAISED, "bypass"),
        ("130", 1, Qualifier.NEW, "7777", OutcomeKind.RAISED, "alarm"),
    ],
)
def test_signals_that_were_only_recorded_are_traced_too(
    center: AlarmCenter,
    signal: MakeSignal,
    database: Database,
    clock: ManualClock,
    code: str,
    zone: int,
    qualifier: Qualifier,
    account: str,
    outcome: OutcomeKind,
    kind: str,
) -> None:
    center.receive([signal(code, zone, qualifier, account)])
    (found,) = kept(database, clock)
    assert found.outcome == outcome
    assert found.trace is not None
    assert (found.trace.kind, found.trace.qualifier) == (kind, qualifier)


def test_a_repeated_frame_names_the_alarm_it_belongs_to(
    center: AlarmCenter, signal: MakeSignal, database: Database, clock: ManualClock
) -> None:
    frame = signal("120", 1, fingerprint="f")
    first, again = center.receive([frame, frame])
    newest, oldest = kept(database, clock)
    assert (oldest.outcome, newest.outcome) == ("raised", "duplicate")
    assert newest.alarm == first.alarm == again.alarm


def test_signals_are_found_by_time_account_and_outcome_and_paged_newest_first(
    center: AlarmCenter, signal: MakeSignal, database: Database, clock: ManualClock
) -> None:
    for number in range(6):
        clock.advance(60)
        account = "1001" if number % 2 else "1002"
        center.receive([signal("401", 1, account=account)])
    assert len(kept(database, clock)) == 6
    assert {found.signal.account for found in kept(database, clock, account="1001")} == {"1001"}
    assert len(kept(database, clock, account="100")) == 6
    assert kept(database, clock, account="%") == []
    assert kept(database, clock, outcome="raised") == []
    search = SignalSearch(clock.now() - timedelta(minutes=3), clock.now())
    found = database.read(lambda view: view.signals.page(search, 2))
    assert len(found) == 2
    rest = database.read(lambda view: view.signals.page(search, 2, found[-1].number))
    times = [one.signal.received_at for one in [*found, *rest]]
    assert times == [clock.now() - timedelta(minutes=minutes) for minutes in (1, 2, 3)]
