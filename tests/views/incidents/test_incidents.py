from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication

from services.alarms.response import ResponseClocks
from services.dispatch.orders import Order
from services.domain.board import ENDED_ON_BOARD
from services.domain.classes import Priority
from services.domain.clocks import DEFAULT_CLOCKS
from services.domain.facts import IncidentChanged
from services.domain.incidents import Incident, IncidentId, IncidentState
from services.domain.people import Role, Session
from tests.views.seat import OPERATOR, Campus, Seat
from views.incidents.columns import Column, column_of
from views.incidents.detail import IncidentDetail

Wait = Callable[..., object]
LEADER = Session("zhao", "赵班长", Role.SHIFT_LEADER, "SEAT-3")


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
    seat.incidents.add_note(incident.id, "已通知宿管")
    wait_until(lambda: seat.incidents.timeline and seat.incidents.timeline[0].what == "note")
    assert seat.incidents.timeline[0].params["text"] == "已通知宿管"


def test_an_empty_note_is_not_sent(seat: Seat, incident: Incident, wait_until: Wait) -> None:
    seat.incidents.add_note(incident.id, "   ")
    wait_until(lambda: seat.jobs.is_idle)
    assert all(entry.what != "note" for entry in seat.incidents.timeline)


def test_contained_moves_the_incident_to_its_column(seat: Seat, incident: Incident, wait_until: Wait) -> None:
    seat.incidents.contain(incident.id, "人员已控制")
    wait_until(lambda: seat.incidents.columns[Column.CONTAINED])
    assert seat.incidents.columns[Column.CONTAINED][0].id == incident.id


def test_an_ended_incident_in_front_stays_with_its_log_until_another_is_chosen(
    seat: Seat, incident: Incident
) -> None:
    """What is typed beside it is meant for it, however many end meanwhile."""

    def end_many(first: int) -> None:
        for number in range(first, first + ENDED_ON_BOARD):
            later = incident.received_at + timedelta(minutes=number)
            other = replace(incident, id=IncidentId(f"i{number}"), received_at=later)
            seat.live.apply([IncidentChanged(replace(other, state=IncidentState.CLOSED), "closed")])

    seat.incidents.choose(incident.id)
    seat.live.apply([IncidentChanged(replace(incident, state=IncidentState.CLOSED), "closed")])
    end_many(1)
    assert seat.incidents.chosen is not None
    assert seat.incidents.chosen.id == incident.id
    assert seat.incidents.timeline
    seat.incidents.choose("i9")
    end_many(ENDED_ON_BOARD + 1)
    assert incident.id not in seat.live.board.incidents
    assert seat.incidents.chosen.id == "i9"


def test_closing_while_a_guard_is_on_the_way_is_refused(
    seat: Seat, incident: Incident, wait_until: Wait
) -> None:
    seat.incidents.close_incident(incident.id, "误报")
    wait_until(lambda: seat.refusals)
    assert seat.refusals[0].code == "dispatch.still_running"


def test_who_was_told_of_the_alarm_stands_in_the_timeline(
    seat: Seat, campus: Campus, wait_until: Wait, qapp: QApplication
) -> None:
    alarm_id = campus.ring("Z01")
    campus.alarms.claim(OPERATOR, alarm_id)
    at_once = dict.fromkeys(Priority, replace(DEFAULT_CLOCKS[Priority.P1], escalate_s=(0.0,)))
    ResponseClocks(campus.database, campus.clock, at_once).tick()
    campus.dispatches.send(OPERATOR, Order(guard="G01", text="前往查看", alarm_id=alarm_id))
    wait_until(lambda: seat.incidents.chosen)
    detail = IncidentDetail(seat.incidents, clock=campus.clock)
    wait_until(lambda: seat.incidents.notices)
    lines = [detail.timeline.item(row).text() for row in range(detail.timeline.count())]
    told = [row for row, line in enumerate(lines) if "第 1 级，通知 班长" in line]
    # Told before the guard was sent, so below it.
    assert told == [len(lines) - 1]
    assert seat.incidents.notices[0].event_no in lines[-1]
    campus.orders.note_seen(LEADER, alarm_id, 1)
    wait_until(lambda: "赵班长" in detail.timeline.item(detail.timeline.count() - 1).text())
    detail.deleteLater()
    qapp.processEvents()
