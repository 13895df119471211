"""The simulated cameras as real clients meet them."""

from __future__ import annotations

import itertools
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from services.core.errors import ServiceError
from services.sim.cameras import CameraFarm, FarmOptions
from services.sim.faults import Fault
from services.sim.film import GROUP_FRAMES, Stream
from tests.services.sim.camera_kit import (
    PASSWORD,
    USER,
    RtspClient,
    open_video,
    small_site,
    small_story,
    standing,
)
from tests.waiting import LIMIT_S

RED = (230, 20, 20)
BLACK_LUMA_LIMIT = 25


@pytest.fixture(scope="module")
def cache_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def farm(cache_dir: Path) -> Iterator[CameraFarm]:
    """All cameras of the small campus; the story is near its end, so that the seam comes soon."""
    story = small_story(standing("red", (32.0, 30.0), RED))
    options = FarmOptions(username=USER, password=PASSWORD, control_port=0)
    made = CameraFarm(small_site(), story, cache_dir, epoch=time.time() - 112.0, options=options)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def sound_farm(farm: CameraFarm) -> Iterator[CameraFarm]:
    """The farm, given back without faults."""
    yield farm
    for camera in list(farm.faults()):
        farm.fault(camera, None)


def pictures(container: av.container.InputContainer, count: int) -> list[av.VideoFrame]:
    return list(itertools.islice(container.decode(video=0), count))


def luma(frame: av.VideoFrame) -> NDArray[np.uint8]:
    return frame.to_ndarray(format="gray")


@pytest.mark.parametrize("transport", ["tcp", "udp"])
@pytest.mark.parametrize("camera", ["C01", "C05"])
def test_an_ffmpeg_client_sees_pictures(farm: CameraFarm, camera: str, transport: str) -> None:
    with open_video(farm.url(camera, Stream.SUB), transport) as video:
        frames = pictures(video, 5)
        assert video.streams.video[0].codec.name == ("hevc" if camera == "C05" else "h264")
    assert [(f.width, f.height) for f in frames] == [(640, 360)] * 5


def test_the_main_stream_is_full_hd(farm: CameraFarm) -> None:
    with open_video(farm.url("C01", Stream.MAIN)) as video:
        frame = pictures(video, 1)[0]
    assert (frame.width, frame.height) == (1920, 1080)


def test_time_goes_on_over_the_seam_of_the_story(cache_dir: Path) -> None:
    begun = time.time() - 117.5
    options = FarmOptions(username=USER, password=PASSWORD)
    farm = CameraFarm(
        small_site(), small_story(standing("red", (32.0, 30.0), RED)), cache_dir, epoch=begun, options=options
    )
    farm.start()
    try:
        with open_video(farm.url("C01", Stream.SUB)) as video:
            frames = pictures(video, 150)  # from second 116 to 122 of a story of 120
    finally:
        farm.stop()
    times = [frame.pts for frame in frames[1:]]  # FFmpeg gives the first packet after PLAY no time
    steps = {b - a for a, b in itertools.pairwise(times)}
    assert steps == {3600}  # 90 kHz / 25


def test_pictures_come_at_25_a_second(farm: CameraFarm) -> None:
    """By their own times, and none before it is due; how late one comes is this machine's affair."""
    begun_s = time.monotonic()
    with open_video(farm.url("C02", Stream.SUB)) as video:
        frames = pictures(video, GROUP_FRAMES + 60)
        came_s = time.monotonic() - begun_s
    spans_s = [float((b.pts - a.pts) * b.time_base) for a, b in itertools.pairwise(frames[1:])]
    assert spans_s == pytest.approx([1 / 25] * len(spans_s))
    # At most one group was over when the client came; 60 pictures, of which the last is due after 59 / 25 s.
    assert came_s > 59 / 25


def test_a_wrong_password_is_refused(farm: CameraFarm) -> None:
    with pytest.raises(av.error.HTTPUnauthorizedError):
        open_video(farm.url("C01", Stream.SUB), password="wrong").close()


def test_an_unknown_camera_is_not_found(farm: CameraFarm) -> None:
    with pytest.raises(av.error.HTTPNotFoundError):
        open_video(f"rtsp://127.0.0.1:{farm.port}/C99/sub").close()


