"""Whether pictures arrive when they are made, or ever later, told by the camera's own stamps."""

from __future__ import annotations

import math

# A camera whose stamps run with our clock, within this, over so long is believed about its delay from then
# on. Those that stamp by a rate they do not keep would otherwise look late for ever.
BELIEVED_AFTER_S = 40.0
TRUE_WITHIN_S = 0.4
# Stamps may lose this share of the time against our clock: crystals a little, 24.9 pictures/s called 25 more.
# Whoever loses more is not believed: it would go beyond TRUE_WITHIN_S in that time.
DRIFT = TRUE_WITHIN_S / BELIEVED_AFTER_S
# Stamps that go back further than pictures change places were set anew.
SET_BACK_S = 1.0
# Behind for longer than a moment is a line that cannot carry the stream: only a new connection empties it.
BEHIND_S = 1.5
BEHIND_FOR_S = 12.0


class Punctuality:
    """Of one stream over all its connections; called by its reader only.

    A line too slow for its stream delivers pictures that have just arrived and are long past: their age
    counts from when they were due.
    """

    def __init__(self) -> None:
        self._is_believed = False
        self._least_s = self._true_offset_s = math.inf
        self._stamp_s = self._arrived_s = -math.inf
        self._true_since_s = 0.0
        self._behind_since_s: float | None = None

    def connect(self) -> None:
        """A new connection brings the present, whatever the last one had."""
        self._begin()

    def behind_s(self, stamp_s: float, arrived_s: float) -> float:
        """How much later than the most punctual ones this picture came; 0 while stamps are not believed."""
        offset_s = arrived_s - stamp_s
        if stamp_s < self._stamp_s - SET_BACK_S:
            self._begin()
        self._least_s = min(self._least_s + DRIFT * max(0.0, arrived_s - self._arrived_s), offset_s)
        self._stamp_s, self._arrived_s = stamp_s, arrived_s
        self._watch_stamps(offset_s, arrived_s)
        behind_s = offset_s - self._least_s if self._is_believed else 0.0
        self._watch_delay(behind_s, arrived_s)
        return behind_s

    @property
    def is_hopeless(self) -> bool:
        """It has been behind for so long that it will not catch up by itself."""
        since_s = self._behind_since_s
        return since_s is not None and self._arrived_s - since_s >= BEHIND_FOR_S

    def _begin(self) -> None:
        self._least_s = self._true_offset_s = math.inf
        self._stamp_s = self._arrived_s = -math.inf
        self._behind_since_s = None

    def _watch_stamps(self, offset_s: float, arrived_s: float) -> None:
        if not abs(offset_s - self._true_offset_s) <= TRUE_WITHIN_S:
            self._true_offset_s, self._true_since_s = offset_s, arrived_s
        elif arrived_s - self._true_since_s >= BELIEVED_AFTER_S:
            self._is_believed = True

    def _watch_delay(self, behind_s: float, arrived_s: float) -> None:
        if behind_s <= BEHIND_S:
            self._behind_since_s = None
        elif self._behind_since_s is None:
            self._behind_since_s = arrived_s
