"""All open alarms as the record has them, read again each second for the price of those that changed."""

from __future__ import annotations

from services.domain.alarms import Alarm
from services.storage import View


class OpenAlarms:
    """What the hub's duties look at. Of one thread; in a flood thousands are open and few have changed."""

    def __init__(self) -> None:
        self._known: dict[str, Alarm] = {}

    def look(self, view: View) -> list[Alarm]:
        """In no order. `view` of a reader, never of a transaction: what is taken back would be remembered."""
        standing = view.alarms.open_versions()
        changed = [no for no, version in standing.items() if self._version(no) != version]
        fresh = {str(alarm.id): alarm for alarm in view.alarms.some(changed)}
        self._known = {
            no: alarm for no in standing if (alarm := fresh.get(no) or self._known.get(no)) is not None
        }
        return list(self._known.values())

    def _version(self, no: str) -> int:
        known = self._known.get(no)
        return known.row_version if known is not None else 0
