"""Asks a camera cheaply whether it is there: an RTSP OPTIONS without credentials, or a bare connection."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from threading import Event
from urllib.parse import urlsplit

from services.video import trouble
from services.video.address import StreamAddress

KNOCK_EVERY_S = 0.7
KNOCK_LIMIT_S = 0.6
# A camera that answers but brought no picture is opened again after so long at the latest: two knocks, and
# half a second to open it, make less than the 2 s after which a camera that is back must be seen.
MOST_WAIT_OF_ANSWERING_S = 1.4
# One that answers no knock is opened now and then all the same: it may answer only who logs in.
MOST_AWAY_S = 15.0
DEFAULT_PORTS = {"rtsp": 554, "rtsps": 322}
_ASK = "OPTIONS {url} RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: shouwang\r\n\r\n"


def answers(address: StreamAddress, limit_s: float = KNOCK_LIMIT_S) -> bool:
    """Whether somebody speaks RTSP there (an encrypted port: takes connections). Blocks `limit_s` at most."""
    parts = urlsplit(address.url)
    try:
        place = (parts.hostname or "", parts.port or DEFAULT_PORTS.get(address.scheme, 0))
        until_s = time.monotonic() + limit_s
        with socket.create_connection(place, timeout=limit_s) as link:
            if address.scheme != "rtsp":
                return True
            link.sendall(_ASK.format(url=address.url).encode())
            link.settimeout(max(0.05, until_s - time.monotonic()))
            return link.recv(16).startswith(b"RTSP/")
    except (OSError, ValueError):
        return False


def wait_for_return(
    address: StreamAddress,
    code: str,
    wait_s: float,
    stop: Event,
    is_there: Callable[[StreamAddress], bool] = answers,
) -> None:
    """Wait before the next open: `wait_s`, less when the camera comes back, more while it is away.

    An open of a dead camera holds a turn for seconds, a knock holds nothing. Whoever refused the
    password is left alone for `wait_s`: cameras lock an account that is tried too often.
    """
    if address.scheme not in DEFAULT_PORTS or code == trouble.UNAUTHORIZED:
        stop.wait(wait_s)
        return
    began_s = time.monotonic()
    was_away = False
    while not stop.wait(min(wait_s, KNOCK_EVERY_S)):
        waited_s = time.monotonic() - began_s
        if waited_s >= MOST_AWAY_S:
            return
        if not is_there(address):
            was_away = True
        elif was_away or waited_s >= min(wait_s, MOST_WAIT_OF_ANSWERING_S):
            return
