"""The communication log: kept once, for ever, with what a call sets going."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.dispatch import CallDesk, IncidentDesk, IncidentSheet
from services.domain.calls import READ_BACK, Call, CallDirection, CallKind, CallOutcome, ReadBack
from services.domain.incidents import Channel, Incident, TargetKind
from services.domain.people import Session
from services.storage import Database


@pytest.fixture
def taken(incidents: IncidentDesk, operator: Session) -> Incident:
    return incidents.open(operator, new_id(), IncidentSheet("打架", "fight", "二食堂"))


@pytest.fixture
def make(clock: ManualClock, taken: Incident) -> Callable[..., Call]:
    def call(**changes: object) -> Call:
        made = Call(
            id=new_id(),
            incident=taken.id,
            kind=CallKind.POLICE,
            direction=CallDirection.OUT,
            party="110",
            number="110",
            began_at=clock.now() - timedelta(seconds=40),
            ended_at=clock.now(),
            outcome=CallOutcome.ACCEPTED,
            by="",
            by_name="",
            workstation="",
            script="二食堂打架，十几人",
            said="马上派人",
            read_back=tuple(ReadBack(item, "x", is_confirmed=True) for item in READ_BACK[CallKind.POLICE]),
            ref="110-77",
        )
        return replace(made, **changes)  # type: ignore[arg-type]

    return call


def test_110_that_comes_is_an_order_to_the_police_and_its_number_stands_on_the_incident(
    calls: CallDesk, database: Database, operator: Session, make: Callable[..., Call]
) -> None:
    kept = calls.log(operator, make())
    order = database.read(lambda view: view.dispatches.get(kept.dispatch))
    assert (order.target, order.channel, order.order_text) == (
        TargetKind.POLICE,
        Channel.POLICE,
        "二食堂打架，十几人",
    )
    assert database.read(lambda view: view.incidents.get(kept.incident)).police_ref == "110-77"
    assert (kept.by_name, kept.workstation) == ("王某", "seat-1")
    lines = [entry.what for entry in database.read(lambda view: view.timeline_of(kept.incident))]
    assert lines == ["incident.taken", "dispatch.sent", "call.out", "incident.police_ref"]


@pytest.mark.parametrize(
    ("changes", "sets_going"),
    [
        ({"kind": CallKind.FIRE_BRIGADE}, True),
        ({"kind": CallKind.AMBULANCE}, True),
        ({"kind": CallKind.OTHER}, False),
        ({"direction": CallDirection.IN}, False),
        ({"outcome": CallOutcome.ADVISED}, False),
        ({"outcome": CallOutcome.UNANSWERED}, False),
    ],
)
def test_only_a_service_that_was_asked_and_comes_is_sent(
    calls: CallDesk,
    operator: Session,
    make: Callable[..., Call],
    changes: dict[str, object],
    sets_going: bool,
) -> None:
    assert bool(calls.log(operator, make(**changes)).dispatch) is sets_going


def test_a_call_logged_twice_is_one_call_and_one_order(
    calls: CallDesk, database: Database, operator: Session, make: Callable[..., Call]
) -> None:
    call = make()
    assert calls.log(operator, call) == calls.log(operator, call)
    assert len(calls.of_incident(call.incident)) == 1
    assert len(database.read(lambda view: view.dispatches.of_incident(call.incident))) == 1


def test_what_was_not_said_back_is_named_in_the_timeline(
    calls: CallDesk, database: Database, operator: Session, make: Callable[..., Call]
) -> None:
    heard = make().read_back
    call = calls.log(operator, make(read_back=(replace(heard[0], is_confirmed=False), *heard[1:])))
    assert [item.value for item in call.unconfirmed] == ["place"]
    line = next(
        entry
        for entry in database.read(lambda view: view.timeline_of(call.incident))
        if entry.what == "call.unconfirmed"
    )
    assert line.params["items"] == "place"


def test_a_call_about_an_ended_incident_is_kept_and_sends_nobody(
    calls: CallDesk, incidents: IncidentDesk, operator: Session, taken: Incident, make: Callable[..., Call]
) -> None:
    incidents.dismiss(operator, taken.id, "无")
    assert calls.log(operator, make()).dispatch == ""


def test_a_call_of_no_incident_stands_in_the_log_of_its_time(
    calls: CallDesk, operator: Session, make: Callable[..., Call], clock: ManualClock
) -> None:
    call = calls.log(operator, make(incident="", kind=CallKind.OTHER, party="后勤处"))
    day = timedelta(days=1)
    assert calls.between(operator, clock.now() - day, clock.now()) == [call]
    assert calls.between(operator, clock.now(), clock.now() + day) == []


def test_a_call_without_a_party_or_ending_before_it_began_is_refused(
    calls: CallDesk, operator: Session, make: Callable[..., Call]
) -> None:
    call = make()
    for bad, code in (
        (replace(call, party=" "), "call.party_needed"),
        (replace(call, ended_at=call.began_at - timedelta(seconds=1)), "call.bad_times"),
        (replace(call, ref="x" * 121), "dispatch.text_too_long"),
    ):
        with pytest.raises(ServiceError) as caught:
            calls.log(operator, bad)
        assert caught.value.code == code


def test_a_call_is_seen_by_every_seat(
    calls: CallDesk, database: Database, operator: Session, make: Callable[..., Call]
) -> None:
    call = calls.log(operator, make())
    assert database.read(lambda view: view.board()).calls_of(call.incident) == [call]
