"""The alarm bench's arithmetic: what a fire took, what an alarm cost, and which limit was missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.bench.alarmcost import Spent
from app.bench.alarms import fire_times_ms, judge, missed_limits
from app.bench.dialling import Press
from app.bench.presscount import Counted, counted
from app.bench.pressing import FIRE_POINT, MIXTURES, planned
from services.domain.alarms import Alarm, AlarmId, AlarmSource, Qualifier
from services.domain.classes import AlarmClass, Priority

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def fire(number: int, displayed_at: datetime | None) -> Alarm:
    return Alarm(
        id=AlarmId(f"f{number}"),
        event_no=f"BJ20261124-{number:04d}",
        source=AlarmSource.GB26875,
        dedup_key=f"k{number}",
        alarm_class=AlarmClass.FIRE,
        priority=Priority.P1,
        qualifier=Qualifier.NEW,
        code_raw="gb26875:fire",
        payload_raw="",
        panel="F1",
        zone="",
        zone_number=0,
        name="烟感",
        name_en="Smoke detector",
        place="实验楼",
        at=None,
        feeds=(),
        received_at=NOON,
        last_occurrence_at=NOON,
        displayed_at=displayed_at,
        point=f"{FIRE_POINT}.{number}",
    )


def test_a_fire_counts_from_its_sending_and_one_never_shown_not_at_all() -> None:
    sent_at = [NOON.timestamp(), NOON.timestamp() + 1, NOON.timestamp() + 2]
    shown = [fire(3, NOON + timedelta(seconds=2.5)), fire(1, NOON + timedelta(seconds=0.2)), fire(2, None)]

    assert fire_times_ms(sent_at, shown) == pytest.approx([200.0, 500.0])


def test_processor_time_is_told_for_each_alarm() -> None:
    spent = Spent(hub_s=0.5, window_s=1.0, decoders_s=0.6, elapsed_s=3.0)

    assert spent.per_alarm_ms(1000) == {"hub_cpu_ms": 0.5, "window_cpu_ms": 1.0, "decoder_cores": 0.2}


@pytest.mark.parametrize("mixture", MIXTURES)
def test_presses_are_as_many_as_asked_for_and_evenly_spread(mixture: str) -> None:
    presses = planned(100.0, 2.0, mixture)

    assert [press.at_s for press in presses] == pytest.approx([number / 100 for number in range(200)])


def beam(zone: int, occurrences: int, displayed_at: datetime | None = NOON) -> Alarm:
    alarm = replace(fire(zone, displayed_at), alarm_class=AlarmClass.INTRUSION, panel="A2", zone_number=zone)
    return replace(alarm, occurrence_count=occurrences)


def test_a_press_that_counted_twice_hides_none_that_is_lost() -> None:
    presses = [Press(0.0, 1, zone) for zone in (100, 101, 102, 102)]
    found = [beam(100, 2), beam(102, 1), beam(102, 1, None), beam(999, 1)]

    assert counted(presses, found) == Counted(stored=4, shown=3, lost=2, twice=1)


# Exactly at every limit is still within it.
AT_LIMITS: dict[str, object] = {
    "lost": 0,
    "twice": 0,
    "screen_ms_p99": 1000.0,
    "fire_ms": 1000.0,
    "gui_gap_ms_p99": 100.0,
}
BEYOND = [
    ("lost", 1, "missed: lost 1, must be 0"),
    ("twice", 2, "missed: twice 2, must be 0"),
    ("screen_ms_p99", 1000.1, "missed: screen_ms_p99 1000.1 ms, limit 1000 ms"),
    ("fire_ms", 1500.0, "missed: fire_ms 1500 ms, limit 1000 ms"),
    ("gui_gap_ms_p99", 100.1, "missed: gui_gap_ms_p99 100.1 ms, limit 100 ms"),
]


def test_figures_at_their_limits_miss_none() -> None:
    assert missed_limits(AT_LIMITS) == []


@pytest.mark.parametrize(("name", "found", "line"), BEYOND)
def test_a_figure_beyond_its_limit_is_told(name: str, found: float, line: str) -> None:
    assert missed_limits({**AT_LIMITS, name: found}) == [line]


def test_every_limit_missed_has_its_line() -> None:
    figures = {**AT_LIMITS, **{name: found for name, found, _ in BEYOND}}
    assert missed_limits(figures) == [line for _, _, line in BEYOND]


@pytest.mark.parametrize(("fire_ms", "code"), [(1500.0, 1), (200.0, 0)])
def test_a_missed_limit_ends_the_bench_with_1_and_its_last_line_says_which(
    fire_ms: float, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert judge({**AT_LIMITS, "fire_ms": fire_ms}, None) == code
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("missed: fire_ms 1500 ms") is (code == 1)
