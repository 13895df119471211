"""When a seat writes down what it saw: a little at once, what a storm brought after it and in parts."""

from __future__ import annotations

# So much gathered by the time it could be written is a storm.
MANY = 40
# Writing takes the database's lock and half a core from the hub, which has alarms to store; the moments are
# kept meanwhile.
STORM_PAUSE_MS = 1500
# Writing hundreds together keeps the window from painting; between two parts there is time for it.
PART_PAUSE_MS = 40


class Patience:
    """One for each kind of report."""

    def __init__(self) -> None:
        self._has_waited = False

    def pause_ms(self, waiting: int) -> int:
        """How long to wait on before the next part of `waiting` reports is written; 0 = not at all.

        A storm is waited for once: one that does not end is written down while it lasts.
        """
        if waiting <= MANY:
            self._has_waited = False
        elif not self._has_waited:
            self._has_waited = True
            return STORM_PAUSE_MS
        return 0
