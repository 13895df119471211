"""Where the hub hears: panels that call, sources that it asks, fire devices that it speaks to; one loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

from services.alarms.drivers import DRIVERS
from services.alarms.drivers.base import PanelKeys
from services.alarms.drivers.dc09 import Dc09
from services.alarms.drivers.gb26875 import Gb26875
from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.settings import Settings
from services.core.workers import Worker
from services.hub.campus import Campus
from services.hub.ears import Ears
from services.hub.firelink import FireLink
from services.hub.intake import Intake
from services.hub.peers import PeerLimits
from services.hub.receiver import Receiver
from services.hub.sockets import Bound, bind

START_LIMIT_S = 10.0


class Reception:
    """A thread of its own. `bind` before anything may be heard, then `open`; `hang_up` from any thread.

    campus: as the hub holds it, asked when it opens; heard: told the account of every frame.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock,
        limits: PeerLimits,
        intake: Intake,
        ears: Ears,
        fire_link: FireLink,
        campus: Callable[[], Campus],
        heard: Callable[[str], None],
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._limits = limits
        self._intake = intake
        self._ears = ears
        self._fire_link = fire_link
        self._campus = campus
        self._heard = heard
        self._bound: dict[str, Bound] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ending = asyncio.Event()
        self._is_open = threading.Event()
        self._worker = Worker("hub-receiver", self._run)

    @property
    def is_alive(self) -> bool:
        return self._worker.is_alive

    @property
    def loop(self) -> asyncio.AbstractEventLoop | None:
        """For who has to speak to a source from another thread; None before it opens."""
        return self._loop

    def port_of(self, driver: str) -> int:
        """0 before `bind`, and of a protocol that is not received."""
        return self._bound[driver].port if driver in self._bound else 0

    def bind(self) -> None:
        """Raises what `sockets.bind` and `Ears.bind` raise."""
        settings = self._settings
        self._bound[Dc09.name] = bind(settings.dc09_host, settings.dc09_port)
        if settings.gb26875_host:
            self._bound[Gb26875.name] = bind(settings.gb26875_host, settings.gb26875_port)
        self._ears.bind()

    def open(self) -> None:
        """Returns when panels are answered. Raises ServiceError("hub.cannot_listen", host, port, reason)."""
        self._worker.start()
        if not self._is_open.wait(START_LIMIT_S):
            host, port = self._settings.dc09_host, self.port_of(Dc09.name)
            raise ServiceError("hub.cannot_listen", host=host, port=port, reason="no answer")

    def hang_up(self) -> None:
        """What is being answered is not waited for: its sender repeats it."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ending.set)

    def stop(self) -> None:
        """After `hang_up`: waits for the thread."""
        self._worker.stop()

    def release(self) -> None:
        """Give the ports back."""
        for bound in self._bound.values():
            bound.close()
        self._ears.release()

    def _run(self, _stop: threading.Event) -> None:
        asyncio.run(self._receive())

    async def _receive(self) -> None:
        self._loop = asyncio.get_running_loop()
        receivers = [(self._receiver(name), bound) for name, bound in self._bound.items()]
        committing = asyncio.create_task(self._intake.run())
        for receiver, bound in receivers:
            await receiver.open(bound)
        await self._ears.open()
        self._fire_link.open()
        self._is_open.set()
        try:
            await self._ending.wait()
        finally:
            await self._fire_link.close()
            for receiver, _ in receivers:
                await receiver.close()
            await self._ears.close()
            committing.cancel()
            await asyncio.gather(committing, return_exceptions=True)

    def _receiver(self, name: str) -> Receiver:
        campus = self._campus()
        return Receiver(
            DRIVERS[name](PanelKeys(campus.key_of, campus.must_encrypt)),
            self._intake,
            heard=self._heard,
            knows=campus.knows,
            clock=self._clock,
            limits=self._limits,
            is_fire=campus.is_fire,
            may_be_invented=campus.may_be_invented,
            overhear=self._fire_link.overhear if name == Gb26875.name else None,
        )
