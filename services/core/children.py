"""How child processes of this program begin."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
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


def answer_of_child(
    target: Callable[..., object], *words: object, name: str, limit_s: float
) -> object | None:
    """What `target(*words)` says in a process of its own, which what it tries may take down.

    None when it raises, dies or says nothing for `limit_s`; blocks, call it from a job.
    """
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe(duplex=False)
    process = spawn.Process(target=_answer, args=(theirs, target, *words), name=name, daemon=True)
    with starting, children_deaf_to_interrupts():
        process.start()
    theirs.close()
    try:
        answer: object | None = ours.recv() if ours.poll(limit_s) else None
        return answer
    except (EOFError, OSError):
        return None
    finally:
        process.kill()
        process.join()
        ours.close()


def _answer(answer: Connection, target: Callable[..., object], *words: object) -> None:
    """The child's whole life."""
    try:
        answer.send(target(*words))
    except Exception:  # noqa: BLE001  the outermost frame: whatever was tried, it does not work
        answer.send(None)
