"""Reads the addresses and ports that a person wants looked at, and bounds how many."""

from __future__ import annotations

import ipaddress
import re

from services.core.errors import ServiceError

MOST_HOSTS = 1024
MOST_PORTS = 16
COMMON_PORTS = (554, 8554, 80, 8000)
_SHORT_END = re.compile(r"\d{1,3}")


def parse_hosts(text: str) -> tuple[str, ...]:
    """IPv4 addresses from "10.1.2.0/24", "10.1.2.3-40", "10.1.2.3-10.1.3.9" or a list of these.

    Raises ServiceError("scan.bad_range", text) and ("scan.too_many", count, most).
    """
    hosts: dict[str, None] = {}
    parts = [part for part in re.split(r"[,，;；\s]+", text.replace("－", "-")) if part]
    if not parts:
        raise ServiceError("scan.bad_range", text=text.strip())
    for part in parts:
        first, last = _bounds(part)
        if len(hosts) + last - first + 1 > MOST_HOSTS:
            raise ServiceError("scan.too_many", count=len(hosts) + last - first + 1, most=MOST_HOSTS)
        hosts.update((str(ipaddress.IPv4Address(number)), None) for number in range(first, last + 1))
    return tuple(hosts)


def parse_ports(text: str) -> tuple[int, ...]:
    """Raises ServiceError("scan.bad_ports", text, most)."""
    parts = [part for part in re.split(r"[,，;；\s]+", text) if part]
    ports = tuple(dict.fromkeys(int(part) for part in parts if part.isascii() and part.isdigit()))
    if not ports or len(ports) > MOST_PORTS or len(parts) != len(ports):
        raise ServiceError("scan.bad_ports", text=text, most=MOST_PORTS)
    if not all(0 < port < 65536 for port in ports):
        raise ServiceError("scan.bad_ports", text=text, most=MOST_PORTS)
    return ports


def _bounds(part: str) -> tuple[int, int]:
    """First and last address as numbers."""
    try:
        if "/" in part:
            network = ipaddress.IPv4Network(part, strict=False)
            first, last = int(network.network_address), int(network.broadcast_address)
            # Network and broadcast address are nobody's.
            return (first + 1, last - 1) if network.prefixlen < 31 else (first, last)
        start, _, end = part.partition("-")
        first = int(ipaddress.IPv4Address(start))
        if _SHORT_END.fullmatch(end):
            end = f"{start.rpartition('.')[0]}.{end}"
        last = int(ipaddress.IPv4Address(end)) if end else first
    except ValueError:
        raise ServiceError("scan.bad_range", text=part) from None
    if last < first:
        raise ServiceError("scan.bad_range", text=part)
    return first, last
