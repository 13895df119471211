"""An alarm laid aside comes back; what must never be out of sight cannot be laid aside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from services.alarms.center import AlarmCenter
from services.alarms.desk import AlarmDesk
from services.alarms.response import ResponseClocks
from services.alarms.shelving import Shelving
from services.core.clock import ManualClock
from services.domain.alarms import AlarmState, Signal, Verdict
from services.storage import Database
from tests.services.alarms.people import ADMIN, LI, WANG, ZHAO, refusal, stored

MakeSignal = Callable[..., Signal]


@pytest.fixture
def shelving(database: Database, clock: ManualClock) -> Shelving:
    return Shelving(database, clock)


@pytest.fixture
def desk(database: Database, clock: ManualClock) -> AlarmDesk:
    return AlarmDesk(database, clock)


@pytest.fixture
def beam(center: AlarmCenter, signal: MakeSignal) -> str:
    return center.receive([signal("131", 11, account="1002")])[0].alarm


def test_a_shelf_has_an_owner_a_reason_and_an_end(shelving: Shelving, beam: str, clock: ManualClock) -> None:
    shelved = shelving.shelve(WANG, beam, 30, " 树枝晃动 ")
    assert shelved.shelf is not None
    assert (shelved.shelf.by, shelved.shelf.by_name, shelved.shelf.reason) == (
        "wang",
        "wang 值班员",
        "树枝晃动",
    )
    assert shelved.shelf.until == clock.now() + timedelta(minutes=30)
    assert shelved.state is AlarmState.NEW


@pytest.mark.parametrize(
    ("account", "code", "zone"),
    [
        ("1001", "120", 1),  # panic
        ("1003", "111", 1),  # fire
        ("1001", "100", 0),  # medical
        ("1001", "137", 2),  # tamper
        ("4444", "130", 7),  # an account the site does not know
    ],
)
def test_panic_fire_medical_and_tamper_are_never_shelved(
    shelving: Shelving,
    center: AlarmCenter,
    signal: MakeSignal,
    database: Database,
    account: str,
    code: str,
    zone: int,
) -> None:
    alarm = center.receive([signal(code, zone, account=account)])[0].alarm
    assert refusal(lambda: shelving.shelve(ZHAO, alarm, 30, "原因")).code == "alarm.never_shelved"
    assert stored(database, alarm).shelf is None


def test_a_shelf_needs_a_reason_and_an_end_within_a_day(shelving: Shelving, beam: str) -> None:
    assert refusal(lambda: shelving.shelve(WANG, beam, 30, "  ")).code == "alarm.shelf_reason"
    assert refusal(lambda: shelving.shelve(WANG, beam, 0, "x")).code == "alarm.shelf_time"
    assert refusal(lambda: shelving.shelve(WANG, beam, 24 * 60 + 1, "x")).code == "alarm.shelf_time"


def test_only_who_has_it_in_hand_or_a_leader_shelves(shelving: Shelving, desk: AlarmDesk, beam: str) -> None:
    assert refusal(lambda: shelving.shelve(ADMIN, beam, 5, "x")).code == "identity.forbidden"
    desk.claim(WANG, beam)
    assert refusal(lambda: shelving.shelve(LI, beam, 5, "x")).code == "alarm.not_owner"
    assert shelving.shelve(ZHAO, beam, 5, "x").owner == "wang"


def test_an_alarm_with_a_verdict_is_not_shelved(shelving: Shelving, desk: AlarmDesk, beam: str) -> None:
    desk.claim(WANG, beam)
    desk.decide(WANG, beam, Verdict.GENUINE)
    assert refusal(lambda: shelving.shelve(WANG, beam, 5, "x")).code == "alarm.never_shelved"


def test_its_end_brings_it_back_with_sound(
    shelving: Shelving, desk: AlarmDesk, beam: str, database: Database, clock: ManualClock
) -> None:
    desk.silence(WANG, beam)
    shelving.shelve(WANG, beam, 1, "检修")
    clock.advance(59)
    ResponseClocks(database, clock).tick()
    assert stored(database, beam).shelf is not None
    clock.advance(1)
    ResponseClocks(database, clock).tick()
    back = stored(database, beam)
    assert (back.shelf, back.silenced_at, back.state) == (None, None, AlarmState.NEW)


def test_a_hub_that_was_away_brings_it_back_when_it_returns(
    shelving: Shelving, beam: str, database: Database, clock: ManualClock
) -> None:
    shelving.shelve(WANG, beam, 1, "检修")
    clock.advance(9000)
    ResponseClocks(database, clock).tick()
    assert stored(database, beam).shelf is None


def test_it_is_taken_back_by_hand_and_by_working_on_it(
    shelving: Shelving, desk: AlarmDesk, beam: str, database: Database
) -> None:
    shelving.shelve(WANG, beam, 30, "检修")
    desk.silence(LI, beam)
    assert shelving.unshelve(LI, beam).shelf is None
    assert stored(database, beam).silenced_at is None
    shelving.shelve(WANG, beam, 30, "检修")
    assert desk.claim(LI, beam).shelf is None


def test_repeats_of_a_shelved_alarm_are_counted_and_it_stays_shelved(
    shelving: Shelving, center: AlarmCenter, signal: MakeSignal, beam: str, database: Database
) -> None:
    shelving.shelve(WANG, beam, 30, "检修")
    for _ in range(3):
        center.receive([signal("131", 11, account="1002")])
    alarm = stored(database, beam)
    assert (alarm.occurrence_count, alarm.shelf is None) == (4, False)


def test_the_clock_of_a_shelved_alarm_goes_on(
    shelving: Shelving, beam: str, database: Database, clock: ManualClock
) -> None:
    shelving.shelve(WANG, beam, 30, "检修")
    clock.advance(61)
    ResponseClocks(database, clock).tick()
    assert stored(database, beam).escalation_level == 1


def test_another_zone_is_not_shelved_with_it(
    shelving: Shelving, center: AlarmCenter, signal: MakeSignal, beam: str, database: Database
) -> None:
    shelving.shelve(WANG, beam, 30, "检修")
    (other,) = center.receive([signal("131", 12, account="1002")])
    (tamper,) = center.receive([signal("137", 11, account="1002")])
    assert stored(database, other.alarm).shelf is None
    assert stored(database, tamper.alarm).shelf is None
