"""Which alarm a camera was last turned to, so that a less urgent one does not take it away at once."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from services.core.clock import Clock
from services.domain.classes import Priority
from services.linkage.refusals import Unavailable

# As long as a rule's usual cool-down: time to see what happens there. The camera goes home after 2 min.
HOLD_S = 60.0


@dataclass(frozen=True, slots=True, eq=False)
class Hold:
    """until_s: monotonic."""

    camera: str
    priority: Priority
    until_s: float


class Holds:
    """In memory only: a hub that has just begun knows of none. From any thread."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._of_camera: dict[str, Hold] = {}

    def take(self, camera: str, priority: Priority) -> Hold:
        """From an alarm that is no more urgent, whoever came last has it.

        Raises Unavailable linkage.camera_taken(camera) while a more urgent alarm has it, for HOLD_S.
        """
        now_s = self._clock.monotonic()
        with self._lock:
            had = self._of_camera.get(camera)
            if had is not None and had.priority < priority and now_s < had.until_s:
                raise Unavailable("linkage.camera_taken", camera=camera)
            hold = self._of_camera[camera] = Hold(camera, priority, now_s + HOLD_S)
            return hold

    def check(self, hold: Hold) -> None:
        """Raises Unavailable linkage.camera_taken(camera) once another alarm has the camera."""
        with self._lock:
            if self._of_camera.get(hold.camera) is not hold:
                raise Unavailable("linkage.camera_taken", camera=hold.camera)

    def give_back(self, hold: Hold) -> None:
        """The camera was not turned."""
        with self._lock:
            if self._of_camera.get(hold.camera) is hold:
                del self._of_camera[hold.camera]
