"""Motion in a camera's picture: where, look by look, and what of it a person's question finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

COLUMNS, ROWS = 32, 18
CELLS = COLUMNS * ROWS
WHOLE = (1 << CELLS) - 1
# What moves again after so long is still the same thing: people stop for a step.
PAUSE = timedelta(seconds=2)
# A look stands for the time until the next one, but never for more than this.
LONGEST_LOOK = timedelta(seconds=2.5)

# In parts of the picture: (0, 0) is its upper left corner, (1, 1) the lower right one.
Corner = tuple[float, float]


class Sensitivity(StrEnum):
    """How much of the drawn region must move."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


# In a large region a person is a small share: no more cells than these are ever asked for.
_LEAST_SHARE = {Sensitivity.LOW: 0.08, Sensitivity.MEDIUM: 0.02, Sensitivity.HIGH: 0.0}
_MOST_ASKED = {Sensitivity.LOW: 16, Sensitivity.MEDIUM: 4, Sensitivity.HIGH: 1}


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the picture. cells: bit `row * COLUMNS + column` is set where something moved."""

    at: datetime
    cells: int


@dataclass(frozen=True, slots=True)
class Hit:
    """Something moved in the region. at: when most of it did, `cells` of them."""

    since: datetime
    until: datetime
    at: datetime
    cells: int


def cells_in(corners: Sequence[Corner]) -> int:
    """The cells whose middle lies in the polygon, and those that hold a corner: the thinnest has some."""
    inside = 0
    for row in range(ROWS):
        y = (row + 0.5) / ROWS
        crossings = sorted(_crossings(corners, y))
        for left, right in zip(crossings[::2], crossings[1::2], strict=True):
            for column in range(COLUMNS):
                if left <= (column + 0.5) / COLUMNS <= right:
                    inside |= 1 << (row * COLUMNS + column)
    for x, y in corners:
        inside |= 1 << (_step(y, ROWS) * COLUMNS + _step(x, COLUMNS))
    return inside


def boxes_of(cells: int) -> list[tuple[float, float, float, float]]:
    """The cells as (left, top, right, bottom) in parts of the picture; those side by side are one box."""
    boxes = []
    for row in range(ROWS):
        left = (cells >> row * COLUMNS) & ((1 << COLUMNS) - 1)
        at = 0
        while left:
            free = (left & -left).bit_length() - 1
            left >>= free
            taken = (~left & (left + 1)).bit_length() - 1
            left >>= taken
            begins = at + free
            at = begins + taken
            boxes.append((begins / COLUMNS, row / ROWS, at / COLUMNS, (row + 1) / ROWS))
    return boxes


def least_cells(region: int, sensitivity: Sensitivity) -> int:
    """So many cells of the region must move at once."""
    share = round(region.bit_count() * _LEAST_SHARE[sensitivity])
    return max(1, min(share, _MOST_ASKED[sensitivity]))


def hits_in(looks: Iterable[Look], region: int, least: int, least_length: timedelta) -> Iterator[Hit]:
    """`looks` by their time. Motion with pauses of up to PAUSE is one hit."""
    found: Hit | None = None
    for look, length in _with_lengths(looks):
        if found is not None and look.at - found.until > PAUSE:
            if found.until - found.since >= least_length:
                yield found
            found = None
        count = (look.cells & region).bit_count()
        if count >= least:
            found = _grown(found, look.at, look.at + length, count)
    if found is not None and found.until - found.since >= least_length:
        yield found


def _grown(hit: Hit | None, at: datetime, until: datetime, count: int) -> Hit:
    if hit is None:
        return Hit(at, until, at, count)
    is_strongest = count > hit.cells
    return Hit(hit.since, until, at if is_strongest else hit.at, max(count, hit.cells))


def _with_lengths(looks: Iterable[Look]) -> Iterator[tuple[Look, timedelta]]:
    """Each look and how long it stands for; of the last one as long as of the one before."""
    length, before = timedelta(0), None
    for look in looks:
        if before is not None:
            length = min(look.at - before.at, LONGEST_LOOK)
            yield before, length
        before = look
    if before is not None:
        yield before, length


def moving_seconds(looks: Sequence[Look], begins_at: datetime) -> int:
    """For each second from `begins_at` on a bit: whether anything moved anywhere."""
    seconds = 0
    for look in looks:
        number = int((look.at - begins_at).total_seconds())
        if look.cells and number >= 0:
            seconds |= 1 << number
    return seconds


@dataclass(frozen=True, slots=True)
class MovingSeconds:
    """Of one piece of recording, for the line of time: bit n of `seconds` is second n from its beginning."""

    camera: str
    disk: str
    path: str
    begins_at: datetime
    seconds: int

    def spans(self) -> Iterator[tuple[datetime, datetime]]:
        at, left = 0, self.seconds
        while left:
            still = (left & -left).bit_length() - 1
            left >>= still
            moving = (~left & (left + 1)).bit_length() - 1
            left >>= moving
            begins_at = self.begins_at + timedelta(seconds=at + still)
            yield begins_at, begins_at + timedelta(seconds=moving)
            at += still + moving

    def hull(self) -> tuple[datetime, datetime] | None:
        """From the first moving second to the end of the last; None when there is none."""
        if not self.seconds:
            return None
        first, end = (self.seconds & -self.seconds).bit_length() - 1, self.seconds.bit_length()
        return self.begins_at + timedelta(seconds=first), self.begins_at + timedelta(seconds=end)


def joined(
    spans: Iterable[tuple[datetime, datetime]], pause: timedelta = PAUSE
) -> list[tuple[datetime, datetime]]:
    """`spans` by their beginning; those that follow each other within `pause` are one."""
    whole: list[tuple[datetime, datetime]] = []
    for since, until in spans:
        if whole and since - whole[-1][1] <= pause:
            whole[-1] = whole[-1][0], max(whole[-1][1], until)
        else:
            whole.append((since, until))
    return whole


def covers(looks: Sequence[Look], begins_at: datetime, ends_at: datetime) -> bool:
    """Whether somebody looked all the time, with no pause longer than LONGEST_LOOK."""
    times = [begins_at, *(look.at for look in looks if begins_at <= look.at <= ends_at), ends_at]
    return all(later - earlier <= LONGEST_LOOK for earlier, later in pairwise(times))


def _crossings(corners: Sequence[Corner], y: float) -> Iterator[float]:
    """Where the polygon's edges cross this height."""
    for (x1, y1), (x2, y2) in zip(corners, [*corners[1:], corners[0]], strict=True):
        if (y1 <= y) is not (y2 <= y):
            yield x1 + (y - y1) / (y2 - y1) * (x2 - x1)


def _step(part: float, steps: int) -> int:
    return min(steps - 1, max(0, int(part * steps)))
