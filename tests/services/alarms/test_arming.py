"""What arming, isolation, tests and walks do to signals, and what they can never do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import create_engine, text

from services.alarms.arming_clock import ArmingClock
from services.alarms.arming_desk import ArmingDesk
from services.alarms.batch import Outcome
from services.alarms.center import AlarmCenter
from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.domain.alarms import Qualifier, Signal
from services.domain.arming import Isolation, ZoneState, ZoneTest
from services.domain.people import Role, Session
from services.domain.signals import OutcomeKind
from services.domain.site import ArmGroup, Site
from services.storage import Database

ZONE = ZoneInfo("Asia/Shanghai")
OPERATOR = Session("wang", "王", Role.OPERATOR, "S1")
LEADER = Session("zhao", "赵", Role.SHIFT_LEADER, "S3")
# The test begins on Tuesday, 24 November 2026, 14:00 in Shanghai.
NIGHT = ("mon-fri 22:00-06:00",)

Make = Callable[..., Signal]


def grouped(site: Site, schedule: tuple[str, ...] = (), delay_s: float = 0.0) -> Site:
    """Zones Z11 and Z12 (beams of panel 1002) in group G1; the protected ones claim it too."""
    zones = tuple(
        replace(zone, arm_group="G1", entry_delay_s=delay_s if zone.no == "Z11" else 0.0)
        for zone in site.zones
    )
    return replace(site, zones=zones, arm_groups=(ArmGroup("G1", "围墙", "Perimeter", schedule),))


class Room:
    """The centre, the desk and the hub's clock over one database."""

    def __init__(self, database: Database, clock: ManualClock, site: Site) -> None:
        self.database, self.clock, self.site = database, clock, site
        database.write(lambda tx: tx.replace_site(site))
        self.center = AlarmCenter(database, clock, site, lambda _zone: (), local_zone=ZONE)
        self.desk = ArmingDesk(database, clock, ZONE)
        self.rounds = ArmingClock(database, clock, lambda: self.site, ZONE)

    def take(self, signal: Signal) -> Outcome:
        (outcome,) = self.center.receive([signal])
        return outcome

    def until(self, **time: float) -> object:
        return self.clock.now() + timedelta(**time)

    def changes(self, kind: str) -> int:
        rows = self.database.read(lambda view: view.changes_after(0, 1000))
        return sum(row.kind == kind for row in rows)


@pytest.fixture
def open_room(database: Database, clock: ManualClock, site: Site) -> Callable[..., Room]:
    return lambda schedule=(), delay_s=0.0: Room(database, clock, grouped(site, schedule, delay_s))


def beam(make: Make, **more: object) -> Signal:
    return make("131", 11, account="1002", **more)


def test_a_disarmed_zone_is_kept_as_a_record_and_an_armed_one_raises(
    open_room: Callable[..., Room], signal: Make
) -> None:
    room = open_room()
    room.desk.disarm(OPERATOR, ["G1"])
    assert room.take(beam(signal)) == Outcome(OutcomeKind.DISARMED)
    room.desk.arm(OPERATOR, ["G1"])
    assert room.take(beam(signal)).kind is OutcomeKind.RAISED


def test_a_group_that_nobody_ever_touched_is_armed(open_room: Callable[..., Room], signal: Make) -> None:
    assert open_room().take(beam(signal)).kind is OutcomeKind.RAISED


@pytest.mark.parametrize(
    ("account", "code", "zone"),
    [
        ("1001", "120", 1),  # the panic button
        ("1001", "131", 1),  # the panic button by an intrusion code
        ("1003", "110", 1),  # the smoke detector
        ("1002", "137", 11),  # tamper on a beam
        ("1002", "380", 11),  # a fault of a beam
        ("1002", "120", 11),  # a beam that says panic
        ("1002", "100", 11),  # a beam that says medical
        ("1002", "999", 11),  # a beam that says what nobody knows
        ("1002", "131", 99),  # a zone that nobody knows
    ],
)
def test_what_the_law_protects_counts_whatever_the_record_says(
    open_room: Callable[..., Room], signal: Make, account: str, code: str, zone: int
) -> None:
    room = open_room()
    room.desk.disarm(OPERATOR, ["G1"])
    now = room.clock.now()
    by_force = ZoneState(
        "",
        Isolation("x", "x", "x", now, now + timedelta(days=1)),
        ZoneTest("x", "x", now, now + timedelta(days=1)),
    )
    for of in room.site.zones:
        room.database.write(lambda tx, no=of.no: tx.zone_states.put(replace(by_force, zone=no)))
    assert room.take(signal(code, zone, account=account)).kind is OutcomeKind.RAISED


