"""What a queue card says, and how old is too old."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from services.domain.alarms import Alarm, AlarmState
from services.domain.clocks import DEFAULT_CLOCKS
from ui.text.names import name_of
from ui.text.places import local_name


@dataclass(frozen=True, slots=True)
class CardWords:
    """title: class. place: where, and what the device says. state: state and owner.

    count: occurrences above one. spoken: all of it.
    """

    title: str
    place: str
    state: str
    count: str
    spoken: str


def card_words(alarm: Alarm) -> CardWords:
    """In the language of the moment."""
    title = name_of(alarm.alarm_class)
    if alarm.is_drill:
        title = QCoreApplication.translate("Queue", "【演练】{title}").format(title=title)
    if alarm.has_test_bit:
        title = QCoreApplication.translate("Queue", "{title}【测试位】").format(title=title)
    place = local_name(alarm) or alarm.place
    if alarm.note:
        place = f"{place} · {alarm.note}"
    state = _state(alarm)
    count = f"×{alarm.occurrence_count}" if alarm.occurrence_count > 1 else ""
    spoken = f"P{alarm.priority:d} {title}, {place}, {state} {count}".strip()
    return CardWords(title, place, state, count, spoken)


def age_tone(alarm: Alarm, age_s: float) -> str:
    """`dim` in time, `warn` past the claim limit, `bad` past the first escalation; `dim` once decided."""
    if alarm.state not in (AlarmState.NEW, AlarmState.CLAIMED, AlarmState.VERIFYING) or alarm.incident:
        return "dim"
    clocks = DEFAULT_CLOCKS[alarm.priority]
    if clocks.escalate_s and age_s >= clocks.escalate_s[0]:
        return "bad"
    return "warn" if age_s >= clocks.claim_s else "dim"


def _state(alarm: Alarm) -> str:
    if not alarm.is_shared:
        return QCoreApplication.translate("Queue", "尚未共享：只有本机看见，请先用电台或电话处置")
    name = name_of(alarm.state)
    if alarm.offered_at is not None:
        text = QCoreApplication.translate("Queue", "{state} · {owner} 无应答，可接手")
        return text.format(state=name, owner=alarm.owner_name)
    return f"{name} · {alarm.owner_name}" if alarm.owner_name else name
