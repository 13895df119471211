"""The pictures round the moment that is shown, decoded and small, in the order of time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from av.video.frame import VideoFrame


@dataclass(frozen=True, slots=True)
class Print:
    """A picture scaled to its tile, still in planes: 960x540 takes 0.8 MB so, and 2 MB as BGRA.

    source_px: the size the camera sent.
    """

    frame: VideoFrame
    at: datetime
    until: datetime
    source_px: tuple[int, int]


class Strip:
    """Used by one thread. Between its first and its last picture none is missing, unless it `is_thin`."""

    def __init__(self) -> None:
        self._prints: list[Print] = []
        # What is shown at any moment between is known, and be it that nothing is.
        self._since: datetime | None = None
        self._until: datetime | None = None
        self.is_thin = False

    def __len__(self) -> int:
        return len(self._prints)

    @property
    def first(self) -> Print | None:
        return self._prints[0] if self._prints else None

    @property
    def last(self) -> Print | None:
        return self._prints[-1] if self._prints else None

    def clear(self) -> None:
        self._prints.clear()
        self._since = self._until = None
        self.is_thin = False

    def add(self, found: Print, since: datetime) -> None:
        """After all others. since: of an empty strip, from when on nothing came before this picture."""
        if not self._prints:
            self._since = min(since, found.at)
        self._prints.append(found)
        self._until = found.until

    def add_before(self, prints: Sequence[Print], until: datetime) -> None:
        """A group that ends where the strip begins. until: of an empty strip, so long nothing came after."""
        if not prints:
            return
        if not self._prints:
            self._until = max(until, prints[-1].until)
        self._prints[:0] = prints
        self._since = prints[0].at

    def stretch_last(self, until: datetime) -> None:
        """The last picture stays for one that comes too soon after it to be seen."""
        self._prints[-1] = replace(self._prints[-1], until=until)
        self._until = until
        self.is_thin = True

    def spans(self, at: datetime) -> bool:
        return self._since is not None and self._until is not None and self._since <= at < self._until

    def ends_before(self, at: datetime) -> bool:
        return self._until is not None and self._until <= at

    def holding(self, at: datetime) -> Print | None:
        """The picture of that moment."""
        number = self._number(at)
        found = self._prints[number] if number >= 0 else None
        return found if found is not None and at < found.until else None

    def beside(self, at: datetime, by: int) -> Print | None:
        """The picture next to that of the moment, on (1) or back (-1); None when the strip ends there.

        In a gap: the first after it, or the last before it.
        """
        number = self._number(at)
        is_in_gap = number >= 0 and at >= self._prints[number].until
        number += 0 if by < 0 and is_in_gap else by
        return self._prints[number] if 0 <= number < len(self._prints) else None

    def after(self, at: datetime) -> int:
        """How many pictures come after that of the moment."""
        return len(self._prints) - 1 - self._number(at)

    def before(self, at: datetime) -> int:
        return max(0, self._number(at))

    def between(self, since: datetime, until: datetime) -> list[Print]:
        """Those shown at some time in [since, until]."""
        begin = max(0, self._number(since))
        return [one for one in self._prints[begin : self._number(until) + 1] if one.until > since]

    def keep(self, at: datetime, *, before: int, after: int) -> None:
        """Forget all but so many pictures before and after that of the moment."""
        number = max(0, self._number(at))
        if number + after + 1 < len(self._prints):
            del self._prints[number + after + 1 :]
            self._until = self._prints[-1].until
        if number > before:
            del self._prints[: number - before]
            self._since = self._prints[0].at

    def _number(self, at: datetime) -> int:
        return bisect_right(self._prints, at, key=lambda one: one.at) - 1
