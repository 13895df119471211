"""Of the presses of an alarm bench: how many the record has, lacks and has more than once.

Zone by zone, for in one sum a press that counted twice hides one that is lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.bench.alarmsite import KINDS
from app.bench.dialling import Press
from services.domain.alarms import Alarm


@dataclass(frozen=True, slots=True)
class Counted:
    """stored and shown count occurrences. lost: not stored, or its alarm never shown. twice: stored once more
    than pressed."""

    stored: int
    shown: int
    lost: int
    twice: int


def counted(presses: Iterable[Press], alarms: Sequence[Alarm]) -> Counted:
    """What the record has of `presses`; alarms of other zones are none of theirs."""
    sent = Counter((KINDS[press.kind][0], press.zone) for press in presses)
    stored = _occurrences(alarms)
    shown = _occurrences(alarm for alarm in alarms if alarm.displayed_at is not None)
    return Counted(
        stored=sum(stored[zone] for zone in sent),
        shown=sum(shown[zone] for zone in sent),
        lost=sum(max(0, count - min(stored[zone], shown[zone])) for zone, count in sent.items()),
        twice=sum(max(0, stored[zone] - count) for zone, count in sent.items()),
    )


def _occurrences(alarms: Iterable[Alarm]) -> Counter[tuple[str, int]]:
    found: Counter[tuple[str, int]] = Counter()
    for alarm in alarms:
        found[(str(alarm.panel), alarm.zone_number)] += alarm.occurrence_count
    return found
