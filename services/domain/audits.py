"""The audit as it is read: rows of the chain, and what they may be narrowed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Known:
    """What people call a thing: its number and its Chinese name; "" where it has none."""

    number: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One row. before, after: the JSON as it was hashed, None where there is none.

    actor_name, known: how people know `actor` and `object`, which is no part of the row; "" and None where
    nobody knows them otherwise.
    """

    seq: int
    at: datetime
    actor: str
    role: str
    workstation: str
    action: str
    object: str
    before: str | None
    after: str | None
    reason: str
    actor_name: str = ""
    known: Known | None = None

    @property
    def subject(self) -> str:
        """What the action is about, as "alarm" of "alarm.claimed"."""
        return self.action.partition(".")[0]


@dataclass(frozen=True, slots=True)
class AuditSearch:
    """since <= at < until. actor and object: a part of them, or of how people know them; action: how it
    begins; "" = any."""

    since: datetime
    until: datetime
    actor: str = ""
    action: str = ""
    object: str = ""
