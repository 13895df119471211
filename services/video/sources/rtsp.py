"""A network camera over RTSP: by TCP, by UDP, or TCP first and UDP when the camera answers 461."""

from __future__ import annotations

import time
from collections.abc import Iterator
from threading import Event

import av
import av.error
from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from services.domain.site import StreamTransport
from services.video import trouble
from services.video.address import StreamAddress
from services.video.sources.base import Codec, RawPicture

# A blocked read cannot be interrupted, only timed out: this bounds how long a stop takes.
READ_TIMEOUT_S = 1.9

_OPTIONS = {
    "allowed_media_types": "video",
    # Opening took 3 s with the defaults: they read seconds of video to guess what the SDP says.
    "probesize": "32768",
    "analyzeduration": "0",
    "fpsprobesize": "0",
}


BY_TRANSPORT = {
    StreamTransport.AUTO: {"rtsp_transport": "tcp+udp", "rtsp_flags": "prefer_tcp"},
    StreamTransport.TCP: {"rtsp_transport": "tcp"},
    StreamTransport.UDP: {"rtsp_transport": "udp"},
}


class RtspSource:
    """One RTSP session; the password lives in `address` and in the call that opens it."""

    def __init__(self, address: StreamAddress, patience_s: float) -> None:
        self._container = _opened(address, patience_s)
        self._video, self.codec = video_of(self._container)

    def packets(self, stop: Event) -> Iterator[Packet[VideoStream]]:
        for packet in self._container.demux(self._video):
            if stop.is_set():
                return
            if packet.size:
                yield packet

    def close(self) -> None:
        self._container.close()


def _opened(address: StreamAddress, patience_s: float) -> InputContainer:
    try:
        url = address.joined_short()
    except ValueError:
        raise trouble.StreamTrouble(trouble.LOGIN_TOO_LONG) from None
    began_s = time.monotonic()
    try:
        options = {**_OPTIONS, **BY_TRANSPORT[address.transport]}
        return av.open(url, options=options, timeout=(patience_s, READ_TIMEOUT_S), metadata_errors="replace")
    except av.error.InvalidDataError:
        # FFmpeg says "invalid data" for an RTSP answer that never came and for a peer that hung up:
        # only the clock tells them apart.
        is_quick = time.monotonic() - began_s < patience_s * 0.9
    raise trouble.StreamTrouble(trouble.REFUSED if is_quick else trouble.TIMEOUT)


def video_of(container: InputContainer) -> tuple[VideoStream, Codec]:
    """The first video stream and its codec; `StreamTrouble` when there is none, closing nothing."""
    if not container.streams.video:
        raise trouble.StreamTrouble(trouble.BAD_STREAM)
    video = container.streams.video[0]
    context = video.codec_context
    if context is None:
        raise trouble.StreamTrouble(trouble.UNSUPPORTED)
    picture = None
    if context.name == "rawvideo":
        picture = RawPicture(context.width, context.height, str(context.pix_fmt))
    return video, Codec(context.name, context.extradata, picture)
