"""Recorded pictures from any moment on: from our simulated recorder, and from a server nobody of us wrote."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta

import av
import pytest
from av.video.codeccontext import VideoCodecContext

from services.devices.recorders.session import ReplaySession
from services.devices.recorders.stream import PastPicture, Ranges, RecordedStream
from services.video import trouble
from services.video.address import StreamAddress
from tests.services.devices.recorders.recorder_kit import EPOCH, FRAME, RecorderKit, at, number_in
from tests.services.video.conftest import CLIP, GstServer

PATIENCE_S = 4.0


def stream_of(address: StreamAddress, *, is_replay: bool, ranges: Ranges | None = None) -> RecordedStream:
    return RecordedStream(
        lambda: ReplaySession(address, is_replay=is_replay, patience_s=PATIENCE_S), ranges or Ranges()
    )


@pytest.fixture
def stream(kit: RecorderKit) -> Iterator[RecordedStream]:
    with closing(stream_of(kit.replay, is_replay=True)) as stream:
        yield stream


def some(stream: RecordedStream, moment: datetime, count: int) -> list[PastPicture]:
    stream.begin(moment)
    pictures = (stream.next() for _ in range(count))
    return [picture for picture in pictures if picture is not None]


def numbers(stream: RecordedStream, pictures: list[PastPicture]) -> list[int]:
    """What is painted into them."""
    assert stream.codec is not None
    name, sets = stream.codec
    decoder = av.CodecContext.create(name, "r")
    assert isinstance(decoder, VideoCodecContext)
    decoder.extradata = sets
    frames = [frame for picture in pictures for frame in decoder.decode(av.Packet(picture.data))]
    return [number_in(frame) for frame in [*frames, *decoder.decode(None)]]


@pytest.mark.parametrize("seconds", [5.0, 0.0, 3.999, 25.3, 20.0])
def test_it_begins_with_the_key_picture_before_and_each_has_its_moment(
    stream: RecordedStream, seconds: float
) -> None:
    pictures = some(stream, at(seconds), 60)
    # A key picture every two seconds; picture n was recorded n/25 s after the epoch.
    first = int(seconds // 2) * 50
    assert pictures[0].is_key
    assert [round((one.at - EPOCH) / FRAME) for one in pictures] == list(range(first, first + 60))
    assert numbers(stream, pictures) == list(range(first, first + 60))


def test_pictures_of_the_other_coding_come_whole(hevc_kit: RecorderKit) -> None:
    with closing(stream_of(hevc_kit.replay, is_replay=True)) as stream:
        assert numbers(stream, some(stream, at(5), 120)) == list(range(100, 220))


def test_over_a_gap_it_goes_on_with_what_was_recorded_next(stream: RecordedStream) -> None:
    pictures = some(stream, at(11), 60)
    assert [round((one.at - EPOCH) / FRAME) for one in pictures] == [*range(250, 300), *range(500, 510)]


def test_after_the_last_picture_comes_none_and_it_can_be_begun_again(stream: RecordedStream) -> None:
    assert len(some(stream, at(28), 200)) == 50
    assert stream.next() is None
    assert some(stream, at(2), 1)[0].at == at(2)


def test_what_was_never_recorded_begins_with_the_first_there_is(stream: RecordedStream) -> None:
    assert some(stream, at(-100), 1)[0].at == at(0)


def test_without_the_times_of_replay_moments_are_counted_from_the_answer(kit: RecorderKit) -> None:
    with closing(stream_of(kit.replay, is_replay=False)) as stream:
        pictures = some(stream, at(5), 5)
    assert [one.at for one in pictures] == [at(4) + number * FRAME for number in range(5)]


def test_a_session_that_the_recorder_let_go_is_taken_up_where_it_was(
    stream: RecordedStream, kit: RecorderKit
) -> None:
    assert len(some(stream, at(4), 20)) == 20
    kit.drop_everybody()
    following = stream.next()
    # What had already been received is not lost either way: nothing is left out, nothing comes twice.
    assert following is not None
    assert round((following.at - EPOCH) / FRAME) == 120


def test_a_wrong_password_is_said_as_such(kit: RecorderKit) -> None:
    address = StreamAddress(kit.replay.url, "viewer", "wrong")
    with closing(stream_of(address, is_replay=True)) as stream, pytest.raises(trouble.StreamTrouble) as told:
        some(stream, at(5), 1)
    assert told.value.code == trouble.UNAUTHORIZED


def test_a_recorder_that_says_nothing_is_given_up(silent: int) -> None:
    address = StreamAddress(f"rtsp://127.0.0.1:{silent}/C01/replay")
    stream = RecordedStream(lambda: ReplaySession(address, is_replay=True, patience_s=0.2), Ranges())
    with pytest.raises(TimeoutError):
        some(stream, at(5), 1)


@pytest.fixture
def silent() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0), backlog=4) as listener:
        yield listener.getsockname()[1]


@pytest.fixture
def foreign() -> Iterator[GstServer]:
    server = GstServer(CLIP, auth="digest", user="viewer", password="s3cret")
    yield server
    server.kill()


def test_a_foreign_server_is_played_by_seconds(foreign: GstServer) -> None:
    address = foreign.address("viewer", "s3cret")
    with closing(stream_of(address, is_replay=False, ranges=Ranges(EPOCH))) as stream:
        # The clip has a key picture every two seconds and lasts sixteen.
        for seconds, key in ((5.0, 4.0), (0.0, 0.0), (12.3, 12.0), (3.9, 2.0)):
            pictures = some(stream, at(seconds), 5)
            assert pictures[0].is_key
            assert [one.at for one in pictures] == [at(key) + number * FRAME for number in range(5)]
        assert stream.reach is not None
        assert stream.reach.until == 16.0
        stream.begin(at(15.5))
        rest = list(iter(stream.next, None))
        assert rest[-1].at == at(16) - FRAME
        assert rest[0].at <= at(15.5) < rest[-1].at + timedelta(seconds=1)
