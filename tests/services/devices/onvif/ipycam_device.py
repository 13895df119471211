"""A foreign ONVIF device in a process of its own; says "ready" and its port, ends with its standard input."""

from __future__ import annotations

import socket
import sys

import numpy as np
from ipycam import CameraConfig, IPCamera


def main() -> None:
    user, password = sys.argv[1:3]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = CameraConfig(local_ip="127.0.0.1", onvif_port=port, main_width=1280, main_height=720)
    config.set_credentials(user, password)
    camera = IPCamera(config)
    camera.start()
    camera.stream(np.full((720, 1280, 3), 90, np.uint8))
    sys.stdout.write(f"ready {port}\n")
    sys.stdout.flush()
    sys.stdin.read()
    camera.stop()


if __name__ == "__main__":
    main()
