"""Our ONVIF client against the simulated devices, over real sockets."""

from __future__ import annotations

import socket
import threading
import time
from datetime import UTC, datetime

import pytest

from services.core.errors import ServiceError
from services.core.jobs import Jobs
from services.core.secrets import Credential
from services.devices.onvif import DevicePreset, Relay, Velocity, discover, open_device
from services.sim.onvif.bell import Happening
from tests.services.devices.onvif.conftest import Opening
from tests.services.devices.plain_servers import listening
from tests.services.sim.onvif.onvif_kit import CREDENTIAL, JPEG, DeviceKit
from tests.waiting import LIMIT_S


def test_a_device_tells_who_made_it(kit: DeviceKit, opened: Opening) -> None:
    told = opened(kit.url("P01")).information()
    assert (told.maker, told.model, told.firmware) == ("Shouwang", "SW-PTZ200", "1.4.2")
    assert told.serial == kit.ptz.serial


def test_its_streams_come_as_main_and_sub_without_credentials(kit: DeviceKit, opened: Opening) -> None:
    streams = opened(kit.url("C01")).streams()
    assert (streams.main_url, streams.sub_url) == (
        "rtsp://127.0.0.1:8554/C01/main",
        "rtsp://127.0.0.1:8554/C01/sub",
    )
    assert (streams.main.width_px, streams.main.height_px, streams.main.codec) == (1920, 1080, "H264")
    assert (streams.sub.width_px, streams.sub.fps) == (640, 25.0)


def test_only_the_camera_with_motors_says_that_it_can_be_steered(kit: DeviceKit, opened: Opening) -> None:
    fixed, ptz = opened(kit.url("C01")), opened(kit.url("P01"))
    assert not fixed.capabilities().has_ptz
    assert ptz.capabilities().has_ptz
    assert [p.has_ptz for p in fixed.profiles()] == [False, False]
    assert [p.has_ptz for p in ptz.profiles()] == [True, True]
    with pytest.raises(ServiceError) as error:
        fixed.stop()
    assert error.value.code == "onvif.unsupported"


def test_a_snapshot_is_fetched_with_a_digest(kit: DeviceKit, opened: Opening) -> None:
    assert opened(kit.url("C01")).snapshot() == JPEG


def test_a_wrong_password_is_said_as_such(kit: DeviceKit, opened: Opening) -> None:
    device = opened(kit.url("P01"), Credential("watch", "hunter2"))
    for ask in (device.information, device.profiles, device.stop, device.snapshot, device.subscribe):
        with pytest.raises(ServiceError) as error:
            ask()
        assert error.value.code == "onvif.unauthorized"
        assert "hunter2" not in repr(error.value)
        assert error.value.__cause__ is None
    assert "hunter2" not in repr(device)


def test_the_clock_is_told_without_a_log_in(kit: DeviceKit, opened: Opening) -> None:
    kit.fixed.offset_s = -3600.0
    told = opened(kit.url("C01"), Credential("", "")).clock()
    assert told.ahead_s == pytest.approx(-3600.0, abs=2.0)
    assert abs((told.at - datetime.now(UTC)).total_seconds() + 3600) < 2


def test_a_device_an_hour_ahead_is_signed_for_by_its_own_clock(kit: DeviceKit, opened: Opening) -> None:
    kit.ptz.offset_s = 3600.0
    assert opened(kit.url("P01")).information().maker == "Shouwang"


def test_a_wrong_password_stays_one_when_the_clock_is_off_too(kit: DeviceKit, opened: Opening) -> None:
    kit.ptz.offset_s = 3600.0
    with pytest.raises(ServiceError) as error:
        opened(kit.url("P01"), Credential("watch", "wrong")).information()
    assert error.value.code == "onvif.unauthorized"


def test_a_clock_that_is_off_and_hidden_is_blamed_with_its_seconds(kit: DeviceKit, opened: Opening) -> None:
    kit.ptz.offset_s, kit.ptz.hides_clock = 3600.0, True
    with pytest.raises(ServiceError) as error:
        opened(kit.url("P01")).information()
    assert error.value.code == "onvif.clock"
    assert error.value.params["seconds"] == pytest.approx(3600, abs=3)


