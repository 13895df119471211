"""Remembers which alarm was first seen, painted and filmed when, so that each is told once."""

from __future__ import annotations

from collections.abc import Iterable


class FirstPaints:
    """First moments of every alarm on one surface; all times are monotonic seconds."""

    def __init__(self) -> None:
        self._met_s: dict[str, float] = {}
        self._plates: set[str] = set()
        self._pictures: set[str] = set()

    def keep(self, alarm_ids: Iterable[str], now_s: float) -> None:
        """These alarms are here now; the others are forgotten."""
        here = set(alarm_ids)
        self._met_s = {alarm_id: self._met_s.get(alarm_id, now_s) for alarm_id in here}
        self._plates &= here
        self._pictures &= here

    def first_plates(self, alarm_ids: Iterable[str]) -> list[str]:
        """Those whose plate was not painted before; each once."""
        new = [alarm_id for alarm_id in alarm_ids if alarm_id not in self._plates]
        self._plates.update(new)
        return new

    def first_pictures(self, alarm_ids: Iterable[str], arrived_s: float) -> list[str]:
        """Those that had no picture yet and came no later than this one arrived; each once."""
        met_s, unmet_s = self._met_s, float("inf")
        new = [
            alarm_id
            for alarm_id in alarm_ids
            if alarm_id not in self._pictures and arrived_s >= met_s.get(alarm_id, unmet_s)
        ]
        self._pictures.update(new)
        return new
