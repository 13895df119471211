"""Cameras that nobody operates any more go home, even if the workstation that turned them is closed."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial

import structlog

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.jobs import Jobs
from services.devices.ptz import HomeKeeper

LOOK_EVERY_S = 5.0
RETRY_S = 15.0  # a camera that did not go is asked again, so that it still goes within half a minute

log = structlog.get_logger(__name__)


class Homes:
    """A duty of the rounds; commands to cameras run in `jobs`, for they may take seconds."""

    def __init__(self, keeper: HomeKeeper, clock: Clock, jobs: Jobs) -> None:
        self._keeper = keeper
        self._clock = clock
        self._jobs = jobs
        self._looked_s = float("-inf")
        self._under_way: dict[str, Future[bool]] = {}
        self._retry_s: dict[str, float] = {}

    def tick(self) -> None:
        """Called each second; raises ServiceError("storage.*") when the record cannot be read."""
        now_s = self._clock.monotonic()
        self._collect(now_s)
        if now_s - self._looked_s < LOOK_EVERY_S:
            return
        self._looked_s = now_s
        for camera in self._keeper.due():
            if camera not in self._under_way and now_s >= self._retry_s.get(camera, float("-inf")):
                self._under_way[camera] = self._jobs.submit(partial(self._keeper.send_home, camera))

    def _collect(self, now_s: float) -> None:
        for camera, going in [(no, going) for no, going in self._under_way.items() if going.done()]:
            del self._under_way[camera]
            error = going.exception()
            if error is None:
                self._retry_s.pop(camera, None)
            elif isinstance(error, ServiceError):
                if camera not in self._retry_s:
                    log.warning("ptz.not_home", camera=camera, code=error.code)
                self._retry_s[camera] = now_s + RETRY_S
            else:
                raise error
