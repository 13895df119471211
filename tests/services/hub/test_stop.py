"""A hub that is told to stop waits for no camera and no keyring."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from services.core.secrets import Secrets
from services.core.settings import Settings
from services.domain.people import Role
from services.domain.ptz import PtzControl
from services.domain.site import Camera, CameraNo, Site
from services.hub import Hub
from services.storage import Database
from tests.services.devices.plain_servers import listening
from tests.waiting import LIMIT_S

STEERED = Camera(
    CameraNo("P01"),
    "球机",
    "Dome",
    "东门",
    (10.0, 10.0),
    height_m=4.0,
    heading_deg=0.0,
    fov_deg=70.0,
    range_m=30.0,
    main_url="file:///none",
    sub_url="file:///none",
    has_ptz=True,
)


def test_a_camera_that_is_being_sent_home_and_says_nothing_is_not_waited_for(
    settings: Settings, database: Database, site: Site, expected_log: Callable[..., None]
) -> None:
    # No "worker.did_not_stop": its thread ends although the device would be waited for for 5 s.
    expected_log("panel.silent")
    heard = threading.Event()

    def stays_silent(peer: socket.socket) -> None:
        request = b""
        while b"Envelope>" not in request:
            request += peer.recv(65536)
        heard.set()

    with listening(stays_silent) as port:
        camera = replace(STEERED, onvif_url=f"http://127.0.0.1:{port}/onvif/device_service")
        operated_at = datetime.now(UTC) - timedelta(minutes=5)
        control = PtzControl(camera.no, "wang", "王某", Role.OPERATOR, "seat-1", operated_at)
        database.write(lambda tx: tx.replace_site(replace(site, cameras=(camera,))))
        database.write(lambda tx: tx.put_ptz_control(control))
        hub = Hub(settings, Secrets())
        hub.start()
        try:
            assert heard.wait(LIMIT_S)
        finally:
            hub.stop()
    control_now = database.read(lambda view: view.steering.controls())[0]
    assert control_now.is_away, "it is still to be sent home by the next hub"