def test_the_actor_stands_where_the_plan_says(farm: CameraFarm) -> None:
    """Red coat at (32, 30), camera at (30, 5) looking north: 2 m right of the axis, 25 m away.

    Half the picture (320 px) spans tan(35°) · 25 m = 17.5 m, so the column is 320 + 2 · 18.28 = 357.
    """
    with open_video(farm.url("C01", Stream.SUB)) as video:
        picture = pictures(video, 10)[-1].to_ndarray(format="rgb24").astype(int)
    red = (picture[..., 0] > 130) & (picture[..., 1] < 90) & (picture[..., 2] < 90)
    columns = np.nonzero(red)[1]
    assert len(columns) > 30
    assert abs(np.median(columns) - 357) < 6


def test_cut_closes_the_connection_and_refuses_new_ones(sound_farm: CameraFarm) -> None:
    with open_video(sound_farm.url("C01", Stream.SUB)) as video:
        pictures(video, 2)
        sound_farm.fault("C01", Fault.CUT)
        with pytest.raises((av.error.FFmpegError, EOFError)):
            read_to_the_end(video)
    with pytest.raises(av.error.FFmpegError):
        open_video(sound_farm.url("C01", Stream.SUB)).close()
    with open_video(sound_farm.url("C02", Stream.SUB)) as other:
        assert pictures(other, 1)


def test_unauthorized_and_not_found_are_answered_while_ordered(sound_farm: CameraFarm) -> None:
    sound_farm.fault("C01", Fault.UNAUTHORIZED)
    with pytest.raises(av.error.HTTPUnauthorizedError):
        open_video(sound_farm.url("C01", Stream.SUB)).close()
    sound_farm.fault("C01", Fault.NOT_FOUND)
    with pytest.raises(av.error.HTTPNotFoundError):
        open_video(sound_farm.url("C01", Stream.SUB)).close()
    sound_farm.fault("C01", None)
    with open_video(sound_farm.url("C01", Stream.SUB)) as video:
        assert pictures(video, 1)


def test_black_shows_black_and_the_picture_comes_back(sound_farm: CameraFarm) -> None:
    with open_video(sound_farm.url("C01", Stream.SUB)) as video:
        sound_farm.fault("C01", Fault.BLACK)
        assert any(
            luma(frame).mean() < BLACK_LUMA_LIMIT for frame in itertools.islice(video.decode(video=0), 200)
        )
        sound_farm.fault("C01", None)
        assert any(luma(frame).mean() > 60 for frame in itertools.islice(video.decode(video=0), 200))


def test_freeze_sends_the_same_picture_again_and_again(sound_farm: CameraFarm) -> None:
    sound_farm.fault("C02", Fault.FREEZE)
    with open_video(sound_farm.url("C02", Stream.SUB)) as video:
        frames = [luma(frame) for frame in pictures(video, 120)[60:]]
    assert max(int(np.abs(a.astype(int) - b).max()) for a, b in itertools.pairwise(frames)) <= 12
    clock = [frame[:40, :320] for frame in frames]
    assert float(np.abs(clock[0].astype(int) - clock[-1]).mean()) < 1.0  # the burnt-in time stands still


def test_a_live_picture_is_not_frozen(farm: CameraFarm) -> None:
    with open_video(farm.url("C02", Stream.SUB)) as video:
        frames = [luma(frame) for frame in pictures(video, 120)[60:]]
    assert float(np.abs(frames[0][:40, :320].astype(int) - frames[-1][:40, :320]).mean()) > 1.0


def test_stall_keeps_the_connection_without_packets(sound_farm: CameraFarm) -> None:
    with RtspClient(sound_farm.port) as client:
        play(client, "C01/sub")
        client.packet()
        sound_farm.fault("C01", Fault.STALL)
        client.sock.settimeout(0.7)
        with pytest.raises(TimeoutError):
            packets_for_ever(client)
        client.sock.settimeout(LIMIT_S)
        session = client.session
        client.send("GET_PARAMETER", "C01/sub", session=session)
        assert client.reply().status == 200


def test_garbage_arrives_but_does_not_decode_cleanly(sound_farm: CameraFarm) -> None:
    trouble = 0
    with open_video(sound_farm.url("C02", Stream.SUB)) as video:
        pictures(video, 5)
        sound_farm.fault("C02", Fault.GARBAGE)
        for packet in itertools.islice(video.demux(video=0), 150):
            try:
                trouble += sum(frame.is_corrupt for frame in packet.decode())
            except Exception:  # noqa: BLE001 PyAV raises UnicodeDecodeError, IndexError and others for broken streams
                trouble += 1
    assert trouble > 10


def test_slow_sends_half_the_pictures(sound_farm: CameraFarm) -> None:
    sound_farm.fault("C02", Fault.SLOW)
    with open_video(sound_farm.url("C02", Stream.SUB)) as video:
        decoded = video.decode(video=0)
        next(itertools.islice(decoded, 5, None))
        begun_s = time.monotonic()
        next(itertools.islice(decoded, 24, None))
        assert time.monotonic() - begun_s > 1.5  # 25 pictures take 2 s instead of 1 s


