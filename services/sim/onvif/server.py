"""The HTTP side of all simulated devices: one port, a path for each camera."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import structlog

from services.core.errors import ServiceError
from services.sim.onvif import device_service, events_service, media_service, ptz_service, recording_service
from services.sim.onvif.answering import Asked, Operation
from services.sim.onvif.device import VirtualDevice
from services.sim.onvif.guard import TokenGuard
from services.sim.onvif.http import HttpAnswer, HttpRequest, HttpServer
from services.sim.onvif.probe import Responder
from services.sim.onvif.soap import (
    CONTENT_TYPE,
    DEVICE,
    EVENTS,
    MEDIA,
    NOTIFICATION,
    PTZ,
    REPLAY,
    SEARCH,
    Call,
    Fault,
    envelope,
    not_authorized,
    parse_call,
)
from services.sim.rtsp.digest import Doorman, Verdict
from services.sim.rtsp.messages import Request

VIDEO = "video.mjpg"
BOUNDARY = "shouwang"

log = structlog.get_logger(__name__)

_OPERATIONS: dict[str, dict[str, Operation]] = {
    DEVICE: device_service.OPERATIONS,
    MEDIA: media_service.OPERATIONS,
    PTZ: ptz_service.OPERATIONS,
    SEARCH: recording_service.SEARCH_OPERATIONS,
    REPLAY: recording_service.REPLAY_OPERATIONS,
    EVENTS: events_service.OPERATIONS,
    NOTIFICATION: events_service.OPERATIONS,
}
# Open to everybody, by the access policy of the core specification (PRE_AUTH).
_FOR_ALL = frozenset(
    {"GetSystemDateAndTime", "GetServices", "GetServiceCapabilities", "GetCapabilities", "GetHostname"}
)


class OnvifServer:
    """Belongs to one asyncio loop. An empty user name lets everybody in."""

    def __init__(self, devices: tuple[VirtualDevice, ...], username: str, password: str) -> None:
        self.devices = {str(device.camera.no): device for device in devices}
        self._tokens = TokenGuard(username, password)
        self._doorman = Doorman(username, password)
        self._http = HttpServer(self._answer)
        self._responder = Responder(devices, lambda device: self.url(device.camera.no))
        self._host = ""
        self.port = 0

    async def open(self, host: str, port: int) -> None:
        """Listen; raises ServiceError("sim.port_taken", host, port)."""
        try:
            await self._http.open(host, port)
        except OSError as error:
            raise ServiceError("sim.port_taken", host=host, port=port) from error
        self._host, self.port = host, self._http.port
        await self._responder.open(host)

    async def close(self) -> None:
        self._responder.close()
        await self._http.close()

    def url(self, camera_no: str) -> str:
        """Where a device's services begin; without credentials."""
        return f"http://{self._host}:{self.port}/onvif/{camera_no}/device_service"

    async def _answer(self, request: HttpRequest) -> HttpAnswer:
        parts = urlsplit(request.target).path.split("/")
        device = self.devices.get(parts[2]) if len(parts) > 3 and parts[1] == "onvif" else None
        if device is None:
            return HttpAnswer(404)
        path = "/".join(parts[3:])
        if path == media_service.SNAPSHOT:
            return await self._snapshot(device, request)
        if path == VIDEO:
            return self._video(device, request)
        if request.method != "POST":
            return HttpAnswer(405, date=device.now())
        base = f"http://{self._host}:{self.port}/onvif/{device.camera.no}"
        return await self._answer_soap(device, request, base, path)

    async def _answer_soap(
        self, device: VirtualDevice, request: HttpRequest, base: str, path: str
    ) -> HttpAnswer:
        status, headers = 200, {}
        try:
            call = parse_call(request.body)
            self._check(device, call, request)
            inner = await _perform(Asked(device, call, base, path))
            action = events_service.ACTIONS.get(call.operation, "")
            body = envelope(inner, action=action, relates_to=call.message_id if action else "")
        except _Challenge as challenge:
            status, headers, body = 401, {"WWW-Authenticate": challenge.text}, not_authorized().to_bytes()
        except Fault as fault:
            status, body = (500 if fault.is_own else 400), fault.to_bytes()
        return HttpAnswer(status, body, CONTENT_TYPE, headers, device.now())

    def _check(self, device: VirtualDevice, call: Call, request: HttpRequest) -> None:
        """Raises Fault or _Challenge unless the caller may do this."""
        if self._tokens.is_open:
            return
        is_for_all = call.operation in _FOR_ALL
        if is_for_all and not (device.hides_clock and call.operation == "GetSystemDateAndTime"):
            return
        if call.token is not None:
            if not self._tokens.admits(call.token, device.now()):
                raise not_authorized()
            return
        self._check_http(device, request)

    def _check_http(self, device: VirtualDevice, request: HttpRequest) -> None:
        asked = Request(request.method, request.target, request.headers)
        verdict = self._doorman.check(asked, device.monotonic())
        if verdict is not Verdict.ADMITTED:
            raise _Challenge(self._doorman.challenge(device.monotonic(), is_stale=verdict is Verdict.STALE))

    def _refused(self, device: VirtualDevice, request: HttpRequest) -> HttpAnswer | None:
        """None: may look at pictures."""
        if request.method != "GET":
            return HttpAnswer(405, date=device.now())
        try:
            self._check_http(device, request)
        except _Challenge as challenge:
            return HttpAnswer(401, headers={"WWW-Authenticate": challenge.text}, date=device.now())
        return None

    def _video(self, device: VirtualDevice, request: HttpRequest) -> HttpAnswer:
        """MJPEG, as older cameras send it."""
        refusal = self._refused(device, request)
        if refusal is not None:
            return refusal
        if device.pictures is None:
            return HttpAnswer(404, date=device.now())
        kind = f"multipart/x-mixed-replace; boundary={BOUNDARY}"
        return HttpAnswer(200, content_type=kind, date=device.now(), parts=_multipart(device.pictures()))

    async def _snapshot(self, device: VirtualDevice, request: HttpRequest) -> HttpAnswer:
        refusal = self._refused(device, request)
        if refusal is not None:
            return refusal
        picture = await device.snapshot()
        if picture is None:
            return HttpAnswer(503, date=device.now())
        return HttpAnswer(200, picture, "image/jpeg", date=device.now())


async def _multipart(pictures: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    async for picture in pictures:
        head = f"--{BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(picture)}\r\n\r\n"
        yield head.encode() + picture + b"\r\n"


class _Challenge(Exception):
    """Come back with a digest."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


async def _perform(asked: Asked) -> str:
    operation = _OPERATIONS.get(asked.call.namespace, {}).get(asked.call.operation)
    if operation is None:
        raise Fault("ter:ActionNotSupported", "action not supported", is_own=True)
    answer = operation(asked)
    return await answer if inspect.isawaitable(answer) else str(answer)
