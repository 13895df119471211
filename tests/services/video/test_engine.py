"""Opening, sharing, showing and ending streams, with files for cameras."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from services.core.children import starting
from services.core.errors import ServiceError
from services.domain.video import Economy, Importance, PictureFormat, StreamState
from services.video import Feed, StreamAddress, VideoEngine
from services.video.process import PATIENCE


def test_a_file_is_played_in_real_time_and_is_never_called_live(
    engine: VideoEngine, clip_url: Callable[..., str], wait_until: Callable[..., object]
) -> None:
    feed = engine.open(StreamAddress(clip_url("file", "loop")))
    began_s = time.monotonic()

    wait_until(lambda: (picture := feed.latest(-1)) and picture.number >= 25, 15.0)

    # 24 steps of 40 ms lie between the first picture and the 25th.
    assert time.monotonic() - began_s >= 24 * 0.04 - 0.1
    status = feed.status()
    assert status.state is StreamState.RECORDED
    assert (status.width_px, status.height_px, status.codec, status.error) == (640, 360, "h264", "")


def test_pictures_come_in_the_size_of_the_tile(
    engine: VideoEngine, clip_url: Callable[..., str], wait_until: Callable[..., object]
) -> None:
    feed = engine.open(StreamAddress(clip_url("replay")))
    feed.ask_size(320, 200)
    picture = wait_until(lambda: feed.latest(-1), 10.0)

    assert picture.pixels.shape == (180, 320, 4)
    assert (picture.width_px, picture.height_px) == (320, 180)


def test_pictures_that_give_way_say_so_and_come_back(
    engine: VideoEngine, clip_url: Callable[..., str], wait_until: Callable[..., object]
) -> None:
    ordinary = engine.open(StreamAddress(clip_url("replay")))
    important = engine.open(StreamAddress(clip_url("replay")), shared=False)
    important.set_importance(Importance.IMPORTANT)
    wait_until(lambda: ordinary.latest(-1) and important.latest(-1), 10.0)
    engine.give_way(1.0)

    assert ordinary.status().economy is Economy.KEY_FRAMES
    assert important.status().economy is Economy.NONE
    wait_until(lambda: ordinary.status().economy is not Economy.KEY_FRAMES, 10.0)


def test_two_feeds_of_one_address_share_the_stream_and_get_the_larger_size(
    engine: VideoEngine, clip_url: Callable[..., str], wait_until: Callable[..., object]
) -> None:
    address = StreamAddress(clip_url("replay"))
    small, large = engine.open(address), engine.open(address)
    small.ask_size(160, 90)
    large.ask_size(480, 270)

    wait_until(lambda: (picture := small.latest(-1)) and picture.width_px == 480, 10.0)
    assert small.stream is large.stream
    engine.close(large)
    wait_until(lambda: (picture := small.latest(-1)) and picture.width_px == 160, 10.0)
    assert small.status().state is StreamState.LIVE


def test_every_feed_of_a_shared_stream_sees_every_new_picture(
    engine: VideoEngine, clip_url: Callable[..., str], wait_until: Callable[..., object]
) -> None:
    address = StreamAddress(clip_url("replay"))
    first, second = engine.open(address), engine.open(address)
    one = wait_until(lambda: first.latest(-1), 10.0)
    other = wait_until(lambda: second.latest(-1), 10.0)

    assert other.number >= one.number
    assert first.latest(10**9) is None


def test_a_picture_keeps_its_pixels_while_newer_ones_are_made(
    engine: VideoEngine, clip_url: Callable[..., str], wait_until: Callable[..., object]
) -> None:
    feed = engine.open(StreamAddress(clip_url("replay")))
    feed.ask_size(320, 180)
    held = wait_until(lambda: feed.latest(-1), 10.0)
    copy = held.pixels.copy()

    wait_until(lambda: (picture := feed.latest(-1)) and picture.number > held.number + 10, 10.0)

    assert (held.pixels == copy).all()


def test_a_closed_feed_is_offline_and_shows_nothing(
    engine: VideoEngine, clip_url: Callable[..., str], wait_until: Callable[..., object]
) -> None:
    feed = engine.open(StreamAddress(clip_url("replay")))
    wait_until(lambda: feed.latest(-1), 10.0)

    engine.close(feed)

    assert feed.latest(-1) is None
    assert feed.status().state is StreamState.OFFLINE
    engine.close(feed)


def test_a_file_that_ended_is_not_live_and_says_so(
    tmp_path: Path,
    clip: Path,
    engine: VideoEngine,
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
) -> None:
    import av

    expected_log("video.ended")
    short = tmp_path / "half a second.mp4"
    with av.open(str(clip)) as source, av.open(str(short), "w") as target:
        video = source.streams.video[0]
        out = target.add_stream_from_template(video)
        for index, packet in enumerate(source.demux(video)):
            if index == 12:
                break
            packet.stream = out
            target.mux(packet)
    feed = engine.open(StreamAddress(short.as_uri()))

    wait_until(lambda: feed.status().error == "video.ended", 10.0)

    assert feed.status().state is not StreamState.LIVE


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("file:///there/is/no/such.mp4", "video.not_found"),
        (Path(__file__).as_uri(), "video.bad_stream"),
        ("gopher://10.0.0.1/x", "video.unsupported"),
    ],
)
def test_what_cannot_be_opened_is_offline_with_a_reason(
    url: str,
    code: str,
    engine: VideoEngine,
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
) -> None:
    expected_log(code)
    feed = engine.open(StreamAddress(url))

    wait_until(lambda: feed.status().error == code, 10.0)

    assert feed.status().state is StreamState.OFFLINE


def test_a_reason_is_logged_once_however_often_it_is_met(
    engine: VideoEngine,
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
    log_events: list[dict[str, object]],
) -> None:
    expected_log("video.not_found")
    feed = engine.open(StreamAddress("file:///there/is/no/such.mp4"))
    tries = feed.stream

    wait_until(lambda: tries.attempts >= 3, 20.0)

    assert [event["event"] for event in log_events].count("video.not_found") == 1


def test_many_streams_share_a_process_fairly(
    clip_url: Callable[..., str], wait_until: Callable[..., object]
) -> None:
    engine = VideoEngine(processes=1)
    try:
        feeds = [
            engine.open(StreamAddress(clip_url("replay", f"phase={index * 0.11:.2f}"))) for index in range(8)
        ]
        for feed in feeds:
            feed.ask_size(160, 90)
        wait_until(lambda: all(_newest(feed) for feed in feeds), 30.0)
        begun = [_newest(feed) for feed in feeds]
        wait_until(
            lambda: all(_newest(feed) >= first + 10 for feed, first in zip(feeds, begun, strict=True)), 30.0
        )
        counts = [_newest(feed) - first for feed, first in zip(feeds, begun, strict=True)]
        # All tick 25 times a second, and a slow machine leaves as much of each.
        assert max(counts) <= 2 * min(counts)
    finally:
        engine.stop()


def test_a_thousand_feeds_opened_and_closed_leave_no_thread_and_no_memory(
    clip_url: Callable[..., str], wait_until: Callable[..., object]
) -> None:
    engine = VideoEngine(processes=1)
    before = threading.active_count()
    try:
        for index in range(1000):
            feed = engine.open(StreamAddress(clip_url("replay", f"phase={index % 7}")))
            feed.ask_size(64, 36)
            engine.close(feed)
        last = engine.open(StreamAddress(clip_url("replay")))
        wait_until(lambda: last.latest(-1), 30.0)
        # The keeper and the listener of one process here; there the streams' readers have ended.
        assert threading.active_count() <= before + 2
        (child,) = engine.process_ids
        wait_until(lambda: len(os.listdir(f"/proc/{child}/task")) < 20, 30.0)
        assert _shelves_of(child) <= 1
    finally:
        engine.stop()


def _shelves_of(pid: int) -> int:
    """How many shelves a decode process holds in memory, named or not."""
    maps = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")
    return sum("shouwang-video-" in line for line in maps.splitlines())


def test_a_killed_process_is_replaced_and_its_cameras_go_on(
    engine: VideoEngine,
    clip_url: Callable[..., str],
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
) -> None:
    expected_log("process.died")
    feed = engine.open(StreamAddress(clip_url("replay")))
    feed.ask_size(320, 180)
    held = wait_until(lambda: feed.latest(-1), 20.0)
    copy = held.pixels.copy()
    wait_until(lambda: feed.status().state is StreamState.LIVE, 10.0)
    (first,) = engine.process_ids

    os.kill(first, signal.SIGKILL)
    wait_until(lambda: feed.status().state is StreamState.RECONNECTING, 10.0)
    wait_until(lambda: feed.status().state is StreamState.LIVE, 30.0)

    assert feed.latest(-1).number > held.number
    assert engine.process_ids != [first]
    assert (held.pixels == copy).all(), "what is on the screen outlives the process that made it"


def test_planes_come_when_asked_for_from_a_new_process_too_and_pixels_again(
    engine: VideoEngine,
    clip_url: Callable[..., str],
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
) -> None:
    expected_log("process.died")
    feed = engine.open(StreamAddress(clip_url("replay")))
    feed.ask_size(321, 200)
    wait_until(lambda: (p := feed.latest(-1)) and p.format is PictureFormat.BGRA, 20.0)

    engine.use_planes(True)
    wait_until(lambda: feed.latest(-1).format is PictureFormat.I420_601, 20.0)
    number = feed.latest(-1).number
    os.kill(engine.process_ids[0], signal.SIGKILL)
    wait_until(lambda: feed.latest(number + 5), 30.0)
    picture = feed.latest(-1)
    assert picture.format is PictureFormat.I420_601
    # The width is made even; an odd height takes half a row more for the colours.
    assert picture.pixels.size == 320 * 181 + 2 * 160 * 91

    engine.use_planes(False)
    wait_until(lambda: feed.latest(-1).format is PictureFormat.BGRA, 20.0)


def test_what_hangs_is_killed_and_replaced(
    engine: VideoEngine,
    clip_url: Callable[..., str],
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
) -> None:
    expected_log("process.died")
    feed = engine.open(StreamAddress(clip_url("replay")))
    wait_until(lambda: feed.status().state is StreamState.LIVE, 20.0)
    (first,) = engine.process_ids

    os.kill(first, signal.SIGSTOP)
    wait_until(lambda: engine.process_ids not in ([], [first]), PATIENCE.silent_after_s + 15.0)

    wait_until(lambda: feed.status().state is StreamState.LIVE, 20.0)


def test_a_process_that_cannot_be_had_now_is_had_later(
    engine: VideoEngine,
    clip_url: Callable[..., str],
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
    log_events: list[dict[str, object]],
) -> None:
    expected_log("process.not_started")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    # No other file can be opened: everything up to the limit is.
    first_free = os.dup(0)
    os.close(first_free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (first_free, before[1]))
    try:
        feed = engine.open(StreamAddress(clip_url("replay")))
        wait_until(lambda: any(e["event"] == "process.not_started" for e in log_events), 10.0)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)

    wait_until(lambda: feed.status().state is StreamState.LIVE, 20.0)


def test_a_password_is_in_no_command_line(
    engine: VideoEngine, wait_until: Callable[..., object], expected_log: Callable[..., None]
) -> None:
    expected_log("video.refused")
    feed = engine.open(StreamAddress("rtsp://127.0.0.1:1/x", "gate", "wr0ng-s3cret"))
    wait_until(lambda: feed.status().error == "video.refused", 20.0)

    (child,) = engine.process_ids
    words = Path(f"/proc/{child}/cmdline").read_bytes() + Path(f"/proc/{child}/environ").read_bytes()

    assert b"wr0ng-s3cret" not in words


def test_decoding_is_batch_work_that_lets_the_window_go_first(
    engine: VideoEngine, clip_url: Callable[..., str], wait_until: Callable[..., object]
) -> None:
    feed = engine.open(StreamAddress(clip_url("replay")))
    wait_until(lambda: feed.latest(-1), 10.0)
    (child,) = engine.process_ids

    assert os.sched_getscheduler(child) == os.SCHED_BATCH


def test_an_engine_that_stops_leaves_no_process_and_no_shared_memory(
    clip_url: Callable[..., str], wait_until: Callable[..., object]
) -> None:
    before = set(_shared_folders())
    engine = VideoEngine(processes=2)
    feeds = [engine.open(StreamAddress(clip_url("replay", f"phase={index}"))) for index in range(4)]
    wait_until(lambda: all(feed.latest(-1) for feed in feeds), 20.0)
    pids = engine.process_ids
    assert len(pids) == 2

    engine.stop()

    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
    assert set(_shared_folders()) <= before


def test_a_program_that_is_killed_leaves_no_process_and_no_shared_memory(
    clip_url: Callable[..., str], wait_until: Callable[..., object]
) -> None:
    before = set(_shared_folders())
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.services.video.abandoning_program", clip_url("replay")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=Path(__file__).resolve().parents[3],
    )
    assert program.stdout is not None
    (child,) = map(int, program.stdout.readline().split())
    assert Path(f"/proc/{child}").exists()
    assert set(_shared_folders()) - before

    program.kill()
    program.communicate()

    wait_until(lambda: not Path(f"/proc/{child}").exists(), 10.0)
    wait_until(lambda: set(_shared_folders()) <= before, 10.0)


def _shared_folders() -> list[Path]:
    return [
        found for top in ("/dev/shm", tempfile.gettempdir()) for found in Path(top).glob("shouwang-video-*")
    ]


def test_a_stopped_engine_opens_nothing_more(clip_url: Callable[..., str]) -> None:
    engine = VideoEngine()
    feed = engine.open(StreamAddress(clip_url("replay")))
    engine.stop()

    assert feed.status().state is StreamState.OFFLINE
    with pytest.raises(ServiceError) as refused:
        engine.open(StreamAddress(clip_url("replay")))
    assert refused.value.code == "video.engine_stopped"
    engine.stop()


def _newest(feed: Feed) -> int:
    picture = feed.latest(-1)
    return picture.number if picture else 0


def test_an_engine_stopped_while_its_process_begins_ends_it(
    clip_url: Callable[..., str], wait_until: Callable[..., object]
) -> None:
    before = _shared_folders()
    engine = VideoEngine()
    address = StreamAddress(clip_url("replay"))

    def refuses() -> bool:
        try:
            engine.close(engine.open(address))
        except ServiceError:
            return True
        return False

    stopper = threading.Thread(target=engine.stop)
    with starting:
        # The process is about to begin, and cannot before the engine was told to stop.
        feed = engine.open(address)
        wait_until(lambda: _shared_folders() - before, 10.0)
        engine.close(feed)
        stopper.start()
        wait_until(refuses, 10.0)
    stopper.join()

    # The guards over every test would tell of a thread that is left, and of its warning.
    assert engine.process_ids == []


def _shared_folders() -> set[str]:
    return {folder.name for folder in Path("/dev/shm").glob("shouwang-video-*")}
