"""TCP and UDP sockets on one port, bound in the caller's thread so that trouble is told at once."""

from __future__ import annotations

import errno
import os
import socket
from dataclasses import dataclass

from services.core.errors import ServiceError

BACKLOG = 128
# A panel repeats a lost datagram after seconds; some thousands may wait while the hub is busy. The system
# gives as much of it as it allows (Linux: net.core.rmem_max).
UDP_BUFFER_BYTES = 4 * 1024 * 1024
# With port 0 the system picks a free TCP port; its UDP twin may be taken, then another is tried.
MOST_PORT_TRIES = 20


@dataclass(frozen=True, slots=True)
class Bound:
    """Both sockets listen on `port` of `host`, non-blocking."""

    host: str
    port: int
    tcp: socket.socket
    udp: socket.socket

    def close(self) -> None:
        self.tcp.close()
        self.udp.close()


def bind(host: str, port: int) -> Bound:
    """Listen on `port` (0 = any free one) with TCP and UDP.

    Raises ServiceError: hub.port_in_use(port), hub.cannot_listen(host, port, reason).
    """
    for _ in range(MOST_PORT_TRIES):
        try:
            return _bind_pair(host, port)
        except OSError as error:
            if error.errno == errno.EADDRINUSE and port == 0:
                continue
            if error.errno == errno.EADDRINUSE:
                raise ServiceError("hub.port_in_use", port=port) from error
            raise ServiceError("hub.cannot_listen", host=host, port=port, reason=str(error)) from error
    raise ServiceError("hub.port_in_use", port=port)


def bind_stream(host: str, port: int) -> socket.socket:
    """Listen on `port` (0 = any free one) with TCP only; raises as `bind` does."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(BACKLOG)
        listening.setblocking(False)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise ServiceError("hub.port_in_use", port=port) from error
        raise ServiceError("hub.cannot_listen", host=host, port=port, reason=str(error)) from error
    return listening


def _bind_pair(host: str, port: int) -> Bound:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    tcp = socket.socket(family, socket.SOCK_STREAM)
    udp = socket.socket(family, socket.SOCK_DGRAM)
    try:
        if os.name == "posix":
            # Elsewhere this option would let a second hub steal the port.
            tcp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        tcp.bind((host, port))
        port = tcp.getsockname()[1]
        udp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, UDP_BUFFER_BYTES)
        udp.bind((host, port))
        tcp.listen(BACKLOG)
        tcp.setblocking(False)
        udp.setblocking(False)
    except OSError:
        tcp.close()
        udp.close()
        raise
    return Bound(host, port, tcp, udp)
