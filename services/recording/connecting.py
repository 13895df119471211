"""A network camera's connection for recording: by RTSP, or by RTSPS through a tunnel of our own; again when
it breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from threading import Event

import av
from av.container import InputContainer

from services.core.backoff import Backoff
from services.core.clock import Clock
from services.video import trouble
from services.video.address import StreamAddress
from services.video.sources.rtsp import BY_TRANSPORT, READ_TIMEOUT_S
from services.video.sources.rtsps import TlsTunnel, inside_address

OPEN_PATIENCE_S = 4.0
# A connection that stood so long begins with short waits again.
STEADY_AFTER_S = 10.0
_OPTIONS = {"probesize": "262144", "analyzeduration": "1000000"}


def opened_camera(address: StreamAddress, held: ExitStack, media: str = "video+audio") -> InputContainer:
    """Closed with `held`. media: what of it is asked for. Raises StreamTrouble, and what FFmpeg raises."""
    if address.scheme == "rtsps":
        tunnel = TlsTunnel(address, OPEN_PATIENCE_S)
        held.callback(tunnel.close)
        address = inside_address(address, tunnel.port)
    elif address.scheme != "rtsp":
        raise trouble.StreamTrouble(trouble.UNSUPPORTED)
    options = {**_OPTIONS, **BY_TRANSPORT[address.transport], "allowed_media_types": media}
    timeout = (OPEN_PATIENCE_S, READ_TIMEOUT_S)
    return held.enter_context(
        closing(av.open(address.joined_short(), options=options, timeout=timeout, metadata_errors="replace"))
    )


def broken_connections(
    read: Callable[[Event], None], stop: Event, clock: Clock, waits: Backoff
) -> Iterator[str]:
    """Connects by `read` again and again until `stop`: a `video.*` code for each time it ended, then a wait.

    read: connects and reads until something breaks, or `stop`; raises whatever it likes.
    """
    while not stop.is_set():
        began_s = clock.monotonic()
        try:
            read(stop)
            code = trouble.ENDED
        except Exception as error:  # noqa: BLE001  libraries raise anything; their text holds the password
            code = trouble.code_of(error)
        yield code
        if clock.monotonic() - began_s > STEADY_AFTER_S:
            waits.reset()
        stop.wait(waits.next_s())
