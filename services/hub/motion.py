"""What moves before which camera, as the cameras say, so that recordings on motion go on while it lasts."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from services.core.clock import Clock

# A camera that never says that it is quiet again must not record for ever.
MOST_MOVING_S = 300.0


class Movements:
    """`note` may be called by any thread and never waits long; `tick` each second by one.

    moved: told the camera when something begins to move, and each second while it does.
    """

    def __init__(self, clock: Clock, moved: Callable[[str], None]) -> None:
        self._clock = clock
        self._moved = moved
        # Since when (monotonic), by camera and by what of it speaks.
        self._since_s: dict[tuple[str, str], float] = {}
        self._lock = Lock()

    def note(self, camera: str, source: str, is_moving: bool | None) -> None:
        """source: the rule or sensor of the camera's; is_moving None: it moved, and nobody will say when it
        is over."""
        with self._lock:
            if is_moving:
                self._since_s.setdefault((camera, source), self._clock.monotonic())
            elif is_moving is False:
                self._since_s.pop((camera, source), None)
        if is_moving is not False:
            self._moved(camera)

    def tick(self) -> None:
        now_s = self._clock.monotonic()
        with self._lock:
            for key in [key for key, at_s in self._since_s.items() if now_s - at_s > MOST_MOVING_S]:
                del self._since_s[key]
            moving = sorted({camera for camera, _ in self._since_s})
        for camera in moving:
            self._moved(camera)
