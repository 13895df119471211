"""How many days of recording there are, how many there should be, and when that will be missed; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

DAY_S = 86_400.0
# A rate is counted over so many whole days, fewer while there are not so many.
RATE_DAYS = 7
# Less than this says nothing of a day.
LEAST_SEEN = timedelta(hours=1)


class DiskCondition(StrEnum):
    WELL = "well"
    # The oldest goes so that newer ones have room.
    FULL = "full"
    # Full of what must not go: nothing can be recorded.
    STUCK = "stuck"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class DiskState:
    """A folder for recordings, as the hub last saw it. disk: its id, "" = there never was one.

    free_bytes: what may still be written; total_bytes: of the whole disk, or its quota.
    """

    folder: str
    disk: str
    condition: DiskCondition
    free_bytes: int = 0
    total_bytes: int = 0
    is_written: bool = False


@dataclass(frozen=True, slots=True)
class RecordingDisks:
    """All folders for recordings, as the hub saw them at that moment."""

    disks: tuple[DiskState, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class RecordedDay:
    """What one camera has of 24 hours. ago: 0 = the last 24 hours, 1 = those before, …"""

    camera: str
    ago: int
    begins_at: datetime
    seconds: float
    size_bytes: int


@dataclass(frozen=True, slots=True)
class KeepWish:
    """What is wanted of one camera. quota_bytes: 0 = as much as there is room for.

    is_recording: something is recorded of it at all; is_steady: all the time, not only when something
    happens. went_until: what of it went before its time so that others had room ends there.
    """

    camera: str
    days: int
    quota_bytes: int = 0
    is_recording: bool = True
    is_steady: bool = True
    went_until: datetime | None = None


class DaysState(StrEnum):
    """The first that fits, from the worst."""

    NOTHING = "nothing"
    MISSED = "missed"
    WILL_MISS = "will_miss"
    GROWING = "growing"
    WELL = "well"
    OFF = "off"


# What wants somebody to do something.
SHORT = frozenset({DaysState.MISSED, DaysState.WILL_MISS})


@dataclass(frozen=True, slots=True)
class CameraDays:
    """days: how far back it reaches without a hole made for room. recorded_days: of them, with pictures.

    bytes_per_day: None while it has recorded too little to say. reachable_days: how far it will reach when
    the disks or its own quota are full, None = all that is wanted. misses_at: from when on it has less than
    wanted.
    """

    camera: str
    wanted_days: int
    state: DaysState
    days: float = 0.0
    recorded_days: float = 0.0
    oldest_at: datetime | None = None
    size_bytes: int = 0
    bytes_per_day: float | None = None
    reachable_days: float | None = None
    misses_at: datetime | None = None


def days_of(
    wishes: Sequence[KeepWish], recorded: Iterable[RecordedDay], free_bytes: int | None, now: datetime
) -> list[CameraDays]:
    """One for each wish, in their order. free_bytes: of all disks that may be written to; None: nobody knows,
    and nothing is foretold."""
    by_camera: dict[str, list[RecordedDay]] = {}
    for day in recorded:
        by_camera.setdefault(day.camera, []).append(day)
    stocks = [_stock(wish, by_camera.get(wish.camera, []), now) for wish in wishes]
    full = None if free_bytes is None else _when_full(stocks, free_bytes)
    return [_judged(stock, full, now, is_known=free_bytes is not None) for stock in stocks]


@dataclass(frozen=True, slots=True)
class _Stock:
    """One camera's store. days: its reach; rate: bytes a day; most_days: what quota and wish allow."""

    wish: KeepWish
    days: float
    recorded_days: float
    oldest_at: datetime | None
    size_bytes: int
    rate: float | None

    @property
    def most_days(self) -> float:
        quota = self.wish.quota_bytes
        if not quota or not self.rate:
            return float(self.wish.days)
        return min(float(self.wish.days), quota / self.rate)

    @property
    def grows_until(self) -> float:
        """Days from now until it needs no more room."""
        return max(0.0, self.most_days - self.days)


@dataclass(frozen=True, slots=True)
class _Full:
    """The disks will be full in `in_days`, and from then on hold `reach_days` of each camera."""

    in_days: float
    reach_days: float


