"""POST /v1/alarms and /v1/guards: senders report with their token; answered once it is stored."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Awaitable, Callable, Mapping

import structlog
from aiohttp import web

from services.alarms.drivers.base import Received, Source
from services.alarms.drivers.guard_report import MOST_BYTES, read_guards
from services.alarms.drivers.report import MOST_REPORT_BYTES, ReportRefused, read_report, signals_of
from services.core.clock import Clock
from services.domain.alarms import AlarmSource
from services.domain.positions import GuardReport, Heard
from services.hub.listeners import Take
from services.hub.web.server import Route, read_body
from services.hub.web.words import answer

PATH = "/v1/alarms"
GUARDS_PATH = "/v1/guards"
BODY_LIMIT_S = 5.0

_GUARDS_ANSWER = {
    Heard.LOST: "http.not_stored",
    Heard.STORED: "http.stored",
    Heard.NOTED: "http.alive",
}
TakeGuards = Callable[[Source, tuple[GuardReport, ...]], Awaitable[Heard]]
_TakeBody = Callable[[Source, bytes], Awaitable[web.Response]]

log = structlog.get_logger(__name__)


class PostedReports:
    """senders: the panels that report by HTTP, by number; each one's token is its credential's password."""

    def __init__(
        self,
        senders: Callable[[], Mapping[str, Source]],
        take: Take,
        take_guards: TakeGuards,
        clock: Clock,
    ) -> None:
        self._senders = senders
        self._take = take
        self._take_guards = take_guards
        self._clock = clock
        # Addresses that were told once of their wrong token.
        self._refused: set[str] = set()

    def routes(self) -> tuple[Route, ...]:
        return (Route("POST", PATH, self._post_alarm), Route("POST", GUARDS_PATH, self._post_guards))

    async def _post_alarm(self, request: web.BaseRequest, address: str) -> web.Response:
        return await self._post(request, address, self._store, MOST_REPORT_BYTES)

    async def _post_guards(self, request: web.BaseRequest, address: str) -> web.Response:
        return await self._post(request, address, self._place, MOST_BYTES)

    async def _post(
        self, request: web.BaseRequest, address: str, take: _TakeBody, most_bytes: int
    ) -> web.Response:
        sender = self._sender_of(request.headers.get("Authorization", ""))
        if sender is None:
            self._note_refused(address)
            return answer("http.bad_token")
        if request.content_type != "application/json" or request.headers.get("Content-Encoding"):
            return answer("http.not_json")
        try:
            async with asyncio.timeout(BODY_LIMIT_S):
                raw = await read_body(request, most_bytes)
        except TimeoutError:
            return answer("http.too_slow")
        if raw is None:
            return answer("http.too_large", most_bytes=most_bytes)
        return await take(sender, raw)

    async def _place(self, sender: Source, raw: bytes) -> web.Response:
        """Positions are heard, and thinned; a call for help is answered once its alarm is stored."""
        try:
            guards = read_guards(raw, sender.panel.no)
        except ReportRefused as refused:
            return answer("http.bad_report", field=refused.field, reason=refused.reason)
        return answer(_GUARDS_ANSWER[await self._take_guards(sender, guards)])

    async def _store(self, sender: Source, raw: bytes) -> web.Response:
        try:
            report = read_report(raw)
        except ReportRefused as refused:
            return answer("http.bad_report", field=refused.field, reason=refused.reason)
        signals = signals_of(report, sender, AlarmSource.HTTP, self._clock.now(), raw)
        if not await self._take(sender, Received(sender.panel.account, signals)):
            return answer("http.not_stored")
        return answer("http.stored" if signals else "http.alive")

    def _sender_of(self, header: str) -> Source | None:
        """Every token is compared, by its hash: how long it takes says nothing about any of them."""
        kind, _, token = header.partition(" ")
        said = _hashed(token.strip())
        found = None
        for sender in self._senders().values():
            wanted = sender.credential.password if sender.credential else ""
            is_it = hmac.compare_digest(_hashed(wanted), said)
            if is_it and wanted and kind.lower() == "bearer":
                found = sender
        return found

    def _note_refused(self, address: str) -> None:
        if address not in self._refused and len(self._refused) < 1000:
            self._refused.add(address)
            log.warning("web.bad_token", address=address)


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()
