"""What a screen keeps under one key: read once, saved a moment after the last touch, until it really is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from services.core.errors import ServiceError
from ui.jobs import UiJobs
from ui.preferences import Preferences

# So soon after a failure it is tried again: a record that is away is back in seconds or minutes.
AGAIN_MS = 3000


class Kept(QObject):
    """Nothing is saved before what was kept has been read, or it would be written over unread.

    now: what is to be kept, asked for just when it is saved. after_ms: from the last touch to the saving.
    Signals: loaded(dict | None), once; refused(ServiceError) with the first failure of a row of them.
    """

    loaded = Signal(object)
    refused = Signal(object)

    def __init__(
        self,
        key: str,
        preferences: Preferences,
        jobs: UiJobs,
        now: Callable[[], dict[str, object]],
        after_ms: int,
        parent: QObject,
        again_ms: int = AGAIN_MS,
    ) -> None:
        super().__init__(parent)
        self._key = key
        self._preferences = preferences
        self._jobs = jobs
        self._now = now
        self._after_ms = after_ms
        self._again_ms = again_ms
        self._has_loaded = self._is_wanted = self._is_busy = False
        self._has_failed = self._is_over = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    def load(self) -> None:
        self._is_over = False
        self._go_on()

    def touch(self) -> None:
        """It changed; a failure that is being waited for is not hurried."""
        self._is_wanted = True
        if not self._is_over and not (self._has_failed and self._timer.isActive()):
            self._timer.start(self._after_ms)

    def save(self) -> None:
        """Now, or as soon as that can be."""
        self._is_wanted = True
        self._go_on()

    def hurry(self) -> None:
        """What waits for its moment is saved now; a failure is waited for all the same."""
        if self._is_wanted and not self._has_failed:
            self._go_on()

    def stop(self) -> None:
        """Save what waits, once, and end the timer; nothing is begun any more."""
        self._timer.stop()
        if self._is_wanted and self._has_loaded:
            self._jobs.run(partial(self._preferences.save, self._key, self._now()))
        self._is_over, self._is_wanted = True, False

    def _go_on(self) -> None:
        """One job at a time: two saves side by side might end in the wrong order."""
        self._timer.stop()
        if self._is_busy or self._is_over:
            return
        if not self._has_loaded:
            self._is_busy = True
            self._jobs.run(partial(self._preferences.load, self._key), self._take, self._wait, self._give_up)
        elif self._is_wanted:
            self._is_busy, self._is_wanted = True, False
            work = partial(self._preferences.save, self._key, self._now())
            self._jobs.run(work, self._done, self._fail, self._give_up)

    def _take(self, plain: dict[str, object] | None) -> None:
        self._is_busy = self._has_failed = False
        self._has_loaded = True
        self.loaded.emit(plain)
        self._next()

    def _done(self, _nothing: object) -> None:
        self._is_busy = self._has_failed = False
        self._next()

    def _fail(self, error: ServiceError) -> None:
        self._is_wanted = True
        self._wait(error)

    def _wait(self, error: ServiceError) -> None:
        is_first, self._is_busy, self._has_failed = not self._has_failed, False, True
        if not self._is_over:
            self._timer.start(self._again_ms)
        if is_first:
            self.refused.emit(error)

    def _next(self) -> None:
        """What was touched meanwhile."""
        if self._is_wanted and not self._is_over and not self._timer.isActive():
            self._timer.start(self._after_ms)

    def _give_up(self, _error: Exception) -> None:
        """A mistake of ours: what was to be saved waits for the next touch or the end, for it might fail for
        ever; what was touched meanwhile may be saved."""
        was_touched = self._is_wanted
        self._is_busy, self._is_wanted = False, was_touched or self._has_loaded
        if was_touched:
            self._next()
