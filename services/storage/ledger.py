"""What a transaction adds to the two chains of the record: the change feed and the audit."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, insert, select, text, update

from services.core import codec
from services.core.clock import Clock
from services.core.typed import storable, storable_text
from services.domain.facts import Fact, subject_of
from services.domain.people import Session
from services.storage import schema

GENESIS = "0" * 64
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
LONGEST_OBJECT = 128
_NUL = "\\u0000"

NEXT_NUMBER = text(
    "INSERT INTO counters (name, value) VALUES (:name, 1) "
    "ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value"
)

# Statements are made once: building one takes longer than carrying it out.
_CHANGES = insert(schema.change)
_AUDITS = insert(schema.audit)
_COUNTED = (
    update(schema.counters)
    .where(schema.counters.c.name == bindparam("counter"))
    .values(value=bindparam("reached"))
)


def to_json(value: object) -> str:
    """Canonical JSON of a domain value: sorted keys, no spaces, text as it is, as far as it can be stored."""
    try:
        text = codec.to_json(value)
    except (UnicodeEncodeError, TypeError):
        return _cleaned_json(value)
    # What JSON can write as an escape would come back as it was, and meet a column then.
    return _cleaned_json(value) if _NUL in text else text


def _cleaned_json(value: object) -> str:
    return codec.to_json(storable(codec.to_plain(value)))


def audit_hash(row: dict[str, object]) -> str:
    """SHA-256 over the canonical JSON of an audit row without its own hash (prev_hash included)."""
    at = row["at"]
    assert isinstance(at, datetime)
    covered = {**row, "at": at.astimezone(UTC).isoformat(timespec="microseconds")}
    covered.pop("hash", None)
    # As it is: a row written when SQLite still took any text has the hash of just that text.
    return hashlib.sha256(_ENCODER.encode(covered).encode()).hexdigest()


class Ledger:
    """Rows for `change` and `audit` of one transaction, numbered now, written by `flush`.

    counts: both counters as locked when the transaction began; a series joins them with its first number.
    """

    def __init__(self, connection: Connection, counts: dict[str, int], clock: Clock) -> None:
        self._connection = connection
        self._counts = dict(counts)
        self._locked = dict(counts)
        self._clock = clock
        self._changes: list[dict[str, object]] = []
        self._audits: list[dict[str, object]] = []

    def record(self, fact: Fact) -> int:
        seq = self._next(schema.CHANGE_COUNTER)
        self._changes.append(
            {
                "seq": seq,
                "at": self._clock.now(),
                "kind": type(fact).__name__,
                "subject": subject_of(fact),
                "payload": to_json(fact),
            }
        )
        return seq

    def audit(
        self, session: Session | None, action: str, subject: str, before: object, after: object, reason: str
    ) -> int:
        prev_hash = self._last_hash()

        # Hashed as it will be read again: what the database would have changed, changes before.
        row: dict[str, object] = {
            "seq": self._next(schema.AUDIT_COUNTER),
            "at": self._clock.now(),
            "actor": storable_text(session.user) if session else "system",
            "role": session.role.value if session else "system",
            "workstation": storable_text(
                schema.fitting(schema.audit.c.workstation, session.workstation if session else "")
            ),
            "action": action,
            # A file's name may be longer; nothing that was done stays out of the audit for it.
            "object": storable_text(subject)[:LONGEST_OBJECT],
            "before": None if before is None else to_json(before),
            "after": None if after is None else to_json(after),
            "reason": storable_text(reason),
            "prev_hash": prev_hash,
        }
        self._audits.append({**row, "hash": audit_hash(row)})
        return self._counts[schema.AUDIT_COUNTER]

    def next_no(self, prefix: str, at: datetime) -> str:
        """The next number of `prefix` on the local day of `at`; a rolled-back one is given again."""
        day = at.astimezone()
        series = f"{prefix}{day.year:04}{day.month:02}{day.day:02}"
        if series in self._counts:
            value = self._next(series)
        else:
            value = self._connection.execute(NEXT_NUMBER, {"name": series}).scalar_one()
            self._counts[series] = self._locked[series] = value
        return f"{series}-{value:04d}"

    def flush(self) -> None:
        if self._changes:
            self._connection.execute(_CHANGES, self._changes)
        if self._audits:
            self._connection.execute(_AUDITS, self._audits)
        counted = [
            {"counter": name, "reached": value}
            for name, value in self._counts.items()
            if value != self._locked[name]
        ]
        if counted:
            self._connection.execute(_COUNTED, counted)

    def _next(self, counter: str) -> int:
        self._counts[counter] += 1
        return self._counts[counter]

    def _last_hash(self) -> str:
        if self._audits:
            return str(self._audits[-1]["hash"])
        audit = schema.audit
        found = self._connection.execute(select(audit.c.hash).order_by(audit.c.seq.desc()).limit(1)).scalar()
        return GENESIS if found is None else str(found)