def test_clock_jump_throws_rtp_time_by_an_hour(sound_farm: CameraFarm) -> None:
    sound_farm.fault("C02", Fault.CLOCK_JUMP)
    with RtspClient(sound_farm.port) as client:
        play(client, "C02/sub")
        ticks = []
        ends_s = time.monotonic() + 9.0
        while time.monotonic() < ends_s:
            channel, payload = client.packet()
            if channel == 0:
                ticks.append(int.from_bytes(payload[4:8], "big"))
            if len(ticks) > 1 and abs(ticks[-1] - ticks[-2]) not in (0, 3600):
                break
    assert (ticks[-1] - ticks[-2]) % 2**32 in {3600 + 3600 * 90_000, (3600 - 3600 * 90_000) % 2**32}


def test_packets_are_in_sequence_and_reports_come(farm: CameraFarm) -> None:
    with RtspClient(farm.port) as client:
        play(client, "C01/sub")
        packets = [client.packet() for _ in range(120)]
    numbers = [int.from_bytes(p[2:4], "big") for channel, p in packets if channel == 0]
    assert all((b - a) % 65536 == 1 for a, b in itertools.pairwise(numbers))
    reports = [p for channel, p in packets if channel == 1]
    assert reports
    assert reports[0][1] == 200  # RTCP sender report


def test_pause_stops_the_packets_and_play_goes_on(farm: CameraFarm) -> None:
    with RtspClient(farm.port) as client:
        play(client, "C01/sub")
        client.packet()
        client.send("PAUSE", "C01/sub", session=client.session)
        assert client.reply().status == 200
        client.sock.settimeout(0.4)
        with pytest.raises(TimeoutError):
            client.packet()
        client.sock.settimeout(LIMIT_S)
        client.send("PLAY", "C01/sub", session=client.session)
        assert client.reply().status == 200
        assert client.packet()
        client.send("TEARDOWN", "C01/sub", session=client.session)
        assert client.reply().status == 200


def test_requests_arrive_one_byte_at_a_time(farm: CameraFarm) -> None:
    with RtspClient(farm.port) as client:
        for byte in client.encode("OPTIONS", "C01/sub"):
            client.sock.sendall(bytes((byte,)))
        reply = client.reply()
    assert reply.status == 200
    assert "DESCRIBE" in reply.headers["public"]


def test_pipelined_requests_are_answered_in_order(farm: CameraFarm) -> None:
    with RtspClient(farm.port) as client:
        client.sock.sendall(b"".join(client.encode("OPTIONS", "C01/sub") for _ in range(20)))
        assert [client.reply().headers["cseq"] for _ in range(20)] == [str(i) for i in range(1, 21)]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"OPTIONS * RTSP/2.0\r\nCSeq: 1\r\n\r\n", 505),
        (b"OPTIONS rtsp://x/ RTSP/1.0\r\nno colon here\r\n\r\n", 400),
        (b"OPTIONS rtsp://x/ RTSP/1.0\r\nCSeq: 1\r\nContent-Length: 999999\r\n\r\n", 413),
        (b"OPTIONS rtsp://x/ RTSP/1.0\r\nCSeq: 1\r\nContent-Length: -1\r\n\r\n", 400),
        (b"OPTIONS rtsp://x/ RTSP/1.0\r\nX: " + b"a" * 9000, 413),
        (b"DESCRIBE rtsp://[bad/C01/sub RTSP/1.0\r\nCSeq: x\r\n\r\n", 400),
    ],
)
def test_hostile_input_is_answered_and_nothing_is_logged(farm: CameraFarm, sent: bytes, status: int) -> None:
    with RtspClient(farm.port) as client:
        client.sock.sendall(sent)
        assert client.reply().status == status
    with RtspClient(farm.port) as client:
        assert client.request("DESCRIBE", "C01/sub").status == 200


def test_a_session_cannot_be_used_by_a_stranger(farm: CameraFarm) -> None:
    with RtspClient(farm.port) as client, RtspClient(farm.port) as stranger:
        play(client, "C01/sub")
        assert stranger.request("DESCRIBE", "C01/sub").status == 200
        assert stranger.request("TEARDOWN", "C01/sub", session=client.session).status == 454


