"""Packets of a new connection until their times are known: which FFmpeg gives late, when each was sent."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence

from av.packet import Packet
from av.stream import Stream

from services.core.clock import Clock
from services.recording.arrival import ArrivalClock
from services.recording.reel import Came

# So long a new connection is listened to before its first packet is written.
SETTLING_S = 1.5
# Many more than a decoder may hold back to bring pictures into order.
MOST_UNTIMED = 64


class Settling:
    """Holds back what comes at first, until it is known when it was sent. video: the stream's index."""

    def __init__(self, clock: Clock, video: int) -> None:
        self._clock = clock
        self._video = video
        self._clocks: dict[int, ArrivalClock] = defaultdict(ArrivalClock)
        self._early: deque[tuple[Packet[Stream], float, float]] = deque()
        self._began_s = clock.monotonic()

    def take(self, packet: Packet[Stream]) -> Iterator[Came]:
        """What may go on now; nothing comes of a packet without a time."""
        if not packet.size or packet.dts is None or packet.time_base is None:
            return
        now_s, media_s = self._clock.monotonic(), float(packet.dts * packet.time_base)
        self._clocks[packet.stream_index].note(media_s, self._clock.now(), now_s)
        self._early.append((packet, media_s, now_s))
        if now_s - self._began_s >= SETTLING_S:
            yield from self.rest()

    def rest(self) -> Iterator[Came]:
        """All that is still held back."""
        while self._early:
            packet, media_s, came_s = self._early.popleft()
            is_cut = packet.stream_index == self._video and packet.is_keyframe
            yield Came(packet, self._clocks[packet.stream_index].at(media_s), came_s, is_cut)


def timed(packets: Iterable[Packet[Stream]]) -> Iterator[Packet[Stream]]:
    """The packets in order, each with a time: FFmpeg gives the first ones of an RTSP stream none, until it
    has seen whether pictures come in the order in which they are shown."""
    untimed: dict[int, deque[Packet[Stream]]] = defaultdict(lambda: deque(maxlen=MOST_UNTIMED))
    for packet in packets:
        waiting = untimed[packet.stream_index]
        if packet.dts is None:
            waiting.append(packet)
            continue
        _give_times(waiting, packet)
        while waiting:
            yield waiting.popleft()
        yield packet


def _give_times(untimed: Sequence[Packet[Stream]], following: Packet[Stream]) -> None:
    """Backwards from the packet that follows them."""
    assert following.dts is not None
    next_dts, step = following.dts, max(1, following.duration or 0)
    for packet in reversed(untimed):
        has_own = packet.pts is not None and packet.pts < next_dts
        packet.dts = packet.pts if has_own else next_dts - step
        packet.pts = packet.dts if packet.pts is None else packet.pts
        assert packet.dts is not None
        next_dts = packet.dts
