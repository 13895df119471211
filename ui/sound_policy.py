"""Which sound the open alarms ask for; pure."""

from __future__ import annotations

from collections.abc import Iterable

from services.domain.alarms import Alarm
from services.domain.classes import DUTY_CHECK, PRIORITY_OF_CLASS, AlarmClass

# The order in which classes of one priority are heard: fire first.
_OWN_SOUNDS = (
    AlarmClass.FIRE,
    AlarmClass.PANIC,
    AlarmClass.MEDICAL,
    AlarmClass.INTRUSION,
    AlarmClass.TAMPER,
)


def is_sounding(alarm: Alarm) -> bool:
    """An open alarm sounds until it is silenced, and again when it spoke after that.

    Claiming or verifying does not silence: sound holds until a person silences, shelves or resets it. A duty
    check cannot be silenced: it sounds until it is answered or its time is over.
    """
    if not alarm.is_open or alarm.shelf is not None:
        return False
    if alarm.code_raw == DUTY_CHECK:
        return alarm.source_active
    # Not the last occurrence: that also moves when a panel only repeats that its source is still active.
    spoke_at = alarm.spoke_at[-1] if alarm.spoke_at else alarm.received_at
    return alarm.silenced_at is None or spoke_at > alarm.silenced_at


def sounding_alarm(alarms: Iterable[Alarm]) -> Alarm | None:
    """The one that is heard: real ones before a drill's, the most urgent, fire first, then the oldest.

    None for silence.
    """
    heard = [alarm for alarm in alarms if is_sounding(alarm)]
    return min(
        heard,
        key=lambda alarm: (alarm.is_drill, alarm.priority, _rank(alarm), alarm.received_at),
        default=None,
    )


def sound_name(alarm: Alarm) -> str:
    """The file in resources/sounds: of its class where that has one, as long as it is as urgent as its class
    usually is; else of its priority."""
    is_usual = alarm.priority is PRIORITY_OF_CLASS[alarm.alarm_class]
    if alarm.alarm_class in _OWN_SOUNDS and is_usual:
        return alarm.alarm_class.value
    return f"p{alarm.priority:d}"


def _rank(alarm: Alarm) -> int:
    own = _OWN_SOUNDS
    return own.index(alarm.alarm_class) if alarm.alarm_class in own else len(own)
