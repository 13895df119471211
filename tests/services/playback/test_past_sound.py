"""What was heard is heard with its picture: at the usual speed, at its own moment, silent in gaps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.video.frame import VideoFrame

from services.core.clock import ManualClock
from services.domain.recordings import Segment
from services.playback.clock import PlaybackClock
from services.playback.sound import SPEAKER_S, PastSound, recorded_sound
from services.recording.files import DiskFiles
from services.recording.naming import Begun
from services.recording.writer import SegmentWriter
from tests.services.recording.conftest import AT, BEGUN

RATE_HZ = 48_000
FRAME_BYTES = 4
# So loud, one second after the other: what is heard says which second it is.
LOUDNESS = (2000, 6000, 10_000, 14_000)
# One channel given to two loses 3 dB in each.
IN_EACH_EAR = 0.7071
Wait = Callable[..., object]


def film_with_sound(path: Path, codec: str) -> None:
    """Four seconds, each louder than the one before."""
    rate_hz = 8000 if codec == "pcm_alaw" else RATE_HZ
    with av.open(str(path), "w", format="mov") as film:
        video = film.add_stream("libx264", rate=25, options={"g": "25", "preset": "ultrafast"})
        video.width, video.height, video.pix_fmt = 64, 64, "yuv420p"
        sound = film.add_stream(codec, rate=rate_hz, layout="mono")
        assert isinstance(sound, AudioStream)
        for number in range(100):
            picture = VideoFrame.from_ndarray(np.full((64, 64, 3), number, np.uint8), format="rgb24")
            picture.pts, picture.time_base = number, Fraction(1, 25)
            film.mux(video.encode(picture))
        film.mux(video.encode(None))
        size = 1024 if codec == "aac" else 400
        for begin in range(0, 4 * rate_hz, size):
            times = np.arange(begin, begin + size)
            loud = np.array(LOUDNESS)[np.minimum(times // rate_hz, 3)]
            wave = (loud * np.sign(np.sin(2 * np.pi * 400 * times / rate_hz))).astype(np.int16)
            piece = AudioFrame.from_ndarray(wave.reshape(1, -1), format="s16", layout="mono")
            piece.pts, piece.sample_rate, piece.time_base = begin, rate_hz, Fraction(1, rate_hz)
            film.mux(sound.encode(piece))
        film.mux(sound.encode(None))


def recorded(folder: Path, source: Path, *, tracks: int = 2) -> Segment:
    with av.open(str(source)) as film:
        streams = [film.streams.video[0], *film.streams.audio][:tracks]
        writer = SegmentWriter(DiskFiles(), folder, Begun("C01", "main", AT, BEGUN.cause), streams)
        for packet in film.demux(streams):
            if packet.size:
                writer.write(packet)
        segment = writer.finish(AT + timedelta(seconds=4), "disk")
    assert segment is not None
    return segment


class Room:
    """A loudspeaker that takes 20 ms of sound at a time, on a clock that is moved by hand."""

    def __init__(self, folder: Path, segment: Segment) -> None:
        self.clock = ManualClock(AT)
        self.playback = PlaybackClock(self.clock, AT + timedelta(seconds=0.5))
        source = recorded_sound(lambda: [segment], lambda one: folder / one.path, RATE_HZ)
        self.sound = PastSound(source, self.playback, RATE_HZ)
        self.sound.start()

    def loudness(self, seconds: float = 0.02) -> float:
        data = self.sound.take(round(seconds * RATE_HZ) * FRAME_BYTES)
        return float(np.median(np.abs(np.frombuffer(data, "<i2")))) if data else 0.0

    def heard(self, loud: int) -> bool:
        return abs(self.loudness() - IN_EACH_EAR * loud) < 0.1 * loud

    def stop(self, wait_until: Wait) -> None:
        self.sound.request_stop()
        wait_until(lambda: not self.sound.is_alive)


@pytest.mark.parametrize("codec", ["aac", "pcm_alaw"])
def test_each_second_is_heard_with_its_picture_also_after_a_jump(
    tmp_path: Path, wait_until: Wait, codec: str
) -> None:
    film_with_sound(tmp_path / "film.mov", codec)
    room = Room(tmp_path, recorded(tmp_path, tmp_path / "film.mov"))
    room.playback.play(1.0)
    wait_until(lambda: room.heard(LOUDNESS[0]))
    room.clock.advance(1.0)
    wait_until(lambda: room.heard(LOUDNESS[1]))
    room.playback.seek(AT + timedelta(seconds=3.4))
    wait_until(lambda: room.heard(LOUDNESS[3]))
    room.playback.seek(AT + timedelta(seconds=2.4))
    wait_until(lambda: room.heard(LOUDNESS[2]))
    room.stop(wait_until)


def test_paused_faster_and_backwards_it_is_silent(tmp_path: Path, wait_until: Wait) -> None:
    film_with_sound(tmp_path / "film.mov", "aac")
    room = Room(tmp_path, recorded(tmp_path, tmp_path / "film.mov"))
    room.playback.play(1.0)
    wait_until(lambda: room.heard(LOUDNESS[0]))
    for speed in (0.0, 2.0, -1.0):
        room.playback.play(speed)
        assert room.loudness() == 0.0
    room.playback.play(1.0)
    wait_until(lambda: room.heard(LOUDNESS[0]))
    room.stop(wait_until)


def test_what_the_loudspeaker_still_holds_is_reckoned_with(tmp_path: Path, wait_until: Wait) -> None:
    """Full, it plays what it is given SPEAKER_S later: just before a second ends, it gets the next one."""
    film_with_sound(tmp_path / "film.mov", "pcm_alaw")
    room = Room(tmp_path, recorded(tmp_path, tmp_path / "film.mov"))
    room.playback.seek(AT + timedelta(seconds=1.0 - SPEAKER_S + 0.1))
    room.playback.play(1.0)
    wait_until(lambda: room.heard(LOUDNESS[1]))
    room.playback.seek(AT + timedelta(seconds=1.0 - SPEAKER_S + 0.1))
    wait_until(lambda: abs(room.loudness(SPEAKER_S / 2) - IN_EACH_EAR * LOUDNESS[0]) < 200)
    room.stop(wait_until)


def test_a_camera_recorded_without_sound_says_so(tmp_path: Path, wait_until: Wait) -> None:
    film_with_sound(tmp_path / "film.mov", "aac")
    room = Room(tmp_path, recorded(tmp_path, tmp_path / "film.mov", tracks=1))
    room.playback.play(1.0)
    wait_until(lambda: room.sound.error == "listen.no_sound")
    room.stop(wait_until)


def test_a_piece_that_is_gone_is_silent_and_breaks_nothing(tmp_path: Path, wait_until: Wait) -> None:
    film_with_sound(tmp_path / "film.mov", "aac")
    segment = recorded(tmp_path, tmp_path / "film.mov")
    (tmp_path / segment.path).unlink()
    room = Room(tmp_path, segment)
    room.playback.play(1.0)
    room.clock.advance(0.5)
    assert room.loudness() == 0.0
    assert room.sound.error == ""
    room.stop(wait_until)
