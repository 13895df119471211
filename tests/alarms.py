"""A panic button's alarm and a beam's, to be changed by `replace` in what a test is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from services.domain.alarms import Alarm, AlarmId, AlarmSource, Qualifier
from services.domain.classes import AlarmClass, Priority

_NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)

PANIC = Alarm(
    id=AlarmId("a1"),
    event_no="BJ20261124-0001",
    source=AlarmSource.DC09,
    dedup_key="k",
    alarm_class=AlarmClass.PANIC,
    priority=Priority.P1,
    qualifier=Qualifier.NEW,
    code_raw="120",
    payload_raw="",
    panel="A1",
    zone="Z01",
    zone_number=1,
    name="东门岗亭一键报警",
    name_en="East Gate panic button",
    place="东门岗亭",
    at=(480.0, 170.5),
    feeds=("C01",),
    received_at=_NOON,
    last_occurrence_at=_NOON,
)
BEAM = replace(
    PANIC,
    alarm_class=AlarmClass.INTRUSION,
    priority=Priority.P2,
    code_raw="130",
    panel="A2",
    zone="Z11",
    name="北围墙红外",
    name_en="North wall beam",
    place="北围墙",
    at=None,
    feeds=(),
)
