"""One recorded piece, opened: what it holds, and its coded pictures and sound by number."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

import av
import av.error
import numpy as np
from av.packet import Packet
from av.stream import Stream

from services.playback.samples import Numbers, Samples, contents_of

# FFmpeg's own names for a file's form; the head alone says what is in it.
_FORM = "mp4"
MICRO = 1_000_000
_LARGEST_SAMPLE_BYTES = 64 * 2**20


# What decoding damaged or hostile bytes raises, PyAV's own slips with them included (numbers too large,
# tracks that are not there). Not our mistakes: those must be seen.
DAMAGE = (av.error.FFmpegError, OSError, ValueError, ArithmeticError, LookupError, RuntimeError, MemoryError)


class BrokenFilm(Exception):
    """Nothing of it can be shown."""


@dataclass(frozen=True, slots=True)
class Coding:
    """How a track is coded; all that a decoder must know before its first packet."""

    name: str
    extradata: bytes | None
    rate_hz: int = 0
    layout: str = ""


@dataclass(frozen=True, slots=True)
class Roll:
    """One track with its coding.

    shown: the numbers of its samples in the order of their times; keys: those of key samples.
    moments: when each sample comes, whole microseconds from the first picture, which came when the piece
    began: pictures that an encoder put out of order have later times inside the file.
    """

    coding: Coding
    samples: Samples
    moments: Numbers
    shown: Numbers
    keys: Numbers

    @property
    def ends(self) -> timedelta:
        """When the last sample is over."""
        if not len(self.shown):
            return timedelta()
        last = self.shown[-1]
        length_us = int(self.samples.lengths[last]) * MICRO // self.samples.scale
        return timedelta(microseconds=int(self.moments[last]) + length_us)

    def moment(self, number: int) -> timedelta:
        return timedelta(microseconds=int(self.moments[number]))

    def key_before(self, after: timedelta) -> int:
        """The number of the last key sample at or before; the first one when there is none."""
        at = int(np.searchsorted(self.moments[self.keys], after // timedelta(microseconds=1), "right")) - 1
        return int(self.keys[max(0, at)])

    def place_of(self, time: int) -> int:
        """Where the sample of that time stands in `shown`."""
        return int(np.searchsorted(self.samples.times[self.shown], time))


class Film:
    """Used by one thread. Raises BrokenFilm when opened, OSError from the disk whenever it is read."""

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = path.open("rb")
        try:
            self.video, self.sound = _rolls(self._file)
        except BaseException:
            self._file.close()
            raise

    def close(self) -> None:
        self._file.close()

    def packet(self, roll: Roll, number: int) -> Packet[Stream]:
        samples = roll.samples
        self._file.seek(int(samples.offsets[number]))
        data = self._file.read(min(int(samples.sizes[number]), _LARGEST_SAMPLE_BYTES))
        # Not Packet(data): a decoder's thread that gives such a one back waits for the interpreter, which may
        # wait for that thread.
        packet: Packet[Stream] = Packet(len(data))
        packet.update(data)
        packet.pts = int(samples.times[number])
        packet.time_base = Fraction(1, samples.scale)
        packet.is_keyframe = bool(samples.are_keys[number])
        return packet


def _rolls(file: BinaryIO) -> tuple[Roll, Roll | None]:
    size_bytes = file.seek(0, io.SEEK_END)
    try:
        contents = contents_of(file, size_bytes)
        with av.open(io.BytesIO(contents.head), format=_FORM, metadata_errors="replace") as head:
            tracks = list(zip(head.streams, contents.tracks, strict=True))
            video = [_roll(stream, samples) for stream, samples in tracks if stream.type == "video"]
            sound = [_roll(stream, samples) for stream, samples in tracks if stream.type == "audio"]
    except (ValueError, av.error.FFmpegError) as error:
        raise BrokenFilm from error
    if not video or not len(video[0].keys):
        raise BrokenFilm
    first_us = int(video[0].moments.min())
    heard = (
        replace(sound[0], moments=sound[0].moments - first_us) if sound and len(sound[0].samples) else None
    )
    return replace(video[0], moments=video[0].moments - first_us), heard


def _roll(stream: Stream, samples: Samples) -> Roll:
    context = stream.codec_context
    if context is None:
        raise ValueError("a coding that nobody here knows")
    rate_hz, layout = 0, ""
    if stream.type == "audio":
        rate_hz, layout = stream.rate, stream.layout.name  # type: ignore[attr-defined]
    coding = Coding(context.name, context.extradata, rate_hz, layout)
    shown = np.argsort(samples.times, kind="stable")
    moments = samples.times * MICRO // samples.scale
    return Roll(coding, samples, moments, shown, np.flatnonzero(samples.are_keys))
