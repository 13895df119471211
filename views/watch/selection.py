"""Which alarm the keys act on: one rule, so that a key never hits an alarm the eye was not on; pure."""

from __future__ import annotations

from collections.abc import Sequence

from ui.settling import SETTLE_S


class Selection:
    """The highlighted alarm.

    Until the operator picks or handles an alarm, the highlight follows the top of the queue. From then
    on it stays (is held) until that alarm is gone or the operator lets go. When the highlight moves by
    itself, keys do nothing for SETTLE_S: the keystroke was meant for the alarm before.
    """

    def __init__(self) -> None:
        self._highlighted = ""
        self._is_held = False
        self._moved_s = float("-inf")

    @property
    def highlighted(self) -> str:
        """The alarm's id, "" when no alarm waits."""
        return self._highlighted

    @property
    def is_held(self) -> bool:
        return self._is_held

    def follow(self, queue: Sequence[str], now_s: float) -> bool:
        """The queue is now `queue`, most urgent first; True when the highlight moved."""
        if self._is_held and self._highlighted in queue:
            return False
        self._is_held = False
        top = queue[0] if queue else ""
        if top == self._highlighted:
            return False
        # From nothing to the first alarm there was no other that the key could have been meant for.
        if self._highlighted:
            self._moved_s = now_s
        self._highlighted = top
        return True

    def pick(self, alarm_id: str) -> None:
        """The operator chose this alarm or gave a command on it."""
        self._highlighted = alarm_id
        self._is_held = bool(alarm_id)
        self._moved_s = float("-inf")

    def let_go(self, queue: Sequence[str]) -> None:
        """The operator wants the top of the queue again; their own move, so keys act at once."""
        self.pick(queue[0] if queue else "")
        self._is_held = False

    def is_settled(self, now_s: float) -> bool:
        """Whether a key pressed now was pressed by someone who could see the highlight."""
        return now_s - self._moved_s >= SETTLE_S
