"""The coded pictures of a recording from any moment on, each with the moment at which it was recorded."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.devices.recorders.description import Reach, clock_text, reach_of
from services.devices.recorders.pictures import Assembler, CodedPicture
from services.devices.recorders.session import ReplaySession
from services.video import trouble

# Asked for a moment, some begin with the next key picture instead of the one before: asked again for earlier.
LEADS_S = (0.0, 2.5, 12.0)
# Times in the answers are cut to milliseconds.
_SLACK = timedelta(milliseconds=2)
# So near its end a recording that falls silent is over.
END_SLACK = timedelta(seconds=3)
_TICKS = 2**32


@dataclass(frozen=True, slots=True)
class PastPicture:
    """data: Annex B."""

    at: datetime
    data: bytes
    is_key: bool


@dataclass(frozen=True, slots=True)
class Ranges:
    """How moments are written. begins_at: of second 0 where the recording counts seconds, None: by clock."""

    begins_at: datetime | None = None

    def text(self, at: datetime) -> str:
        if self.begins_at is None:
            return f"clock={clock_text(at)}-"
        return f"npt={max(0.0, (at - self.begins_at).total_seconds()):.3f}-"

    def moment(self, told: datetime | float) -> datetime | None:
        if isinstance(told, datetime):
            return told
        return None if self.begins_at is None else self.begins_at + timedelta(seconds=told)


class RecordedStream:
    """Used by one thread. Raises StreamTrouble and OSError; `begin` may be called again after that."""

    def __init__(self, opened: Callable[[], ReplaySession], ranges: Ranges) -> None:
        self._opened = opened
        self._ranges = ranges
        self._session: ReplaySession | None = None
        self._assembler: Assembler | None = None
        self._came: deque[PastPicture] = deque()
        # Where reading begins, once somebody wants a picture; None: it goes on.
        self._wanted: datetime | None = None
        self._last_at: datetime | None = None
        # Given before a session was lost: pictures up to there come twice.
        self._given_at: datetime | None = None
        self._is_over = self._only_keys = False
        self._base: tuple[datetime, int] | None = None
        self._started_at: datetime | None = None
        self._started_ticks: int | None = None

    @property
    def codec(self) -> tuple[str, bytes] | None:
        """FFmpeg's name and the parameter sets; None before the first picture."""
        return (self._session.track.codec, self._session.track.sets) if self._session else None

    @property
    def reach(self) -> Reach | None:
        """What the recorder said can be asked for; after `open`."""
        return self._session.track.reach if self._session else None

    def open(self) -> None:
        if self._session is None:
            self._session = self._opened()
            self._assembler = Assembler(self._session.track.codec)

    def begin(self, at: datetime, *, only_keys: bool = False) -> None:
        """`next` gives the last key picture at or before; the first after it when there is none."""
        self._wanted, self._last_at, self._given_at, self._is_over = at, None, None, False
        self._only_keys = only_keys
        self._came.clear()

    def next(self) -> PastPicture | None:
        """None at the end of all."""
        rested = self._session is not None
        try:
            return self._read()
        except TimeoutError:
            # Not every recorder says that this was the last picture.
            self._is_over = self._is_near_end
            if not self._is_over:
                self.close()
                raise
            return None
        except (OSError, trouble.StreamTrouble):
            self.close()
            if not rested:
                raise
        # A recorder lets a session go that was paused for long: once more, from where it was.
        if self._wanted is None:
            self._wanted = self._given_at = self._last_at
        return self._read()

    @property
    def _is_near_end(self) -> bool:
        until = self.reach.until if self.reach else None
        ends_at = self._ranges.moment(until) if until is not None else None
        return ends_at is not None and self._last_at is not None and ends_at - self._last_at <= END_SLACK

    def close(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()

    def _read(self) -> PastPicture | None:
        self.open()
        if self._wanted is not None:
            self._land(self._wanted)
            self._wanted = None
        while (picture := self._one()) is not None:
            if self._given_at is None or picture.at > self._given_at:
                # Not each is later than the one before: they come in the order in which they are decoded.
                self._last_at = max(self._last_at or picture.at, picture.at)
                return picture
        return None

    def _one(self) -> PastPicture | None:
        while not self._came and not self._is_over:
            self._receive()
        return self._came.popleft() if self._came else None

    def _land(self, at: datetime) -> None:
        """So that the pictures that came begin with the right one."""
        for lead_s in LEADS_S:
            first = self._first_key(at - timedelta(seconds=lead_s))
            if first is not None and first.at <= at + _SLACK:
                self._came.appendleft(first)
                if lead_s:
                    self._skip_to(at)
                return
        first = self._first_key(at)
        if first is not None:
            self._came.appendleft(first)

    def _first_key(self, at: datetime) -> PastPicture | None:
        self._play(at)
        while (picture := self._one()) is not None:
            if picture.is_key:
                return picture
        return None

    def _skip_to(self, at: datetime) -> None:
        """Leave out the groups that end before."""
        group: list[PastPicture] = []
        while (picture := self._one()) is not None:
            if picture.at > at + _SLACK and group:
                self._came.appendleft(picture)
                break
            group = [picture] if picture.is_key else [*group, picture]
        self._came.extendleft(reversed(group))

    def _play(self, at: datetime) -> None:
        assert self._session is not None
        assert self._assembler is not None
        self._came.clear()
        self._is_over = False
        self._assembler.forget()
        started = self._session.play(self._ranges.text(at), only_keys=self._only_keys)
        told = reach_of(started.range_text)
        self._started_at = (self._ranges.moment(told.since) if told else None) or at
        self._started_ticks, self._base = started.ticks, None

    def _receive(self) -> None:
        """The next packet."""
        assert self._session is not None
        assert self._assembler is not None
        packet = self._session.next()
        if packet is None:
            self._is_over = True
            return
        for coded in self._assembler.take(packet):
            self._came.append(PastPicture(self._moment(coded), coded.data, coded.is_key))
            self._is_over = self._is_over or coded.is_last

    def _moment(self, coded: CodedPicture) -> datetime:
        """As the recorder wrote it, otherwise counted from where it said that it begins."""
        assert self._session is not None
        assert self._started_at is not None
        if coded.at is not None:
            return coded.at
        if self._base is None:
            ticks = self._started_ticks if self._started_ticks is not None else coded.ticks
            self._base = self._started_at, ticks
        base_at, base_ticks = self._base
        gone = (coded.ticks - base_ticks + _TICKS // 2) % _TICKS - _TICKS // 2
        at = base_at + timedelta(seconds=gone / self._session.track.rate_hz)
        if abs(gone) > _TICKS // 4:
            self._base = at, coded.ticks
        return at
