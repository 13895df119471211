"""The packets of one stream that wait for a decoder: bounded, never a growing delay."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from threading import Lock

from av.packet import Packet
from av.video.stream import VideoStream

from services.video.decoder import Decoder

LAG_LIMIT_S = 0.5
MOST_PACKETS = 150
MOST_REFUSED = 250
# Several seconds of the largest stream; without it 150 packets of a hostile camera could be gigabytes.
MOST_BYTES = 64 * 2**20


@dataclass(slots=True)
class Waiting:
    """A packet, the decoder of the connection it came over, and its arrival (monotonic).

    behind_s: how much earlier it should have arrived.
    """

    decoder: Decoder
    packet: Packet[VideoStream]
    arrived_s: float
    behind_s: float = 0.0


class PacketQueue:
    """Filled by the stream's reader, emptied by the pool.

    A key frame that finds the queue more than `LAG_LIMIT_S` behind replaces all that waits, so a
    slow machine shows fewer pictures, not older ones. A full queue is emptied and refuses packets
    until the next key frame.
    """

    def __init__(self) -> None:
        self._waiting: deque[Waiting] = deque()
        self._lock = Lock()
        self._size_bytes = 0
        self._is_in_line = False
        self._refuses = False
        self._refused = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def push(self, item: Waiting) -> tuple[bool, int]:
        """Returns whether the stream must now enter the pool's line, and how many packets were lost."""
        with self._lock:
            lost = self._make_room(item)
            if self._refuses:
                self._refused += 1
                return False, lost + 1
            self._waiting.append(item)
            self._size_bytes += item.packet.size
            must_enter = not self._is_in_line
            self._is_in_line = True
            return must_enter, lost

    def pop(self) -> Waiting | None:
        with self._lock:
            if not self._waiting:
                return None
            item = self._waiting.popleft()
            self._size_bytes -= item.packet.size
            return item

    def lag_s(self, now_s: float) -> float:
        """How long the oldest packet has been waiting."""
        try:
            return now_s - self._waiting[0].arrived_s
        except IndexError:
            return 0.0

    def leave_line(self) -> bool:
        """After a turn: True when packets wait and the stream keeps its place in the line."""
        with self._lock:
            self._is_in_line = bool(self._waiting)
            return self._is_in_line

    def clear(self) -> int:
        with self._lock:
            self._refuses = False
            return self._empty()

    def refuse(self) -> None:
        """Nobody watches: forget what waits and take nothing before a key frame."""
        with self._lock:
            self._empty()
            self._refuses, self._refused = True, 0

    def skip_to_key(self) -> int:
        """Drop what waits before the newest key frame; without one waiting, refuse until one comes."""
        with self._lock:
            keys = [index for index, item in enumerate(self._waiting) if item.packet.is_keyframe]
            if not keys:
                self._refuses, self._refused = True, 0
                return self._empty()
            for _ in range(keys[-1]):
                self._size_bytes -= self._waiting.popleft().packet.size
            return keys[-1]

    def _make_room(self, item: Waiting) -> int:
        is_key = item.packet.is_keyframe
        # Streams with gradual refresh never flag a key frame.
        if is_key or self._refused >= MOST_REFUSED:
            self._refuses, self._refused = False, 0
        is_behind = bool(self._waiting) and item.arrived_s - self._waiting[0].arrived_s > LAG_LIMIT_S
        is_full = len(self._waiting) >= MOST_PACKETS or self._size_bytes + item.packet.size > MOST_BYTES
        if not (is_full or (is_behind and is_key)):
            return 0
        self._refuses, self._refused = not is_key, 0
        return self._empty()

    def _empty(self) -> int:
        lost = len(self._waiting)
        self._waiting.clear()
        self._size_bytes = 0
        return lost
