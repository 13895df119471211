"""The one place where facts come from the feed's thread into the GUI thread."""

from __future__ import annotations

from collections import deque
from threading import Lock

from PySide6.QtCore import QObject, Qt, Signal

from services.core.bus import Bus
from services.domain.facts import FACTS, Fact

_KINDS = tuple(FACTS.values())


class FactBridge(QObject):
    """Collects facts from any thread and hands them over in order, a list per turn of the event loop.

    Signals: facts_arrived(list of Fact), in the thread this object lives in.
    """

    facts_arrived = Signal(list)
    _woken = Signal()

    def __init__(self, bus: Bus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Fact] = deque()
        self._lock = Lock()
        self._is_wake_posted = False
        self._is_closed = False
        self._woken.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._unsubscribe = bus.subscribe(object, self._take)

    def close(self) -> None:
        """End the subscription and forget what was not delivered; safe to call twice."""
        self._unsubscribe()
        with self._lock:
            self._is_closed = True
            self._waiting.clear()

    def _take(self, fact: object) -> None:
        """In the publisher's thread. One wake is posted however many facts come before it is served."""
        if not isinstance(fact, _KINDS):
            return
        # Posting under the lock: `close` cannot return while a wake is on its way to a dead object.
        with self._lock:
            if self._is_closed:
                return
            self._waiting.append(fact)
            if not self._is_wake_posted:
                self._is_wake_posted = True
                self._woken.emit()

    def _deliver(self) -> None:
        with self._lock:
            self._is_wake_posted = False
            facts = list(self._waiting)
            self._waiting.clear()
        if facts:
            self.facts_arrived.emit(facts)
