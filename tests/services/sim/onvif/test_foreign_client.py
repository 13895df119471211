"""Our simulated devices, met by a client that others wrote: onvif-zeep-async."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, TypeVar

import httpx
import pytest
from onvif import ONVIFCamera
from onvif.exceptions import ONVIFError
from zeep.exceptions import Fault as ZeepFault

from services.sim.onvif.bell import Happening
from tests.services.sim.onvif.onvif_kit import CREDENTIAL, JPEG, DeviceKit
from tests.waiting import LIMIT_S

Result = TypeVar("Result")


@pytest.fixture
def kit() -> Iterator[DeviceKit]:
    kit = DeviceKit()
    yield kit
    kit.stop()


@asynccontextmanager
async def camera(kit: DeviceKit, no: str, password: str = CREDENTIAL.password) -> AsyncIterator[Any]:
    # It asks host:port/onvif/device_service; our devices have a path each.
    met = ONVIFCamera("127.0.0.1", kit.server.port, CREDENTIAL.username, password)
    met.xaddrs = {}
    url = kit.url(no)
    met.get_definition = _at(met.get_definition, url)
    try:
        await met.update_xaddrs()
        yield met
    finally:
        await met.close()


def _at(original: Callable[..., tuple[str, str, str]], url: str) -> Callable[..., tuple[str, str, str]]:
    """The library's own look-up, with the address of our device service."""

    def definition(name: str, port_type: str | None = None) -> tuple[str, str, str]:
        address, wsdl, binding = original(name, port_type)
        return (url if name == "devicemgmt" else address), wsdl, binding

    return definition


def meet(work: Callable[[], Awaitable[Result]]) -> Result:
    async def run() -> Result:
        return await work()

    return asyncio.run(run())


def test_it_reads_information_and_profiles(kit: DeviceKit) -> None:
    async def work() -> tuple[Any, Any, Any]:
        async with camera(kit, "P01") as met:
            device = await met.create_devicemgmt_service()
            media = await met.create_media_service()
            information = await device.GetDeviceInformation()
            profiles = await media.GetProfiles()
            uri = await media.GetStreamUri(
                {
                    "StreamSetup": {"Stream": "RTP-Unicast", "Transport": {"Protocol": "RTSP"}},
                    "ProfileToken": profiles[1].token,
                }
            )
            return information, profiles, uri

    information, profiles, uri = meet(work)
    assert (information.Manufacturer, information.Model) == ("Shouwang", "SW-PTZ200")
    assert [(p.token, p.VideoEncoderConfiguration.Resolution.Width) for p in profiles] == [
        ("MainStream", 1920),
        ("SubStream", 640),
    ]
    assert profiles[0].PTZConfiguration.NodeToken == "node0"
    assert uri.Uri == "rtsp://127.0.0.1:8554/P01/sub"


def test_it_steers(kit: DeviceKit) -> None:
    async def work() -> tuple[Any, Any, Any]:
        async with camera(kit, "P01") as met:
            ptz = await met.create_ptz_service()
            nodes = await ptz.GetNodes()
            await ptz.ContinuousMove(
                {
                    "ProfileToken": "MainStream",
                    "Velocity": {"PanTilt": {"x": -1.0, "y": 0.5}, "Zoom": {"x": 1.0}},
                }
            )
            kit.on_loop(lambda: kit.clock.advance(1.0))
            moving = await ptz.GetStatus({"ProfileToken": "MainStream"})
            await ptz.Stop({"ProfileToken": "MainStream", "PanTilt": True, "Zoom": True})
            await ptz.SetPreset({"ProfileToken": "MainStream", "PresetName": "北门"})
            presets = await ptz.GetPresets({"ProfileToken": "MainStream"})
            await ptz.AbsoluteMove(
                {"ProfileToken": "MainStream", "Position": {"PanTilt": {"x": 0.25, "y": 0.0}}}
            )
            kit.on_loop(lambda: kit.clock.advance(10.0))
            there = await ptz.GetStatus({"ProfileToken": "MainStream"})
            return nodes, moving, (presets, there)

    nodes, moving, (presets, there) = meet(work)
    assert nodes[0].MaximumNumberOfPresets == 64
    assert (moving.Position.PanTilt.x, moving.Position.PanTilt.y) == pytest.approx((-0.5, 0.25))
    assert moving.MoveStatus.PanTilt == "MOVING"
    assert [preset.Name for preset in presets] == ["北门"]
    assert there.Position.PanTilt.x == pytest.approx(0.25)
    assert there.Position.Zoom.x == pytest.approx(1 / 3, abs=1e-4)