def test_udp_packets_go_to_the_peer_only(farm: CameraFarm) -> None:
    with RtspClient(farm.port) as client:
        client.request("DESCRIBE", "C01/sub")
        client.send(
            "SETUP",
            "C01/sub/trackID=0",
            transport="RTP/AVP;unicast;destination=10.0.0.9;client_port=5000-5001",
        )
        assert "10.0.0.9" not in client.reply().headers["transport"]
        client.send("SETUP", "C01/sub/trackID=0", transport="RTP/AVP;multicast")
        assert client.reply().status == 455


def test_a_transport_nobody_speaks_is_461(farm: CameraFarm) -> None:
    with RtspClient(farm.port) as client:
        client.request("DESCRIBE", "C01/sub")
        assert client.request("SETUP", "C01/sub/trackID=0", transport="RTP/SAVP;unicast").status == 461


def test_a_client_that_does_not_read_stops_neither_others_nor_memory(farm: CameraFarm) -> None:
    with RtspClient(farm.port) as lazy:
        play(lazy, "C01/sub")
        with open_video(farm.url("C01", Stream.SUB)) as video:
            assert len(pictures(video, 100)) == 100


def test_faults_can_be_ordered_over_the_control_port(sound_farm: CameraFarm) -> None:
    with socket.create_connection(("127.0.0.1", sound_farm.control_port), timeout=LIMIT_S) as control:
        lines = control.makefile("rw", newline="\n")

        def order(line: str) -> str:
            lines.write(line + "\n")
            lines.flush()
            return lines.readline().strip()

        assert order("fault C01 black") == "ok"
        assert order("faults") == "ok C01=black"
        assert sound_farm.faults() == {"C01": Fault.BLACK}
        assert order("fault C99 black") == "error sim.unknown_camera"
        assert order("explode") == "error sim.unknown_command"
        assert order("clear") == "ok"
        assert order("faults") == "ok"


def test_the_story_begins_when_it_is_ordered_over_the_control_port(cache_dir: Path) -> None:
    begun: list[float] = []
    story, options = small_story(), FarmOptions(control_port=0)
    farm = CameraFarm(
        small_site(), story, cache_dir, epoch=time.time() - 60.0, options=options, on_begin=begun.append
    )
    farm.start()
    try:
        with socket.create_connection(("127.0.0.1", farm.control_port), timeout=LIMIT_S) as control:
            control.sendall(b"begin\n")
            assert control.recv(16) == b"ok\n"
            begins_at_s = time.time() + begun[0]
    finally:
        farm.stop()
    # At the next key picture; until then the end of the story before it is shown.
    assert 0.0 <= begun[0] <= 2.0
    shown_s = (time.time() - begins_at_s) % story.period_s
    assert farm.position_s() == pytest.approx(shown_s, abs=0.5)


def test_a_port_in_use_is_reported(farm: CameraFarm, cache_dir: Path) -> None:
    second = CameraFarm(small_site(), small_story(), cache_dir, options=FarmOptions(port=farm.port))
    with pytest.raises(ServiceError) as refusal:
        second.start()
    assert refusal.value.code == "sim.port_taken"
    second.stop()


def test_an_unknown_camera_cannot_be_broken(farm: CameraFarm) -> None:
    with pytest.raises(ServiceError) as refusal:
        farm.fault("C99", Fault.CUT)
    assert refusal.value.code == "sim.unknown_camera"


def test_a_damaged_cache_is_made_again(tmp_path: Path, expected_log: object) -> None:
    assert callable(expected_log)
    expected_log("sim.reel_damaged")
    story = small_story(standing("red", (32.0, 30.0), RED))

    def first_picture() -> None:
        options = FarmOptions(username=USER, password=PASSWORD, children=1)
        farm = CameraFarm(small_site(), story, tmp_path, epoch=time.time(), options=options)
        farm.start()
        try:
            with open_video(farm.url("C01", Stream.SUB)) as video:
                assert luma(pictures(video, 1)[0]).mean() > 60
        finally:
            farm.stop()

    first_picture()
    reels = sorted(tmp_path.rglob("live-*.h264"))
    assert reels
    for path in reels:
        path.write_bytes(path.read_bytes()[:-100])
    for path in tmp_path.rglob("backdrop.png"):
        path.write_bytes(path.read_bytes()[:200])
    first_picture()


def test_a_cache_that_cannot_be_written_still_shows_pictures(tmp_path: Path) -> None:
    blocked = tmp_path / "cache"
    blocked.write_text("a file where the folder should be")
    options = FarmOptions(username=USER, password=PASSWORD, children=1)
    farm = CameraFarm(small_site(), small_story(), blocked, options=options)
    farm.start()
    try:
        with open_video(farm.url("C01", Stream.SUB)) as video:
            assert pictures(video, 1)
    finally:
        farm.stop()


