"""Which sound the open alarms ask for; pure."""

from __future__ import annotations

from collections.abc import Iterable

from services.domain.alarms import Alarm
from services.domain.classes import DUTY_CHECK, Priority


def is_sounding(alarm: Alarm) -> bool:
    """An open alarm sounds until it is silenced, and again when it spoke after that.

    Claiming or verifying does not silence: sound holds until a person silences, shelves or resets it. A duty
    check cannot be silenced: it sounds until it is answered or its time is over.
    """
    if not alarm.is_open or alarm.shelf is not None:
        return False
    if alarm.code_raw == DUTY_CHECK:
        return alarm.source_active
    return alarm.silenced_at is None or alarm.last_occurrence_at > alarm.silenced_at


def sounding_priority(alarms: Iterable[Alarm]) -> Priority | None:
    """The most urgent priority that sounds, None for silence."""
    return min((alarm.priority for alarm in alarms if is_sounding(alarm)), default=None)
