"""A clip kept in memory and fed in real time to any number of feeds, so that no server shares the cores."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import Event

import av
from av.packet import Packet
from av.video.stream import VideoStream

from services.video import trouble
from services.video.address import StreamAddress
from services.video.sources.base import Codec
from services.video.sources.file import DEFAULT_FPS
from services.video.sources.rtsp import video_of

STOP_WITHIN_S = 0.1


@dataclass(frozen=True, slots=True)
class Clip:
    """Packets in decoding order; only read, so feeds share them."""

    codec: Codec
    packets: tuple[Packet[VideoStream], ...]
    fps: float


class ReplaySource:
    """`replay:///path/to/clip.mp4?phase=1.37`: begins at the key frame after `phase` seconds.

    The part of `phase` below one frame shifts the feed's beat, so that many feeds do not tick at once.
    """

    def __init__(self, address: StreamAddress, _patience_s: float) -> None:
        self._clip = load_clip(address.path)
        self._phase_s = float(address.option("phase") or 0.0)
        self.codec = self._clip.codec

    def packets(self, stop: Event) -> Iterator[Packet[VideoStream]]:
        clip = self._clip
        step_s = 1.0 / clip.fps
        index, group_left = self._start()
        due_s = time.monotonic() + self._phase_s % step_s
        packets = clip.packets
        while not stop.is_set():
            wait_s = due_s - time.monotonic()
            if wait_s > 0:
                # A sleep costs half of waiting for an event.
                time.sleep(min(wait_s, STOP_WITHIN_S))
                if wait_s > STOP_WITHIN_S:
                    continue
            yield packets[index]
            index = (index + 1) % len(packets)
            group_left -= 1
            if group_left == 0:
                index = self._key_from(index)
            due_s = max(due_s + step_s, time.monotonic() - 1.0)

    def close(self) -> None:
        """Nothing is open: the clip stays in memory for the next feed."""

    def _start(self) -> tuple[int, int]:
        """The key frame to begin with, and how many packets until the next one.

        The first group is cut short by as much as `phase` lies within a group, so that the key frames of
        many feeds do not come at once either.
        """
        wanted = int(self._phase_s * self._clip.fps) % len(self._clip.packets)
        first = self._key_from(wanted)
        return first, max(1, first - wanted if first > wanted else len(self._clip.packets) - wanted)

    def _key_from(self, index: int) -> int:
        packets = self._clip.packets
        return next((i for i in range(index, len(packets)) if packets[i].is_keyframe), 0)


@lru_cache(maxsize=4)
def load_clip(path: str) -> Clip:
    """Read a whole clip into memory; `StreamTrouble` when it has no video packets."""
    with av.open(path) as container:
        video, codec = video_of(container)
        rate = float(video.average_rate or DEFAULT_FPS)
        packets = tuple(packet for packet in container.demux(video) if packet.size)
    if not packets:
        raise trouble.StreamTrouble(trouble.BAD_STREAM)
    return Clip(codec, packets, rate)
