"""What waits for a commit: known accounts first, peers in turn, each with a bounded share."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Hashable
from dataclasses import dataclass, field, replace

from services.domain.alarms import Signal

# A panel has one frame on its way, a receiver in front of several panels some more.
MOST_FRAMES_OF_PEER = 64
# How often a frame may be sent again while it waits and still be answered each time.
MOST_AGAIN = 16


@dataclass(slots=True)
class Waiting:
    """One frame's signals; stored resolves to whether all of them are durable.

    frame: what makes another the same frame. again: those who sent it once more while it waited.
    """

    signals: tuple[Signal, ...]
    stored: asyncio.Future[bool]
    frame: Hashable
    again: deque[asyncio.Future[bool]] = field(default_factory=deque)

    def add_again(self, signals: tuple[Signal, ...], stored: asyncio.Future[bool]) -> None:
        """signals: equal ones, newer. Told with the first, but the oldest of too many: its panel waits for no
        more than the newest."""
        pairs = zip(self.signals, signals, strict=True)
        self.signals = tuple(replace(first, again_at=newest.received_at) for first, newest in pairs)
        if len(self.again) >= MOST_AGAIN:
            _tell(self.again.popleft(), is_stored=False)
        self.again.append(stored)

    def tell(self, *, is_stored: bool) -> None:
        for stored in (self.stored, *self.again):
            _tell(stored, is_stored=is_stored)


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

    def take(self, most_signals: int) -> list[Waiting]:
        """The next frames, at least one unless nothing waits; a frame's signals are never parted."""
        taken: list[Waiting] = []
        signals = 0
        while self._of_peer and signals < most_signals:
            peer, share = self._of_peer.popitem(last=False)
            taken.append(share.popleft())
            signals += len(taken[-1].signals)
            if share:
                self._of_peer[peer] = share
        self._frames -= len(taken)
        return taken


def _tell(stored: asyncio.Future[bool], *, is_stored: bool) -> None:
    if not stored.done():  # else whoever waited has gone
        stored.set_result(is_stored)
