"""Threads for actions: none waits for what hangs in another lane, and no panic behind lesser alarms."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from enum import StrEnum

from services.core.jobs import Jobs
from services.domain.classes import Priority
from services.domain.linkage import Action, ActionKind

# At once in each lane; started when first needed.
THREADS = 8


class Lane(StrEnum):
    """What is kept waiting by the same trouble: silent panels, silent cameras, full disks, other systems."""

    OUTPUT = "output"
    CAMERA = "camera"
    RECORD = "record"
    OUTSIDE = "outside"


_LANES: dict[ActionKind, Lane] = {
    ActionKind.OUTPUT: Lane.OUTPUT,
    ActionKind.DOOR: Lane.OUTPUT,
    ActionKind.BROADCAST: Lane.OUTPUT,
    ActionKind.PTZ_PRESET: Lane.CAMERA,
    ActionKind.PTZ_AIM: Lane.CAMERA,
    ActionKind.SNAPSHOT: Lane.CAMERA,
    ActionKind.RECORD: Lane.RECORD,
}


class Lanes:
    """Each lane twice: what an alarm of P1 asks for has threads of its own."""

    def __init__(self, name: str) -> None:
        self._jobs = {
            (lane, is_urgent): Jobs(f"{name}-{lane}{'-p1' if is_urgent else ''}", threads=THREADS)
            for lane in Lane
            for is_urgent in (False, True)
        }

    def submit(self, action: Action, priority: Priority, work: Callable[[], None]) -> Future[None]:
        """Raises RuntimeError after `stop`."""
        lane = _LANES.get(action.kind, Lane.OUTSIDE)
        return self._jobs[lane, priority is Priority.P1].submit(work)

    def stop(self, limit_s: float) -> None:
        """Drop what has not begun, wait for what has, at most `limit_s` for all lanes together."""
        for jobs in self._jobs.values():
            jobs.close()
        until_s = time.monotonic() + limit_s
        for jobs in self._jobs.values():
            jobs.stop(max(0.0, until_s - time.monotonic()))
