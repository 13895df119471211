"""A recorder's pictures are played as our own are: forwards, backwards, step by step, and where ours end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import pytest
from av.video.frame import VideoFrame

from services.core.clock import SystemClock
from services.devices.recorders.footage import RecorderFootage
from services.devices.recorders.session import ReplaySession
from services.devices.recorders.stream import Ranges, RecordedStream
from services.domain.recordings import Cause, Segment
from services.domain.video import StreamState
from services.playback.clock import PlaybackClock
from services.playback.elsewhere import Heard, with_elsewhere
from services.playback.footage import Shown
from services.playback.lanes import Lane, bands_of
from services.playback.patchwork import Patchwork
from services.playback.reader import Reader
from services.playback.track import Track
from services.video import trouble
from services.video.address import StreamAddress
from tests.services.devices.recorders.recorder_kit import (
    EPOCH,
    FRAME,
    SIZE_PX,
    RecorderKit,
    at,
    number_in,
    painted,
)
from tests.waiting import until


@pytest.fixture
def footage(kit: RecorderKit) -> Iterator[RecorderFootage]:
    with closing(footage_of(kit.replay)) as footage:
        yield footage


def footage_of(address: StreamAddress, patience_s: float = 4.0) -> RecorderFootage:
    opened = lambda: ReplaySession(address, is_replay=True, patience_s=patience_s)  # noqa: E731
    return RecorderFootage(RecordedStream(opened, Ranges()))


def seconds(shown: Shown) -> float:
    return round((shown.at - EPOCH).total_seconds(), 2)


def taken(footage: RecorderFootage | Patchwork, count: int) -> list[Shown]:
    pictures = (footage.next() for _ in range(count))
    return [picture for picture in pictures if picture is not None]


def test_each_picture_is_the_one_of_its_moment(footage: RecorderFootage) -> None:
    footage.begin(at(5))
    shown = taken(footage, 60)
    assert [number_in(one.frame) for one in shown] == list(range(100, 160))
    assert [round((one.at - EPOCH) / FRAME) for one in shown] == list(range(100, 160))
    assert shown[0].is_key
    assert all(one.until == following.at for one, following in pairwise(shown))


def test_the_last_picture_before_a_gap_does_not_stay(footage: RecorderFootage) -> None:
    footage.begin(at(11))
    shown = taken(footage, 60)
    last = next(one for one in shown if number_in(one.frame) == 299)
    assert last.until <= last.at + timedelta(seconds=0.05)


def test_a_recorder_that_says_nothing_is_said_and_answers_when_it_is_back(
    footage: RecorderFootage, kit: RecorderKit
) -> None:
    mute = StreamAddress(kit.replay.url, "viewer", "wrong")
    with closing(footage_of(mute)) as refused:
        refused.begin(at(5))
        assert refused.next() is None
        assert refused.trouble_at(at(5)) == trouble.UNAUTHORIZED
    footage.begin(at(5))
    assert footage.next() is not None
    assert footage.trouble_at(at(5)) == ""


@pytest.fixture
def playback() -> PlaybackClock:
    return PlaybackClock(SystemClock(), at(5))


@pytest.fixture
def track(kit: RecorderKit, playback: PlaybackClock) -> Iterator[Track]:
    track = Track("C01", footage_of(kit.replay), playback, SystemClock())
    track.ask_size(*SIZE_PX)
    track.start()
    yield track
    track.stop()


def picture(track: Track) -> int | None:
    """What is painted into the picture that the tile shows."""
    shown = track.latest(-1)
    if shown is None:
        return None
    return number_in(VideoFrame.from_ndarray(shown.pixels, "bgra"))


@pytest.mark.parametrize("moment", [5.0, 0.0, 9.96, 21.0])
def test_a_jump_shows_exactly_that_moment(track: Track, playback: PlaybackClock, moment: float) -> None:
    playback.seek(at(moment))
    until(lambda: picture(track) == round(moment * 25))


def test_it_plays_backwards_over_groups(track: Track, playback: PlaybackClock) -> None:
    until(lambda: picture(track) == 125)
    playback.play(-2.0)
    seen: list[int] = []

    def has_come_back() -> bool:
        number = picture(track)
        if number is not None and (not seen or number != seen[-1]):
            seen.append(number)
        return number is not None and number < 60

    until(has_come_back)
    assert seen == sorted(seen, reverse=True)
    assert len(seen) > 10


def test_one_step_is_one_picture_both_ways(track: Track) -> None:
    until(lambda: picture(track) == 125)
    track.step(1)
    until(lambda: picture(track) == 126)
    track.step(-1)
    until(lambda: picture(track) == 125)
    track.step(-1)
    until(lambda: picture(track) == 124)


def test_a_tile_says_what_is_wrong_with_the_recorder(kit: RecorderKit, playback: PlaybackClock) -> None:
    track = Track("C01", footage_of(StreamAddress(kit.replay.url)), playback, SystemClock())
    track.start()
    until(lambda: track.status().error == trouble.UNAUTHORIZED)
    assert track.status().state is StreamState.OFFLINE
    track.stop()


# where our own recordings are open


@pytest.fixture
def own(tmp_path: Path) -> tuple[list[Segment], Path]:
    """Our own recording from 4 s to 6 s, whose pictures are numbered 600 to 649."""
    path = tmp_path / "own.mp4"
    with av.open(str(path), "w", format="mp4", options={"movflags": "frag_keyframe+empty_moov"}) as file:
        video = file.add_stream("libx264", rate=25)
        video.width, video.height, video.pix_fmt = *SIZE_PX, "yuv420p"
        video.time_base, video.max_b_frames = Fraction(1, 25), 0
        video.options = {"x264-params": "keyint=50:scenecut=0"}
        for number in range(50):
            frame = VideoFrame.from_ndarray(painted(600 + number), "gray").reformat(format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, 25)
            file.mux(video.encode(frame))
        file.mux(video.encode(None))
    segment = Segment("C01", "main", at(4), at(6), Cause.CONTINUOUS, "D1", "own.mp4", path.stat().st_size)
    return [segment], path


STRETCHES = Heard(((at(0), at(12)), (at(20), at(30))))


def lane_of(segments: list[Segment], heard: Heard) -> Lane:
    return with_elsewhere(Lane("C01", tuple(segments), bands_of(segments)), heard)


@pytest.fixture
def patchwork(kit: RecorderKit, own: tuple[list[Segment], Path]) -> Iterator[Patchwork]:
    segments, path = own
    own_reader = Reader(segments, lambda _segment: path)
    with closing(Patchwork(own_reader, footage_of(kit.replay), lane_of(segments, STRETCHES))) as patchwork:
        yield patchwork


def numbers(patchwork: Patchwork, moment: datetime, count: int) -> list[int]:
    patchwork.begin(moment)
    return [number_in(one.frame) for one in taken(patchwork, count)]


def test_own_pictures_come_first_and_the_recorder_fills_the_rest(patchwork: Patchwork) -> None:
    # 2 s to 4 s the recorder's, then two seconds of our own, then the recorder's again.
    assert numbers(patchwork, at(2), 130) == [*range(50, 100), *range(600, 650), *range(150, 180)]


def test_a_moment_in_our_own_recording_is_not_asked_elsewhere(patchwork: Patchwork) -> None:
    assert numbers(patchwork, at(5), 3) == [600, 601, 602]
    assert patchwork.trouble_at(at(5)) == ""


def test_in_a_gap_of_both_there_is_nothing(patchwork: Patchwork) -> None:
    assert patchwork.trouble_at(at(15)) == "playback.no_recording"
    assert patchwork.trouble_at(at(21)) == ""
    assert numbers(patchwork, at(15), 1) == [250]


def test_what_a_recorder_says_later_is_played_then(kit: RecorderKit, own: tuple[list[Segment], Path]) -> None:
    segments, path = own
    reader = Reader(segments, lambda _segment: path)
    with closing(
        Patchwork(reader, footage_of(kit.replay), lane_of(segments, Heard(is_asking=True)))
    ) as patchwork:
        assert patchwork.trouble_at(at(8)) == "playback.asking_recorder"
        patchwork.use(lane_of(segments, Heard(error="video.timeout")))
        assert patchwork.trouble_at(at(8)) == "video.timeout"
        assert patchwork.trouble_at(at(5)) == ""
        patchwork.use(lane_of(segments, STRETCHES))
        assert patchwork.trouble_at(at(8)) == ""
        assert numbers(patchwork, at(8), 2) == [200, 201]
