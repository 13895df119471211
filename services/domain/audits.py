"""The audit as it is read: rows of the chain, and what they may be narrowed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One row. before, after: the JSON as it was hashed, None where there is none."""

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


@dataclass(frozen=True, slots=True)
class AuditSearch:
    """since <= at < until. actor and object: a part of them; action: how it begins; "" = any."""

    since: datetime
    until: datetime
    actor: str = ""
    action: str = ""
    object: str = ""
