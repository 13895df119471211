"""Which alarms a tab of the queue shows, and as which rows; pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from services.domain.alarms import Alarm, AlarmId
from services.domain.classes import AlarmClass
from services.domain.floods import AlarmGroup, grouped, is_chattering, is_stale

Row = Alarm | AlarmGroup


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Alarms of one class at one place, of any priority, where there is no room to tell of each; the list
    itself keeps a card for each of them."""

    alarms: tuple[Alarm, ...]


Told = Row | PlaceRow
_Kind = tuple[AlarmClass, str, bool, bool]


class Tab(IntEnum):
    WAITING = 0
    MINE = 1
    ALL = 2
    SHELVED = 3


class Only(StrEnum):
    """The lists of trouble makers within a tab."""

    CHATTERING = "chattering"
    STALE = "stale"


def of_tab(alarms: Sequence[Alarm], tab: Tab, user: str) -> list[Alarm]:
    """What is shelved is under SHELVED and in ALL, and waits nowhere."""
    match tab:
        case Tab.ALL:
            return list(alarms)
        case Tab.SHELVED:
            return [alarm for alarm in alarms if alarm.shelf is not None]
        case Tab.MINE:
            return [alarm for alarm in alarms if alarm.owner == user and alarm.shelf is None]
        case Tab.WAITING:
            return [alarm for alarm in alarms if alarm.shelf is None and not _is_others(alarm, user)]


def only(alarms: Sequence[Alarm], wanted: Only | None, now: datetime) -> list[Alarm]:
    match wanted:
        case None:
            return list(alarms)
        case Only.CHATTERING:
            return [alarm for alarm in alarms if is_chattering(alarm, now)]
        case Only.STALE:
            return [alarm for alarm in alarms if is_stale(alarm, now)]


def rows_of(alarms: Sequence[Alarm], opened: Collection[str]) -> list[Row]:
    """Put together by cause; opened: ids of groups whose alarms are shown below them."""
    rows: list[Row] = []
    for row in grouped(alarms):
        rows.append(row)
        if isinstance(row, AlarmGroup) and row.id in opened:
            rows.extend(row.alarms)
    return rows


def alarms_of(row: Told) -> tuple[Alarm, ...]:
    return (row,) if isinstance(row, Alarm) else row.alarms


def told_in(room: int, rows: Sequence[Row], unseen: Collection[AlarmId], *, oldest: int) -> list[Told]:
    """At most `room` rows that tell of `rows`, most urgent first: places are put together, the fullest first,
    until all fit. Where that is not enough the last `oldest` rows are those that have waited longest, as the
    less urgent would else wait for the end of a flood.
    """
    together = _put_together(rows, len(rows) - room)
    if len(together) <= room:
        return together
    first, rest = together[: room - oldest], together[room - oldest :]

    def since(row: Told) -> datetime:
        return min(alarm.received_at for alarm in alarms_of(row) if alarm.id in unseen)

    return [*first, *sorted(rest, key=since)[:oldest]]


def _put_together(rows: Sequence[Row], spare: int) -> list[Told]:
    """`spare` rows fewer if places allow it; each place stands where its first alarm stood."""
    places: dict[_Kind, list[Alarm]] = {}
    for row in rows if spare > 0 else ():
        if isinstance(row, Alarm) and row.place:
            places.setdefault(_kind_of(row), []).append(row)
    together: dict[AlarmId, PlaceRow] = {}
    for alarms in sorted(places.values(), key=len, reverse=True):
        if spare > 0 and len(alarms) > 1:
            spare -= len(alarms) - 1
            together.update(dict.fromkeys((alarm.id for alarm in alarms), PlaceRow(tuple(alarms))))
    told: list[Told] = []
    for row in rows:
        place = together.get(row.id) if isinstance(row, Alarm) else None
        if place is None:
            told.append(row)
        elif place.alarms[0] is row:
            told.append(place)
    return told


def _kind_of(alarm: Alarm) -> _Kind:
    return alarm.alarm_class, alarm.place, alarm.is_drill, alarm.has_test_bit


def row_with(rows: Sequence[Row], alarm_id: str) -> int:
    """Where an alarm is: its own row, else that of its closed group; -1 when nowhere."""
    for number, row in enumerate(rows):
        if row.id == alarm_id:
            return number
    for number, row in enumerate(rows):
        if isinstance(row, AlarmGroup) and any(alarm.id == alarm_id for alarm in row.alarms):
            return number
    return -1


def _is_others(alarm: Alarm, user: str) -> bool:
    return bool(alarm.owner) and alarm.owner != user and alarm.offered_at is None