@pytest.mark.parametrize("zone", ["Z01", "Z31"])
def test_panic_and_fire_zones_are_neither_isolated_nor_put_to_test(
    open_room: Callable[..., Room], zone: str
) -> None:
    room = open_room()
    for command in (
        lambda: room.desk.isolate(LEADER, zone, "故障", room.until(hours=1)),  # type: ignore[arg-type]
        lambda: room.desk.test(LEADER, [zone], room.until(hours=1)),  # type: ignore[arg-type]
    ):
        with pytest.raises(ServiceError) as refused:
            command()
        assert refused.value.code == "arming.always_counts"


def test_an_isolated_zone_comes_back_by_itself_and_says_so_once(
    open_room: Callable[..., Room], signal: Make
) -> None:
    room = open_room()
    state = room.desk.isolate(LEADER, "Z11", "对射被树枝挡住", room.until(hours=2))  # type: ignore[arg-type]
    assert state.isolation is not None
    assert (state.isolation.owner_name, state.isolation.reason) == ("赵", "对射被树枝挡住")
    assert room.take(beam(signal)) == Outcome(OutcomeKind.ISOLATED)
    assert room.rounds.tick() == 0
    room.clock.advance(2 * 3600)
    assert room.take(beam(signal)).kind is OutcomeKind.RAISED  # before the round has written it down
    assert [room.rounds.tick() for _ in range(3)] == [1, 0, 0]


def test_isolation_needs_a_reason_an_end_and_a_leader(open_room: Callable[..., Room]) -> None:
    room = open_room()
    for session, reason, hours, code in (
        (LEADER, "  ", 1, "arming.reason_needed"),
        (LEADER, "故障", 0, "arming.bad_until"),
        (LEADER, "故障", 7 * 24 + 1, "arming.bad_until"),
        (OPERATOR, "故障", 1, "identity.forbidden"),
    ):
        with pytest.raises(ServiceError) as refused:
            room.desk.isolate(session, "Z11", reason, room.until(hours=hours))  # type: ignore[arg-type]
        assert refused.value.code == code


def test_a_zone_under_test_does_not_sound_and_its_tamper_does(
    open_room: Callable[..., Room], signal: Make
) -> None:
    room = open_room()
    room.desk.test(OPERATOR, ["Z11"], room.until(minutes=30))  # type: ignore[arg-type]
    assert room.take(beam(signal)) == Outcome(OutcomeKind.TEST)
    assert room.take(signal("137", 11, account="1002")).kind is OutcomeKind.RAISED
    assert room.take(signal("131", 12, account="1002")).kind is OutcomeKind.RAISED  # its neighbour


def test_a_restore_is_heard_while_the_zone_is_disarmed(open_room: Callable[..., Room], signal: Make) -> None:
    room = open_room()
    raised = room.take(beam(signal))
    room.desk.disarm(OPERATOR, ["G1"])
    restored = room.take(beam(signal, qualifier=Qualifier.RESTORE))
    assert restored == Outcome(OutcomeKind.RESTORED, raised.alarm)


def test_the_schedule_arms_at_night_before_the_round_writes_it(
    open_room: Callable[..., Room], signal: Make
) -> None:
    room = open_room(NIGHT)
    assert room.take(beam(signal)).kind is OutcomeKind.DISARMED  # Tuesday 14:00
    assert [room.rounds.tick() for _ in range(2)] == [1, 0]
    room.clock.advance(8 * 3600)  # 22:00
    assert room.take(beam(signal)).kind is OutcomeKind.RAISED
    assert [room.rounds.tick() for _ in range(2)] == [1, 0]
    assert room.changes("ArmChanged") == 2


