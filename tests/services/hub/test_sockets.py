"""What the hub's sockets keep while nobody reads them."""

from __future__ import annotations

import contextlib
import socket
import sys
from pathlib import Path

import pytest

from services.hub.sockets import bind

STORM = 1000
# What the kernel counts for a small datagram, at most.
COST_BYTES = 2048


def kept(listening: socket.socket) -> int:
    """Of a storm sent before the first is read."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as panel:
        for number in range(STORM):
            panel.sendto(number.to_bytes(2, "big") * 60, listening.getsockname())
    count = 0
    with contextlib.suppress(BlockingIOError):
        while listening.recv(4096):
            count += 1
    return count


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is read from Linux")
def test_a_storm_of_datagrams_waits_for_the_hub_where_the_system_allows_it() -> None:
    allowed = 2 * int(Path("/proc/sys/net/core/rmem_max").read_text())
    bound = bind("127.0.0.1", 0)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ordinary:
        ordinary.bind(("127.0.0.1", 0))
        ordinary.setblocking(False)
        with_ours, without = kept(bound.udp), kept(ordinary)
    bound.close()

    assert with_ours >= min(STORM, allowed // COST_BYTES)
    assert with_ours > without or with_ours == STORM
