"""Cameras are asked about themselves one after the other, now and then."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial

from services.core.clock import Clock
from services.core.jobs import Jobs
from services.domain.site import Site

# After the start there is more urgent work.
FIRST_ROUND_S = 60.0
ROUND_S = 3600.0


class SelfWords:
    """A duty of the rounds; one question at a time in `jobs`, for a camera that is away takes seconds.

    ask: of a camera's number; may raise ServiceError("storage.*").
    """

    def __init__(
        self, ask: Callable[[str], None], site: Callable[[], Site], clock: Clock, jobs: Jobs
    ) -> None:
        self._ask = ask
        self._site = site
        self._clock = clock
        self._jobs = jobs
        self._due_s = clock.monotonic() + FIRST_ROUND_S
        self._left: deque[str] = deque()
        self._asking: Future[None] | None = None

    def tick(self) -> None:
        """Called each second; raises what a question raised."""
        if self._asking is not None:
            if not self._asking.done():
                return
            asked, self._asking = self._asking, None
            asked.result()
        if not self._left and self._clock.monotonic() >= self._due_s:
            self._due_s = self._clock.monotonic() + ROUND_S
            self._left.extend(str(camera.no) for camera in self._site().cameras if camera.onvif_url)
        if self._left:
            self._asking = self._jobs.submit(partial(self._ask, self._left.popleft()))
