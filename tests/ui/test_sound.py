from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.core.errors import ServiceError
from services.core.paths import resource
from services.domain.alarms import Alarm, AlarmId, AlarmState, Shelf
from services.domain.classes import AlarmClass, Priority
from tests.alarms import BEAM
from ui.sound import AlarmSound
from ui.sound_policy import is_sounding, sound_name, sounding_alarm

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def alarm(priority: Priority = Priority.P2, **changes: object) -> Alarm:
    made = replace(
        BEAM,
        id=AlarmId(f"a{priority}"),
        priority=priority,
        name="北围墙红外 1",
        name_en="North Wall Beam 1",
        at=(1.0, 2.0),
        feeds=("C05",),
        received_at=NOON,
        last_occurrence_at=NOON,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


class PlayedList:
    def __init__(self) -> None:
        self.played: list[object] = []

    def play(self, name: str) -> None:
        self.played.append(name)

    def stop(self) -> None:
        self.played.append("stop")


class Told:
    def __init__(self) -> None:
        self.codes: list[str] = []

    def take(self, error: ServiceError) -> None:
        self.codes.append(error.code)


def test_an_open_alarm_sounds_until_it_is_silenced() -> None:
    assert is_sounding(alarm())
    assert not is_sounding(alarm(silenced_at=NOON + timedelta(seconds=5)))


def test_claiming_does_not_silence() -> None:
    assert is_sounding(alarm(state=AlarmState.CLAIMED, owner="wang"))


def test_an_alarm_that_speaks_again_after_silence_sounds_again() -> None:
    silenced = alarm(silenced_at=NOON + timedelta(seconds=5))
    assert is_sounding(replace(silenced, spoke_at=(NOON, NOON + timedelta(seconds=6))))


def test_a_silenced_alarm_whose_source_is_only_still_active_stays_silent() -> None:
    silenced = alarm(silenced_at=NOON + timedelta(seconds=5), spoke_at=(NOON,))
    assert not is_sounding(replace(silenced, last_occurrence_at=NOON + timedelta(seconds=60)))


def test_a_reset_alarm_is_silent() -> None:
    assert not is_sounding(alarm(state=AlarmState.RESET))


def test_the_most_urgent_sounding_alarm_gives_the_sound() -> None:
    silenced_p1 = alarm(Priority.P1, silenced_at=NOON + timedelta(seconds=1))
    heard = sounding_alarm([alarm(Priority.P3), alarm(Priority.P2), silenced_p1])
    assert heard == alarm(Priority.P2)
    assert sounding_alarm([]) is None


def test_a_shelved_alarm_is_silent() -> None:
    shelf = Shelf("wang", "王", "检修", NOON, NOON + timedelta(hours=1))
    assert not is_sounding(alarm(shelf=shelf))


def test_fire_is_heard_before_panic_and_each_class_by_its_own_sound() -> None:
    panic = alarm(Priority.P1, alarm_class=AlarmClass.PANIC)
    fire = alarm(Priority.P1, alarm_class=AlarmClass.FIRE, received_at=NOON + timedelta(seconds=5))
    assert sounding_alarm([panic, fire]) == fire
    assert (sound_name(fire), sound_name(panic), sound_name(alarm())) == ("fire", "panic", "intrusion")


def test_an_alarm_less_urgent_than_its_class_sounds_by_its_priority() -> None:
    assert sound_name(alarm(Priority.P3)) == "p3"
    assert sound_name(alarm(Priority.P3, alarm_class=AlarmClass.COMMS)) == "p3"


def test_every_sound_that_can_be_asked_for_is_there() -> None:
    for alarm_class in AlarmClass:
        for priority in Priority:
            name = sound_name(alarm(priority, alarm_class=alarm_class))
            assert resource("sounds", f"{name}.wav").is_file()


@pytest.mark.usefixtures("qapp")
def test_the_sound_changes_only_when_the_priority_does() -> None:
    player = PlayedList()
    sound = AlarmSound(player, lambda: True)
    sound.apply([alarm(Priority.P2)])
    sound.apply([alarm(Priority.P2), alarm(Priority.P3)])
    sound.apply([alarm(Priority.P1), alarm(Priority.P2)])
    sound.apply([])
    assert [entry for entry in player.played if entry != "stop"] == ["intrusion", "p1"]
    assert player.played[-1] == "stop"
    assert sound.sounding is None


@pytest.mark.usefixtures("qapp")
def test_without_a_sound_device_it_says_so_once(expected_log: Callable[..., None]) -> None:
    expected_log("sound.no_device")
    player, told = PlayedList(), Told()
    sound = AlarmSound(player, lambda: False)
    sound.unheard.connect(told.take)
    sound.apply([alarm(Priority.P2)])
    sound.apply([alarm(Priority.P1)])
    assert told.codes == ["ui.sound_missing"]
    assert set(player.played) == {"stop"}
