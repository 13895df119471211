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

    What is found active is new only where nobody knows it as active (`is_told_already`). Whether its group
    is armed only the record knows: shown here is what may turn out to be a record.
    """
    signal = kept.signal
    means, placed = meaning.meaning_of(signal.code), places.place(signal)
    qualifier = meaning.qualifier_of(signal, means)
    if qualifier not in (Qualifier.NEW, Qualifier.STILL) or means.kind is not Kind.ALARM:
        return None
    if places.is_stranger(signal):
        priority = min(Priority.P2, means.priority) if qualifier is Qualifier.NEW else Priority.P2
        alarm_class = AlarmClass.TAMPER
    else:
        alarm_class = meaning.class_in_zone(means, placed.zone)
        priority = meaning.priority_in_zone(means, alarm_class, placed.zone)
    return new_alarm(f"{APART}{kept.seq}", "", signal, placed, alarm_class, priority)


def is_told_already(alarm: Alarm, *known: Mapping[Sameness, Alarm]) -> bool:
    """It says only that its source is still active, and one of `known` says so of the same."""
    if alarm.qualifier is not Qualifier.STILL:
        return False
    same = (alarms.get(sameness_of(alarm)) for alarms in known)
    return any(one is not None and one.source_active for one in same)


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