def _stock(wish: KeepWish, days: Sequence[RecordedDay], now: datetime) -> _Stock:
    # What is older than wanted is protected, or goes within the day: it says nothing of the reach.
    within = [day for day in days if day.ago <= wish.days]
    oldest_at = min((day.begins_at for day in within), default=None)
    if oldest_at is not None and wish.went_until is not None:
        oldest_at = max(oldest_at, min(wish.went_until, now))
    reach = (now - oldest_at).total_seconds() / DAY_S if oldest_at is not None else 0.0
    seconds = sum(min(day.seconds, DAY_S) for day in within)
    size = sum(day.size_bytes for day in days)
    return _Stock(wish, max(0.0, reach), seconds / DAY_S, oldest_at, size, _rate(wish, within, now))


def _rate(wish: KeepWish, days: Sequence[RecordedDay], now: datetime) -> float | None:
    """Bytes a day, of the last whole days; of today's hours while there is no whole one."""
    if not wish.is_recording or not days:
        return 0.0 if not wish.is_recording else None
    whole = [day for day in days if 1 <= day.ago <= RATE_DAYS]
    oldest_at = min(day.begins_at for day in days)
    span = now - oldest_at
    if span < LEAST_SEEN:
        return None
    recent = [day for day in days if day.ago < RATE_DAYS]
    if not whole or not recent:
        return sum(day.size_bytes for day in recent) / (min(span.total_seconds(), DAY_S) / DAY_S)
    counted = min(span.total_seconds() / DAY_S, float(RATE_DAYS))
    return sum(day.size_bytes for day in recent) / counted


def _when_full(stocks: Sequence[_Stock], free_bytes: int) -> _Full | None:
    """None: all that is wanted has room. Growth is linear until a camera has its days."""
    room, at = float(max(0, free_bytes)), 0.0
    growing = [stock for stock in stocks if stock.rate and stock.grows_until > 0]
    for end in sorted({stock.grows_until for stock in growing}):
        pace = sum(stock.rate or 0.0 for stock in growing if stock.grows_until >= end)
        if pace * (end - at) > room:
            full_at = at + room / pace
            return _Full(full_at, _reach(stocks, free_bytes))
        room -= pace * (end - at)
        at = end
    return None


def _reach(stocks: Sequence[_Stock], free_bytes: int) -> float:
    """How many days fit when each camera has the same, or what it may have if that is less."""
    counted = [stock for stock in stocks if stock.rate]
    room = free_bytes + sum((stock.rate or 0.0) * min(stock.days, stock.most_days) for stock in counted)
    reached = 0.0
    for most in sorted({stock.most_days for stock in counted}):
        pace = sum(stock.rate or 0.0 for stock in counted if stock.most_days >= most)
        if pace * (most - reached) > room:
            return reached + room / pace
        room -= pace * (most - reached)
        reached = most
    return reached


def _judged(stock: _Stock, full: _Full | None, now: datetime, *, is_known: bool) -> CameraDays:
    wish = stock.wish
    state, reachable, misses_at = _state(stock, full, now, is_known=is_known)
    return CameraDays(
        camera=wish.camera,
        wanted_days=wish.days,
        state=state,
        days=stock.days,
        recorded_days=min(stock.recorded_days, stock.days),
        oldest_at=stock.oldest_at,
        size_bytes=stock.size_bytes,
        bytes_per_day=stock.rate,
        reachable_days=reachable,
        misses_at=misses_at,
    )


def _state(
    stock: _Stock, full: _Full | None, now: datetime, *, is_known: bool
) -> tuple[DaysState, float | None, datetime | None]:
    wish, wanted = stock.wish, stock.most_days
    if not wish.is_recording:
        return DaysState.OFF, None, None
    if wish.is_steady and stock.oldest_at is None:
        return DaysState.NOTHING, None, None
    is_cut = full is not None and full.reach_days < wanted
    reachable = full.reach_days if full is not None and is_cut else None
    went = wish.went_until
    # What went by its own quota went as somebody wanted it; and where there is room again the days come back.
    has_lost = went is not None and not wish.quota_bytes and now - went < timedelta(days=wanted)
    if has_lost and (is_cut or not is_known):
        return DaysState.MISSED, reachable, now
    if full is not None and is_cut:
        return DaysState.WILL_MISS, reachable, now + timedelta(days=full.in_days)
    is_whole = stock.days >= wanted - 1.0 or not wish.is_steady
    by_quota = wanted if wanted < wish.days else None
    return (DaysState.WELL if is_whole else DaysState.GROWING), by_quota, None
