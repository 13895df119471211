"""Small values that only storage and its callers know; the domain's entities live in `services.domain`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.domain.alarms import Alarm
from services.domain.incidents import Dispatch, Incident

# The hub writes its row each second; one whose row stays the same for so long may be replaced.
FRESH = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class HubBeat:
    """The last sign of life of the hub that serves this site; hub: "" once it has said goodbye.

    at: by the hub's clock, which may be far from another machine's, or have been set since.
    """

    hub: str
    at: datetime

    def is_fresh(self, now: datetime) -> bool:
        """Whether who sees it for the first time can take the hub for alive."""
        return self.hub != "" and abs(now - self.at) < FRESH


@dataclass(frozen=True, slots=True)
class SeenFrame:
    """A frame that was stored; alarm: what it led to, "" = nothing."""

    alarm: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class AlarmRecord:
    """An alarm as reports count it; sent_at: the first order to somebody, None = nobody was sent."""

    alarm: Alarm
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DispatchRecord:
    """A dispatch as reports count it, with its incident."""

    dispatch: Dispatch
    incident: Incident

    @property
    def is_drill(self) -> bool:
        return self.incident.is_drill


@dataclass(frozen=True, slots=True)
class Lockout:
    """Failed log-ins in a row, and until when further tries are refused."""

    failures: int = 0
    locked_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One row of the change feed; payload: the fact as JSON text."""

    seq: int
    kind: str
    subject: str
    payload: str
