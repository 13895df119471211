"""Looks at what only a recorder has: its key pictures, a minute of them at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from threading import Event

from av.packet import Packet
from av.stream import Stream
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter

from services.domain.motion import Look
from services.playback.decoding import Damaged, PastDecoder
from services.playback.film import Coding
from services.playback.tapes import CodedPicture, Tape
from services.recording.motion.eyes import Glance, small
from services.recording.motion.remaking import looks_of

AT_ONCE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a stretch [since, until) shows."""

    since: datetime
    until: datetime
    looks: tuple[Look, ...]


class TapeLooks:
    """Of one tape, by one thread. Raises ServiceError as the tape does."""

    def __init__(self, tape: Tape, stop: Event) -> None:
        self._tape = tape
        self._stop = stop
        self._decoder: PastDecoder | None = None
        self._scaler = VideoReformatter()

    def looks(self, since: datetime, until: datetime) -> Iterator[Looked]:
        """Minute by minute; ends early after `stop`. The recorder has something of all of it."""
        self._tape.begin(since, only_keys=True)
        begins, glances = since, list[Glance]()
        while not self._stop.is_set() and (picture := self._tape.next()) is not None:
            if picture.at >= until:
                break
            if picture.at - begins >= AT_ONCE and glances:
                yield Looked(begins, picture.at, looks_of(glances, begins))
                begins, glances = picture.at, []
            if picture.is_key:
                glances += self._glance(picture, max(0.0, (picture.at - begins).total_seconds()))
        if not self._stop.is_set():
            yield Looked(begins, until, looks_of(glances, begins))

    def _glance(self, picture: CodedPicture, media_s: float) -> list[Glance]:
        """None of one that is damaged."""
        try:
            frames = self._decoded(picture)
        except Damaged:
            self._decoder = None
            return []
        return [Glance(media_s, small(self._scaler, frame)) for frame in frames[:1]]

    def _decoded(self, picture: CodedPicture) -> list[VideoFrame]:
        codec = self._tape.codec
        if codec is None:
            raise Damaged
        coding = Coding(codec[0], codec[1] or None)
        if self._decoder is None or not self._decoder.begin(coding, is_small=True, threads=1):
            self._decoder = PastDecoder(coding, is_small=True, threads=1)
        packet: Packet[Stream] = Packet(len(picture.data))
        packet.update(picture.data)
        packet.pts, packet.time_base, packet.is_keyframe = 0, Fraction(1, 1000), True
        # It is alone: what the decoder keeps back to put pictures in order comes with the end.
        return self._decoder.decode(packet) + self._decoder.decode(None)
