"""Who may not send anybody to a place gives no command on what goes on there, and every one elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from services.core.errors import ServiceError
from services.core.ids import new_id
from services.dispatch import DispatchDesk, IncidentDesk, IncidentSheet, Order
from services.domain.incidents import DispatchState, Feedback
from services.domain.people import Limit, Permission, Session

HERE, ELSEWHERE = "二食堂", "东门岗亭"
SHEET = IncidentSheet("食堂有人打架", "fight", HERE)
COMMANDS = ("open", "send", "cancel", "advance", "return", "feedback", "note", "split")


@pytest.fixture
def commands(
    incidents: IncidentDesk, desk: DispatchDesk, operator: Session
) -> dict[str, Callable[[Session], object]]:
    """Each on an incident and an order that were there before anything was taken from anybody."""
    incident = incidents.open(operator, new_id(), SHEET)
    sent = desk.send(operator, Order("G34", "去", incident_id=incident.id))
    other = desk.send(operator, Order("G35", "去", incident_id=incident.id))
    for step in (DispatchState.SIGNED, DispatchState.EN_ROUTE, DispatchState.ON_SCENE, DispatchState.DONE):
        desk.advance(operator, other.id, step)
    told = Feedback(other.id, other.sent_at, "", "", "已劝开")
    return {
        "open": lambda who: incidents.open(who, new_id(), SHEET),
        "send": lambda who: desk.send(who, Order("G36", "去", incident_id=incident.id)),
        "cancel": lambda who: desk.cancel(who, sent.id, "不用了"),
        "advance": lambda who: desk.advance(who, sent.id, DispatchState.SIGNED),
        "return": lambda who: desk.return_order(who, sent.id, "太远"),
        "feedback": lambda who: desk.give_feedback(who, told),
        "note": lambda who: incidents.add_note(who, incident.id, "又来了几个人"),
        "split": lambda who: incidents.split(who, incident.id, "另一起", (), (sent.id,)),
    }


def without_sending(session: Session, place: str) -> Session:
    return replace(session, limits=(Limit(Permission.DISPATCH, (place,)),))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_refused_where_sending_is_taken_and_done_elsewhere(
    commands: dict[str, Callable[[Session], object]], operator: Session, name: str
) -> None:
    with pytest.raises(ServiceError) as refused:
        commands[name](without_sending(operator, HERE))
    assert refused.value.code == "identity.barred"
    commands[name](without_sending(operator, ELSEWHERE))


def test_the_names_above_are_all_commands(commands: dict[str, Callable[[Session], object]]) -> None:
    assert set(COMMANDS) == set(commands)
