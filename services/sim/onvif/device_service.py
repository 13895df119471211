"""The Device service: what it is, what it has, what time it is, its relay."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote
from xml.sax.saxutils import escape

from services.sim.onvif.answering import Asked, Operation
from services.sim.onvif.bell import Happening
from services.sim.onvif.device import FIRMWARE, MAKER, RELAY, VirtualDevice
from services.sim.onvif.soap import DEVICE, EVENTS, MEDIA, PTZ, REPLAY, SEARCH, bad_argument

_SCOPE = "onvif://www.onvif.org"


def scopes(device: VirtualDevice) -> tuple[str, ...]:
    """How it introduces itself; words are percent-encoded UTF-8."""
    camera = device.camera
    kinds = ["type/video_encoder", "Profile/Streaming", *(["type/ptz"] if device.head else [])]
    return (
        *(f"{_SCOPE}/{kind}" for kind in kinds),
        f"{_SCOPE}/name/{quote(camera.name, safe='')}",
        f"{_SCOPE}/hardware/{device.model}",
        f"{_SCOPE}/location/{quote(camera.place or camera.name, safe='')}",
    )


def _services(asked: Asked) -> dict[str, str]:
    found = {DEVICE: "device_service", MEDIA: "media_service", EVENTS: "events_service"}
    if asked.device.head is not None:
        found[PTZ] = "ptz_service"
    if asked.device.archive is not None:
        found |= {SEARCH: "search_service", REPLAY: "replay_service"}
    return {namespace: f"{asked.base}/{name}" for namespace, name in found.items()}


def _get_system_date_and_time(asked: Asked) -> str:
    now = _date_time(asked.device.now())
    return (
        "<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime>"
        "<tt:DateTimeType>NTP</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings>"
        "<tt:TimeZone><tt:TZ>UTC0</tt:TZ></tt:TimeZone>"
        f"<tt:UTCDateTime>{now}</tt:UTCDateTime><tt:LocalDateTime>{now}</tt:LocalDateTime>"
        "</tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>"
    )


def _date_time(at: datetime) -> str:
    return (
        f"<tt:Time><tt:Hour>{at.hour}</tt:Hour><tt:Minute>{at.minute}</tt:Minute>"
        f"<tt:Second>{at.second}</tt:Second></tt:Time>"
        f"<tt:Date><tt:Year>{at.year}</tt:Year><tt:Month>{at.month}</tt:Month>"
        f"<tt:Day>{at.day}</tt:Day></tt:Date>"
    )


def _get_device_information(asked: Asked) -> str:
    device = asked.device
    return (
        "<tds:GetDeviceInformationResponse>"
        f"<tds:Manufacturer>{MAKER}</tds:Manufacturer><tds:Model>{device.model}</tds:Model>"
        f"<tds:FirmwareVersion>{FIRMWARE}</tds:FirmwareVersion>"
        f"<tds:SerialNumber>{device.serial}</tds:SerialNumber><tds:HardwareId>1.0</tds:HardwareId>"
        "</tds:GetDeviceInformationResponse>"
    )


def _get_services(asked: Asked) -> str:
    version = "<tds:Version><tt:Major>2</tt:Major><tt:Minor>60</tt:Minor></tds:Version>"
    inner = "".join(
        f"<tds:Service><tds:Namespace>{namespace}</tds:Namespace><tds:XAddr>{url}</tds:XAddr>"
        f"{version}</tds:Service>"
        for namespace, url in _services(asked).items()
    )
    return f"<tds:GetServicesResponse>{inner}</tds:GetServicesResponse>"


def _get_capabilities(asked: Asked) -> str:
    services = _services(asked)
    ptz = f"<tt:PTZ><tt:XAddr>{services[PTZ]}</tt:XAddr></tt:PTZ>" if PTZ in services else ""
    return (
        "<tds:GetCapabilitiesResponse><tds:Capabilities>"
        f"<tt:Device><tt:XAddr>{services[DEVICE]}</tt:XAddr>"
        "<tt:IO><tt:InputConnectors>1</tt:InputConnectors><tt:RelayOutputs>1</tt:RelayOutputs></tt:IO>"
        "</tt:Device>"
        f"<tt:Events><tt:XAddr>{services[EVENTS]}</tt:XAddr>"
        "<tt:WSSubscriptionPolicySupport>false</tt:WSSubscriptionPolicySupport>"
        "<tt:WSPullPointSupport>true</tt:WSPullPointSupport>"
        "<tt:WSPausableSubscriptionManagerInterfaceSupport>false"
        "</tt:WSPausableSubscriptionManagerInterfaceSupport></tt:Events>"
        f"<tt:Media><tt:XAddr>{services[MEDIA]}</tt:XAddr><tt:StreamingCapabilities>"
        "<tt:RTPMulticast>false</tt:RTPMulticast><tt:RTP_TCP>true</tt:RTP_TCP>"
        "<tt:RTP_RTSP_TCP>true</tt:RTP_RTSP_TCP></tt:StreamingCapabilities></tt:Media>"
        f"{ptz}</tds:Capabilities></tds:GetCapabilitiesResponse>"
    )


def _get_service_capabilities(_asked: Asked) -> str:
    return (
        "<tds:GetServiceCapabilitiesResponse><tds:Capabilities>"
        '<tds:Network/><tds:Security UsernameToken="true" HttpDigest="true"/><tds:System/>'
        "</tds:Capabilities></tds:GetServiceCapabilitiesResponse>"
    )


def _get_scopes(asked: Asked) -> str:
    inner = "".join(
        "<tds:Scopes><tt:ScopeDef>Fixed</tt:ScopeDef>"
        f"<tt:ScopeItem>{escape(scope)}</tt:ScopeItem></tds:Scopes>"
        for scope in scopes(asked.device)
    )
    return f"<tds:GetScopesResponse>{inner}</tds:GetScopesResponse>"


def _get_network_interfaces(asked: Asked) -> str:
    number = int(asked.device.serial[2:8], 16)
    # 02: locally administered, so it is nobody's.
    address = "02:5A:" + ":".join(f"{number >> shift & 0xFF:02X}" for shift in (24, 16, 8, 0))
    return (
        "<tds:GetNetworkInterfacesResponse>"
        '<tds:NetworkInterfaces token="eth0"><tt:Enabled>true</tt:Enabled>'
        f"<tt:Info><tt:Name>eth0</tt:Name><tt:HwAddress>{address}</tt:HwAddress><tt:MTU>1500</tt:MTU></tt:Info>"
        "<tt:IPv4><tt:Enabled>true</tt:Enabled><tt:Config><tt:Manual><tt:Address>127.0.0.1</tt:Address>"
        "<tt:PrefixLength>8</tt:PrefixLength></tt:Manual><tt:DHCP>false</tt:DHCP></tt:Config></tt:IPv4>"
        "</tds:NetworkInterfaces></tds:GetNetworkInterfacesResponse>"
    )


def _get_hostname(asked: Asked) -> str:
    return (
        "<tds:GetHostnameResponse><tds:HostnameInformation><tt:FromDHCP>false</tt:FromDHCP>"
        f"<tt:Name>{escape(asked.device.camera.no.lower())}</tt:Name>"
        "</tds:HostnameInformation></tds:GetHostnameResponse>"
    )


def _get_relay_outputs(_asked: Asked) -> str:
    return (
        f'<tds:GetRelayOutputsResponse><tds:RelayOutputs token="{RELAY}"><tt:Properties>'
        "<tt:Mode>Bistable</tt:Mode><tt:DelayTime>PT0S</tt:DelayTime><tt:IdleState>open</tt:IdleState>"
        "</tt:Properties></tds:RelayOutputs></tds:GetRelayOutputsResponse>"
    )


def _set_relay_output_state(asked: Asked) -> str:
    if asked.call.text("RelayOutputToken") != RELAY:
        raise bad_argument("ter:RelayToken", "unknown relay token")
    state = asked.call.text("LogicalState")
    if state not in ("active", "inactive"):
        raise bad_argument("ter:InvalidArgVal", "unknown logical state")
    asked.device.happen(Happening.RELAY, state == "active")
    return "<tds:SetRelayOutputStateResponse/>"


OPERATIONS: dict[str, Operation] = {
    "GetSystemDateAndTime": _get_system_date_and_time,
    "GetDeviceInformation": _get_device_information,
    "GetServices": _get_services,
    "GetServiceCapabilities": _get_service_capabilities,
    "GetCapabilities": _get_capabilities,
    "GetScopes": _get_scopes,
    "GetNetworkInterfaces": _get_network_interfaces,
    "GetHostname": _get_hostname,
    "GetRelayOutputs": _get_relay_outputs,
    "SetRelayOutputState": _set_relay_output_state,
}
