"""When motion is worth recording: not at the first flicker, and not over at the first pause."""

from __future__ import annotations

from collections import deque

# Of so many looks so many must show so much.
_LOOKS = 4
_MOVING_LOOKS = 3
_LEAST_CELLS = 2


class Stirring:
    """Of one camera, look by look."""

    def __init__(self) -> None:
        self._counts: deque[int] = deque(maxlen=_LOOKS)
        self._stirs = False

    def look(self, cells: int) -> bool:
        """Whether something is going on: it begins with much in most looks and ends with none in any."""
        self._counts.append(cells.bit_count())
        if self._stirs:
            self._stirs = any(self._counts)
        else:
            self._stirs = sum(count >= _LEAST_CELLS for count in self._counts) >= _MOVING_LOOKS
        return self._stirs
