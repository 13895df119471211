"""A video file played in real time, once or for ever."""

from __future__ import annotations

import time
from collections.abc import Iterator
from threading import Event

import av
from av.packet import Packet
from av.video.stream import VideoStream

from services.video.address import StreamAddress
from services.video.sources.rtsp import video_of

DEFAULT_FPS = 25.0


class FileSource:
    """`file:///path/to/clip.mp4`; with `?loop` it starts again at its end."""

    def __init__(self, address: StreamAddress, patience_s: float) -> None:
        self._container = av.open(address.path, timeout=patience_s, metadata_errors="replace")
        self._is_looping = address.has_option("loop")
        self._video, self.codec = video_of(self._container)

    def packets(self, stop: Event) -> Iterator[Packet[VideoStream]]:
        pace = Pace()
        while not stop.is_set():
            for packet in self._container.demux(self._video):
                if not packet.size:
                    continue
                if pace.wait(stop, media_time_s(packet)):
                    return
                yield packet
            if not self._is_looping:
                return
            pace.begin_again()
            self._container.seek(0)

    def close(self) -> None:
        self._container.close()


class Pace:
    """Lets media time pass no faster than the clock on the wall."""

    def __init__(self) -> None:
        self._due_s = time.monotonic()
        self._last_s: float | None = None

    def wait(self, stop: Event, media_s: float | None) -> bool:
        """Wait until a packet of this media time is due; True when `stop` was set meanwhile."""
        step_s = 1.0 / DEFAULT_FPS
        if media_s is not None and self._last_s is not None:
            step_s = min(max(0.0, media_s - self._last_s), 10.0)
        elif self._last_s is None:
            step_s = 0.0
        self._last_s = media_s if media_s is not None else self._last_s
        # Never hurries to make up for a machine that slept.
        self._due_s = max(self._due_s + step_s, time.monotonic() - 1.0)
        return stop.wait(max(0.0, self._due_s - time.monotonic()))

    def begin_again(self) -> None:
        """The clip starts over: one frame later than the last picture."""
        self._due_s += 1.0 / DEFAULT_FPS
        self._last_s = None


def media_time_s(packet: Packet[VideoStream]) -> float | None:
    """Decoding time in seconds, None when the packet has no usable stamp."""
    if packet.dts is None or packet.time_base is None:
        return None
    return float(packet.dts * packet.time_base)
