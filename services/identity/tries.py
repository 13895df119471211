"""Counts wrong passwords in a row, and says how long a name is locked after too many."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.storage import Lockout

TRIES_BEFORE_LOCK = 5
LOCK_S = 60
MOST_NAMES = 1000


def one_more(lockout: Lockout, now_at: datetime) -> Lockout:
    failures = lockout.failures + 1
    if failures < TRIES_BEFORE_LOCK:
        return Lockout(failures)
    return Lockout(0, now_at + timedelta(seconds=LOCK_S))


def refusal_of(lockout: Lockout, now_at: datetime) -> ServiceError | None:
    """ServiceError("identity.locked", seconds) while it lasts."""
    until_at = lockout.locked_until
    if until_at is None or now_at >= until_at:
        return None
    return ServiceError("identity.locked", seconds=int((until_at - now_at).total_seconds()) + 1)


class UnknownNames:
    """Tries under names that the directory may know and the record does not. Any thread.

    In memory only: people type passwords into the field of the name.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._lockouts: dict[str, Lockout] = {}

    def refusal(self, name: str) -> ServiceError | None:
        with self._lock:
            return refusal_of(self._lockouts.get(name, Lockout()), self._clock.now())

    def count(self, name: str, is_right: bool) -> ServiceError | None:
        """None = right and allowed; parallel tries cannot slip past the count."""
        now_at = self._clock.now()
        with self._lock:
            lockout = self._lockouts.pop(name, Lockout())
            refusal = refusal_of(lockout, now_at)
            if refusal is None and is_right:
                return None
            self._lockouts[name] = lockout if refusal else one_more(lockout, now_at)
            if len(self._lockouts) > MOST_NAMES:
                del self._lockouts[next(iter(self._lockouts))]
            return refusal or ServiceError("identity.wrong_password")
