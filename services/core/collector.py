"""Python's collector of cycles in a process that runs for long and makes little garbage that needs it."""

from __future__ import annotations

import gc

# Allocations from one look at the young to the next; of those to one at the middle, of those to one at all.
YOUNG, MIDDLE, OLD = 20_000, 20, 50


def collect_seldom() -> None:
    """Once everything is loaded: what is there stays and is not looked through again, the rest seldom.

    A storm of alarms or pictures makes thousands of objects that are needed, and a full look takes tens of
    milliseconds.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
