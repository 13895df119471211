"""Which alarm is on the stage and which wait for it: those that no visible tile shows; pure."""

from __future__ import annotations

from collections.abc import Sequence, Set

from services.domain.alarms import Alarm
from services.domain.classes import Priority
from views.watch.plates import concerns, needs_eyes

STAGE_FEEDS = 4


class Staging:
    """An alarm that was put away stays away until it speaks again or is picked."""

    def __init__(self, user: str) -> None:
        self._user = user
        self._put_away: set[str] = set()
        self._alarms: list[Alarm] = []
        self._in_order: list[str] = []

    @property
    def alarms(self) -> list[Alarm]:
        """The one on the stage first, then those that wait, in the queue's order."""
        return self._alarms

    @property
    def on_stage(self) -> Alarm | None:
        return self._alarms[0] if self._alarms else None

    @property
    def feeds(self) -> tuple[str, ...]:
        """The best cameras of the alarm on the stage, as many as it has room for."""
        return self._alarms[0].feeds[:STAGE_FEEDS] if self._alarms else ()

    @property
    def position(self) -> int:
        """Which of them is on the stage, from 1 in the queue's order."""
        return self._in_order.index(self._alarms[0].id) + 1 if self._alarms else 0

    def choose(self, queue: Sequence[Alarm], *, visible: Set[str], highlighted: str) -> None:
        """visible: cameras that somebody sees already."""
        self._alarms = staged(
            queue, visible=visible, highlighted=highlighted, put_aside=self._put_away, user=self._user
        )
        here = {alarm.id for alarm in self._alarms}
        self._in_order = [alarm.id for alarm in queue if alarm.id in here]

    def beside(self, by: int) -> str:
        """The alarm so many places on in the queue's order, round and round; "" when none is on the stage."""
        return self._in_order[(self.position - 1 + by) % len(self._in_order)] if self._in_order else ""

    def put_away(self) -> bool:
        """Send the alarm on the stage away; False when there was none."""
        if self._alarms:
            self._put_away.add(self._alarms[0].id)
        return bool(self._alarms)

    def bring_back(self, alarm_id: str) -> None:
        self._put_away.discard(alarm_id)

    def keep(self, alarm_ids: Set[str]) -> None:
        """Forget all other alarms."""
        self._put_away &= alarm_ids


def staged(
    queue: Sequence[Alarm], *, visible: Set[str], highlighted: str, put_aside: Set[str], user: str
) -> list[Alarm]:
    """Alarms that no visible tile shows, the one for the stage first.

    The highlighted alarm goes first, then the queue's order. put_aside: ids the operator sent away.
    """
    waiting = [
        alarm
        for alarm in queue
        if needs_eyes(alarm)
        and (alarm.feeds or _calls_without_pictures(alarm))
        and concerns(alarm, user)
        and alarm.id not in put_aside
        and visible.isdisjoint(alarm.feeds)
    ]
    return sorted(waiting, key=lambda alarm: alarm.id != highlighted)


def _calls_without_pictures(alarm: Alarm) -> bool:
    """An urgent alarm in a place no camera sees calls from the stage until somebody claims it.

    After that there is nothing to watch and the wall is worth more; P3 and P4 (a silent panel, a faulty
    device) wait in the queue, or a lost line would take the wall.
    """
    return alarm.priority <= Priority.P2 and (not alarm.owner or alarm.offered_at is not None)
