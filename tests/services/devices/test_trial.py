"""A trial ends with a picture or with the one reason that keeps it away, over real sockets."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from services.core.clock import ManualClock
from services.core.secrets import Credential
from services.devices.diagnosis import Cause
from services.devices.trial import CameraTrial, DeviceFacts, TrialReport, Wish
from services.sim.cameras import CameraFarm
from services.sim.faults import Fault
from services.video import VideoEngine
from tests.services.devices.plain_servers import (
    answers,
    free_port,
    hangs_up,
    listening,
    reply,
    speaks_garbage,
    stays_silent,
)
from tests.services.sim.camera_kit import PASSWORD, USER

LOGIN = Credential(USER, PASSWORD)
SDP = "v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 {codec}/90000\r\n"
Try = Callable[..., TrialReport]


@pytest.fixture
def engine() -> Iterator[VideoEngine]:
    engine = VideoEngine()
    yield engine
    engine.stop()


@pytest.fixture
def trial(engine: VideoEngine, expected_log: Callable[..., None]) -> Try:
    """`trial(port, login=None, path="stream1")`: tries a camera on this machine."""
    expected_log("video.")

    def run(port: int, login: Credential | None = None, path: str = "stream1") -> TrialReport:
        url = f"rtsp://127.0.0.1:{port}/{path}"
        return CameraTrial(Wish(url, url.replace("stream1", "stream2"), login=login), engine).run()

    return run


def test_a_camera_that_works_shows_both_streams(trial: Try, device: CameraFarm) -> None:
    report = trial(device.port, LOGIN)
    assert (report.main.diagnosis.cause, report.sub.diagnosis.cause) == (Cause.FINE, Cause.FINE)
    assert (report.main.width_px, report.main.height_px, report.main.codec) == (1920, 1080, "h264")
    assert (report.sub.width_px, report.sub.height_px) == (640, 360)
    assert report.sub.fps > 0
    assert report.sub.picture is not None
    assert report.sub.picture.pixels.std() > 5


@pytest.mark.parametrize(
    ("login", "fault", "path", "cause"),
    [
        (None, None, "stream1", Cause.LOGIN_NEEDED),
        (Credential(USER, "not the password"), None, "stream1", Cause.WRONG_LOGIN),
        (LOGIN, None, "nowhere", Cause.WRONG_PATH),
        (LOGIN, Fault.NOT_FOUND, "stream1", Cause.WRONG_PATH),
        (LOGIN, Fault.UNAUTHORIZED, "stream1", Cause.WRONG_LOGIN),
        (LOGIN, Fault.STALL, "stream1", Cause.NO_PICTURE),
    ],
)
def test_a_simulated_fault_is_named(
    trial: Try, device: CameraFarm, login: Credential | None, fault: Fault | None, path: str, cause: Cause
) -> None:
    device.fault("C99", fault)
    assert trial(device.port, login, path).worst.cause is cause


@pytest.mark.parametrize(
    ("serve", "cause"),
    [
        (stays_silent, Cause.SILENT),
        (hangs_up, Cause.HUNG_UP),
        (speaks_garbage, Cause.NOT_A_CAMERA),
        (answers(reply(403)), Cause.LOCKED_OUT),
        (answers(reply(453)), Cause.BUSY),
        (answers(reply(500)), Cause.DEVICE_ERROR),
        (answers(reply(200, body="v=0\r\nm=audio 0 RTP/AVP 0\r\n")), Cause.NO_VIDEO),
        (answers(reply(200, body=SDP.format(codec="X-SVAC"))), Cause.CODEC),
    ],
)
def test_what_answers_badly_is_told_apart(
    trial: Try, serve: Callable[[socket.socket], None], cause: Cause
) -> None:
    with listening(serve) as port:
        assert trial(port).worst.cause is cause


def test_nobody_listening_and_no_such_name_are_told_apart(trial: Try, engine: VideoEngine) -> None:
    assert trial(free_port()).worst.cause is Cause.REFUSED
    unknown = Wish("rtsp://camera.invalid/main", "")
    assert CameraTrial(unknown, engine).run().worst.cause is Cause.UNKNOWN_NAME
    assert CameraTrial(Wish("10.1.2.3", ""), engine).run().worst.cause is Cause.BAD_ADDRESS


def test_a_refused_login_with_a_clock_far_off_blames_the_clock(engine: VideoEngine) -> None:
    # The device says 08:00:00, here it is 10:00:00: it is 7200 s behind.
    wants = reply(401, 'WWW-Authenticate: Basic realm="c"', "Date: Sat, 28 Nov 2026 08:00:00 GMT")
    clock = ManualClock(datetime(2026, 11, 28, 10, 0, tzinfo=UTC))
    with listening(answers(wants)) as port:
        wish = Wish(f"rtsp://127.0.0.1:{port}/a", f"rtsp://127.0.0.1:{port}/a", login=LOGIN)
        report = CameraTrial(wish, engine, clock=clock).run()
    assert (report.worst.cause, report.worst.detail) == (Cause.CLOCK_OFF, "-7200")
    assert report.device.clock_ahead_s == -7200.0


def test_a_wrong_password_is_sent_once_for_both_streams(engine: VideoEngine) -> None:
    asked: list[bytes] = []

    def serve(peer: socket.socket) -> None:
        while data := peer.recv(65536):
            asked.append(data)
            peer.sendall(reply(401, 'WWW-Authenticate: Digest realm="c", nonce="n"').encode())

    with listening(serve) as port:
        wish = Wish(f"rtsp://127.0.0.1:{port}/a", f"rtsp://127.0.0.1:{port}/b", login=LOGIN)
        assert CameraTrial(wish, engine).run().worst.cause is Cause.WRONG_LOGIN
    assert sum(b"Authorization:" in data for data in asked) == 1
    assert all(PASSWORD.encode() not in data for data in asked)


def test_addresses_nobody_typed_come_from_the_device_itself(engine: VideoEngine, device: CameraFarm) -> None:
    asked: list[tuple[str, Credential | None]] = []

    def ask(url: str, login: Credential | None) -> DeviceFacts:
        asked.append((url, login))
        root = f"rtsp://127.0.0.1:{device.port}"
        return DeviceFacts("Maker", "M-1", 2.5, f"{root}/stream1", f"{root}/stream2")

    report = CameraTrial(Wish("", "", "http://127.0.0.1/onvif", LOGIN), engine, ask).run()
    assert report.is_fine
    assert (report.main.url, report.device.model) == (f"rtsp://127.0.0.1:{device.port}/stream1", "M-1")
    assert asked == [("http://127.0.0.1/onvif", LOGIN)]


def test_a_cancelled_trial_ends_without_a_picture(engine: VideoEngine, device: CameraFarm) -> None:
    device.fault("C99", Fault.STALL)
    url = f"rtsp://127.0.0.1:{device.port}/stream1"
    trial = CameraTrial(Wish(url, url, login=LOGIN), engine)
    trial.cancel()
    report = trial.run()
    assert report.main.picture is None
    assert not report.is_fine


def test_a_password_is_in_no_repr_of_a_wish() -> None:
    assert PASSWORD not in repr(Wish("rtsp://a/b", "", login=LOGIN))