def test_what_was_filmed_ahead_is_not_filmed_again(tmp_path: Path) -> None:
    farm = CameraFarm(small_site(), small_story(), tmp_path, options=FarmOptions(children=1))
    stop, seen = threading.Event(), []

    def progress(made: int, wanted: int) -> None:
        seen.append((made, wanted))
        if made == 4:
            stop.set()

    assert farm.film_ahead(progress=progress, stop=stop) == 4
    assert seen[0] == (1, 180)  # 60 groups of 3 cameras
    stop.clear()
    seen.clear()
    farm.film_ahead(progress=lambda made, wanted: (seen.append((made, wanted)), stop.set()), stop=stop)
    assert seen[0][1] <= 176


def test_stopping_while_clients_watch_is_quick(tmp_path: Path) -> None:
    farm = CameraFarm(small_site(), small_story(), tmp_path, options=FarmOptions(children=1))
    farm.start()
    with RtspClient(farm.port) as client:
        play(client, "C01/sub")
        client.packet()
        begun_s = time.monotonic()
        farm.stop()
        # Who waits for a client waits as long as for a thread that hangs: 10 s.
        assert time.monotonic() - begun_s < 9.0


def play(client: RtspClient, path: str) -> None:
    """DESCRIBE, SETUP and PLAY over the connection; leaves the session number in `client.session`."""
    assert client.request("DESCRIBE", path).status == 200
    reply = client.request("SETUP", f"{path}/trackID=0", transport="RTP/AVP/TCP;unicast;interleaved=0-1")
    client.session = reply.headers["session"].split(";")[0]
    assert client.request("PLAY", path, session=client.session).status == 200


def read_to_the_end(video: av.container.InputContainer) -> None:
    """Read until the server ends it; raises how it ended, EOFError for a clean end."""
    for _ in video.decode(video=0):
        pass
    raise EOFError


def packets_for_ever(client: RtspClient) -> None:
    while True:
        client.packet()


def test_a_camera_out_of_focus_has_no_steep_edges_but_sharp_texts(sound_farm: CameraFarm) -> None:
    with open_video(sound_farm.url("C02", Stream.SUB)) as video:
        sharp = steepest(luma(pictures(video, 5)[-1]))
        sound_farm.fault("C02", Fault.BLUR)
        assert any(steepest(luma(f)) < sharp / 2 for f in itertools.islice(video.decode(video=0), 300))
        blurred = luma(next(iter(video.decode(video=0))))
    assert float(np.abs(np.diff(blurred[:40, :320].astype(int))).max()) > 60


def test_a_covered_camera_shows_a_cloth_that_is_not_black(sound_farm: CameraFarm) -> None:
    with open_video(sound_farm.url("C02", Stream.SUB)) as video:
        sound_farm.fault("C02", Fault.COVER)
        found = (luma(frame)[60:300] for frame in itertools.islice(video.decode(video=0), 300))
        assert any(steepest(body) <= 8 and body.mean() > 60 for body in found)


def test_a_turned_camera_shows_another_part_of_the_campus(sound_farm: CameraFarm) -> None:
    with open_video(sound_farm.url("C02", Stream.SUB)) as video:
        before = luma(pictures(video, 5)[-1])[60:300].astype(int)
        sound_farm.fault("C02", Fault.MOVE)
        frames = (luma(frame)[60:300] for frame in itertools.islice(video.decode(video=0), 300))
        assert any(float(np.abs(body - before).mean()) > 12 for body in frames)


def test_the_size_changes_in_the_middle_of_the_stream(sound_farm: CameraFarm) -> None:
    with open_video(sound_farm.url("C02", Stream.MAIN)) as video:
        assert pictures(video, 2)[-1].width == 1920
        sound_farm.fault("C02", Fault.RESIZE)
        assert any(frame.width == 640 for frame in itertools.islice(video.decode(video=0), 300))


def test_a_silent_camera_takes_connections_and_says_nothing(sound_farm: CameraFarm) -> None:
    sound_farm.fault("C01", Fault.SILENT)
    with RtspClient(sound_farm.port) as client:
        client.sock.settimeout(0.7)
        client.send("OPTIONS", "C01/sub")
        with pytest.raises(TimeoutError):
            client.reply()


def steepest(picture: np.ndarray) -> float:
    """The step between neighbours that one in fifty exceeds, below the burnt-in time."""
    return float(np.percentile(np.abs(np.diff(picture[60:300].astype(int), axis=1)), 98))
