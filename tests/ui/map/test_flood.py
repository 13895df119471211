"""Many alarms at once on the plan: what lies on one another is painted once, and the most urgent wins."""

from __future__ import annotations

from services.domain.classes import Priority
from ui.map.live_paint import MARK_PX, apart_alarms
from ui.map.marks import MapAlarm
from ui.map.view import PlanView

VIEW = PlanView().sized(500, 350).fitted(500.0, 350.0, 0)


def mark(name: str, priority: int, x: float, y: float, *, is_claimed: bool = False) -> MapAlarm:
    return MapAlarm(name, Priority(priority), (x, y), is_claimed=is_claimed)


def test_of_marks_on_one_another_the_most_urgent_is_painted_and_last() -> None:
    alarms = [mark("p3", 3, 100, 100), mark("p2", 2, 300, 100), mark("p1", 1, 101, 101)]
    assert [alarm.alarm_id for alarm in apart_alarms(alarms, VIEW)] == ["p2", "p1"]


def test_an_unclaimed_mark_hides_a_claimed_one_of_its_priority() -> None:
    claimed, waiting = mark("claimed", 1, 100, 100, is_claimed=True), mark("waiting", 1, 101, 101)
    for order in ([claimed, waiting], [waiting, claimed]):
        assert [alarm.alarm_id for alarm in apart_alarms(order, VIEW)] == ["waiting"]


def test_a_flood_paints_no_more_marks_than_have_room() -> None:
    flood = [mark(f"{x}-{y}", 2, x, y) for x in range(0, 500, 5) for y in range(0, 350, 5)]
    assert len(flood) == 7000
    assert len(apart_alarms(flood, VIEW)) <= (500 // MARK_PX + 1) * (350 // MARK_PX + 2)
