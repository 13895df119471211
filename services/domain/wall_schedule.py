"""Which preset the wall should show by the time of day; pure, in the site's local time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from services.domain.walls import Slot, WallItem


@dataclass(frozen=True, slots=True)
class Due:
    """One coming-up of one preset; started_at tells today's from yesterday's. Aware UTC."""

    item: str
    started_at: datetime

    @property
    def mark(self) -> str:
        """One word for it, to be kept."""
        return f"{self.item}@{self.started_at.isoformat()}"


def due_preset(now: datetime, presets: Iterable[WallItem], zone: tzinfo) -> Due | None:
    """The preset whose slot holds `now` (aware); of several the one that began last.

    A slot that begins within the hour that the change to summer time skips is moved by that hour;
    in the hour that comes twice it runs once, from its first beginning to its first end after it.
    """
    running = [
        Due(item.id, started_at)
        for item in presets
        if item.preset is not None
        for slot in item.preset.slots
        for started_at, ended_at in _runs(slot, now.astimezone(zone).date(), zone)
        if started_at <= now < ended_at
    ]
    return max(running, key=lambda due: (due.started_at, due.item), default=None)


def _runs(slot: Slot, today: date, zone: tzinfo) -> Iterator[tuple[datetime, datetime]]:
    """Those that begin today or yesterday: one that began earlier is over."""
    for day in (today, today - timedelta(days=1)):
        if day.weekday() in slot.weekdays:
            is_over_midnight = slot.end_minute <= slot.start_minute
            last_day = day + timedelta(days=1) if is_over_midnight else day
            yield _at(day, slot.start_minute, zone), _at(last_day, slot.end_minute, zone)


def _at(day: date, minute: int, zone: tzinfo) -> datetime:
    # In UTC, because two times of one zone are compared by their clock faces, whatever the offset.
    return datetime.combine(day, time(minute // 60, minute % 60), zone).astimezone(UTC)
