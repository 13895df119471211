"""Tries a camera before it is saved: name, port, log-in, path, then the first picture."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

import structlog

from services.core.clock import Clock, SystemClock
from services.core.secrets import Credential
from services.devices.diagnosis import Cause, Diagnosis, Evidence, diagnose
from services.devices.rtsp import RTSP_PORT, Reach, describe, reach
from services.domain.site import StreamEngine, StreamTransport
from services.video.address import StreamAddress
from services.video.engine import VideoEngine
from services.video.feed import Feed
from services.video.picture import Picture
from services.video.trouble import DEFINITE

PICTURE_LIMIT_S = 15.0
# A connection begins with a burst; when that has left the window of the rate (2 s), the rate is true.
RATE_S = 2.3
PREVIEW_PX = (640, 360)
_LOOK_S = 0.02

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class DeviceFacts:
    """What a device says of itself; clock_ahead_s: None when its clock was not told."""

    maker: str = ""
    model: str = ""
    clock_ahead_s: float | None = None
    main_url: str = ""
    sub_url: str = ""
    has_ptz: bool = False
    error: str = ""


AskDevice = Callable[[str, Credential | None], DeviceFacts]


@dataclass(frozen=True, slots=True)
class Wish:
    """What to try. main_url, sub_url: "" = ask the device at onvif_url. The password is not shown."""

    main_url: str
    sub_url: str
    onvif_url: str = ""
    login: Credential | None = field(default=None, repr=False)
    transport: StreamTransport = StreamTransport.AUTO
    engine: StreamEngine = StreamEngine.AUTO


@dataclass(frozen=True, slots=True, eq=False)
class StreamReport:
    """How one stream did; width_px, height_px, fps, codec: 0 and "" before a picture came."""

    url: str
    diagnosis: Diagnosis
    codec: str = ""
    width_px: int = 0
    height_px: int = 0
    fps: float = 0.0
    picture: Picture | None = None


@dataclass(frozen=True, slots=True, eq=False)
class TrialReport:
    """server: how the device names its software. took_s: the whole trial."""

    main: StreamReport
    sub: StreamReport
    device: DeviceFacts
    server: str = ""
    took_s: float = 0.0

    @property
    def is_fine(self) -> bool:
        return self.main.diagnosis.is_fine and self.sub.diagnosis.is_fine

    @property
    def worst(self) -> Diagnosis:
        """Why it is not fine; of the main stream first."""
        return self.sub.diagnosis if self.main.diagnosis.is_fine else self.main.diagnosis


class CameraTrial:
    """One try; `run` blocks in a job for at most about 20 s, `cancel` ends it early."""

    def __init__(
        self, wish: Wish, engine: VideoEngine, ask_device: AskDevice | None = None, clock: Clock | None = None
    ) -> None:
        self._wish = wish
        self._engine = engine
        self._ask_device = ask_device
        self._clock = clock or SystemClock()
        self._stop = threading.Event()

    def cancel(self) -> None:
        self._stop.set()

    @property
    def is_cancelled(self) -> bool:
        return self._stop.is_set()

    def run(self) -> TrialReport:
        began_s = time.monotonic()
        wish, device = self._informed()
        urls = (wish.main_url, wish.sub_url or wish.main_url)
        evidence = self._knock_both(urls, device)
        ahead_s = device.clock_ahead_s
        for seen in evidence:
            if ahead_s is None and seen.answer is not None and seen.answer.date is not None:
                ahead_s = (seen.answer.date - self._clock.now()).total_seconds()
        device = replace(device, clock_ahead_s=ahead_s)
        main, sub = self._watch(urls, [replace(seen, clock_ahead_s=ahead_s) for seen in evidence])
        server = next((seen.answer.server for seen in evidence if seen.answer is not None), "")
        took_s = time.monotonic() - began_s
        log.info("trial.over", main=main.diagnosis.cause.value, sub=sub.diagnosis.cause.value, took_s=took_s)
        return TrialReport(main, sub, device, server, took_s)

    def _informed(self) -> tuple[Wish, DeviceFacts]:
        """What the device itself says where its streams are, where nobody typed it."""
        wish, device = self._wish, DeviceFacts()
        if wish.onvif_url and self._ask_device is not None:
            device = self._ask_device(wish.onvif_url, wish.login)
        if wish.main_url:
            return wish, device
        return replace(wish, main_url=device.main_url, sub_url=wish.sub_url or device.sub_url), device

    def _knock_both(self, urls: tuple[str, str], device: DeviceFacts) -> list[Evidence]:
        """A device that knows nobody by this log-in is not asked twice: some lock an account after five."""
        main = self._knock(urls[0], device)
        is_refused = main.answer is not None and main.answer.sent_login and main.answer.status == 401
        if urls[0] == urls[1] or (is_refused and _same_device(*urls)):
            return [main, main]
        return [main, self._knock(urls[1], device)]

    def _knock(self, url: str, device: DeviceFacts) -> Evidence:
        """Everything up to the description of the stream."""
        seen = Evidence(has_login=self._wish.login is not None, onvif_error=device.error)
        parts = _parts(url)
        if parts is None:
            return replace(seen, has_address=False)
        scheme, host, port = parts
        seen = replace(seen, host=host, port=port)
        if scheme not in ("rtsp", "rtsps", "http", "https", "http+snapshot", "https+snapshot"):
            return seen
        address = _resolved(host)
        if address is None:
            return replace(seen, resolves=False)
        seen = replace(seen, resolves=True)
        return asyncio.run(self._reached(url, scheme, address, port, seen))

    async def _reached(self, url: str, scheme: str, address: str, port: int, seen: Evidence) -> Evidence:
        how = await reach(address, port)
        seen = replace(seen, reach=how)
        if how is not Reach.OPEN or scheme != "rtsp" or self._stop.is_set():
            return seen
        return replace(seen, answer=await describe(url, address, self._wish.login, sends_basic=True))

    def _watch(self, urls: tuple[str, str], evidence: list[Evidence]) -> tuple[StreamReport, StreamReport]:
        """Main and sub at the same time; what was refused already is not opened, one stream not twice."""
        watched = [_Watched(urls[0], evidence[0], self._opened(urls[0], evidence[0]))]
        if urls[1] != urls[0]:
            watched.append(_Watched(urls[1], evidence[1], self._opened(urls[1], evidence[1])))
        until_s = time.monotonic() + PICTURE_LIMIT_S
        try:
            while any(one.is_open_question for one in watched) and time.monotonic() < until_s:
                if self._stop.wait(_LOOK_S):
                    break
                for one in watched:
                    one.look()
            return watched[0].report(), watched[-1].report()
        finally:
            for one in watched:
                if one.feed is not None:
                    self._engine.close(one.feed)

    def _opened(self, url: str, seen: Evidence) -> Feed | None:
        if diagnose(seen).cause is not Cause.NO_PICTURE or self._stop.is_set():
            return None
        login = self._wish.login
        words = (login.username, login.password) if login is not None else ("", "")
        address = StreamAddress(
            url,
            *words,
            transport=self._wish.transport,
            engine=self._wish.engine,
            tls=login.tls if login is not None else "",
        )
        feed = self._engine.open(address, shared=False)
        feed.ask_size(*PREVIEW_PX)
        return feed


class _Watched:
    """One stream while it is being tried."""

    def __init__(self, url: str, seen: Evidence, feed: Feed | None) -> None:
        self._url = url
        self._seen = seen
        self.feed = feed
        self._picture: Picture | None = None
        self._first_s: float | None = None

    @property
    def is_open_question(self) -> bool:
        if self.feed is None or self.feed.status().error in DEFINITE:
            return False
        return self._first_s is None or time.monotonic() - self._first_s < RATE_S

    def look(self) -> None:
        if self.feed is None:
            return
        picture = self.feed.latest(self._picture.number if self._picture is not None else 0)
        if picture is not None:
            self._picture = picture
            self._first_s = self._first_s or time.monotonic()

    def report(self) -> StreamReport:
        status = self.feed.status() if self.feed is not None else None
        seen = replace(
            self._seen,
            has_picture=self._picture is not None,
            video_error=status.error if status is not None else "",
        )
        diagnosis = diagnose(seen)
        if status is None or self._picture is None:
            return StreamReport(self._url, diagnosis)
        return StreamReport(
            self._url,
            diagnosis,
            status.codec,
            status.width_px,
            status.height_px,
            status.source_fps,
            # Its own: the stream ends, and what it lies in with it.
            replace(self._picture, pixels=self._picture.pixels.copy()),
        )


def _parts(url: str) -> tuple[str, str, int] | None:
    """Scheme, host and port; None for what is no address."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if not parts.scheme or (not parts.hostname and parts.scheme not in ("file", "replay", "v4l2")):
        return None
    usual = {"rtsp": RTSP_PORT, "rtsps": 322, "http": 80, "https": 443}
    return parts.scheme, parts.hostname or "", port or usual.get(parts.scheme.partition("+")[0], 0)


def _same_device(one: str, other: str) -> bool:
    first, second = _parts(one), _parts(other)
    return first is not None and second is not None and first[1:] == second[1:]


def _resolved(host: str) -> str | None:
    """An IP address; None when the name is not known."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return None
    return str(found[0][4][0]) if found else None
