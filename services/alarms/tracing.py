"""Writes down beside a signal how it was understood; its outcome alone would not say why."""

from __future__ import annotations

from services.alarms import meaning
from services.alarms.meaning import Kind
from services.alarms.placing import Places
from services.domain.alarms import Signal
from services.domain.signals import COUNTED, OutcomeKind, SignalTrace

_HELD = frozenset({OutcomeKind.DISARMED, OutcomeKind.ISOLATED, OutcomeKind.TEST, OutcomeKind.DELAYED})
_COUNTS = frozenset({OutcomeKind.RAISED, OutcomeKind.REPEATED})


def trace_of(signal: Signal, places: Places, outcome: OutcomeKind) -> SignalTrace:
    """By the site and the code tables as they are now."""
    means, placed = meaning.meaning_of(signal.code), places.place(signal)
    panel = places.panel_of(signal.account)
    alarm_class = meaning.class_in_zone(means, placed.zone)
    is_alarm = means.kind is Kind.ALARM
    return SignalTrace(
        panel=placed.panel,
        panel_name=panel.name if panel else "",
        zone=placed.zone.no if placed.zone else "",
        name=placed.name,
        place=placed.place,
        kind=means.kind.value,
        label=means.label,
        alarm_class=alarm_class if is_alarm else None,
        priority=meaning.priority_in_zone(means, alarm_class, placed.zone) if is_alarm else None,
        qualifier=meaning.qualifier_of(signal, means),
        arming=_arming(outcome, is_asked=placed.zone is not None and meaning.may_be_held(means, alarm_class)),
    )


def _arming(outcome: OutcomeKind, *, is_asked: bool) -> str:
    if outcome in _HELD:
        return outcome.value
    return COUNTED if is_asked and outcome in _COUNTS else ""
