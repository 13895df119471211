"""Opens a network camera for recording, by RTSP or through a tunnel of our own by RTSPS."""

from __future__ import annotations

from contextlib import ExitStack, closing

import av
from av.container import InputContainer

from services.video import trouble
from services.video.address import StreamAddress
from services.video.sources.rtsp import BY_TRANSPORT, READ_TIMEOUT_S
from services.video.sources.rtsps import TlsTunnel, inside_address

OPEN_PATIENCE_S = 4.0
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
    return held.enter_context(closing(av.open(address.joined_short(), options=options, timeout=timeout)))
