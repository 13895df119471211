"""A recorder's pictures, decoded, as a playback wants them."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta
from fractions import Fraction

import av.error
from av.packet import Packet
from av.stream import Stream
from av.video.frame import VideoFrame

from services.core.errors import ServiceError
from services.devices.recorders.stream import PastPicture
from services.devices.recorders.ways import PastStream, code_of
from services.playback.decoding import Damaged, PastDecoder
from services.playback.film import Coding
from services.playback.footage import Shown
from services.video import trouble

USUAL_LENGTH = timedelta(seconds=0.04)
# Between two pictures no more than this: the first one stays. Beyond, it is a gap.
SEAM = timedelta(seconds=2)
_SCALE = 1_000_000


class RecorderFootage:
    """`Footage` over one stream. What the recorder refuses, or does not say in time, is said and ends it."""

    def __init__(self, stream: PastStream) -> None:
        self._stream = stream
        self._decoder: PastDecoder | None = None
        self._decoded: deque[tuple[VideoFrame, datetime]] = deque()
        self._epoch: datetime | None = None
        self._is_over = False
        self._is_small = False
        self._threads = 1
        # Read by any thread.
        self._trouble = ""

    def trouble_at(self, at: datetime) -> str:  # noqa: ARG002  whatever moment: the recorder does not answer
        return self._trouble

    def begin(self, at: datetime) -> None:
        self._stream.begin(at)
        self._decoded.clear()
        self._decoder = self._epoch = None
        self._is_over = False

    def next(self) -> Shown | None:
        """Each is given when the next has come: then it is known how long it was shown."""
        while len(self._decoded) < 2 and not self._is_over:
            self._read_one()
        if not self._decoded:
            return None
        frame, at = self._decoded.popleft()
        following = self._decoded[0][1] if self._decoded else at + USUAL_LENGTH
        until = following if at < following <= at + SEAM else at + USUAL_LENGTH
        return Shown(frame, at, until, bool(frame.key_frame))

    def key_before(self, at: datetime) -> datetime | None:  # noqa: ARG002
        """Only the recorder knows."""
        return None

    def prepare(self, at: datetime) -> None:
        """A recorder has few sessions to give: nothing is asked for that may not be wanted."""

    def ease(self, *, is_small: bool, threads: int) -> None:
        self._is_small, self._threads = is_small, threads

    def close(self) -> None:
        self._stream.close()
        self._decoded.clear()
        self._decoder = None

    def _read_one(self) -> None:
        try:
            picture = self._stream.next()
        except (OSError, EOFError, ServiceError, trouble.StreamTrouble, av.error.FFmpegError) as error:
            self._trouble, self._is_over = code_of(error), True
            return
        self._trouble = ""
        try:
            self._decode(picture)
        except Damaged:
            self._decoder = None  # until the next key picture
        self._is_over = self._is_over or picture is None

    def _decode(self, picture: PastPicture | None) -> None:
        if picture is None:
            if self._decoder is not None:
                self._keep(self._decoder.decode(None))
            return
        if self._decoder is None:
            if not picture.is_key:
                return
            self._decoder, self._epoch = self._made_decoder(), self._epoch or picture.at
        assert self._epoch is not None
        # Not Packet(data): see `services.playback.film`, a decoder's thread must not need the interpreter.
        packet: Packet[Stream] = Packet(len(picture.data))
        packet.update(picture.data)
        packet.pts = round((picture.at - self._epoch).total_seconds() * _SCALE)
        packet.time_base = Fraction(1, _SCALE)
        packet.is_keyframe = picture.is_key
        self._keep(self._decoder.decode(packet))

    def _made_decoder(self) -> PastDecoder:
        codec = self._stream.codec
        if codec is None:
            raise Damaged
        name, sets = codec
        return PastDecoder(Coding(name, sets or None), is_small=self._is_small, threads=self._threads)

    def _keep(self, frames: list[VideoFrame]) -> None:
        assert self._epoch is not None
        for frame in frames:
            if frame.pts is not None:
                self._decoded.append((frame, self._epoch + timedelta(microseconds=frame.pts)))
