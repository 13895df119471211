"""How child processes of this program begin."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

# Starting a process touches state of the interpreter that is there once.
starting = Lock()


@contextmanager
def children_deaf_to_interrupts() -> Iterator[None]:
    """A child begun inside is born with Ctrl+C blocked: it imports for a second before it could do that.

    Ctrl+C goes to the whole process group; the parent lets its children end when it is ready.
    """
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
