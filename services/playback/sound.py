"""What one camera heard then, for a loudspeaker: it follows the playback's clock at its usual speed."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from threading import Event, Lock

import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.resampler import AudioResampler
from av.codec.context import CodecContext

from services.core.workers import Worker
from services.domain.recordings import Segment
from services.playback.clock import PlaybackClock, Reading
from services.playback.film import DAMAGE, BrokenFilm, Film, Roll
from services.playback.line import Line, Stretch
from services.playback.reader import Locate
from services.video.sound import CHANNELS, NO_SOUND, SAMPLE_BYTES

# So much is decoded before it is due.
AHEAD_S = 1.0
# What the loudspeaker holds when it is full: a sound given now is heard so much later.
SPEAKER_S = 0.2
# Further from the picture than this is heard as wrong (ITU-R BT.1359: 45 ms early, 125 ms late).
MOST_APART = timedelta(milliseconds=60)
LOOK_EVERY_S = 0.1
_FRAME_BYTES = CHANNELS * SAMPLE_BYTES

# Of one stream, asked anew as recording goes on.
Segments = Callable[[], Sequence[Segment]]
# What is heard from a moment on, piece after piece; the second is called where there is no sound at all.
Source = Callable[[datetime, Callable[[], None]], Iterator[tuple[datetime, bytes]]]


class PastSound:
    """As `ui.listening.Sound`. At any other speed than the usual one, and in a gap, it is silent.

    rate_hz: of the loudspeaker, and of what `source` gives. silent_code: `error` where there is no sound.
    """

    def __init__(
        self, source: Source, playback: PlaybackClock, rate_hz: int, *, silent_code: str = NO_SOUND
    ) -> None:
        self._source = source
        self._silent_code = silent_code
        self._playback = playback
        self._rate_hz = rate_hz
        self._lock = Lock()
        self._waiting: deque[tuple[datetime, bytes]] = deque()
        self._jumps = -1
        self._error = ""
        self._worker = Worker("playback-sound", self._run)

    def start(self) -> None:
        self._worker.start()

    def request_stop(self) -> None:
        self._worker.request_stop()
        self._playback.wake()

    @property
    def is_alive(self) -> bool:
        return self._worker.is_alive

    @property
    def error(self) -> str:
        """Said once where nothing was recorded with the pictures, "" while all is well."""
        return self._error

    def take(self, most_bytes: int) -> bytes:
        """What is to be heard next, up to so much: int16, little endian, two channels."""
        reading = self._playback.read()
        if reading.speed != 1.0 or reading.jumps != self._jumps:
            return b""
        held_s = max(0.0, SPEAKER_S - most_bytes / _FRAME_BYTES / self._rate_hz)
        with self._lock:
            return self._due(reading.at + timedelta(seconds=held_s), most_bytes)

    def _due(self, at: datetime, most_bytes: int) -> bytes:
        """Older sound is thrown away; sound that comes later waits behind silence."""
        waiting = self._waiting
        while waiting and waiting[0][0] + self._length(waiting[0][1]) <= at - MOST_APART:
            waiting.popleft()
        if not waiting:
            return b""
        begins, data = waiting.popleft()
        if begins - at > MOST_APART:
            silent = self._bytes(begins - at)
            waiting.appendleft((begins, data))
            return bytes(min(silent, most_bytes // _FRAME_BYTES * _FRAME_BYTES))
        if at - begins > MOST_APART:
            gone = self._bytes(at - begins)
            begins, data = at, data[gone:]
        size = min(len(data), most_bytes // _FRAME_BYTES * _FRAME_BYTES)
        if size < len(data):
            waiting.appendleft((begins + self._length(data[:size]), data[size:]))
        return data[:size]

    def _length(self, data: bytes) -> timedelta:
        return timedelta(seconds=len(data) / _FRAME_BYTES / self._rate_hz)

    def _bytes(self, length: timedelta) -> int:
        return round(length.total_seconds() * self._rate_hz) * _FRAME_BYTES

    # inside

    def _run(self, stop: Event) -> None:
        pieces: Iterator[tuple[datetime, bytes]] = iter(())
        is_over = True
        while not stop.is_set():
            reading = self._playback.read()
            if reading.jumps != self._jumps or (is_over and not self._reaches(reading)):
                pieces, is_over = self._from(reading), False
            if reading.speed != 1.0 or is_over or self._reaches(reading):
                self._playback.wait(reading.changes, LOOK_EVERY_S)
                continue
            piece = next(pieces, None)
            is_over = piece is None
            if piece is not None:
                with self._lock:
                    self._waiting.append(piece)
            elif not self._reaches(reading):
                self._playback.wait(reading.changes, LOOK_EVERY_S)

    def _from(self, reading: Reading) -> Iterator[tuple[datetime, bytes]]:
        with self._lock:
            self._waiting.clear()
            self._jumps = reading.jumps
        return self._source(reading.at, self._is_silent)

    def _is_silent(self) -> None:
        self._error = self._silent_code

    def _reaches(self, reading: Reading) -> bool:
        with self._lock:
            last = self._waiting[-1][0] if self._waiting else None
        return last is not None and last > reading.at + timedelta(seconds=AHEAD_S)


def recorded_sound(segments: Segments, locate: Locate, rate_hz: int) -> Source:
    """Of a camera's recording."""
    return lambda at, say_silent: _sounds(Line(segments()), locate, at, rate_hz, say_silent)


def _sounds(
    line: Line, locate: Locate, at: datetime, rate_hz: int, say_silent: Callable[[], None]
) -> Iterator[tuple[datetime, bytes]]:
    number = line.last_before(at)
    first = number if number is not None else 0
    for stretch in line.stretches[first:]:
        path = locate(stretch.segment)
        try:
            film = Film(path) if path is not None else None
        except (OSError, BrokenFilm):
            film = None
        if film is None:
            continue
        try:
            if film.sound is not None:
                yield from _of_film(film, film.sound, stretch, at, rate_hz)
            elif stretch.since <= at:
                say_silent()
                return
        finally:
            film.close()


def _of_film(
    film: Film, roll: Roll, stretch: Stretch, at: datetime, rate_hz: int
) -> Iterator[tuple[datetime, bytes]]:
    begins = stretch.segment.begins_at
    decoder = _decoder(roll)
    resampler = AudioResampler(format="s16", layout="stereo", rate=rate_hz)
    after_us = (at - begins) // timedelta(microseconds=1)
    first = max(0, bisect_right(roll.moments, after_us) - 1)
    for number in range(first, len(roll.samples)):
        moment = begins + roll.moment(number)
        if moment >= stretch.until:
            return
        try:
            frames = decoder.decode(film.packet(roll, number))
            made = [piece.to_ndarray() for frame in frames for piece in resampler.resample(frame)]
        except OSError:
            return
        except DAMAGE:  # a damaged bit of sound raises anything; the next one is whole
            decoder = _decoder(roll)
            continue
        if made and moment >= stretch.since:
            yield moment, np.concatenate(made, axis=1).tobytes()


def _decoder(roll: Roll) -> AudioCodecContext:
    coding = roll.coding
    context = CodecContext.create(coding.name, "r")
    assert isinstance(context, AudioCodecContext)
    context.extradata = coding.extradata
    if coding.rate_hz:
        context.sample_rate, context.layout = coding.rate_hz, coding.layout
    return context
