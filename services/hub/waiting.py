"""What waits for a commit: known accounts first, peers in turn, each with a bounded share."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Hashable
from dataclasses import dataclass, field, replace

from services.domain.alarms import Signal

# A panel has one frame on its way, a receiver in front of several panels some more.
MOST_FRAMES_OF_PEER = 64
# Of a long frame no more than this goes in one turn: hundreds of events of one panel must not make the single
# one of another wait for them.
MOST_OF_FRAME = 20
# How often a frame may be sent again while it waits and still be answered each time.
MOST_AGAIN = 16


@dataclass(slots=True)
class Waiting:
    """One frame's signals; stored resolves to whether all of them are durable.

    frame: what makes another the same frame. again: those who sent it once more while it waited.
    is_whole: all that was tried of it so far is durable.
    """

    signals: tuple[Signal, ...]
    stored: asyncio.Future[bool]
    frame: Hashable
    again: deque[asyncio.Future[bool]] = field(default_factory=deque)
    is_whole: bool = True

    def add_again(self, signals: tuple[Signal, ...], stored: asyncio.Future[bool]) -> None:
        """signals: equal ones, newer. Told with the first, but the oldest of too many: its panel waits for no
        more than the newest."""
        pairs = zip(self.signals, signals, strict=True)
        self.signals = tuple(replace(first, again_at=newest.received_at) for first, newest in pairs)
        if len(self.again) >= MOST_AGAIN:
            _tell(self.again.popleft(), is_stored=False)
        self.again.append(stored)

    def next_part(self) -> Part:
        """The signals whose turn it is; those behind them stay."""
        first, self.signals = self.signals[:MOST_OF_FRAME], self.signals[MOST_OF_FRAME:]
        return Part(self, first, is_last=not self.signals)


@dataclass(frozen=True, slots=True)
class Part:
    """What one commit takes of a frame: all of it, or a long one's next signals."""

    waiting: Waiting
    signals: tuple[Signal, ...]
    is_last: bool

    def tell(self, *, is_stored: bool) -> None:
        """Whoever sent the frame is told with the last part; a repeat of what is stored is known."""
        whole = self.waiting
        whole.is_whole = whole.is_whole and is_stored
        if self.is_last:
            for stored in (whole.stored, *whole.again):
                _tell(stored, is_stored=whole.is_whole)


class Lane:
    """Frames of several peers: one of each peer in turn. Lives in one event loop."""

    def __init__(self, most_frames: int) -> None:
        self._most_frames = most_frames
        self._frames = 0
        self._of_peer: OrderedDict[Hashable, deque[Waiting]] = OrderedDict()

    def __len__(self) -> int:
        return self._frames

    def put(self, peer: Hashable, waiting: Waiting) -> bool:
        """False when the lane or the peer's share is full."""
        share = self._of_peer.get(peer, ())
        if self._frames >= self._most_frames or len(share) >= MOST_FRAMES_OF_PEER:
            return False
        self._of_peer.setdefault(peer, deque()).append(waiting)
        self._frames += 1
        return True

    def take(self, most_signals: int) -> list[Part]:
        """The next signals, each peer's in their order; at most one part more than asked for."""
        taken: list[Part] = []
        signals = 0
        while self._of_peer and signals < most_signals:
            peer, share = self._of_peer.popitem(last=False)
            part = share[0].next_part()
            taken.append(part)
            signals += len(part.signals)
            if part.is_last:
                share.popleft()
                self._frames -= 1
            if share:
                self._of_peer[peer] = share
        return taken


def _tell(stored: asyncio.Future[bool], *, is_stored: bool) -> None:
    if not stored.done():  # else whoever waited has gone
        stored.set_result(is_stored)