def test_nothing_listening_is_refused() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/onvif/device_service"
    device = open_device(url, CREDENTIAL, limit_s=3.0)
    with pytest.raises(ServiceError) as error:
        device.information()
    device.close()
    assert error.value.code == "onvif.refused"


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://example.org/\r\nContent-Length: 0\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"",
    ],
)
def test_what_does_not_speak_onvif_is_a_bad_answer(answer: bytes) -> None:
    with _Answering(answer) as url:
        device = open_device(url, CREDENTIAL, limit_s=3.0)
        with pytest.raises(ServiceError) as error:
            device.information()
        device.close()
    assert error.value.code == "onvif.bad_answer"


def test_a_peer_that_drips_its_answer_costs_the_deadline_and_no_more() -> None:
    with _Answering(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 10_000, drip_s=0.05) as url:
        device = open_device(url, CREDENTIAL, limit_s=0.6)
        begun_s = time.monotonic()
        with pytest.raises(ServiceError) as error:
            device.information()
        device.close()
        assert time.monotonic() - begun_s < 60.0
    assert error.value.code == "onvif.unreachable"


@pytest.mark.parametrize("url", ["", "rtsp://10.0.0.1/x", "http://", "http://[::1", "ftp://x/y"])
def test_a_url_that_is_none_is_refused_before_anything_is_sent(url: str) -> None:
    with pytest.raises(ServiceError) as error:
        open_device(url, CREDENTIAL)
    assert error.value.code == "onvif.bad_address"


def test_a_continuous_move_turns_until_it_is_stopped(kit: DeviceKit, opened: Opening) -> None:
    device = opened(kit.url("P01"))
    device.move(Velocity(pan=1.0, tilt=-0.5, zoom=0.5), timeout_s=10.0)
    kit.on_loop(lambda: kit.clock.advance(1.0))
    status = device.ptz_status()
    # Full speed is 0.5 a second in pan and tilt, 1/3 in zoom.
    assert (status.pan, status.tilt) == (pytest.approx(0.5), pytest.approx(-0.25))
    assert status.zoom == pytest.approx(1 / 6, abs=1e-4)
    assert status.is_moving
    device.stop()
    kit.on_loop(lambda: kit.clock.advance(1.0))
    assert device.ptz_status().pan == pytest.approx(0.5)
    assert not device.ptz_status().is_moving


def test_a_move_nobody_stops_ends_by_its_own_time(kit: DeviceKit, opened: Opening) -> None:
    device = opened(kit.url("P01"))
    device.move(Velocity(pan=0.5), timeout_s=2.0)
    kit.on_loop(lambda: kit.clock.advance(60.0))
    assert device.ptz_status().pan == pytest.approx(0.5)  # 2 s at half of 0.5 a second


def test_presets_are_saved_found_reached_and_removed(kit: DeviceKit, opened: Opening) -> None:
    device = opened(kit.url("P01"))
    device.move(Velocity(pan=1.0), timeout_s=1.0)
    kit.on_loop(lambda: kit.clock.advance(1.0))
    token = device.save_preset("东门 <口>")
    assert device.presets() == (DevicePreset(token, "东门 <口>"),)
    device.go_home()
    kit.on_loop(lambda: kit.clock.advance(9.0))
    assert device.ptz_status().pan == pytest.approx(0.0)
    device.go_to_preset(token)
    kit.on_loop(lambda: kit.clock.advance(9.0))
    assert device.ptz_status().pan == pytest.approx(0.5)
    device.save_home()
    assert kit.head.home.pan == pytest.approx(0.5)
    device.remove_preset(token)
    assert device.presets() == ()
    with pytest.raises(ServiceError) as error:
        device.go_to_preset(token)
    assert error.value.code == "onvif.rejected"
    assert error.value.params["reason"] == "unknown preset token"


def test_a_relay_is_switched_and_reported(kit: DeviceKit, opened: Opening) -> None:
    device = opened(kit.url("C01"))
    assert device.relays() == (Relay("relay0", is_pulse=False),)
    events = device.subscribe()
    assert {e.topic for e in events.pull(1.0) if e.is_first} == {
        "Device/Trigger/DigitalInput",
        "Device/Trigger/Relay",
        "VideoSource/MotionAlarm",
        "VideoSource/GlobalSceneChange/ImagingService",
    }
    device.switch_relay("relay0", is_on=True)
    (event,) = events.pull(2.0)
    assert event.topic == "Device/Trigger/Relay"
    assert (event.source, event.data) == ({"RelayToken": "relay0"}, {"LogicalState": "active"})
    assert not event.is_first
    events.close()


