"""`OnvifDevice` over the library onveef, with a deadline for every call and errors in our own codes."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx
from onveef import OnvifClient, OnvifCredentials, OnvifEndpoint, envelopes, parsers
from onveef.exceptions import OnvifAuthError

from services.core.errors import ServiceError
from services.core.secrets import Credential
from services.devices.onvif.events import PullPoint
from services.devices.onvif.mending import declare_prefixes
from services.devices.onvif.profiles import main_and_sub, profile_of
from services.devices.onvif.recordings import RecordingSearch
from services.devices.onvif.seam import (
    Capabilities,
    DeviceClock,
    DeviceInformation,
    DevicePreset,
    Profile,
    PtzStatus,
    Relay,
    Streams,
    Velocity,
)
from services.devices.onvif.trouble import plain_errors, short
from services.video.address import StreamAddress
from services.video.deadline import Deadline, DeadlineTransport
from services.video.sources.web import speak_utf8

Answer = TypeVar("Answer")

LIMIT_S = 10.0
CLOCK_TOLERANCE_S = 5.0  # what devices allow between a digest's time and their own
SNAPSHOT_LIMIT_BYTES = 8_000_000
ANSWER_LIMIT_BYTES = 2_000_000
# A device may send us over the network, never to a file or a camera of this machine.
STREAM_SCHEMES = frozenset({"rtsp", "rtsps", "http", "https"})


def open_device(url: str, credential: Credential | None = None, *, limit_s: float = LIMIT_S) -> OnveefDevice:
    """A device by its service URL; nothing is sent yet. limit_s: for each call.

    Raises ServiceError("onvif.bad_address") for what is not an http(s) URL.
    """
    try:
        address = StreamAddress(url)
        parts = urlsplit(address.url)
        is_usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_usable = False
    if not is_usable:
        # Not quoted: what was typed into the wrong field may be a password.
        raise ServiceError("onvif.bad_address")
    if credential is None:
        credential = Credential(address.username, address.password)
    return OnveefDevice(address.url, credential, limit_s)


class OnveefDevice:
    """One device over HTTP; see `OnvifDevice` for what its methods promise."""

    def __init__(self, url: str, credential: Credential, limit_s: float) -> None:
        self._url = url
        self._host = urlsplit(url).hostname or ""
        self._limit_s = limit_s
        self._deadline = Deadline()
        self._http = httpx.Client(
            transport=DeadlineTransport(self._deadline, _whatever_certificate()),
            timeout=limit_s,
            event_hooks={"request": [speak_utf8]},
        )
        self._credential = credential
        self._client = _Client(url, credential, self._http)
        self._profiles: tuple[Profile, ...] | None = None
        self._is_known = False

    def __repr__(self) -> str:
        return f"OnveefDevice({self._url!r})"

    def information(self) -> DeviceInformation:
        def ask() -> DeviceInformation:
            told = self._client.get_device_information()
            if not told:
                raise ServiceError("onvif.bad_answer", host=self._host)
            self._is_known = True
            return DeviceInformation(
                maker=short(told.get("Manufacturer", "")),
                model=short(told.get("Model", "")),
                firmware=short(told.get("FirmwareVersion", "")),
                serial=short(told.get("SerialNumber", "")),
            )

        return self._within("information", ask)

    def clock(self) -> DeviceClock:
        def ask() -> DeviceClock:
            body = envelopes.device_get_system_date_time()
            text = self._client.call(
                service="device", operation="GetSystemDateAndTime", body_inner=body, require_auth=False
            )
            at = _device_time(parsers.parse_system_datetime(text))
            if at is None:
                raise ServiceError("onvif.bad_answer", host=self._host)
            return DeviceClock(at, (at - datetime.now(UTC)).total_seconds())

        return self._within("clock", ask)

    def capabilities(self) -> Capabilities:
        self._know()

        def ask() -> Capabilities:
            services = self._client.connect().endpoint.services
            return Capabilities(
                has_media="media" in services or "media2" in services,
                has_ptz="ptz" in services,
                has_events="events" in services,
            )

        return self._within("capabilities", ask)

    def profiles(self) -> tuple[Profile, ...]:
        self._know()
        if self._profiles is None:
            self._profiles = self._within("profiles", self._ask_profiles)
        return self._profiles

    def streams(self) -> Streams:
        chosen = main_and_sub(self.profiles())
        if chosen is None:
            raise ServiceError("onvif.unsupported", what="profiles")
        main, sub = chosen
        main_url = self._stream_url(main)
        return Streams(main, main_url, sub, main_url if sub is main else self._stream_url(sub))

    def snapshot(self, profile: str = "") -> bytes:
        token = profile or self._some_profile().token

        def ask() -> bytes:
            url = self._client.get_snapshot_uri(profile_token=token)
            if not url:
                raise ServiceError("onvif.unsupported", what="snapshot")
            return self._fetch(StreamAddress(url).url)

        return self._within("snapshot", ask)

    def move(self, velocity: Velocity, timeout_s: float) -> None:
        token = self._ptz_profile()
        self._within(
            "ptz",
            lambda: self._client.ptz_continuous_move(
                profile_token=token,
                pan=velocity.pan,
                tilt=velocity.tilt,
                zoom=velocity.zoom,
                timeout=f"PT{timeout_s:g}S",
            ),
        )

    def look_at(self, pan: float, tilt: float, zoom: float) -> None:
        token = self._ptz_profile()
        self._within(
            "ptz",
            lambda: self._client.ptz_absolute_move(profile_token=token, pan=pan, tilt=tilt, zoom=zoom),
        )

    def stop(self) -> None:
        token = self._ptz_profile()
        self._within("ptz", lambda: self._client.ptz_stop(profile_token=token))

    def ptz_status(self) -> PtzStatus:
        token = self._ptz_profile()
        told = self._within("ptz", lambda: self._client.ptz_get_status(profile_token=token))
        moves = told.get("move_status", {})
        is_moving = "MOVING" in (moves.get("pan_tilt"), moves.get("zoom"))
        return PtzStatus(told.get("pan"), told.get("tilt"), told.get("zoom"), is_moving)

    def presets(self) -> tuple[DevicePreset, ...]:
        token = self._ptz_profile()
        told = self._within("presets", lambda: self._client.ptz_get_presets(profile_token=token))
        return tuple(DevicePreset(p["token"], p["name"]) for p in told if p["token"])

    def save_preset(self, name: str, token: str = "") -> str:
        profile = self._ptz_profile()
        saved = self._within(
            "presets",
            lambda: self._client.ptz_set_preset(profile_token=profile, preset_name=name, preset_token=token),
        )
        return saved or self._token_of(name)

    def go_to_preset(self, token: str, speed: float = 1.0) -> None:
        profile = self._ptz_profile()
        self._within(
            "presets",
            lambda: self._client.ptz_goto_preset(
                profile_token=profile,
                preset_token=token,
                speed_pan=speed,
                speed_tilt=speed,
                speed_zoom=speed,
            ),
        )

    def remove_preset(self, token: str) -> None:
        profile = self._ptz_profile()
        self._within(
            "presets", lambda: self._client.ptz_remove_preset(profile_token=profile, preset_token=token)
        )

    def go_home(self) -> None:
        token = self._ptz_profile()
        self._within("home", lambda: self._client.ptz_goto_home_position(profile_token=token))

    def save_home(self) -> None:
        token = self._ptz_profile()
        self._within("home", lambda: self._client.ptz_set_home_position(profile_token=token))

    def relays(self) -> tuple[Relay, ...]:
        self._know()
        told = self._within("relays", self._client.get_relay_outputs)
        return tuple(Relay(r["token"], r.get("mode") == "Monostable") for r in told if r["token"])

    def switch_relay(self, token: str, is_on: bool) -> None:
        self._know()
        state = "active" if is_on else "inactive"
        self._within("relays", lambda: self._client.set_relay_output_state(token=token, logical_state=state))

    def subscribe(self) -> PullPoint:
        self._know()
        pull_point = PullPoint(self._client, self._within)
        pull_point.open()
        return pull_point

    def recordings(self) -> RecordingSearch:
        """What the device has recorded; nothing is sent yet but the log-in."""
        self._know()
        return RecordingSearch(self._client, self._within)

    def hang_up(self) -> None:
        self._deadline.end()

    def close(self) -> None:
        self._http.close()

    def _within(self, what: str, ask: Callable[[], Answer], longer_s: float = 0.0) -> Answer:
        """Run `ask` under the deadline; what it cannot do is told in our words."""
        with self._deadline.within(self._limit_s + longer_s), plain_errors(self._host, what):
            try:
                return ask()
            except OnvifAuthError:
                self._blame_the_clock()
                raise

    def _know(self) -> None:
        """A wrong password first shows as a missing service unless something simple is asked before."""
        if not self._is_known:
            self.information()

    def _blame_the_clock(self) -> None:
        """After a refusal: raises onvif.clock when the device's time cannot be asked, but is far off.

        Where it can be asked, the library has signed once more with it: then it was the password.
        """
        if self._client.has_device_time or not self._credential.username:
            return
        response = self._http.post(self._url, content=b"", headers={"Content-Type": "application/soap+xml"})
        try:
            ahead_s = (parsedate_to_datetime(response.headers["Date"]) - datetime.now(UTC)).total_seconds()
        except (KeyError, ValueError, TypeError):
            return
        if abs(ahead_s) > CLOCK_TOLERANCE_S:
            raise ServiceError("onvif.clock", host=self._host, seconds=round(ahead_s))

    def _stream_url(self, profile: Profile) -> str:
        def ask() -> str:
            url = self._client.get_stream_uri(profile_token=profile.token)
            address = StreamAddress(url or "")
            if address.scheme not in STREAM_SCHEMES:
                raise ServiceError("onvif.bad_answer", host=self._host)
            return address.url

        return self._within("stream", ask)

    def _ask_profiles(self) -> tuple[Profile, ...]:
        return tuple(p for p in map(profile_of, self._client.get_profiles()) if p.token)

    def _some_profile(self) -> Profile:
        for profile in self.profiles():
            return profile
        raise ServiceError("onvif.unsupported", what="profiles")

    def _token_of(self, name: str) -> str:
        """Of the preset saved last under `name`: some devices save it and answer in broken XML."""
        for preset in reversed(self.presets()):
            if preset.name == name:
                return preset.token
        raise ServiceError("onvif.bad_answer", host=self._host)

    def _ptz_profile(self) -> str:
        for profile in self.profiles():
            if profile.has_ptz:
                return profile.token
        raise ServiceError("onvif.unsupported", what="ptz")

    def _fetch(self, url: str) -> bytes:
        """GET a picture: by digest, and by Basic only where the device asks for nothing better."""
        user, password = self._credential.username, self._credential.password
        auth: httpx.Auth | None = httpx.DigestAuth(user, password) if user else None
        with self._http.stream("GET", url, auth=auth) as response:
            challenge = response.headers.get("WWW-Authenticate", "")
            if not (response.status_code == 401 and challenge.lower().startswith("basic") and user):
                return self._picture(response)
        with self._http.stream("GET", url, auth=httpx.BasicAuth(user, password)) as response:
            return self._picture(response)

    def _picture(self, response: httpx.Response) -> bytes:
        if response.status_code in (401, 403):
            raise OnvifAuthError
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > SNAPSHOT_LIMIT_BYTES:
                raise ServiceError("onvif.bad_answer", host=self._host)
        if response.status_code != 200 or not body.startswith(b"\xff\xd8"):
            raise ServiceError("onvif.bad_answer", host=self._host)
        return bytes(body)


class _Client(OnvifClient):
    """onveef, mended: NotAuthorized counts whatever its prose and status; prefixes are declared."""

    def __init__(self, url: str, credential: Credential, http: httpx.Client) -> None:
        super().__init__(
            endpoint=OnvifEndpoint(device_xaddr=url),
            credentials=OnvifCredentials(credential.username, credential.password),
            auto_discover=True,
            http_auth="digest",
            retries=0,
            max_response_bytes=ANSWER_LIMIT_BYTES,
            http_client=http,
        )
        # PullMessages builds httpx.Timeout(self._timeout, read=…), which httpx 0.28 refuses of a Timeout.
        self._timeout: Any = LIMIT_S

    @property
    def has_device_time(self) -> bool:
        """Its clock could be read, and is followed in what is signed."""
        return self._clock_synced

    def _raw_post(self, **request: Any) -> tuple[int, str, str]:
        status, text, challenge = super()._raw_post(**request)
        text = declare_prefixes(text)
        is_refusal = status == 403 or (status != 401 and ":NotAuthorized" in text)
        return (401 if is_refusal else status), text, challenge


def _whatever_certificate() -> ssl.SSLContext:
    """Cameras sign their certificates themselves; a digest, never a password, goes to them."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _device_time(told: dict[str, Any]) -> datetime | None:
    """UTC as the device says it; a device that tells only local time is taken at its word."""
    parts = told.get("UTCDateTime") or told.get("LocalDateTime")
    if parts is None:
        return None
    second = min(parts["second"], 59)  # 60 in a leap second
    at = datetime(
        parts["year"], parts["month"], parts["day"], parts["hour"], parts["minute"], second, tzinfo=UTC
    )
    return at + timedelta(seconds=0.5)  # the fraction is cut off; the middle errs least
