"""Notices panels that fell silent: no poll and no event for longer than the site allows."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock

from services.domain.site import Panel


@dataclass(frozen=True, slots=True)
class Hearing:
    """Accounts that just fell silent, and accounts that just came back."""

    lost: tuple[str, ...]
    back: tuple[str, ...]


class Supervision:
    """Keeps when each account was last heard, by the monotonic clock; any thread may call it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._limits_s: dict[str, float] = {}
        self._heard_s: dict[str, float] = {}
        # None: not known yet, as after a start; the first sign of life then counts as coming back.
        self._is_lost: dict[str, bool | None] = {}
        self._spoke: dict[str, bool] = {}

    def watch(self, panels: Iterable[Panel], now_s: float) -> None:
        """Supervise these accounts from now on; new ones get their full time before they count as lost."""
        with self._lock:
            self._limits_s = {p.account.upper(): p.supervision_s for p in panels if p.supervision_s > 0}
            self._heard_s = {account: self._heard_s.get(account, now_s) for account in self._limits_s}
            self._is_lost = {account: self._is_lost.get(account) for account in self._limits_s}
            self._spoke = {account: self._spoke.get(account, False) for account in self._limits_s}

    def heard(self, account: str, now_s: float) -> None:
        with self._lock:
            if account in self._limits_s:
                self._heard_s[account] = now_s
                self._spoke[account] = True

    def lost(self, account: str) -> None:
        """It is known to be away: its silence need not last as long as the site allows."""
        with self._lock:
            if account in self._limits_s:
                self._heard_s[account] = -math.inf

    def changes(self, now_s: float) -> Hearing:
        """What changed since the last call, each change told once."""
        lost, back = [], []
        with self._lock:
            for account, limit_s in self._limits_s.items():
                is_silent = now_s - self._heard_s[account] > limit_s
                if is_silent and self._is_lost[account] is not True:
                    lost.append(account)
                    self._is_lost[account] = True
                elif not is_silent and self._is_lost[account] is not False and self._spoke[account]:
                    back.append(account)
                    self._is_lost[account] = False
        return Hearing(tuple(lost), tuple(back))

    def untold(self, hearing: Hearing) -> None:
        """`hearing` could not be stored: tell it again at the next call."""
        with self._lock:
            for account in hearing.lost + hearing.back:
                if account in self._is_lost:
                    self._is_lost[account] = None
