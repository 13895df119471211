"""What is told to other systems of an alarm."""

from __future__ import annotations

import json
from collections.abc import Mapping

from services.core.codec import to_plain
from services.domain.alarms import Alarm
from services.linkage.engine import Task

LONGEST = 2000


def body_of(task: Task) -> bytes:
    """JSON in UTF-8: the alarm's facts, the rule that ran, and the rule's own text filled in."""
    alarm, run = task.alarm, task.run
    facts = {
        "event_no": alarm.event_no,
        "class": alarm.alarm_class,
        "priority": int(alarm.priority),
        "code": alarm.code_raw,
        "zone": alarm.zone,
        "name": alarm.name,
        "name_en": alarm.name_en,
        "place": alarm.place,
        "at": list(alarm.at) if alarm.at else None,
        "received_at": alarm.received_at,
        "occurrence_count": alarm.occurrence_count,
        "is_drill": alarm.is_drill,
        "rule": run.rule_name,
        "rule_version": run.rule_version,
        "run": run.id,
        "text": filled(task.action.text, words_of(alarm)),
    }
    return json.dumps(to_plain(facts), ensure_ascii=False).encode()


def words_of(alarm: Alarm) -> dict[str, str]:
    """What a rule's text may name of its alarm, as the record has it."""
    return {
        "{name}": alarm.name,
        "{place}": alarm.place,
        "{class}": alarm.alarm_class.value,
        "{event_no}": alarm.event_no,
    }


def filled(text: str, words: Mapping[str, str]) -> str:
    """The marks of `words` replaced; anything else in braces stays as it was typed."""
    for mark, word in words.items():
        text = text.replace(mark, word)
    return text[:LONGEST]
