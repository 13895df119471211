"""What coding does to a picture is no motion; who walks in it is."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame

from services.recording.motion.detector import MotionDetector
from services.recording.motion.eyes import Eyes, key_glances
from tests.services.recording.motion.scenes import (
    Scene,
    begin_chance_again,
    noise,
    with_person,
    with_words,
    yard,
)

FPS = 12


def filmed(path: Path, pictures: Iterable[Scene]) -> Path:
    """As a camera's small stream: 400 kbit/s, a key picture every two seconds."""
    with av.open(str(path), "w") as film:
        video = film.add_stream("libx264", rate=FPS)
        video.width, video.height, video.pix_fmt, video.bit_rate = 640, 360, "yuv420p", 400_000
        video.options = {"preset": "veryfast", "x264-params": f"keyint={2 * FPS}:scenecut=0:bframes=0"}
        for number, picture in enumerate(pictures):
            grey = np.clip(picture, 16, 235).astype(np.uint8)
            frame = VideoFrame.from_ndarray(grey, "gray").reformat(format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            film.mux(video.encode(frame))
        film.mux(video.encode(None))
    return path


def counts(path: Path) -> list[int]:
    """In how many cells something moves, look by look."""
    detector = MotionDetector()
    with av.open(str(path)) as film:
        video = film.streams.video[0]
        packets = (packet for packet in film.demux(video) if packet.size)
        return [
            detector.look(glance.luma, glance.media_s).bit_count() for glance in Eyes(video).glances(packets)
        ]


@pytest.fixture(autouse=True)
def same_noise() -> None:
    begin_chance_again()


def test_a_still_yard_is_still_through_key_pictures_too(tmp_path: Path) -> None:
    """Each key picture is coded afresh, and the loop filter is left out: neither may be seen as motion."""
    scene = yard()
    film = filmed(tmp_path / "still.mp4", (noise(scene, 4.0) for _ in range(20 * FPS)))
    assert sum(counts(film)) == 0


def test_a_burnt_in_clock_over_a_still_yard_is_no_motion(tmp_path: Path) -> None:
    scene = yard()
    film = filmed(
        tmp_path / "clock.mp4",
        (noise(with_words(scene, f"02:00:{number // FPS:02d}")) for number in range(30 * FPS)),
    )
    assert sum(counts(film)) == 0


def test_who_walks_is_seen_after_coding(tmp_path: Path) -> None:
    scene = yard()
    pictures = [noise(scene) for _ in range(4 * FPS)]
    pictures += [noise(with_person(scene, number * 4 // FPS)) for number in range(10 * FPS)]
    found = counts(filmed(tmp_path / "walk.mp4", pictures))
    assert sum(found[:14]) == 0
    assert sum(count > 0 for count in found[16:]) >= 30


def test_four_pictures_a_second_are_looked_at_and_key_pictures_alone_where_asked(tmp_path: Path) -> None:
    scene = yard()
    film = filmed(tmp_path / "still.mp4", (noise(scene) for _ in range(10 * FPS)))
    assert len(counts(film)) == 40
    assert [round(glance.media_s) for glance in key_glances(film)] == [0, 2, 4, 6, 8]