def test_a_hand_outranks_the_schedule_until_its_next_edge(
    open_room: Callable[..., Room], signal: Make
) -> None:
    room = open_room(NIGHT)
    room.desk.arm(OPERATOR, ["G1"])
    assert room.take(beam(signal)).kind is OutcomeKind.RAISED
    room.clock.advance(16 * 3600)  # 06:00: the schedule's edge
    room.rounds.tick()
    assert room.take(beam(signal)).kind is OutcomeKind.DISARMED


def test_an_entry_delay_waits_for_the_keypad_and_then_raises(
    open_room: Callable[..., Room], signal: Make
) -> None:
    room = open_room(delay_s=30.0)
    assert room.take(beam(signal)) == Outcome(OutcomeKind.DELAYED)
    assert room.take(beam(signal)) == Outcome(OutcomeKind.DELAYED)
    assert room.center.raise_delayed() == []
    room.clock.advance(30)
    (raised,) = room.center.raise_delayed()
    assert raised.kind is OutcomeKind.RAISED
    alarm = room.database.read(lambda view: view.alarms.get(raised.alarm))
    assert (alarm.occurrence_count, alarm.received_at) == (1, room.clock.now())
    assert room.center.raise_delayed() == []


def test_what_restores_during_its_entry_delay_still_raises_and_is_quiet(
    open_room: Callable[..., Room], signal: Make
) -> None:
    room = open_room(delay_s=30.0)
    room.take(beam(signal))
    room.clock.advance(5)
    room.take(beam(signal, qualifier=Qualifier.RESTORE))
    room.clock.advance(25)
    center = AlarmCenter(room.database, room.clock, room.site, lambda _zone: ())  # a hub that began anew
    (raised,) = center.raise_delayed()
    assert raised.kind is OutcomeKind.RAISED
    assert not room.database.read(lambda view: view.alarms.get(raised.alarm)).source_active


@pytest.mark.parametrize(
    "said", [("131", Qualifier.NEW), ("137", Qualifier.RESTORE), ("131", Qualifier.STILL)]
)
def test_only_the_last_word_of_what_waits_makes_it_quiet(
    open_room: Callable[..., Room], signal: Make, said: tuple[str, Qualifier]
) -> None:
    """The beam again, its lid, and the beam that is still broken, told by a panel that repeats its states."""
    code, qualifier = said
    room = open_room(delay_s=30.0)
    room.take(beam(signal))
    if code == "131":
        room.take(beam(signal, qualifier=Qualifier.RESTORE))
    room.take(signal(code, 11, account="1002", qualifier=qualifier))
    room.clock.advance(30)
    (due,) = room.center.raise_delayed()
    assert room.database.read(lambda view: view.alarms.get(due.alarm)).source_active


def test_disarming_in_time_takes_the_delayed_alarm_back(open_room: Callable[..., Room], signal: Make) -> None:
    room = open_room(delay_s=30.0)
    room.take(beam(signal))
    room.desk.disarm(OPERATOR, ["G1"])
    room.clock.advance(60)
    assert room.center.raise_delayed() == []


def test_a_schedule_that_disarms_does_not_take_a_delayed_alarm_back(
    open_room: Callable[..., Room], signal: Make
) -> None:
    room = open_room(NIGHT, delay_s=30.0)
    room.clock.advance(16 * 3600 - 10)  # 05:59:50
    room.take(beam(signal))
    room.clock.advance(30)
    room.rounds.tick()
    (raised,) = room.center.raise_delayed()
    assert raised.kind is OutcomeKind.RAISED


def test_a_zone_without_delay_in_the_group_does_not_wait(
    open_room: Callable[..., Room], signal: Make
) -> None:
    room = open_room(delay_s=30.0)
    room.take(beam(signal))
    assert room.take(signal("131", 12, account="1002")).kind is OutcomeKind.RAISED


def test_a_clock_set_back_ends_what_was_isolated(open_room: Callable[..., Room], signal: Make) -> None:
    room = open_room()
    room.desk.isolate(LEADER, "Z12", "故障", room.until(hours=1))  # type: ignore[arg-type]
    room.clock.set_wall(-3600)
    assert room.take(signal("131", 12, account="1002")).kind is OutcomeKind.RAISED


