"""When alarms come faster than a person can look, and how they are put together by cause then; pure.

Grouping is a way of showing: it changes no alarm, and every alarm is in exactly one place of the result.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.domain.alarms import Alarm, AlarmState
from services.domain.classes import DUTY_CHECK, NEVER_DISARMED, AlarmClass, Priority

# EEMUA 191 / ISA-18.2, as a reference: more than ten in ten minutes is a flood, until fewer than five.
FLOOD_WINDOW = timedelta(minutes=10)
FLOOD_ABOVE = 10
CALM_BELOW = 5
# Three in a minute is chattering; it is listed until the source has been quiet for ten.
CHATTER_TIMES = 3
CHATTER_WITHIN = timedelta(minutes=1)
CHATTER_QUIET = timedelta(minutes=10)
STALE_AFTER = timedelta(hours=24)

_UNDECIDED = frozenset({AlarmState.NEW, AlarmState.CLAIMED, AlarmState.VERIFYING})


@dataclass(frozen=True, slots=True)
class Cause:
    """What alarms of one group have in common: what they tell of, and the panel that tells it."""

    alarm_class: AlarmClass
    panel: str
    is_drill: bool = False


@dataclass(frozen=True, slots=True)
class AlarmGroup:
    """Two alarms or more of one cause, by place, within a place the most urgent and oldest first."""

    cause: Cause
    alarms: tuple[Alarm, ...]

    @property
    def id(self) -> str:
        drill = ":drill" if self.is_drill else ""
        return f"group:{self.cause.alarm_class.value}:{self.cause.panel}{drill}"

    @property
    def is_drill(self) -> bool:
        return self.cause.is_drill

    @property
    def priority(self) -> Priority:
        return min(alarm.priority for alarm in self.alarms)

    @property
    def places(self) -> tuple[tuple[str, int], ...]:
        """Each place with its number of alarms, most alarms first."""
        counts: dict[str, int] = {}
        for alarm in self.alarms:
            counts[alarm.place] = counts.get(alarm.place, 0) + 1
        return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def cause_of(alarm: Alarm) -> Cause:
    return Cause(alarm.alarm_class, alarm.panel, alarm.is_drill)


def may_be_grouped(alarm: Alarm) -> bool:
    """Nothing most urgent is ever inside a group, and no duty check, which must be answered."""
    is_urgent = alarm.priority is Priority.P1 or alarm.alarm_class in NEVER_DISARMED
    return not is_urgent and alarm.code_raw != DUTY_CHECK


def may_be_shelved(alarm: Alarm) -> bool:
    """Never P1, panic, fire, medical or tamper, and nothing that has a verdict or an incident."""
    return may_be_grouped(alarm) and alarm.state in _UNDECIDED and not alarm.incident


def is_flood(alarms: Iterable[Alarm], now: datetime, *, was_flood: bool = False) -> bool:
    """Over the alarms of the queue; `was_flood` keeps a flood until it has really ebbed."""
    count = sum(now - alarm.received_at < FLOOD_WINDOW for alarm in alarms)
    return count >= CALM_BELOW if was_flood else count > FLOOD_ABOVE


def grouped(queue: Sequence[Alarm]) -> list[Alarm | AlarmGroup]:
    """The queue with alarms of one cause put together; what stands alone stays a card.

    Most urgent first: alarms of P1 and what may not be grouped keep the queue's order and come before every
    group of the same priority or a lower one.
    """
    # A storm groups hundreds ten times a second: by a plain key, and each alarm is looked at once.
    by_cause: dict[tuple[AlarmClass, str, bool], list[Alarm]] = {}
    place_of: dict[str, int] = {}
    rows: list[Alarm | AlarmGroup] = []
    for place, alarm in enumerate(queue):
        place_of[alarm.id] = place
        if may_be_grouped(alarm):
            by_cause.setdefault((alarm.alarm_class, alarm.panel, alarm.is_drill), []).append(alarm)
        else:
            rows.append(alarm)
    for members in by_cause.values():
        if len(members) < 2:
            rows += members
        else:
            group = AlarmGroup(cause_of(members[0]), tuple(sorted(members, key=_by_place)))
            place_of[group.id] = place_of[members[0].id]
            rows.append(group)
    return sorted(
        rows,
        key=lambda row: (row.is_drill, row.priority, isinstance(row, AlarmGroup), place_of[row.id]),
    )


def has_groups(queue: Iterable[Alarm]) -> bool:
    """Whether `grouped` would put any two together; known as soon as the first two are found."""
    seen: set[Cause] = set()
    for alarm in queue:
        if may_be_grouped(alarm):
            cause = cause_of(alarm)
            if cause in seen:
                return True
            seen.add(cause)
    return False


def is_chattering(alarm: Alarm, now: datetime) -> bool:
    """It spoke three times within a minute, not long ago."""
    times = alarm.spoke_at
    if len(times) < CHATTER_TIMES or now - times[-1] > CHATTER_QUIET:
        return False
    return times[-1] - times[-CHATTER_TIMES] <= CHATTER_WITHIN


def is_stale(alarm: Alarm, now: datetime) -> bool:
    """Open for more than a day."""
    return now - alarm.received_at > STALE_AFTER


def _by_place(alarm: Alarm) -> tuple[str, Priority, datetime, str]:
    return (alarm.place, alarm.priority, alarm.received_at, alarm.id)