def test_it_pulls_events(kit: DeviceKit) -> None:
    async def work() -> list[Any]:
        async with camera(kit, "C01") as met:
            manager = await met.create_pullpoint_manager(timedelta(seconds=60), lambda: None)
            service = manager.get_service()
            first = await service.PullMessages({"Timeout": timedelta(seconds=1), "MessageLimit": 10})
            kit.on_loop(lambda: kit.fixed.happen(Happening.DIGITAL_INPUT, True))
            then = await service.PullMessages({"Timeout": timedelta(seconds=5), "MessageLimit": 10})
            await manager.shutdown()
            return [first, then]

    first, then = meet(work)
    assert len(first.NotificationMessage) == 4
    (message,) = then.NotificationMessage
    assert message.Topic._value_1 == "tns1:Device/Trigger/DigitalInput"
    inside = message.Message._value_1
    assert inside.PropertyOperation == "Changed"
    assert (inside.Data.SimpleItem[0].Name, inside.Data.SimpleItem[0].Value) == ("LogicalState", "true")


def test_its_wrong_password_is_a_not_authorized_fault(kit: DeviceKit) -> None:
    async def work() -> str:
        async with camera(kit, "C01", "wrong") as met:
            device = await met.create_devicemgmt_service()
            with pytest.raises((ONVIFError, ZeepFault)) as error:
                await device.GetDeviceInformation()
            return str(error.value)

    assert "not authorized" in meet(work)


def test_a_digest_that_was_used_is_refused() -> None:
    kit = DeviceKit()
    try:
        text = _signed(kit)
        answers = [httpx.post(kit.url("C01"), content=text, trust_env=False) for _ in range(2)]
    finally:
        kit.stop()
    assert [answer.status_code for answer in answers] == [200, 400]
    assert "ter:NotAuthorized" in answers[1].text


@pytest.mark.parametrize("offset_s", [-10.0, 10.0])
def test_a_digest_of_another_time_is_refused(kit: DeviceKit, offset_s: float) -> None:
    kit.fixed.offset_s = offset_s
    assert httpx.post(kit.url("C01"), content=_signed(kit), trust_env=False).status_code == 400


def test_a_snapshot_asks_for_a_digest(kit: DeviceKit) -> None:
    url = kit.url("C01").replace("device_service", "snapshot.jpg")
    assert httpx.get(url, trust_env=False).status_code == 401
    auth = httpx.DigestAuth(CREDENTIAL.username, CREDENTIAL.password)
    assert httpx.get(url, auth=auth, trust_env=False).content == JPEG
    basic = (CREDENTIAL.username, CREDENTIAL.password)
    assert httpx.get(url, auth=basic, trust_env=False).status_code == 401


@pytest.mark.parametrize(
    ("content", "subcode"),
    [
        (b"", "ter:WellFormed"),
        (b"<a>", "ter:WellFormed"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "ter:WellFormed"),
        (
            b'<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body/></e:Envelope>',
            "ter:WellFormed",
        ),
        (b"\xff" * 1000, "ter:WellFormed"),
    ],
)
def test_what_is_no_soap_is_answered_with_a_fault(kit: DeviceKit, content: bytes, subcode: str) -> None:
    answer = httpx.post(kit.url("C01"), content=content, trust_env=False)
    assert answer.status_code == 400
    assert subcode in answer.text


def _signed(kit: DeviceKit) -> str:
    """GetDeviceInformation, signed for this moment by the machine's clock."""
    from onveef import envelopes

    assert kit.server.port
    return envelopes.build_envelope(
        envelopes.device_get_information(), username=CREDENTIAL.username, password=CREDENTIAL.password
    )


def test_a_length_of_thousands_of_digits_is_refused(kit: DeviceKit) -> None:
    with socket.create_connection(("127.0.0.1", kit.server.port), timeout=LIMIT_S) as peer:
        peer.sendall(b"POST / HTTP/1.1\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n")
        assert peer.recv(64).startswith(b"HTTP/1.1 413 ")
