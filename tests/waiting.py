"""Waiting for what another thread or process does; where Qt's events matter, `wait_until` handles them."""

from __future__ import annotations

import time
from collections.abc import Callable

# Whoever waits returns at once when it is so; only what is never so costs all this.
LIMIT_S = 120.0
POLL_S = 0.02


def until(is_so: Callable[[], bool], limit_s: float = LIMIT_S) -> None:
    """Returns as soon as it is so; fails the test at the limit."""
    ends_at = time.monotonic() + limit_s
    while not is_so():
        assert time.monotonic() < ends_at, f"not so within {limit_s} s"
        time.sleep(POLL_S)
