"""Alarms that only this machine knows yet: shown from the spool until the shared record has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from services.alarms import meaning
from services.alarms.meaning import Kind
from services.alarms.new_alarm import new_alarm
from services.alarms.placing import Places
from services.alarms.sameness import Sameness, sameness_of
from services.domain.alarms import APART, Alarm, Qualifier
from services.domain.classes import AlarmClass, Priority
from services.storage.spool import Kept


def alarm_apart(kept: Kept, places: Places) -> Alarm | None:
    """What a kept signal will raise once it is shared; None for one that raises nothing by itself.

    Whether its group is armed only the record knows: shown here is what may turn out to be a record.
    """
    signal = kept.signal
    means, placed = meaning.meaning_of(signal.code), places.place(signal)
    if meaning.qualifier_of(signal, means) is not Qualifier.NEW or means.kind is not Kind.ALARM:
        return None
    if places.is_stranger(signal):
        alarm_class, priority = AlarmClass.TAMPER, min(Priority.P2, means.priority)
    else:
        alarm_class = meaning.class_in_zone(means, placed.zone)
        priority = meaning.priority_in_zone(means, alarm_class, placed.zone)
    return new_alarm(f"{APART}{kept.seq}", "", signal, placed, alarm_class, priority)


def folded(apart: Mapping[Sameness, Alarm], alarm: Alarm) -> Alarm:
    """`alarm`, or the one of those shown apart that it repeats, counted once more; it sounds again."""
    same = apart.get(sameness_of(alarm))
    if same is None:
        return alarm
    return replace(
        same,
        occurrence_count=same.occurrence_count + 1,
        last_occurrence_at=alarm.received_at,
        silenced_at=None,
        priority=min(same.priority, alarm.priority),
    )
