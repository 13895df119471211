"""The figures of the watch, against hand arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from services.core.clock import ManualClock
from services.core.ids import new_id
from services.domain.alarms import Alarm, AlarmId, Verdict
from services.domain.hands import owned_by
from services.domain.incidents import Channel, Dispatch, DispatchId, Incident, IncidentId
from services.domain.people import Role, Session
from services.reports.alarms import AlarmReports, Spread, Step, ZoneFigures, figures_of, spread_of
from services.storage import AlarmRecord, Database
from tests.records import new_record
from tests.services.domain.test_floods import NOON, alarm

UNTIL = NOON + timedelta(hours=1)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with new_record(tmp_path / "shouwang.db") as database:
        yield database


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def test_percentiles_are_nearest_rank() -> None:
    # Of 1..20: the 10th and the 19th. Of one value: that value.
    assert spread_of([float(n) for n in range(20, 0, -1)]) == Spread(20, 10.0, 19.0, 20.0)
    assert spread_of([7.0]) == Spread(1, 7.0, 7.0, 7.0)
    assert spread_of([]) == Spread(0)


def test_load_is_counted_in_tens_of_minutes_and_by_operator() -> None:
    mine = [alarm(n, received_at=at(n), owner="wang", owner_name="王") for n in (0, 3, 9, 10)]
    others = [alarm(n, received_at=at(n), owner="li", owner_name="李") for n in (25,)]
    found = figures_of(map(AlarmRecord, [*mine, *others, alarm(7, received_at=at(59))]), NOON, UNTIL, UNTIL)
    assert [load.count for load in found.loads] == [3, 1, 1, 0, 0, 1]
    assert [(one.user, one.handled, one.busiest, one.mean) for one in found.operators] == [
        # Of the six tens of minutes asked for: 4 / 6 and 1 / 6.
        ("wang", 4, 3, 4 / 6),
        ("li", 1, 1, 1 / 6),
    ]
    assert found.total == 6


def test_an_alarm_counts_for_who_claimed_it_first_whoever_has_it_later() -> None:
    wang, li = Session("wang", "王", Role.OPERATOR, "S1"), Session("li", "李", Role.OPERATOR, "S2")
    made = [owned_by(owned_by(alarm(n, received_at=at(n)), wang, at(n)), li, at(n + 1)) for n in range(8)]
    made.append(alarm(9, received_at=at(20), owner="chen", owner_name="陈", claimed_at=at(21)))
    found = figures_of(map(AlarmRecord, made), NOON, UNTIL, UNTIL)
    assert [(one.user, one.name, one.handled) for one in found.operators] == [
        ("wang", "王", 8),
        ("chen", "陈", 1),
    ]


def test_the_busiest_ten_minutes_begin_anywhere() -> None:
    # Ten within eight minutes, five on each side of 12:10; the one at 12:16 is ten minutes after the first.
    minutes = (6, 7, 8, 9, 9.5, 10.2, 11, 12, 13, 14, 16)
    made = [alarm(n, received_at=at(m), owner="wang") for n, m in enumerate(minutes)]
    (wang,) = figures_of(map(AlarmRecord, made), NOON, UNTIL, UNTIL).operators
    assert (wang.handled, wang.busiest) == (11, 10)


def test_the_mean_has_the_quiet_tens_of_minutes_too_but_not_those_to_come() -> None:
    made = [alarm(n, received_at=at(1), owner="wang") for n in range(6)]
    day = NOON + timedelta(days=1)

    def mean(now: datetime) -> float:
        return figures_of(map(AlarmRecord, made), NOON, day, now).operators[0].mean

    # Six alarms: in half an hour 2 per ten minutes, in a day of 144 tens 6 / 144, in 2 minutes at most 6.
    assert (mean(at(30)), mean(day + timedelta(days=3)), mean(at(2))) == (2.0, 6 / 144, 6.0)


def test_the_false_alarm_rate_leaves_out_tests_duplicates_and_what_is_undecided() -> None:
    verdicts = [
        Verdict.GENUINE,
        Verdict.FALSE_REPORT,
        Verdict.ACCIDENTAL,
        Verdict.DEVICE_FAULT,
        Verdict.TEST,
        Verdict.DUPLICATE,
        None,
    ]
    found = [alarm(n, zone="Z1", verdict=verdict, occurrence_count=2) for n, verdict in enumerate(verdicts)]
    (zone,) = figures_of(map(AlarmRecord, found), NOON, UNTIL, UNTIL).zones
    assert (zone.alarms, zone.occurrences, zone.judged, zone.false, zone.false_rate) == (7, 14, 4, 3, 0.75)
    assert ZoneFigures("Z2", "", "", "", 1, 1, 0, 0).false_rate is None


def test_the_worst_zone_is_first() -> None:
    found = [alarm(1, zone="Z1"), alarm(2, zone="Z2", occurrence_count=9), alarm(3, zone="Z1")]
    assert [zone.zone for zone in figures_of(map(AlarmRecord, found), NOON, UNTIL, UNTIL).zones] == [
        "Z2",
        "Z1",
    ]


def test_linkage_is_held_against_four_seconds_and_drills_count_nowhere() -> None:
    found = [alarm(n, linkage_ms=ms) for n, ms in enumerate([900, 4000, 4001])]
    found.append(alarm(9, linkage_ms=60_000, is_drill=True))
    figures = figures_of(map(AlarmRecord, found), NOON, UNTIL, UNTIL)
    assert (figures.linkage, figures.within_limit) == (Spread(3, 4000, 4001, 4001), 2)
    assert figures.total == 3


def test_times_from_arrival_to_each_step_come_out_of_the_database_in_one_reading(database: Database) -> None:
    made = replace(
        alarm(1, received_at=NOON),
        id=AlarmId(new_id()),
        incident="i1",
        first_claimed_at=NOON + timedelta(seconds=5),
        claimed_at=NOON + timedelta(seconds=500),
        viewed_at=NOON + timedelta(seconds=12),
        reset_at=NOON + timedelta(seconds=600),
    )
    late = alarm(2, received_at=UNTIL)
    store(database, made, late, sent=(40, 90))
    figures = AlarmReports(database, ManualClock(UNTIL)).figures(NOON, UNTIL)
    assert dict(figures.steps) == {
        Step.CLAIM: Spread(1, 5.0, 5.0, 5.0),
        Step.VERIFY: Spread(1, 12.0, 12.0, 12.0),
        Step.DISPATCH: Spread(1, 40.0, 40.0, 40.0),
        Step.CLOSE: Spread(1, 600.0, 600.0, 600.0),
    }
    assert figures.total == 1


def store(database: Database, made: Alarm, late: Alarm, sent: tuple[int, int]) -> None:
    incident = Incident(IncidentId("i1"), "JQ-1", "t", "c", "p", None, "", "wang", "王", NOON)

    def order(number: int, seconds: int) -> Dispatch:
        sent_at = NOON + timedelta(seconds=seconds)
        return Dispatch(
            id=DispatchId(new_id()),
            dispatch_no=f"PJ-{number}",
            incident=incident.id,
            guard="G01",
            guard_name="李四",
            order_text="去",
            channel=Channel.RADIO,
            why="近",
            distance_m=1.0,
            sent_by="wang",
            sent_by_name="王",
            sent_at=sent_at,
        )

    write: Callable[..., object] = database.write
    write(lambda tx: [tx.alarms.add(one) for one in (made, late)])
    write(lambda tx: tx.incidents.add(incident))
    write(lambda tx: [tx.dispatches.add(order(n, s)) for n, s in enumerate(reversed(sent))])
