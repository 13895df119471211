"""What the hub hears beside alarm panels that call: sources that it asks, and what is posted by HTTP."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from services.alarms.drivers import LISTENERS
from services.alarms.drivers.base import Listener, Received, Source
from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.secrets import HeldSecrets
from services.core.settings import Settings
from services.domain.alarms import Signal
from services.domain.positions import GuardReport, Heard
from services.domain.site import PanelProtocol, Site
from services.hub.intake import Intake
from services.hub.listeners import Listeners
from services.hub.onvif_events import Moved, OnvifListener
from services.hub.sockets import bind_stream
from services.hub.sources import sources_of
from services.hub.supervision import Supervision
from services.hub.tasks import end_tasks
from services.hub.web import PostedReports, WebServer

# Here because alarms and devices do not know each other.
_LISTENED = frozenset({*LISTENERS, PanelProtocol.ONVIF})
_POSTING = frozenset({PanelProtocol.HTTP})
TakesGuards = Callable[[tuple[GuardReport, ...]], Awaitable[Heard]]


class Ears:
    """Lives in the receiver's loop, but for `bind` and `release`. site: as the hub holds it now.

    moved: told what cameras say of motion.
    """

    def __init__(
        self,
        *,
        settings: Settings,
        secrets: HeldSecrets,
        site: Callable[[], Site],
        intake: Intake,
        supervision: Supervision,
        is_fire: Callable[[Signal], bool],
        guards: TakesGuards,
        moved: Moved,
        clock: Clock,
    ) -> None:
        self._settings = settings
        self._intake = intake
        self._supervision = supervision
        self._is_fire = is_fire
        self._guards = guards
        self._clock = clock
        self._listeners = Listeners(
            {**LISTENERS, PanelProtocol.ONVIF: partial(OnvifListener, moved=moved)},
            wanted=lambda: sources_of(site(), secrets, _LISTENED),
            take=self._take,
            lost=supervision.lost,
            clock=clock,
        )
        posted = PostedReports(lambda: sources_of(site(), secrets, _POSTING), self._take, self._place, clock)
        self._web_routes = posted.routes()
        self._web: WebServer | None = None
        self._web_socket: socket.socket | None = None
        self._tls: ssl.SSLContext | None = None
        self._listening: asyncio.Task[None] | None = None

    @property
    def http_port(self) -> int:
        """0 where the hub takes no reports by HTTP."""
        return int(self._web_socket.getsockname()[1]) if self._web_socket else 0

    def listener_of(self, panel_no: str) -> Listener | None:
        return self._listeners.listener_of(panel_no)

    def bind(self) -> None:
        """Raises ServiceError: hub.bad_certificate(file, reason) and what `bind_stream` raises."""
        settings = self._settings
        if settings.http_port is None:
            return
        if settings.http_certificate is not None:
            self._tls = _context(settings.http_certificate, settings.http_key)
        self._web_socket = bind_stream(settings.http_host, settings.http_port)

    def release(self) -> None:
        if self._web_socket is not None:
            self._web_socket.close()

    async def open(self) -> None:
        self._listening = asyncio.create_task(self._listeners.run(), name="listeners")
        if self._web_socket is not None:
            self._web = WebServer(self._web_routes)
            await self._web.open(self._web_socket, self._tls)

    async def close(self) -> None:
        if self._web is not None:
            await self._web.close()
        if self._listening is not None:
            await end_tasks([self._listening])

    async def _take(self, source: Source, received: Received) -> bool:
        """In the lane of the known, or of fire, with a share of the panel's own."""
        if received.account:
            self._supervision.heard(received.account, self._clock.monotonic())
        if received.guards and await self._guards(received.guards) is Heard.LOST:
            return False
        if not received.signals:
            return True
        is_fire = any(map(self._is_fire, received.signals))
        return await self._intake.submit(received.signals, source.panel.no, is_fire=is_fire)

    async def _place(self, source: Source, guards: tuple[GuardReport, ...]) -> Heard:
        if source.panel.account:
            self._supervision.heard(source.panel.account, self._clock.monotonic())
        return await self._guards(guards)


def _context(certificate: Path, key: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(certificate, key)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ServiceError("hub.bad_certificate", file=certificate.name, reason=reason) from error
    return context
