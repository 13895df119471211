"""Keeps one task for each panel that we ask or subscribe to; the trouble of one is never another's."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field

import structlog

from services.alarms.drivers.base import Listener, Received, Source
from services.core.backoff import Backoff
from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.site import PanelProtocol
from services.hub.tasks import end_tasks

FOLLOW_S = 1.0
RETRY_FIRST_S = 0.5
RETRY_MOST_S = 15.0
# A module that restarts is back within this time; one that stays away longer is an alarm.
LOST_AFTER_S = 3.0

Makers = Mapping[PanelProtocol, Callable[[Source, Clock], Listener]]
# Hands on what a panel said; True once it is durable.
Take = Callable[[Source, Received], Awaitable[bool]]

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Kept:
    """heard_s: when the source was heard last, by the monotonic clock, None: not yet.

    trouble: as it was logged last.
    """

    source: Source
    listener: Listener
    heard_s: float | None = None
    backoff: Backoff = field(default_factory=lambda: Backoff(RETRY_FIRST_S, RETRY_MOST_S))
    trouble: str = ""
    task: asyncio.Task[None] | None = None


class Listeners:
    """Follows the site: a changed panel is listened to anew, a removed one no more. Lives in one event loop.

    wanted: the panels as they are now. lost: told with each try that finds a panel still away.
    """

    def __init__(
        self,
        makers: Makers,
        *,
        wanted: Callable[[], Mapping[str, Source]],
        take: Take,
        lost: Callable[[str], None],
        clock: Clock,
    ) -> None:
        self._makers = makers
        self._wanted = wanted
        self._take = take
        self._lost = lost
        self._clock = clock
        self._kept: dict[str, _Kept] = {}
        self._is_failing = False

    def listener_of(self, panel_no: str) -> Listener | None:
        kept = self._kept.get(panel_no)
        return kept.listener if kept else None

    async def run(self) -> None:
        """Until cancelled; then every listener has ended."""
        try:
            while True:
                try:
                    await self._follow()
                    self._is_failing = False
                except Exception:  # our mistake with one panel must not end the listening to all others
                    if not self._is_failing:
                        log.exception("listeners.failing")
                    self._is_failing = True
                await asyncio.sleep(FOLLOW_S)
        finally:
            await end_tasks(_tasks(self._kept.values()))
            self._kept.clear()

    async def _follow(self) -> None:
        wanted = self._wanted()
        gone = [no for no, kept in self._kept.items() if wanted.get(no) != kept.source]
        # A module with room for one connection must be free before it is asked anew.
        await end_tasks(_tasks([self._kept.pop(no) for no in gone]))
        for no, source in wanted.items():
            if no not in self._kept:
                self._kept[no] = self._begun(source)

    def _begun(self, source: Source) -> _Kept:
        listener = self._makers[source.panel.protocol](source, self._clock)
        kept = _Kept(source, listener)
        kept.task = asyncio.create_task(self._keep(kept), name=f"listener-{source.panel.no}")
        return kept

    async def _keep(self, kept: _Kept) -> None:
        async def tell(received: Received) -> bool:
            if received.account:
                self._heard(kept)
            return await self._take(kept.source, received)

        while True:
            try:
                await kept.listener.run(tell)
                self._note(kept, "ended")
            except ServiceError as error:
                self._note(kept, error.code)
            except Exception:  # the listener's outermost frame: a mistake in one driver leaves the others
                if kept.trouble != "failed":
                    log.exception("listener.failed", panel=kept.source.panel.no)
                kept.trouble = "failed"
            # One that was never heard has its full time, as every panel has after a start.
            if kept.heard_s is not None and self._clock.monotonic() - kept.heard_s >= LOST_AFTER_S:
                self._lost(kept.source.panel.account)
            await asyncio.sleep(kept.backoff.next_s())

    def _heard(self, kept: _Kept) -> None:
        kept.heard_s = self._clock.monotonic()
        if kept.trouble:
            log.info("listener.hears_again", panel=kept.source.panel.no)
            kept.trouble = ""
            kept.backoff.reset()

    def _note(self, kept: _Kept, trouble: str) -> None:
        """Each new trouble is logged once, not with every try."""
        if kept.trouble != trouble:
            log.warning("listener.lost", panel=kept.source.panel.no, code=trouble)
        kept.trouble = trouble


def _tasks(ending: Iterable[_Kept]) -> list[asyncio.Task[None]]:
    return [kept.task for kept in ending if kept.task is not None]
