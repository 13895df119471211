"""Films of other makers, as a person brings them: looked at without trust, decoded by FFmpeg.

A film has no moments of its own: its beginning is called ORIGIN, so that everything that plays recordings
plays it too.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import av
import av.error
import numpy as np
from av.audio.resampler import AudioResampler
from av.container import InputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from services.core.errors import ServiceError
from services.playback.film import DAMAGE
from services.playback.footage import NO_RECORDING, Shown
from services.video.decoder import MOST_PIXELS

ORIGIN = datetime(2000, 1, 1, tzinfo=UTC)
# What people bring from recorders and phones. Not among them: lists that name other files or addresses
# (HLS, DASH, concat, SDP), which a hostile file would use to have them read.
FORMS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpeg,mpegvideo,mpegts,h264,hevc,dhav,flv,asf,m4v,mjpeg,"
    "ogg,dv,mxf,ivf,rm,nut,gxf,wav"
)
_OPTIONS = {"protocol_whitelist": "file", "format_whitelist": FORMS}
OPEN_S = 10.0
# A film whose first picture does not come out of so many packets has none that can be shown.
MOST_PACKETS = 2000
# Where a seek comes out too late, it is tried again from so much earlier.
EARLIER_S = (0.0, 2.0, 6.0, 20.0)
USUAL_FPS = 25.0


# With the moment it came.
Picture = tuple[VideoFrame, datetime]


@dataclass(frozen=True, slots=True)
class ClipFacts:
    """What a film says of itself. length_s: 0 when it does not say. form, coding: FFmpeg's names."""

    path: Path
    size_bytes: int
    form: str
    coding: str
    size_px: tuple[int, int]
    fps: float
    length_s: float
    has_sound: bool


def probe(path: Path) -> ClipFacts:
    """Look at a film and decode its first picture. Blocks.

    Raises ServiceError(clip.*): not_found, empty, unreadable (name), no_pictures (name).
    """
    size_bytes = _size_of(path)
    try:
        with _opened(path) as film:
            first = _first_picture(film)
            if first is None:
                raise ServiceError("clip.no_pictures", name=path.name)
            video = film.streams.video[0]
            length_s = film.duration / av.time_base if film.duration else 0.0
            return ClipFacts(
                path,
                size_bytes,
                film.format.name,
                video.codec_context.name,
                (first.width, first.height),
                float(video.guessed_rate or video.average_rate or USUAL_FPS),
                max(0.0, length_s),
                bool(film.streams.audio),
            )
    except DAMAGE:  # a hostile file makes the library raise anything
        raise ServiceError("clip.unreadable", name=path.name) from None


def _size_of(path: Path) -> int:
    try:
        is_file, size_bytes = path.is_file(), path.stat().st_size
    except OSError:
        is_file, size_bytes = False, 0
    if not is_file:
        raise ServiceError("clip.not_found", name=path.name)
    if not size_bytes:
        raise ServiceError("clip.empty", name=path.name)
    return size_bytes


def _opened(path: Path) -> InputContainer:
    film = av.open(str(path.absolute()), options=dict(_OPTIONS), timeout=OPEN_S, metadata_errors="replace")
    for video in film.streams.video:
        # A few bytes may claim a picture that takes all memory.
        video.codec_context.options = {"max_pixels": str(MOST_PIXELS)}
    return film


def _first_picture(film: InputContainer) -> VideoFrame | None:
    if not film.streams.video:
        return None
    for number, packet in enumerate(film.demux(film.streams.video[0])):
        try:
            for frame in packet.decode():
                if isinstance(frame, VideoFrame):
                    return frame
        except av.error.FFmpegError:
            pass  # what comes before the first key picture
        if number > MOST_PACKETS:
            break
    return None


