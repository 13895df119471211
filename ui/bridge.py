"""The one place where facts come from the feed's thread into the GUI thread."""

from __future__ import annotations

from collections import deque
from threading import Lock

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from services.core.bus import Bus
from services.core.clock import Clock, SystemClock
from services.domain.classes import AlarmClass
from services.domain.facts import FACTS, AlarmRaised, Fact

# Each list makes every screen look at all open alarms and paint them: in a storm twenty times a second is
# what a window can do beside its pictures. A fact that comes alone waits for nothing.
PAUSE_S = 0.05
# Facts of one list, and by how much longer the pause after it is: in a storm the machine is better used for
# storing alarms than for painting twice. With 1000 alarms in a second they are on screen up to a quarter
# sooner so.
LONGER_PAUSES = ((100, 4), (20, 2))
_KINDS = tuple(FACTS.values())


class FactBridge(QObject):
    """Collects facts from any thread and hands them over in order: the first at once, those that follow
    within `pause_s` as one list; after a long list the pause is longer, but not for a fire.

    Signals: facts_arrived(list of Fact), in the thread this object lives in.
    """

    facts_arrived = Signal(list)
    _woken = Signal()

    def __init__(
        self,
        bus: Bus,
        parent: QObject | None = None,
        *,
        clock: Clock | None = None,
        pause_s: float = PAUSE_S,
    ) -> None:
        super().__init__(parent)
        self._clock: Clock = clock or SystemClock()
        self._pause_s = pause_s
        self._ended_s = float("-inf")
        self._pauses = 1
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._hand_over)
        self._waiting: deque[Fact] = deque()
        self._lock = Lock()
        self._is_wake_posted = False
        self._is_pressing = False
        self._is_closed = False
        self._woken.connect(self._deliver_when_due, Qt.ConnectionType.QueuedConnection)
        self._unsubscribe = bus.subscribe(object, self._take)

    def close(self) -> None:
        """End the subscription and forget what was not delivered; safe to call twice."""
        self._unsubscribe()
        self._timer.stop()
        with self._lock:
            self._is_closed = True
            self._waiting.clear()

    def _take(self, fact: object) -> None:
        """In the publisher's thread. One wake is posted however many facts come before it is served, and one
        more for the first fire among them."""
        if not isinstance(fact, _KINDS):
            return
        is_fire = isinstance(fact, AlarmRaised) and fact.alarm.alarm_class is AlarmClass.FIRE
        # Posting under the lock: `close` cannot return while a wake is on its way to a dead object.
        with self._lock:
            if self._is_closed:
                return
            self._waiting.append(fact)
            if not self._is_wake_posted or (is_fire and not self._is_pressing):
                self._is_wake_posted = True
                self._woken.emit()
            self._is_pressing = self._is_pressing or is_fire

    def _deliver_when_due(self) -> None:
        pauses = 1 if self._is_pressing else self._pauses
        left_s = self._ended_s + self._pause_s * pauses - self._clock.monotonic()
        if left_s > 0:
            self._timer.start(round(left_s * 1000))
        else:
            self._hand_over()

    def _hand_over(self) -> None:
        self._timer.stop()
        with self._lock:
            self._is_wake_posted = self._is_pressing = False
            facts = list(self._waiting)
            self._waiting.clear()
        if facts:
            self.facts_arrived.emit(facts)
            # From its end: however slow the screens are, they have time to paint.
            self._pauses = next((times for many, times in LONGER_PAUSES if len(facts) > many), 1)
            self._ended_s = self._clock.monotonic()
