"""WS-Discovery: answers probes by multicast and unicast, on one interface only."""

from __future__ import annotations

import asyncio
import socket
import sys
import uuid
from collections.abc import Callable
from typing import cast
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape

import structlog
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from services.sim.onvif.device import VirtualDevice
from services.sim.onvif.device_service import scopes

log = structlog.get_logger(__name__)

GROUP = "239.255.255.250"
PORT = 3702
_SOAP = "http://www.w3.org/2003/05/soap-envelope"
_ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing"
_DISCOVERY = "http://schemas.xmlsoap.org/ws/2005/04/discovery"
_TYPES = {"NetworkVideoTransmitter", "Device"}
_IP_MULTICAST_ALL = 49  # Linux: hear only the groups this socket joined itself


class Responder(asyncio.DatagramProtocol):
    """Tells probers about `devices`, each at `url_of(device)`."""

    def __init__(self, devices: tuple[VirtualDevice, ...], url_of: Callable[[VirtualDevice], str]) -> None:
        self._devices = devices
        self._url_of = url_of
        self._transports: list[asyncio.DatagramTransport] = []

    async def open(self, host: str) -> bool:
        """False when the port cannot be had: the devices are then known by address only."""
        loop = asyncio.get_running_loop()
        try:
            sockets = _sockets(host)
        except OSError as error:
            log.info("sim.no_discovery", reason=error.strerror)
            return False
        for each in sockets:
            transport, _ = await loop.create_datagram_endpoint(lambda: _Ear(self._answer), sock=each)
            self._transports.append(transport)
        return True

    def close(self) -> None:
        for transport in self._transports:
            transport.close()
        self._transports.clear()

    def _answer(self, data: bytes, reply: Callable[[bytes], None]) -> None:
        message_id = probed_by(data)
        if message_id is not None:
            for device in self._devices:
                reply(_match(device, self._url_of(device), message_id))


class _Ear(asyncio.DatagramProtocol):
    def __init__(self, answer: Callable[[bytes, Callable[[bytes], None]], None]) -> None:
        self._answer = answer
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # The selector loop's class does not say that it is one, before Python 3.12.
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        transport = self._transport
        if transport is not None:
            self._answer(data, lambda answer: transport.sendto(answer, addr))


def probed_by(data: bytes) -> str | None:
    """The message id of a probe that cameras answer; None for anything else."""
    try:
        root = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return None
    probe = root.find(f"{{{_SOAP}}}Body/{{{_DISCOVERY}}}Probe")
    if probe is None or not _wants_cameras(probe):
        return None
    return root.findtext(f"{{{_SOAP}}}Header/{{{_ADDRESSING}}}MessageID", "").strip()


def _wants_cameras(probe: Element) -> bool:
    types = probe.findtext(f"{{{_DISCOVERY}}}Types", "").split()
    return not types or any(name.rpartition(":")[2] in _TYPES for name in types)


def _match(device: VirtualDevice, url: str, message_id: str) -> bytes:
    kinds = "dn:NetworkVideoTransmitter tds:Device"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<env:Envelope xmlns:env="{_SOAP}" xmlns:wsa="{_ADDRESSING}" xmlns:d="{_DISCOVERY}" '
        'xmlns:dn="http://www.onvif.org/ver10/network/wsdl" '
        'xmlns:tds="http://www.onvif.org/ver10/device/wsdl">'
        f"<env:Header><wsa:MessageID>urn:uuid:{uuid.uuid4()}</wsa:MessageID>"
        f"<wsa:RelatesTo>{escape(message_id)}</wsa:RelatesTo>"
        "<wsa:To>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</wsa:To>"
        f"<wsa:Action>{_DISCOVERY}/ProbeMatches</wsa:Action></env:Header>"
        "<env:Body><d:ProbeMatches><d:ProbeMatch>"
        f"<wsa:EndpointReference><wsa:Address>{device.endpoint}</wsa:Address></wsa:EndpointReference>"
        f"<d:Types>{kinds}</d:Types><d:Scopes>{escape(' '.join(scopes(device)))}</d:Scopes>"
        f"<d:XAddrs>{escape(url)}</d:XAddrs><d:MetadataVersion>1</d:MetadataVersion>"
        "</d:ProbeMatch></d:ProbeMatches></env:Body></env:Envelope>"
    ).encode()


def _sockets(host: str) -> list[socket.socket]:
    """One for the group, joined on `host` alone, and one for who asks `host` itself."""
    opened: list[socket.socket] = []
    try:
        # Linux hears a group only on a socket bound to it or to nothing; Windows cannot bind to a group.
        for own in (GROUP if sys.platform != "win32" else host, host):
            made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            opened.append(made)
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            made.setblocking(False)
            made.bind((own, PORT))
        group = socket.inet_aton(GROUP) + socket.inet_aton(host)
        opened[0].setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)
        if sys.platform == "linux":
            opened[0].setsockopt(socket.IPPROTO_IP, _IP_MULTICAST_ALL, 0)
    except OSError:
        for made in opened:
            made.close()
        raise
    return opened