class ClipFootage:
    """`services.playback.footage.Footage` of one film. Used by one thread."""

    def __init__(self, facts: ClipFacts) -> None:
        self._facts = facts
        self._film: InputContainer | None = None
        self._pictures: Iterator[Picture] = iter(())
        self._decoded: deque[Picture] = deque()
        self._length = timedelta(seconds=facts.length_s)

    def trouble_at(self, at: datetime) -> str:
        is_past_end = bool(self._length) and at - ORIGIN > self._length
        return NO_RECORDING if at < ORIGIN or is_past_end else ""

    def begin(self, at: datetime) -> None:
        for earlier_s in EARLIER_S:
            seconds = (at - ORIGIN).total_seconds() - earlier_s
            if self._stand(max(0.0, seconds)) and self._decoded[0][1] <= at:
                return
            if seconds <= 0:
                break
        self._reopen()
        self._fill()

    def next(self) -> Shown | None:
        self._fill()
        if not self._decoded:
            return None
        frame, at = self._decoded.popleft()
        usual = timedelta(seconds=1 / (self._facts.fps or USUAL_FPS))
        until = self._decoded[0][1] if self._decoded else at + usual
        return Shown(frame, at, max(until, at + timedelta(microseconds=1)), bool(frame.key_frame))

    def key_before(self, at: datetime) -> datetime | None:  # noqa: ARG002  of the seam
        """Only reading a foreign film tells."""
        return None

    def prepare(self, at: datetime) -> None:
        """It is one file, and open."""

    def ease(self, *, is_small: bool, threads: int) -> None:
        """It is decoded whole, by one thread: nobody knows what a foreign coding can do without."""

    def close(self) -> None:
        if self._film is not None:
            self._film.close()
            self._film = None
        self._pictures = iter(())
        self._decoded.clear()

    def _stand(self, seconds: float) -> bool:
        """At the picture that the library thinks is the key before; False when it cannot."""
        if self._film is None or self._is_counted:
            self._reopen()
        film = self._film
        if film is None or self._is_counted:
            return seconds == 0 and self._fill()
        try:
            film.seek(round(seconds * av.time_base) + (film.start_time or 0), backward=True)
        except (av.error.FFmpegError, OSError):
            return False
        self._decoded.clear()
        self._pictures = self._decode(film)
        return self._fill()

    @property
    def _is_counted(self) -> bool:
        """Pictures without times, as in a bare stream: they are counted, from the beginning only."""
        return self._facts.form in ("h264", "hevc", "m4v", "mjpeg", "mpegvideo")

    def _reopen(self) -> None:
        self.close()
        try:
            self._film = _opened(self._facts.path)
        except DAMAGE:  # it was readable when it was looked at; now it is gone
            return
        self._pictures = self._decode(self._film)

    def _fill(self) -> bool:
        """Two pictures wait: when the second comes the first has been long enough."""
        while len(self._decoded) < 2:
            picture = next(self._pictures, None)
            if picture is None:
                break
            if not self._decoded or picture[1] > self._decoded[-1][1]:
                self._decoded.append(picture)
        return bool(self._decoded)

    def _decode(self, film: InputContainer) -> Iterator[Picture]:
        begins_s = (film.start_time or 0) / av.time_base
        length_s = 1 / (self._facts.fps or USUAL_FPS)
        last_s = -length_s if self._is_counted else None
        for packet in _packets(film):
            try:
                frames = packet.decode()
            except DAMAGE:  # what is damaged raises anything; the next may be whole
                continue
            for frame in frames:
                if frame.is_corrupt:
                    continue
                # Not every picture of a program stream says when it comes.
                if frame.pts is not None and not self._is_counted:
                    last_s = frame.time - begins_s
                elif last_s is not None:
                    last_s += length_s
                if last_s is not None:
                    yield frame, ORIGIN + timedelta(seconds=max(0.0, last_s))


def _packets(film: InputContainer) -> Iterator[Packet[VideoStream]]:
    """To the end, or to where the file breaks off."""
    packets = film.demux(film.streams.video[0])
    while True:
        try:
            yield next(packets)
        except StopIteration:
            return
        except DAMAGE:  # a file that breaks off ends there
            return


def clip_sounds(
    path: Path, at: datetime, rate_hz: int, say_silent: Callable[[], None]
) -> Iterator[tuple[datetime, bytes]]:
    """What is heard from that moment on, as `services.playback.sound` wants it."""
    try:
        with _opened(path) as film:
            if not film.streams.audio:
                say_silent()
                return
            begins = film.start_time or 0
            film.seek(max(0, round((at - ORIGIN).total_seconds() * av.time_base)) + begins, backward=True)
            resampler = AudioResampler(format="s16", layout="stereo", rate=rate_hz)
            for frame in film.decode(film.streams.audio[0]):
                made = [piece.to_ndarray() for piece in resampler.resample(frame)]
                if made and frame.time is not None:
                    moment = ORIGIN + timedelta(seconds=frame.time - begins / av.time_base)
                    yield moment, np.concatenate(made, axis=1).tobytes()
    except DAMAGE:  # sound that cannot be read is silence
        return