def test_an_event_ends_a_waiting_pull(kit: DeviceKit, opened: Opening) -> None:
    events = opened(kit.url("C01"), limit_s=2.0).subscribe()
    events.pull(1.0)
    timer = threading.Timer(0.2, lambda: kit.on_loop(lambda: kit.fixed.happen(Happening.MOTION, True)))
    timer.start()
    begun_s = time.monotonic()
    (event,) = events.pull(30.0)
    assert time.monotonic() - begun_s < 20.0
    assert event.data == {"State": "true"}
    assert event.at is not None
    assert abs((event.at - datetime.now(UTC)).total_seconds()) < 5
    timer.join()
    events.close()


def test_a_subscription_the_device_forgot_is_said(kit: DeviceKit, opened: Opening) -> None:
    events = opened(kit.url("C01")).subscribe()
    kit.on_loop(lambda: kit.clock.advance(61.0))
    with pytest.raises(ServiceError) as error:
        events.pull(0.1)
    assert error.value.code == "onvif.rejected"


def test_devices_are_found_on_the_loopback_with_their_names(kit: DeviceKit) -> None:
    found = {device.url: device for device in discover(0.8, interfaces=["127.0.0.1"])}
    assert found[kit.url("P01")].endpoint == kit.ptz.endpoint
    assert found[kit.url("P01")].name == "操场"
    assert found[kit.url("P01")].hardware == "SW-PTZ200"
    assert found[kit.url("C01")].location == "校园"


def test_a_device_does_not_hide_another_that_calls_itself_the_same(kit: DeviceKit) -> None:
    clone = DeviceKit()
    try:
        found = [device.url for device in discover(0.8, interfaces=["127.0.0.1"])]
    finally:
        clone.stop()
    assert clone.ptz.endpoint == kit.ptz.endpoint
    assert [found.count(each.url("P01")) for each in (kit, clone)] == [1, 1]


def test_a_device_is_found_by_asking_its_host(kit: DeviceKit) -> None:
    # The group is not reached from an interface without it; the host itself is.
    found = {device.endpoint for device in discover(0.8, interfaces=["127.0.0.1"], hosts=["127.0.0.1"])}
    assert kit.ptz.endpoint in found


class _Answering:
    """A TCP server that answers every connection with the same bytes."""

    def __init__(self, answer: bytes, drip_s: float = 0.0) -> None:
        self._answer = answer
        self._drip_s = drip_s
        self._stop = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> str:
        self._thread.start()
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}/onvif/device_service"

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                peer, _ = self._socket.accept()
            except OSError:
                return
            with peer:
                try:
                    peer.recv(65_536)
                    self._say(peer)
                    # A connection closed before all was read is reset, and takes the answer with it.
                    peer.shutdown(socket.SHUT_WR)
                    peer.settimeout(1.0)
                    while peer.recv(65_536):
                        pass
                except OSError:
                    continue

    def _say(self, peer: socket.socket) -> None:
        if not self._drip_s:
            peer.sendall(self._answer)
            return
        for byte in self._answer:
            peer.sendall(bytes((byte,)))
            if self._stop.wait(self._drip_s):
                return


def test_a_call_to_a_device_that_says_nothing_ends_when_somebody_hangs_up(opened: Opening) -> None:
    heard = threading.Event()

    def listens(peer: socket.socket) -> None:
        request = b""
        while b"Envelope>" not in request:
            request += peer.recv(65536)
        heard.set()

    jobs = Jobs("hanging-up", threads=1)
    with listening(listens) as port:
        device = opened(f"http://127.0.0.1:{port}/onvif/device_service", limit_s=120.0)
        asked = jobs.submit(device.information)
        assert heard.wait(LIMIT_S)
        device.hang_up()
        with pytest.raises(ServiceError) as refused:
            asked.result(5.0)  # the library itself gives up after 10 s
        with pytest.raises(ServiceError):
            device.clock()
    jobs.stop()
    assert refused.value.code in ("onvif.unreachable", "onvif.bad_answer")
