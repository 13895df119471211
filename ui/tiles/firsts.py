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

    def is_first_plate(self, alarm_id: str) -> bool:
        """True once per alarm."""
        if alarm_id in self._plates:
            return False
        self._plates.add(alarm_id)
        return True

    def is_first_picture(self, alarm_id: str, arrived_s: float) -> bool:
        """True once per alarm, for a picture that arrived no earlier than the alarm did."""
        if alarm_id in self._pictures or arrived_s < self._met_s.get(alarm_id, float("inf")):
            return False
        self._pictures.add(alarm_id)
        return True
