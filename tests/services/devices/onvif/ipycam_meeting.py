"""Our client meets ipycam, both inside whatever network this process has; prints what was seen as JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from services.core.errors import ServiceError
from services.core.secrets import Credential
from services.devices.onvif import OnvifDevice, Velocity, discover, open_device

USER, PASSWORD = "viewer", "se cret/@"
LIMIT_S = 60.0


def main() -> None:
    peers = sys.argv[1]
    device = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("ipycam_device.py")), USER, PASSWORD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": peers},
    )
    assert device.stdout is not None
    port = int(device.stdout.readline().split()[1])
    try:
        sys.stdout.write(json.dumps(meet(port)))
    finally:
        device.communicate(timeout=LIMIT_S)


def meet(port: int) -> dict[str, object]:
    url = f"http://127.0.0.1:{port}/onvif/device_service"
    found = discover(1.5, interfaces=["127.0.0.1"])
    stranger = open_device(url, Credential(USER, "wrong"), limit_s=10.0)
    camera = open_device(url, Credential(USER, PASSWORD), limit_s=10.0)
    try:
        information, streams = camera.information(), camera.streams()
        return {
            "found": [device.url for device in found],
            "maker": information.maker,
            "model": information.model,
            "main": [streams.main_url, streams.main.width_px, streams.main.codec],
            "sub": [streams.sub_url, streams.sub.width_px],
            "has_ptz": camera.capabilities().has_ptz,
            "clock_s": camera.clock().ahead_s,
            "snapshot": camera.snapshot()[:2].hex(),
            **steer(camera),
            "wrong_password": code_of(stranger),
        }
    finally:
        stranger.close()
        camera.close()


def steer(camera: OnvifDevice) -> dict[str, object]:
    camera.move(Velocity(pan=1.0), timeout_s=LIMIT_S)
    pan_when(camera, lambda pan: pan > 0.05)
    camera.stop()
    moved = camera.ptz_status().pan
    token = camera.save_preset("北门")
    presets = [preset.name for preset in camera.presets()]
    camera.go_home()
    home = pan_when(camera, lambda pan: pan == 0.0)
    camera.go_to_preset(token)
    back = pan_when(camera, lambda pan: pan != 0.0)
    return {"moved": moved, "presets": presets, "home": home, "back": back}


def pan_when(camera: OnvifDevice, is_there: Callable[[float], bool]) -> float:
    """The pan once it is as wanted, or whatever it is after LIMIT_S; the test judges it."""
    ends_s = time.monotonic() + LIMIT_S
    while not is_there(pan := camera.ptz_status().pan or 0.0) and time.monotonic() < ends_s:
        continue
    return pan


def code_of(device: OnvifDevice) -> str:
    try:
        device.information()
    except ServiceError as error:
        return error.code
    return ""


if __name__ == "__main__":
    main()
