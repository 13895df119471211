"""WS-Discovery: who is there? Asked on every interface at once, the loopback included."""

from __future__ import annotations

import selectors
import socket
import time
import uuid
from collections.abc import Iterable
from contextlib import ExitStack
from urllib.parse import unquote, urlsplit

import structlog
from onveef.wsdiscovery import DiscoveredDevice, build_probe, local_ipv4_addresses, parse_probe_matches

from services.devices.onvif.seam import FoundDevice
from services.devices.onvif.trouble import short
from services.video.address import StreamAddress

log = structlog.get_logger(__name__)

GROUP = "239.255.255.250"
PORT = 3702
LOOPBACK = "127.0.0.1"
PROBES = 3  # UDP is lossy; spread over the first half of the wait
DEVICES_LIMIT = 2000  # answers come from anybody
ANSWER_LIMIT_BYTES = 65_535

# Endpoint and address: cameras cloned in the factory share an endpoint, and none may hide another.
FoundKey = tuple[str, str]


def discover(
    limit_s: float = 3.0, *, interfaces: Iterable[str] | None = None, hosts: Iterable[str] = ()
) -> tuple[FoundDevice, ...]:
    """Devices that answer within `limit_s`, by address; blocks that long.

    interfaces: own IPv4 addresses to ask from, None = all. hosts: asked directly too, for devices
    behind a router. Raises ServiceError never: a network that cannot be asked has no devices.
    """
    ways = list(interfaces) if interfaces is not None else [*local_ipv4_addresses(), LOOPBACK]
    found: dict[FoundKey, FoundDevice] = {}
    with ExitStack() as open_sockets, selectors.DefaultSelector() as selector:
        sockets = [s for way in ways if (s := _socket(way)) is not None]
        for each in sockets:
            open_sockets.callback(each.close)
            selector.register(each, selectors.EVENT_READ)
        _ask(sockets, [GROUP, *hosts], selector, limit_s, found)
    return tuple(sorted(found.values(), key=lambda device: (device.url, device.endpoint)))


def _socket(own_ip: str) -> socket.socket | None:
    asking = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        asking.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 2)
        asking.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(own_ip))
        asking.bind((own_ip, 0))
        asking.setblocking(False)
    except OSError as error:
        log.info("onvif.cannot_ask", interface=own_ip, reason=error.strerror)
        asking.close()
        return None
    return asking


def _ask(
    sockets: list[socket.socket],
    targets: list[str],
    selector: selectors.BaseSelector,
    limit_s: float,
    found: dict[FoundKey, FoundDevice],
) -> None:
    begun_s = time.monotonic()
    asked = 0
    while sockets and (now_s := time.monotonic()) < begun_s + limit_s:
        if asked < PROBES and now_s >= begun_s + asked * limit_s / 2 / PROBES:
            _send_probe(sockets, targets)
            asked += 1
        next_s = begun_s + (limit_s if asked == PROBES else asked * limit_s / 2 / PROBES)
        for key, _ in selector.select(max(0.0, next_s - now_s)):
            assert isinstance(key.fileobj, socket.socket)
            _hear(key.fileobj, found)


def _send_probe(sockets: list[socket.socket], targets: list[str]) -> None:
    probe = build_probe(message_id=f"urn:uuid:{uuid.uuid4()}").encode()
    for asking in sockets:
        for target in targets:
            try:
                asking.sendto(probe, (target, PORT))
            except OSError as error:
                log.debug("onvif.probe_not_sent", target=target, reason=error.strerror)


def _hear(asking: socket.socket, found: dict[FoundKey, FoundDevice]) -> None:
    try:
        data, _ = asking.recvfrom(ANSWER_LIMIT_BYTES)
        matches = parse_probe_matches(data.decode("utf-8", "replace"))
    except OSError:
        return  # an ICMP answer to an earlier probe
    for match in matches:
        device = _device(match)
        if device is not None and len(found) < DEVICES_LIMIT:
            found.setdefault((device.endpoint, device.url), device)


def _device(match: DiscoveredDevice) -> FoundDevice | None:
    """None for an answer without a usable address."""
    for url in match.xaddrs:
        try:
            parts = urlsplit(url)
            is_usable = parts.scheme in ("http", "https") and bool(parts.hostname)
        except ValueError:
            continue
        if is_usable:
            bare = StreamAddress(url).url
            words = (short(unquote(text)) for text in (match.name, match.hardware, match.location))
            return FoundDevice(bare, match.endpoint_reference, *words)
    return None
