"""Codes that only say that a zone speaks."""

from __future__ import annotations

import pytest

from services.alarms.meaning import class_in_zone, may_be_held, meaning_of, priority_in_zone
from services.domain.classes import AlarmClass, Priority
from services.domain.site import PanelNo, Zone, ZoneKind, ZoneNo


def zone(alarm_class: AlarmClass) -> Zone:
    return Zone(
        ZoneNo("Z1"), PanelNo("M1"), 1, "点", "Point", ZoneKind.DIGITAL_INPUT, alarm_class, "楼", (1.0, 1.0)
    )


@pytest.mark.parametrize(
    "code", ["modbus:alarm", "http:alarm", "mqtt:alarm", "onvif:Device/Trigger/DigitalInput"]
)
@pytest.mark.parametrize(
    ("alarm_class", "priority", "can_be_held"),
    [
        (AlarmClass.INTRUSION, Priority.P2, True),
        (AlarmClass.ACCESS, Priority.P3, True),
        (AlarmClass.PANIC, Priority.P1, False),
        (AlarmClass.FIRE, Priority.P1, False),
        (AlarmClass.TAMPER, Priority.P2, False),
        (AlarmClass.DEVICE, Priority.P4, False),
    ],
)
def test_an_input_means_what_its_zone_is(
    code: str, alarm_class: AlarmClass, priority: Priority, can_be_held: bool
) -> None:
    means, where = meaning_of(code), zone(alarm_class)
    assert class_in_zone(means, where) is alarm_class
    assert priority_in_zone(means, alarm_class, where) is priority
    assert may_be_held(means, alarm_class) is can_be_held


@pytest.mark.parametrize("code", ["modbus:cut", "modbus:short", "http:tamper", "mqtt:tamper"])
def test_a_sabotaged_line_counts_in_every_zone_armed_or_not(code: str) -> None:
    means = meaning_of(code)
    assert class_in_zone(means, zone(AlarmClass.INTRUSION)) is AlarmClass.TAMPER
    assert not may_be_held(means, AlarmClass.TAMPER)


@pytest.mark.parametrize(
    ("code", "alarm_class"), [("http:panic", AlarmClass.PANIC), ("mqtt:fire", AlarmClass.FIRE)]
)
def test_a_sender_may_say_something_more_urgent_than_its_zone(code: str, alarm_class: AlarmClass) -> None:
    assert class_in_zone(meaning_of(code), zone(AlarmClass.INTRUSION)) is alarm_class
