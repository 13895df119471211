from __future__ import annotations

from collections.abc import Callable

import pytest

from services.dispatch.orders import Order
from services.domain.incidents import Incident, IncidentState
from tests.views.seat import OPERATOR, Campus, Seat
from views.incidents.columns import Column, column_of

Wait = Callable[..., object]


@pytest.fixture
def incident(campus: Campus, seat: Seat, wait_until: Wait) -> Incident:
    """An incident with one guard on the way, known to the seat."""
    alarm_id = campus.ring("Z01")
    campus.alarms.claim(OPERATOR, alarm_id)
    campus.dispatches.send(OPERATOR, Order(guard="G01", text="前往查看", alarm_id=alarm_id))
    wait_until(lambda: seat.incidents.chosen)
    assert seat.incidents.chosen is not None
    return seat.incidents.chosen


def test_an_incident_waits_until_somebody_is_sent() -> None:
    opened = Incident.__new__(Incident)
    for name, value in {"state": IncidentState.ACCEPTED}.items():
        object.__setattr__(opened, name, value)
    assert column_of(opened, has_dispatch=False) is Column.WAITING
    assert column_of(opened, has_dispatch=True) is Column.RUNNING


def test_a_dispatch_made_elsewhere_appears_with_its_timeline(
    seat: Seat, incident: Incident, wait_until: Wait
) -> None:
    assert [found.id for found in seat.incidents.columns[Column.RUNNING]] == [incident.id]
    wait_until(lambda: len(seat.incidents.timeline) >= 2)
    assert {entry.what for entry in seat.incidents.timeline} >= {"incident.opened", "dispatch.sent"}
    assert [dispatch.guard for dispatch in seat.incidents.dispatches] == ["G01"]


def test_the_timeline_shows_the_newest_first(seat: Seat, incident: Incident, wait_until: Wait) -> None:
    assert incident.is_open
    seat.incidents.add_note("已通知宿管")
    wait_until(lambda: seat.incidents.timeline and seat.incidents.timeline[0].what == "note")
    assert seat.incidents.timeline[0].params["text"] == "已通知宿管"


def test_an_empty_note_is_not_sent(seat: Seat, incident: Incident, wait_until: Wait) -> None:
    assert incident.is_open
    seat.incidents.add_note("   ")
    wait_until(lambda: seat.jobs.is_idle)
    assert all(entry.what != "note" for entry in seat.incidents.timeline)


def test_contained_moves_the_incident_to_its_column(seat: Seat, incident: Incident, wait_until: Wait) -> None:
    seat.incidents.contain("人员已控制")
    wait_until(lambda: seat.incidents.columns[Column.CONTAINED])
    assert seat.incidents.columns[Column.CONTAINED][0].id == incident.id


def test_closing_while_a_guard_is_on_the_way_is_refused(
    seat: Seat, incident: Incident, wait_until: Wait
) -> None:
    assert incident.is_open
    seat.incidents.close_incident("误报")
    wait_until(lambda: seat.refusals)
    assert seat.refusals[0].code == "dispatch.still_running"
