"""Which alarms a tab of the queue shows, and as which rows; pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import IntEnum, StrEnum

from services.domain.alarms import Alarm
from services.domain.floods import AlarmGroup, grouped, is_chattering, is_stale

Row = Alarm | AlarmGroup


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
