"""The alarm that a signal raises at its place."""

from __future__ import annotations

from services.alarms.placing import Placed
from services.domain.alarms import Alarm, AlarmId, AlarmSource, Qualifier, Signal
from services.domain.classes import NEVER_DISARMED, AlarmClass, Priority


def new_alarm(
    alarm_id: str, event_no: str, signal: Signal, placed: Placed, alarm_class: AlarmClass, priority: Priority
) -> Alarm:
    return Alarm(
        id=AlarmId(alarm_id),
        event_no=event_no,
        source=signal.source,
        # The repeat window is judged above; the time keeps a later frame of the same words apart.
        dedup_key=f"{signal.fingerprint}@{signal.received_at.isoformat()}",
        alarm_class=alarm_class,
        priority=priority,
        qualifier=Qualifier.TEST if alarm_class is AlarmClass.TEST else signal.qualifier,
        code_raw=signal.code,
        payload_raw=signal.raw,
        panel=placed.panel,
        zone=placed.zone.no if placed.zone else "",
        zone_number=placed.zone_number,
        name=placed.name,
        name_en=placed.name_en,
        place=placed.place,
        at=placed.at,
        feeds=placed.feeds,
        received_at=signal.received_at,
        last_occurrence_at=signal.received_at,
        spoke_at=(signal.received_at,),
        occurred_at=signal.occurred_at,
        clock_skew_ms=_skew_ms(signal),
        is_latched=alarm_class in NEVER_DISARMED,
        # What a person says has no wire that could restore it.
        source_active=signal.source is not AlarmSource.MANUAL,
        point=signal.point,
        note=note_of(signal, placed.name),
        has_test_bit=signal.has_test_bit,
        is_drill=signal.is_drill,
    )


def note_of(signal: Signal, name: str) -> str:
    """What the device says beyond the name that is shown beside it."""
    return "" if signal.text in name else signal.text


def _skew_ms(signal: Signal) -> int | None:
    """How far the device's clock is ahead of ours, in milliseconds."""
    told_at = signal.sent_at or signal.occurred_at
    if told_at is None:
        return None
    return round((told_at - signal.received_at).total_seconds() * 1000)
