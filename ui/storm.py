"""In a storm of alarms the pictures give way: what is left of the machine is the alarms'."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject

from services.core.clock import Clock
from services.domain.facts import AlarmRaised, AlarmRepeated, Fact
from ui.board import LiveBoard

# So many alarms within a second are more than a person can even glance at.
STORM_ALARMS = 20
STORM_WITHIN_S = 1.0
# After the last of them; the queue and the record have caught up by then.
GIVE_WAY_S = 3.0


class StormWatch(QObject):
    """Calls `give_way(seconds)` while alarms storm in; those of the alarm in hand keep their pictures."""

    def __init__(
        self, live: LiveBoard, give_way: Callable[[float], None], clock: Clock, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._give_way = give_way
        self._clock = clock
        self._came_s: deque[float] = deque(maxlen=STORM_ALARMS)
        live.applied.connect(self._note)

    def _note(self, facts: list[Fact]) -> None:
        now_s = self._clock.monotonic()
        came = sum(isinstance(fact, (AlarmRaised, AlarmRepeated)) for fact in facts)
        self._came_s.extend([now_s] * min(came, STORM_ALARMS))
        is_many = len(self._came_s) == STORM_ALARMS and now_s - self._came_s[0] < STORM_WITHIN_S
        if came and is_many:
            self._give_way(GIVE_WAY_S)
