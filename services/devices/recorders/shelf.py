"""What every recorder has, as far as it has said: asked in the background, a thread for each recorder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from threading import Event, Lock
from urllib.parse import urlsplit

import structlog

from services.core.clock import Clock
from services.core.secrets import Credential, HeldSecrets
from services.core.workers import Worker
from services.devices.recorders.footage import RecorderFootage
from services.devices.recorders.mediamtx import MediaMtx
from services.devices.recorders.session import PATIENCE_S
from services.devices.recorders.tape import RecorderTape
from services.devices.recorders.ways import ProfileG, RtspRanges, Way, code_of
from services.domain.site import Camera, Site
from services.playback.elsewhere import Heard, Stretch
from services.video.address import StreamAddress

# What was said so lately still holds: recording goes on, and something may have been deleted.
FRESH_S = 30.0
# A recorder that failed is left in peace.
AGAIN_S = 15.0
# Asked for more than is shown: who looks at an hour will move it.
MARGIN = timedelta(hours=1)
# Longer than the patience with one question.
STOP_LIMIT_S = PATIENCE_S + 1.0
_LOOK_EVERY_S = 0.5

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Order:
    camera: str
    way: Way
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """said_s: when, monotonic. key: of the camera's entry, so that a changed one is asked anew."""

    key: tuple[str, str, str]
    since: datetime
    until: datetime
    stretches: tuple[Stretch, ...]
    error: str
    said_s: float


class RecorderShelf:
    """`Elsewhere` of a site. Threads begin with the first question and end with `stop`."""

    def __init__(self, site: Callable[[], Site], secrets: HeldSecrets, clock: Clock) -> None:
        self._site = site
        self._secrets = secrets
        self._clock = clock
        self._lock = Lock()
        self._known: dict[str, Known] = {}
        self._asked: dict[str, tuple[datetime, datetime]] = {}
        self._askers: dict[str, _Asker] = {}
        self._is_over = False

    def heard(self, camera: str, since: datetime, until: datetime) -> Heard:
        entry = self._entry(camera)
        if entry is None:
            return Heard()
        until = min(until, self._clock.now())
        with self._lock:
            known = self._known.get(camera)
            if known is not None and known.key != _key(entry):
                known = None
            covers = known is not None and known.since <= since and until <= known.until + MARGIN
            if self._is_due(known, covers=covers):
                self._ask(entry, since - MARGIN, until)
        if known is None:
            return Heard(is_asking=True)
        within = tuple(
            (max(since, begins), min(until, ends))
            for begins, ends in known.stretches
            if begins < until and ends > since
        )
        return Heard(within, is_asking=not covers and not known.error, error=known.error)

    def footage(self, camera: str) -> RecorderFootage | None:
        entry = self._entry(camera)
        return None if entry is None else RecorderFootage(self._way(entry).stream())

    def tape(self, camera: str) -> RecorderTape | None:
        """For a copy of what only the recorder has; None when no other records the camera."""
        entry = self._entry(camera)
        if entry is None:
            return None
        return RecorderTape(entry.recorder_url, entry.recorder_channel, self._way(entry))

    def stop(self) -> None:
        """Of one that hangs the question runs out first."""
        with self._lock:
            self._is_over, askers = True, list(self._askers.values())
        for asker in askers:
            asker.request_stop()
        for asker in askers:
            asker.stop(STOP_LIMIT_S)

    # inside

    def _entry(self, camera: str) -> Camera | None:
        entry = self._site().camera(camera)
        return entry if entry is not None and entry.recorder_url else None

    def _is_due(self, known: Known | None, *, covers: bool) -> bool:
        if known is None:
            return True
        age_s = self._clock.monotonic() - known.said_s
        return age_s > (AGAIN_S if known.error else FRESH_S) or (not covers and not known.error)

    def _ask(self, entry: Camera, since: datetime, until: datetime) -> None:
        no = str(entry.no)
        asked = self._asked.get(no)
        if self._is_over or (asked is not None and asked[0] <= since + MARGIN and until <= asked[1] + MARGIN):
            return
        self._asked[no] = since, until
        host = urlsplit(entry.recorder_url).netloc
        if host not in self._askers:
            self._askers[host] = _Asker(host, self._answered)
        self._askers[host].ask(Order(no, self._way(entry), since, until))

    def _answered(self, order: Order, stretches: tuple[Stretch, ...], error: str) -> None:
        entry = self._entry(order.camera)
        with self._lock:
            self._asked.pop(order.camera, None)
            before = self._known.get(order.camera)
            if entry is None or self._is_over:
                return
            if error and (before is None or before.error != error):
                log.warning(error, camera=order.camera)
            if error and before is not None and before.key == _key(entry):
                stretches = before.stretches  # what it had it still has
            self._known[order.camera] = Known(
                _key(entry), order.since, order.until, stretches, error, self._clock.monotonic()
            )

    def _way(self, entry: Camera) -> Way:
        login = self._secrets.credential(entry.recorder_credential or entry.credential)
        return way_to(entry.recorder_url, entry.recorder_channel, login)


def way_to(url: str, channel: str, login: Credential | None) -> Way:
    """By the scheme of the recorder's address."""
    login = login or Credential("", "")
    address = StreamAddress(url, login.username, login.password, tls=login.tls)
    if address.scheme.startswith("mediamtx+"):
        return MediaMtx(address, channel)
    if address.scheme in ("rtsp", "rtsps"):
        return RtspRanges(address)
    return ProfileG(url, login if login.username else None, channel)


def _key(entry: Camera) -> tuple[str, str, str]:
    return entry.recorder_url, entry.recorder_channel, entry.recorder_credential or entry.credential


class _Asker:
    """One recorder's thread: its cameras are asked one after the other."""

    def __init__(self, host: str, answered: Callable[[Order, tuple[Stretch, ...], str], None]) -> None:
        self._answered = answered
        self._orders: SimpleQueue[Order] = SimpleQueue()
        self._worker = Worker(f"recorder-{host}", self._run)
        self._worker.start()

    def ask(self, order: Order) -> None:
        self._orders.put(order)

    def request_stop(self) -> None:
        self._worker.request_stop()

    def stop(self, limit_s: float) -> None:
        self._worker.stop(limit_s)

    def _run(self, stop: Event) -> None:
        while not stop.is_set():
            try:
                order = self._orders.get(timeout=_LOOK_EVERY_S)
            except Empty:
                continue
            try:
                self._answered(order, order.way.spans(order.since, order.until), "")
            except Exception as error:  # noqa: BLE001  libraries raise anything; their text holds the password
                self._answered(order, (), code_of(error))
