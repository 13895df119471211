"""Bounds what accounts that the site does not know may make us store, by the address they come from."""

from __future__ import annotations

from dataclasses import dataclass

import structlog

SIGNALS_PER_S = 20.0
BURST_SIGNALS = 200.0
# More addresses at once than a campus has panels: the rest share one allowance.
MOST_ADDRESSES = 1000
_ALL_OTHERS = "others"

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Allowance:
    left: float
    counted_s: float
    is_held_back: bool = False


class Strangers:
    """One allowance per address: `burst`, refilled by `per_s`. Lives in one event loop.

    whose: how the log calls them.
    """

    def __init__(
        self, per_s: float = SIGNALS_PER_S, burst: float = BURST_SIGNALS, whose: str = "strangers"
    ) -> None:
        self._per_s = per_s
        self._burst = burst
        self._whose = whose
        self._allowances: dict[str, _Allowance] = {}

    def admits(self, address: str, signals: int, now_s: float) -> bool:
        """Whether a frame with so many signals may be stored now; else it stays unanswered.

        A frame of more signals than are left is admitted as long as any is: its sender then waits longer.
        """
        address, allowance = self._of(address, now_s)
        gained = (now_s - allowance.counted_s) * self._per_s
        allowance.left = min(self._burst, allowance.left + gained)
        allowance.counted_s = now_s
        if allowance.is_held_back and allowance.left >= self._burst / 2:
            allowance.is_held_back = False
            log.info(f"{self._whose}.heard_again", address=address)
        if allowance.left >= 1:
            allowance.left -= signals
            return True
        if not allowance.is_held_back:
            allowance.is_held_back = True
            log.warning(f"{self._whose}.held_back", address=address)
        return False

    def _of(self, address: str, now_s: float) -> tuple[str, _Allowance]:
        if address not in self._allowances and len(self._allowances) >= MOST_ADDRESSES:
            self._forget_quiet(now_s)
            if len(self._allowances) >= MOST_ADDRESSES:
                address = _ALL_OTHERS
        return address, self._allowances.setdefault(address, _Allowance(self._burst, now_s))

    def _forget_quiet(self, now_s: float) -> None:
        """An allowance that is full again says nothing any more."""
        self._allowances = {
            address: allowance
            for address, allowance in self._allowances.items()
            if allowance.left + (now_s - allowance.counted_s) * self._per_s < self._burst
        }
