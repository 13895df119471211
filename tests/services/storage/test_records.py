"""Signals with their traces, notices and what reports read, on both engines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.domain.alarms import Alarm, AlarmState, Signal
from services.domain.classes import AlarmClass, Priority
from services.domain.incidents import Dispatch, Incident
from services.domain.notices import Notice
from services.domain.people import Role
from services.domain.signals import SignalSearch, SignalTrace
from services.storage import Database

AT = datetime(2026, 11, 24, 2, 0, 0, 123456, tzinfo=UTC)
DAY = timedelta(days=1)
Open = Callable[[str], Database]


@pytest.fixture
def database(url: str, open_database: Open) -> Database:
    return open_database(url)


def test_a_signal_comes_back_with_its_trace_and_is_found_by_what_it_is(
    database: Database, make_signal: Callable[..., Signal]
) -> None:
    trace = SignalTrace(
        "A1", "一号主机", "Z01", "按钮", "东门", "alarm", "Panic", AlarmClass.PANIC, Priority.P1
    )
    database.write(lambda tx: tx.add_signal(make_signal("f1"), "a1", "raised", trace))
    database.write(lambda tx: tx.add_signal(make_signal("f2", account="1%2"), "", "recorded"))
    found = database.read(lambda view: view.signals.page(SignalSearch(AT - DAY, AT + DAY), 10))
    assert [(kept.signal.fingerprint, kept.trace) for kept in found] == [("f2", None), ("f1", trace)]
    by_account = SignalSearch(AT - DAY, AT + DAY, account="1%")
    assert len(database.read(lambda view: view.signals.page(by_account, 10))) == 1
    by_outcome = SignalSearch(AT - DAY, AT + DAY, outcome="raised")
    assert [kept.alarm for kept in database.read(lambda view: view.signals.page(by_outcome, 10))] == ["a1"]
    assert database.read(lambda view: view.signals.page(SignalSearch(AT + DAY, AT + 2 * DAY), 10)) == []
    assert database.read(lambda view: view.signals.get(found[1].number)) == found[1]


def test_a_level_is_noted_once_whoever_tries(database: Database, make_alarm: Callable[..., Alarm]) -> None:
    alarm = database.write(lambda tx: tx.alarms.add(make_alarm("BJ20261124-0001")))
    notice = Notice(alarm.id, alarm.event_no, 1, AT, Role.SHIFT_LEADER, ("zhao",), "张 138")
    assert database.write(lambda tx: tx.notices.add(notice))
    assert not database.write(lambda tx: tx.notices.add(replace(notice, at=AT + DAY)))
    assert database.read(lambda view: view.notices.of(alarm.id)) == [notice]
    seen = replace(notice, seen_by="zhao", seen_at=AT)
    database.write(lambda tx: tx.notices.save(seen))
    assert database.read(lambda view: view.notices.of_open_alarms()) == {alarm.id: {1: seen}}
    database.write(lambda tx: tx.alarms.save(replace(alarm, state=AlarmState.CLOSED)))
    assert database.read(lambda view: view.notices.of_open_alarms()) == {}
    assert database.read(lambda view: view.notices.newest(5)) == [seen]


def test_reports_read_alarms_with_the_first_order_of_their_incident(
    database: Database,
    make_alarm: Callable[..., Alarm],
    make_incident: Callable[..., Incident],
    make_dispatch: Callable[..., Dispatch],
) -> None:
    incident = make_incident("JQ20261124-0001")
    with_orders = make_alarm("BJ20261124-0001", incident=incident.id)
    without = make_alarm("BJ20261124-0002", received_at=AT + timedelta(seconds=1))
    database.write(lambda tx: tx.incidents.add(incident))
    for number, seconds in enumerate((90, 40)):
        order = make_dispatch(f"PJ-{number}", incident.id, sent_at=AT + timedelta(seconds=seconds))
        database.write(lambda tx, order=order: tx.dispatches.add(order))
    for alarm in (with_orders, without, make_alarm("BJ20261124-0003", received_at=AT + DAY)):
        database.write(lambda tx, alarm=alarm: tx.alarms.add(alarm))
    found = database.read(lambda view: view.figures.alarms(AT, AT + DAY))
    assert [(one.alarm.event_no, one.sent_at) for one in found] == [
        ("BJ20261124-0001", AT + timedelta(seconds=40)),
        ("BJ20261124-0002", None),
    ]
