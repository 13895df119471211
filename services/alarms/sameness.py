"""Which alarms are one: those that say the same of the same thing, whatever it is called by now."""

from __future__ import annotations

from functools import cache

from services.alarms.meaning import meanings
from services.alarms.placing import BYPASS_REFUSED, STOPPED_BY_ITSELF, Placed
from services.domain.alarms import Alarm
from services.domain.classes import AlarmClass

# Panel, number on its wire, class, zone of the site, and what is said of it.
Sameness = tuple[str, int, AlarmClass, str, str]

_BEFORE_NAMES = (BYPASS_REFUSED[0], STOPPED_BY_ITSELF[0])


def sameness_of(alarm: Alarm) -> Sameness:
    """Equal for two alarms that would be one in the record."""
    said = _words_about(alarm.name) if alarm.zone else alarm.name
    return alarm.panel, alarm.zone_number, alarm.alarm_class, alarm.zone, said


def sameness_at(placed: Placed, alarm_class: AlarmClass) -> Sameness:
    """Of the alarm that a signal of this class would raise there."""
    if placed.zone is None:
        return placed.panel, placed.zone_number, alarm_class, "", placed.name
    return placed.panel, placed.zone_number, alarm_class, placed.zone.no, _words_about(placed.name)


def _words_about(name: str) -> str:
    """What stands beside a zone's name, which a new site file may change while the zone alarms.

    A cut line is no broken glass, and a refused bypass no opened lid: each is an alarm of its own.
    """
    before = next((words for words in _BEFORE_NAMES if name.startswith(words)), "")
    after = name.rpartition("：")[2]
    return before + (after if after in _labels() else "")


@cache
def _labels() -> frozenset[str]:
    return frozenset(means.label_zh for means in meanings() if means.label_zh)
