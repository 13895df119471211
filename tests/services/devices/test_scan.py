"""A scan finds what speaks RTSP, sends no password in the clear, and stops when told to."""

from __future__ import annotations

import socket
import threading

import pytest

from services.core.secrets import Credential
from services.devices.ranges import parse_hosts
from services.devices.scan import AddressScan, FoundCamera
from services.sim.cameras import CameraFarm
from tests.services.devices.plain_servers import answers, free_port, listening, reply, stays_silent
from tests.services.sim.camera_kit import PASSWORD, USER

LOGIN = Credential(USER, PASSWORD)


def test_a_camera_among_empty_addresses_is_found_with_its_streams(device: CameraFarm) -> None:
    # Only 127.0.0.1 has the simulator: the other loopback addresses refuse.
    scan = AddressScan(parse_hosts("127.0.0.1-30"), (free_port(), device.port), LOGIN)
    (found,) = scan.run()
    root = f"rtsp://127.0.0.1:{device.port}"
    assert (found.host, found.rtsp_port, found.login_fits) == ("127.0.0.1", device.port, True)
    assert (found.main_url, found.sub_url) == (f"{root}/stream1", f"{root}/stream2")
    assert (scan.done, scan.total) == (30, 30)


@pytest.mark.parametrize(("login", "fits"), [(None, None), (Credential(USER, "wrong"), False)])
def test_without_the_right_password_a_camera_is_found_but_not_its_streams(
    device: CameraFarm, login: Credential | None, fits: bool | None
) -> None:
    (found,) = AddressScan(("127.0.0.1",), (device.port,), login).run()
    assert found == FoundCamera(
        "127.0.0.1", (device.port,), device.port, found.server, needs_login=True, login_fits=fits
    )


def test_an_open_port_that_is_no_camera_is_told_as_a_port() -> None:
    with listening(stays_silent) as port:
        (found,) = AddressScan(("127.0.0.1",), (port,)).run()
    assert (found.open_ports, found.rtsp_port) == ((port,), 0)


def test_a_scan_gives_no_password_to_who_wants_it_readable() -> None:
    heard: list[bytes] = []

    def serve(peer: socket.socket) -> None:
        try:
            while data := peer.recv(65536):
                heard.append(data)
                peer.sendall(reply(401, 'WWW-Authenticate: Basic realm="trap"').encode())
        except OSError:
            return

    with listening(serve) as port:
        (found,) = AddressScan(("127.0.0.1",), (port,), LOGIN).run()
    assert (found.needs_login, found.login_fits) == (True, None)
    assert heard
    assert not any(b"Authorization" in data for data in heard)


def test_a_wrong_password_is_tried_on_one_path_only() -> None:
    """Ten tries would lock the account of a camera that counts them."""
    tries: list[bytes] = []

    def serve(peer: socket.socket) -> None:
        try:
            while data := peer.recv(65536):
                tries.append(data)
                peer.sendall(reply(401, 'WWW-Authenticate: Digest realm="c", nonce="n"').encode())
        except OSError:
            return

    with listening(serve) as port:
        AddressScan(("127.0.0.1",), (port,), LOGIN).run()
    assert sum(b"Authorization" in data for data in tries) == 1


def test_a_cancelled_scan_contacts_nobody_more() -> None:
    entered = threading.Event()
    with listening(lambda _peer: entered.set()) as port:
        scan = AddressScan(parse_hosts("127.0.0.1-200"), (port,))
        scan.cancel()
        assert scan.run() == ()
        assert not entered.is_set()
    assert (scan.done, scan.is_cancelled) == (0, True)


def test_a_device_with_another_path_is_found_without_streams() -> None:
    with listening(answers(reply(404))) as port:
        (found,) = AddressScan(("127.0.0.1",), (port,)).run()
    assert (found.rtsp_port, found.main_url, found.needs_login) == (port, "", False)
