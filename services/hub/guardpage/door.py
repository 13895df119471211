"""Opens the guards' page on its own port, in a thread of its own: no phone keeps an alarm waiting."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable

import structlog

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.jobs import Jobs
from services.core.settings import Settings
from services.core.workers import Worker
from services.domain.guard_links import GuardPage
from services.domain.site import Site
from services.hub.guardpage.certificate import fingerprint, own_certificate, tls_context
from services.hub.guardpage.pictures import AlarmPictures
from services.hub.guardpage.routes import HEADERS, GuardRoutes
from services.hub.guardpage.shown import Shown
from services.hub.sockets import bind_stream
from services.hub.web import WebLimits, WebServer
from services.people.calls import DuressLine
from services.people.guard_desk import GuardDesk
from services.people.guard_links import GuardLinks
from services.storage import Database

# A force of 44 may stand behind one address; each phone asks every three seconds.
LIMITS = WebLimits(connections=512, connections_of_address=128, requests_per_s=40.0, burst_requests=200.0)
# Where no packet goes: only to learn by which of its addresses this machine would leave.
_ELSEWHERE = ("192.0.2.1", 9)

log = structlog.get_logger(__name__)


class GuardDoor:
    """Serves while the settings name a port; what keeps it from that is told to the seats, not raised."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        clock: Clock,
        site: Callable[[], Site],
        duress: DuressLine,
        limits: WebLimits = LIMITS,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._limits = limits
        self._links = GuardLinks(database, clock)
        self._jobs = Jobs("hub-phones", threads=2)
        self._routes = GuardRoutes(
            desk=GuardDesk(database, clock, site, duress),
            links=self._links,
            shown=Shown(site, AlarmPictures(settings.snapshot_dir.expanduser(), clock)),
            site=site,
            jobs=self._jobs,
            clock=clock,
        )
        self._socket: socket.socket | None = None
        self._serving: Worker | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ending = asyncio.Event()
        self._is_over = False

    @property
    def port(self) -> int:
        """0 where the page is not served."""
        return int(self._socket.getsockname()[1]) if self._socket else 0

    def start(self) -> None:
        """Raises storage.* only: a page that cannot be served must not keep the alarms out."""
        if self._settings.guard_port is None:
            self._links.announce(GuardPage())
            return
        try:
            tls, page = self._opened(self._settings.guard_port)
        except ServiceError as error:
            log.error("guardpage.cannot_open", code=error.code, reason=str(error))
            self._links.announce(GuardPage(trouble=error.code))
            return
        self._serving = Worker("hub-guard-page", lambda _stop: asyncio.run(self._serve(tls)))
        self._serving.start()
        self._links.announce(page)

    def hang_up(self) -> None:
        """End the serving, from any thread, without waiting."""
        self._is_over = True
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ending.set)

    def stop(self, limit_s: float) -> None:
        self.hang_up()
        if self._serving is not None:
            self._serving.stop(limit_s)
        self._jobs.stop(limit_s)
        if self._socket is not None:
            self._socket.close()

    def _opened(self, port: int) -> tuple[ssl.SSLContext, GuardPage]:
        settings = self._settings
        host, _, outer_port = settings.guard_address.rpartition(":")
        if not outer_port.isdecimal():
            host, outer_port = settings.guard_address, ""
        host = host or _reached_at(settings.guard_host)
        certificate, key = settings.guard_certificate, settings.guard_key
        if certificate is None:
            certificate, key = own_certificate(settings.data_dir, host.strip("[]"), self._clock.now()), None
        tls, print_ = tls_context(certificate, key), fingerprint(certificate)
        self._socket = bind_stream(settings.guard_host, port)
        shown_host = f"[{host}]" if ":" in host and not host.startswith("[") else host
        return tls, GuardPage(f"https://{shown_host}:{outer_port or self.port}", print_)

    async def _serve(self, tls: ssl.SSLContext) -> None:
        assert self._socket is not None
        self._loop = asyncio.get_running_loop()
        if self._is_over:  # told to end before there was a loop to tell
            return
        server = WebServer(self._routes.table(), self._limits, HEADERS)
        await server.open(self._socket, tls)
        try:
            await self._ending.wait()
        finally:
            await server.close()


def _reached_at(listening: str) -> str:
    """The address by which phones on the same network reach a socket that listens there."""
    if listening not in ("0.0.0.0", "::", ""):
        return listening
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ELSEWHERE)
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
