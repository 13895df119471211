"""Cuts one camera's packets into pieces: about a minute each, from key picture to key picture."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from av.packet import Packet
from av.stream import Stream

from services.domain.recordings import Cause, RecordingMode, Segment
from services.recording.naming import Begun
from services.recording.plans import SEGMENT_S
from services.recording.writer import SegmentWriter

# What a camera sends without a key picture is held no longer: nothing could show it.
MOST_HELD_PACKETS = 20_000
MOST_HELD_BYTES = 256 * 2**20
# Times that depart further from what really passed come of no jam: the clock was set, another piece begins.
SET_S = 20.0


@dataclass(frozen=True, slots=True)
class Came:
    """A packet and when it came, by the wall clock and by the monotonic one.

    is_cut: a piece may begin here.
    """

    packet: Packet[Stream]
    at: datetime
    at_s: float
    is_cut: bool


# Opens a file for a piece that begins with this packet; None while there is no disk for it.
OpenPiece = Callable[[Came, Cause], SegmentWriter | None]


class Reel:
    """Fed by one thread with one connection's packets; `want` may be called by any.

    before_s: what is held in memory while nothing is written. finished: told each finished piece.
    Raises OSError when the disk refuses; `leave` then gives the piece up.
    """

    def __init__(
        self,
        mode: RecordingMode,
        before_s: float,
        open_piece: OpenPiece,
        finish: Callable[[SegmentWriter, datetime], Segment | None],
        finished: Callable[[Segment], None],
        segment_s: float = SEGMENT_S,
    ) -> None:
        self._mode = mode
        self._before_s = before_s
        self._open_piece = open_piece
        self._finish = finish
        self._finished = finished
        self._segment_s = segment_s
        self._held: deque[Came] = deque()
        self._held_bytes = 0
        self._writer: SegmentWriter | None = None
        # The first packet of the open piece, and its last one.
        self._first: Came | None = None
        self._last: Came | None = None
        # Until when (monotonic) each has asked for it.
        self._wanted_until_s = {Cause.ALARM: float("-inf"), Cause.MOTION: float("-inf")}
        self.packets = 0
        self.written_bytes = 0

    @property
    def is_writing(self) -> bool:
        return self._writer is not None

    @property
    def seconds_held(self) -> float:
        try:
            return self._held[-1].at_s - self._held[0].at_s
        except IndexError:
            return 0.0

    def use(self, mode: RecordingMode, before_s: float) -> None:
        """From the next packet on; what is held stays held."""
        self._mode, self._before_s = mode, before_s

    def want(self, until_s: float, cause: Cause = Cause.ALARM) -> None:
        """Write until this monotonic moment, with all that is held now. cause: ALARM or MOTION."""
        self._wanted_until_s[cause] = max(self._wanted_until_s[cause], until_s)

    def take(self, came: Came) -> None:
        """The next packet."""
        if self._writer is not None and came.is_cut and self._must_cut(came):
            self._end(came.at, came.at_s)
        if self._writer is None:
            self._hold(came)
            if self._wants(came.at_s):
                self._begin()
        else:
            self._write(came)

    def end(self) -> None:
        """The connection is over: what was written is a piece up to its last packet, what is held is none."""
        if self._writer is not None and self._last is not None:
            last, length_s = self._last, _length_s(self._last.packet)
            self._end(last.at + timedelta(seconds=length_s), last.at_s + length_s)
        self._held.clear()
        self._held_bytes = 0

    def leave(self) -> Begun | None:
        """The disk refuses: nothing more is done to the open piece, which was this."""
        writer, self._writer = self._writer, None
        if writer is None:
            return None
        writer.abandon()
        return writer.begun

    def _wants(self, now_s: float) -> bool:
        return self._mode is RecordingMode.CONTINUOUS or now_s < max(self._wanted_until_s.values())

    def _must_cut(self, came: Came) -> bool:
        assert self._first is not None
        is_long = came.at_s - self._first.at_s >= self._segment_s
        return is_long or not self._wants(came.at_s) or abs(_set_by_s(self._first, came)) >= SET_S

    def _begin(self) -> None:
        """With all that is held, which begins with a cut or is empty."""
        if not self._held:
            return
        first = self._held[0]
        self._writer = self._open_piece(first, self._cause(first.at_s))
        if self._writer is None:
            return
        self._first = first
        held, self._held, self._held_bytes = self._held, deque(), 0
        for came in held:
            self._write(came)

    def _cause(self, at_s: float) -> Cause:
        """An alarm outranks motion: what it asked for is found as such."""
        if self._mode is RecordingMode.CONTINUOUS:
            return Cause.CONTINUOUS
        asked = (cause for cause, until_s in self._wanted_until_s.items() if at_s < until_s)
        return next(asked, Cause.CONTINUOUS)

    def _write(self, came: Came) -> None:
        assert self._writer is not None
        before = self._writer.size_bytes
        self._writer.write(came.packet)
        self._last = came
        self.packets += 1
        self.written_bytes += self._writer.size_bytes - before

    def _end(self, at: datetime, at_s: float) -> None:
        """In the piece's own time, whatever happened to the clocks since it began."""
        assert self._writer is not None
        assert self._first is not None
        passed_s = at_s - self._first.at_s
        said_s = (at - self._first.at).total_seconds()
        if said_s <= 0 or abs(said_s - passed_s) > SET_S:
            at = self._first.at + timedelta(seconds=passed_s)
        segment = self._finish(self._writer, at)
        self._writer = None
        if segment is not None:
            self._finished(segment)

    def _hold(self, came: Came) -> None:
        if not self._held and not came.is_cut:
            return
        if self._held and abs(_set_by_s(self._held[-1], came)) >= SET_S:
            self._date_anew(timedelta(seconds=_set_by_s(self._held[-1], came)))
        self._held.append(came)
        self._held_bytes += came.packet.size
        while (came.is_cut and self._is_too_old()) or self._is_too_much():
            self._drop_group()

    def _date_anew(self, by: timedelta) -> None:
        """The clock was set: what is held lies as long ago by the new one."""
        self._held = deque(replace(came, at=came.at + by) for came in self._held)

    def _is_too_old(self) -> bool:
        """What follows the first group alone reaches back far enough."""
        second = next((came for came in islice(self._held, 1, None) if came.is_cut), None)
        return second is not None and self._held[-1].at_s - second.at_s >= self._before_s

    def _is_too_much(self) -> bool:
        return len(self._held) > MOST_HELD_PACKETS or self._held_bytes > MOST_HELD_BYTES

    def _drop_group(self) -> None:
        self._drop()
        while self._held and not self._held[0].is_cut:
            self._drop()

    def _drop(self) -> None:
        self._held_bytes -= self._held.popleft().packet.size


def _set_by_s(before: Came, after: Came) -> float:
    """By how much the times of two packets differ more than what passed between them."""
    return (after.at - before.at).total_seconds() - (after.at_s - before.at_s)


def _length_s(packet: Packet[Stream]) -> float:
    return float((packet.duration or 0) * (packet.time_base or 0))