@pytest.mark.parametrize("set_by_s", [3600.0, -3600.0])
def test_an_entry_delay_is_as_long_however_the_clock_is_set(
    open_room: Callable[..., Room], signal: Make, set_by_s: float
) -> None:
    room = open_room(delay_s=30.0)
    room.take(beam(signal))
    assert room.center.raise_delayed() == []
    room.clock.set_wall(set_by_s)
    room.clock.advance(29)
    assert room.center.raise_delayed() == []
    room.clock.advance(1)
    assert [one.kind for one in room.center.raise_delayed()] == [OutcomeKind.RAISED]


def test_what_waits_when_a_hub_begins_on_a_clock_set_back_waits_for_one_delay_more(
    open_room: Callable[..., Room], signal: Make
) -> None:
    room = open_room(delay_s=30.0)
    room.take(beam(signal))
    room.clock.set_wall(-3600)
    center = AlarmCenter(room.database, room.clock, room.site, lambda _zone: ())
    assert center.raise_delayed() == []
    room.clock.advance(30)
    assert [one.kind for one in center.raise_delayed()] == [OutcomeKind.RAISED]


def test_a_signal_that_waited_is_not_held_by_what_was_disarmed_after_it(
    open_room: Callable[..., Room], signal: Make
) -> None:
    room = open_room()
    late = beam(signal)
    room.clock.advance(60)
    room.desk.disarm(OPERATOR, ["G1"])
    assert room.take(late).kind is OutcomeKind.RAISED


def test_a_walk_names_who_answered_and_who_did_not(open_room: Callable[..., Room], signal: Make) -> None:
    room = open_room()
    zones = ["Z01", "Z11", "Z12"]
    walk = room.desk.begin_walk(OPERATOR, zones, room.until(hours=1))  # type: ignore[arg-type]
    assert room.take(beam(signal)) == Outcome(OutcomeKind.TEST)
    assert room.take(signal("120", 1)).kind is OutcomeKind.RAISED  # a panic button always sounds
    answered_at = room.clock.now()
    report = room.desk.end_walk(OPERATOR, walk)
    assert report.answered == (("Z01", answered_at), ("Z11", answered_at))
    assert report.silent == ("Z12",)
    assert room.take(beam(signal)).kind is OutcomeKind.RAISED


def test_a_restore_or_an_older_signal_is_no_answer(open_room: Callable[..., Room], signal: Make) -> None:
    room = open_room()
    room.take(beam(signal))
    walk = room.desk.begin_walk(OPERATOR, ["Z11"], room.until(hours=1))  # type: ignore[arg-type]
    room.take(beam(signal, qualifier=Qualifier.RESTORE))
    assert room.desk.end_walk(OPERATOR, walk).silent == ("Z11",)


def test_a_walk_ends_by_itself_and_keeps_its_report(open_room: Callable[..., Room], signal: Make) -> None:
    room = open_room()
    walk = room.desk.begin_walk(OPERATOR, ["Z11"], room.until(hours=1))  # type: ignore[arg-type]
    room.take(beam(signal))
    room.clock.advance(3600)
    assert [room.rounds.tick() for _ in range(2)] == [1, 0]
    report = room.desk.end_walk(OPERATOR, walk)
    assert [zone for zone, _at in report.answered] == ["Z11"]
    assert report.ended_at == room.clock.now()


def test_the_last_signal_of_a_zone_is_known(open_room: Callable[..., Room], signal: Make) -> None:
    room = open_room()
    room.desk.disarm(OPERATOR, ["G1"])
    room.take(beam(signal))
    state = room.database.read(lambda view: view.zone_states.find("Z11"))
    assert state is not None
    assert (state.signal_at, state.signal_code, state.signal_outcome) == (
        room.clock.now(),
        "131",
        "disarmed",
    )


def test_a_row_that_nobody_can_read_hides_nothing(
    open_room: Callable[..., Room], signal: Make, expected_log: Callable[..., None]
) -> None:
    expected_log("storage.unreadable_row")
    room = open_room()
    room.desk.isolate(LEADER, "Z11", "故障", room.until(hours=1))  # type: ignore[arg-type]
    engine = create_engine(room.database.url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE zone_state SET body = '{'"))
    engine.dispose()
    assert room.take(beam(signal)).kind is OutcomeKind.RAISED
