"""The alarm law as the centre keeps it: nothing lost, nothing folded away, nothing disarmed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from services.alarms.center import AlarmCenter
from services.core.clock import ManualClock
from services.domain.alarms import Alarm, AlarmId, AlarmState, Qualifier, Signal
from services.domain.classes import AlarmClass, Priority
from services.domain.signals import OutcomeKind
from services.storage import Database

MakeSignal = Callable[..., Signal]


def only_alarm(database: Database) -> Alarm:
    (alarm,) = database.read(lambda view: view.alarms.open())
    return alarm


def test_a_panic_signal_becomes_a_latched_p1_alarm_at_its_place_with_its_feeds(
    center: AlarmCenter, database: Database, signal: MakeSignal, clock: ManualClock
) -> None:
    (outcome,) = center.receive(
        [signal("120", 1, raw="frame", occurred_at=clock.now() + timedelta(seconds=2))]
    )
    alarm = only_alarm(database)
    assert outcome.kind is OutcomeKind.RAISED
    assert outcome.alarm == alarm.id
    assert (alarm.panel, alarm.zone, alarm.place, alarm.at) == ("A1", "Z01", "地点 Z01", (1.0, 10.0))
    assert (alarm.alarm_class, alarm.priority, alarm.is_latched) == (AlarmClass.PANIC, Priority.P1, True)
    assert alarm.feeds == ("C01",)
    assert alarm.clock_skew_ms == 2000
    assert alarm.payload_raw == "frame"
    assert alarm.event_no.startswith("BJ")


def test_a_site_can_lower_intrusion_but_never_panic(
    center: AlarmCenter, database: Database, signal: MakeSignal
) -> None:
    center.receive([signal("120", 1), signal("130", 2)])
    priorities = {alarm.zone: alarm.priority for alarm in database.read(lambda view: view.alarms.open())}
    assert priorities == {"Z01": Priority.P1, "Z02": Priority.P3}


def test_a_repeat_counts_once_more_and_sounds_again(
    center: AlarmCenter, database: Database, signal: MakeSignal, clock: ManualClock
) -> None:
    center.receive([signal()])
    quiet = replace(only_alarm(database), silenced_at=clock.now())
    database.write(lambda tx: tx.alarms.save(quiet))
    clock.advance(7)
    (outcome,) = center.receive([signal()])
    alarm = only_alarm(database)
    assert outcome.kind is OutcomeKind.REPEATED
    assert (alarm.occurrence_count, alarm.last_occurrence_at, alarm.silenced_at) == (2, clock.now(), None)


def test_the_same_frame_again_is_told_apart_from_a_repeat(
    center: AlarmCenter, database: Database, signal: MakeSignal, clock: ManualClock
) -> None:
    center.receive([signal(fingerprint="f")])
    clock.advance(20)
    (outcome,) = center.receive([signal(fingerprint="f")])
    assert outcome.kind is OutcomeKind.DUPLICATE
    assert only_alarm(database).occurrence_count == 1


def test_the_same_frame_twice_in_one_batch_raises_one_alarm(
    center: AlarmCenter, database: Database, signal: MakeSignal
) -> None:
    outcomes = center.receive([signal(fingerprint="f"), signal(fingerprint="f")])
    assert [outcome.kind for outcome in outcomes] == [OutcomeKind.RAISED, OutcomeKind.DUPLICATE]
    assert only_alarm(database).occurrence_count == 1


def test_a_repeated_frame_counts_again_once_its_alarm_was_reset(
    center: AlarmCenter, database: Database, signal: MakeSignal, clock: ManualClock
) -> None:
    (first,) = center.receive([signal(fingerprint="f")])
    database.write(lambda tx: tx.alarms.save(replace(tx.alarms.get(first.alarm), state=AlarmState.CLOSED)))
    clock.advance(1)
    (again,) = center.receive([signal(fingerprint="f")])
    assert again.kind is OutcomeKind.RAISED
    assert again.alarm != first.alarm


def ended(database: Database, alarm: str, at: datetime) -> None:
    database.write(
        lambda tx: tx.alarms.save(
            replace(tx.alarms.get(AlarmId(alarm)), state=AlarmState.CLOSED, reset_at=at)
        )
    )


def test_a_frame_sent_again_that_waited_while_its_alarm_was_reset_counts_once(
    center: AlarmCenter, database: Database, signal: MakeSignal, clock: ManualClock
) -> None:
    (first,) = center.receive([signal(fingerprint="f")])
    clock.advance(5)
    waiting = signal(fingerprint="f")
    clock.advance(1)
    ended(database, first.alarm, clock.now())
    clock.advance(1)
    assert [outcome.kind for outcome in center.receive([waiting])] == [OutcomeKind.DUPLICATE]
    (again,) = center.receive([signal(fingerprint="f")])
    assert again.kind is OutcomeKind.RAISED, "what comes after the reset is a press of its own"


def test_a_press_after_the_reset_counts_though_it_joined_an_equal_frame_that_waited_since_before(
    center: AlarmCenter, database: Database, signal: MakeSignal, clock: ManualClock
) -> None:
    """Of a panel whose number stands still."""
    (first,) = center.receive([signal(fingerprint="f")])
    clock.advance(5)
    waiting = signal(fingerprint="f")
    clock.advance(1)
    ended(database, first.alarm, clock.now())
    clock.advance(1)
    waiting = replace(waiting, again_at=clock.now())
    clock.advance(1)
    (pressed,) = center.receive([waiting])
    assert pressed.kind is OutcomeKind.RAISED
    raised = database.read(lambda view: view.alarms.get(AlarmId(pressed.alarm)))
    assert raised.received_at == waiting.again_at
    # A commit that was given up and happened all the same is tried again.
    assert [outcome.kind for outcome in center.receive([waiting])] == [OutcomeKind.DUPLICATE]


def test_a_reset_by_a_seat_whose_clock_is_ahead_swallows_no_press(
    center: AlarmCenter, database: Database, signal: MakeSignal, clock: ManualClock
) -> None:
    (first,) = center.receive([signal(fingerprint="f")])
    ended(database, first.alarm, clock.now() + timedelta(seconds=30))
    clock.advance(10)
    (again,) = center.receive([signal(fingerprint="f")])
    assert again.kind is OutcomeKind.RAISED


def test_what_came_long_before_an_equal_frame_of_the_record_is_a_press_of_its_own(
    center: AlarmCenter, database: Database, signal: MakeSignal, clock: ManualClock
) -> None:
    """It lay in a spool that nobody could open, and its panel has begun to count anew since."""
    in_spool = signal(fingerprint="f")
    clock.advance(3600)
    center.receive([signal(fingerprint="f")])
    assert [outcome.kind for outcome in center.receive([in_spool])] == [OutcomeKind.REPEATED]
    assert only_alarm(database).occurrence_count == 2


def test_frames_given_back_after_those_sent_again_are_told_apart_from_new_ones(
    center: AlarmCenter, database: Database, signal: MakeSignal, clock: ManualClock
) -> None:
    in_spool = signal(fingerprint="f")
    clock.advance(60)
    center.receive([signal(fingerprint="f")])
    assert [outcome.kind for outcome in center.receive([in_spool])] == [OutcomeKind.DUPLICATE]
    assert only_alarm(database).occurrence_count == 1


def test_a_restore_quiets_the_source_and_moves_nothing(
    center: AlarmCenter, database: Database, signal: MakeSignal
) -> None:
    center.receive([signal()])
    before = only_alarm(database)
    center.receive([signal(qualifier=Qualifier.RESTORE)])
    after = only_alarm(database)
    assert after == replace(before, source_active=False, row_version=before.row_version + 1)


@pytest.mark.parametrize("state", [AlarmState.FALSE, AlarmState.TEST, AlarmState.DUPLICATE, AlarmState.FAULT])
def test_a_signal_after_a_dismissal_is_a_new_alarm(
    center: AlarmCenter, database: Database, signal: MakeSignal, state: AlarmState
) -> None:
    (first,) = center.receive([signal()])
    database.write(lambda tx: tx.alarms.save(replace(tx.alarms.get(first.alarm), state=state)))
    (second,) = center.receive([signal()])
    (third,) = center.receive([signal()])
    assert second.kind is OutcomeKind.RAISED
    assert (third.kind, third.alarm) == (OutcomeKind.REPEATED, second.alarm)


def test_what_nobody_knows_is_raised_all_the_same(
    center: AlarmCenter, database: Database, signal: MakeSignal
) -> None:
    center.receive(
        [signal("120", 99), signal("120", 1, account="9999"), signal("199", 0), signal("QZ", 0, account="77")]
    )
    alarms = database.read(lambda view: view.alarms.open())
    told = sorted((a.panel, a.zone_number, a.name, a.alarm_class.value) for a in alarms)
    assert told == [
        ("?", 0, "未知主机", "tamper"),
        ("A1", 0, "一号主机", "unknown"),
        ("A1", 99, "未知防区 99", "panic"),
    ]


def test_unknown_accounts_share_one_alarm_that_counts_all_and_names_the_newest(
    center: AlarmCenter, database: Database, signal: MakeSignal
) -> None:
    center.receive([signal("401", 1, account="7001"), signal("120", 2, Qualifier.RESTORE, account="7002")])
    assert only_alarm(database).priority is Priority.P2
    center.receive([signal("120", 3, account="7003"), signal("602", 0, account="7004")])
    alarm = only_alarm(database)
    assert (alarm.name, alarm.name_en) == ("未知主机", "Unknown account")
    assert (alarm.alarm_class, alarm.priority) == (AlarmClass.TAMPER, Priority.P1)
    assert (alarm.occurrence_count, alarm.source_active) == (4, True)
    assert alarm.place.endswith("7004")
    kept = database.read(lambda view: view.signals_of(alarm.id))
    assert [signal.account for signal in kept] == ["7001", "7002", "7003", "7004"]


def test_tamper_on_a_panic_zone_is_an_alarm_of_its_own(
    center: AlarmCenter, database: Database, signal: MakeSignal
) -> None:
    center.receive([signal("120", 1), signal("137", 1)])
    classes = {alarm.alarm_class for alarm in database.read(lambda view: view.alarms.open())}
    assert classes == {AlarmClass.PANIC, AlarmClass.TAMPER}


def test_a_fire_code_on_an_intrusion_zone_stays_a_fire(
    center: AlarmCenter, database: Database, signal: MakeSignal
) -> None:
    center.receive([signal("110", 2)])
    assert (only_alarm(database).alarm_class, only_alarm(database).priority) == (AlarmClass.FIRE, Priority.P1)


@pytest.mark.parametrize("code", ["400", "401", "441", "454", "411", "465", "CL", "OP"])
def test_opening_and_closing_are_recorded_and_raise_nothing(
    center: AlarmCenter, database: Database, signal: MakeSignal, code: str
) -> None:
    (outcome,) = center.receive([signal(code, 1)])
    assert outcome.kind is OutcomeKind.RECORDED
    assert database.read(lambda view: view.alarms.open()) == []


@pytest.mark.parametrize("code", ["570", "571", "572", "573", "574", "PB"])
@pytest.mark.parametrize(("account", "zone"), [("1001", 1), ("1003", 1), ("1001", 0)])
def test_a_bypass_that_may_touch_a_protected_zone_is_refused_and_shown(
    center: AlarmCenter, database: Database, signal: MakeSignal, code: str, account: str, zone: int
) -> None:
    center.receive([signal(code, zone, account=account)])
    alarm = only_alarm(database)
    assert alarm.alarm_class is AlarmClass.TAMPER
    assert alarm.name.startswith("旁路被拒")
    assert alarm.is_latched


def test_a_bypassed_panic_button_still_raises_its_alarm(
    center: AlarmCenter, database: Database, signal: MakeSignal
) -> None:
    center.receive([signal("570", 1), signal("400", 1), signal("120", 1)])
    assert AlarmClass.PANIC in {alarm.alarm_class for alarm in database.read(lambda view: view.alarms.open())}


def test_a_bypass_of_an_unprotected_zone_is_only_recorded_and_obeyed_by_nobody(
    center: AlarmCenter, signal: MakeSignal
) -> None:
    (bypass, alarm) = center.receive([signal("573", 2), signal("130", 2)])
    assert (bypass.kind, alarm.kind) == (OutcomeKind.RECORDED, OutcomeKind.RAISED)


def test_a_test_report_is_of_class_test(center: AlarmCenter, database: Database, signal: MakeSignal) -> None:
    center.receive([signal("602", 0), signal("RP", 0, account="1002")])
    alarms = database.read(lambda view: view.alarms.open())
    assert {(a.alarm_class, a.qualifier) for a in alarms} == {(AlarmClass.TEST, Qualifier.TEST)}


def test_a_sia_restoral_code_quiets_what_the_alarm_code_raised(
    center: AlarmCenter, database: Database, signal: MakeSignal
) -> None:
    center.receive([signal("BA", 11, account="1002"), signal("BR", 11, account="1002")])
    assert only_alarm(database).source_active is False


def test_a_duress_code_names_a_user_and_never_a_zone(
    center: AlarmCenter, database: Database, signal: MakeSignal
) -> None:
    center.receive([signal("121", 2)])
    alarm = only_alarm(database)
    assert (alarm.zone, alarm.zone_number, alarm.place) == ("", 0, "一号主机")
    assert "2" in alarm.name


def test_still_present_after_a_restore_is_a_new_occurrence(
    center: AlarmCenter, database: Database, signal: MakeSignal
) -> None:
    """Between the two somebody was not looking: a hub that restarted, a module that was away."""
    center.receive([signal(), signal(qualifier=Qualifier.RESTORE), signal(qualifier=Qualifier.STILL)])
    alarm = only_alarm(database)
    assert (alarm.occurrence_count, alarm.source_active) == (2, True)


def test_still_present_is_heard_of_and_does_not_speak_again(
    center: AlarmCenter, database: Database, signal: MakeSignal, clock: ManualClock
) -> None:
    """What sounds again is what spoke after it was silenced."""
    (raised,) = center.receive([signal()])
    silenced_at = clock.now() + timedelta(seconds=5)
    database.write(lambda tx: tx.alarms.save(replace(tx.alarms.get(raised.alarm), silenced_at=silenced_at)))
    clock.advance(60)
    center.receive([signal(qualifier=Qualifier.STILL)])
    alarm = only_alarm(database)
    assert (alarm.silenced_at, alarm.last_occurrence_at) == (silenced_at, clock.now())
    assert alarm.spoke_at == (alarm.received_at,)


def test_still_present_after_a_reset_raises_again(
    center: AlarmCenter, database: Database, signal: MakeSignal
) -> None:
    (first,) = center.receive([signal()])
    center.receive([signal(qualifier=Qualifier.STILL)])
    assert only_alarm(database).occurrence_count == 1
    database.write(lambda tx: tx.alarms.save(replace(tx.alarms.get(first.alarm), state=AlarmState.CLOSED)))
    (again,) = center.receive([signal(qualifier=Qualifier.STILL)])
    assert again.kind is OutcomeKind.RAISED


def test_simultaneous_alarms_are_all_kept_with_numbers_without_a_gap(
    center: AlarmCenter, database: Database, signal: MakeSignal
) -> None:
    center.receive([signal("120", number) for number in range(100, 200)])
    alarms = database.read(lambda view: view.alarms.open())
    assert len({alarm.id for alarm in alarms}) == 100
    assert sorted(int(alarm.event_no.split("-")[1]) for alarm in alarms) == list(range(1, 101))


def test_every_signal_is_kept_with_what_became_of_it(
    center: AlarmCenter, database: Database, signal: MakeSignal
) -> None:
    outcomes = center.receive([signal(), signal(), signal(qualifier=Qualifier.RESTORE)])
    kept = database.read(lambda view: view.signals_of(outcomes[0].alarm))
    assert [s.qualifier for s in kept] == [Qualifier.NEW, Qualifier.NEW, Qualifier.RESTORE]


def test_a_refused_frame_and_two_duress_users_hide_no_other_alarm_of_the_panel(
    center: AlarmCenter, database: Database, signal: Callable[..., Signal]
) -> None:
    told = [("PLAIN_REFUSED", 0), ("137", 0), ("121", 5), ("121", 6), ("PLAIN_REFUSED", 0), ("137", 0)]
    for code, number in told:
        center.receive([signal(code, number, account="1002")])
    alarms = database.read(lambda view: view.alarms.open())
    assert sorted((alarm.name, alarm.occurrence_count) for alarm in alarms) == [
        ("二号主机", 2),
        ("拒收未加密报文", 2),
        ("胁迫报警（用户 5）", 1),
        ("胁迫报警（用户 6）", 1),
    ]
    center.receive([signal("137", 0, Qualifier.RESTORE, account="1002")])
    active = {a.name: a.source_active for a in database.read(lambda view: view.alarms.open())}
    assert (active["二号主机"], active["拒收未加密报文"]) == (False, True)
