"""POST /v1/alarms: a button or another system reports with its token; answered once it is stored."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Callable, Mapping

import structlog
from aiohttp import web

from services.alarms.drivers.base import Received, Source
from services.alarms.drivers.report import MOST_REPORT_BYTES, ReportRefused, read_report, signals_of
from services.core.clock import Clock
from services.domain.alarms import AlarmSource
from services.hub.listeners import Take
from services.hub.web.server import Route
from services.hub.web.words import answer

PATH = "/v1/alarms"
BODY_LIMIT_S = 5.0

log = structlog.get_logger(__name__)


class PostedReports:
    """senders: the panels that report by HTTP, by number; each one's token is its credential's password."""

    def __init__(self, senders: Callable[[], Mapping[str, Source]], take: Take, clock: Clock) -> None:
        self._senders = senders
        self._take = take
        self._clock = clock
        # Addresses that were told once of their wrong token.
        self._refused: set[str] = set()

    def routes(self) -> tuple[Route, ...]:
        return (Route("POST", PATH, self._post),)

    async def _post(self, request: web.BaseRequest, address: str) -> web.Response:
        sender = self._sender_of(request.headers.get("Authorization", ""))
        if sender is None:
            self._note_refused(address)
            return answer("http.bad_token")
        if request.content_type != "application/json" or request.headers.get("Content-Encoding"):
            return answer("http.not_json")
        try:
            async with asyncio.timeout(BODY_LIMIT_S):
                raw = await _read(request)
        except TimeoutError:
            return answer("http.too_slow")
        if raw is None:
            return answer("http.too_large", most_bytes=MOST_REPORT_BYTES)
        return await self._store(sender, raw)

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


async def _read(request: web.BaseRequest) -> bytes | None:
    """The body, None when it is longer than a report may be."""
    if request.content_length is not None and request.content_length > MOST_REPORT_BYTES:
        return None
    body = bytearray()
    async for part in request.content.iter_chunked(MOST_REPORT_BYTES):
        body += part
        if len(body) > MOST_REPORT_BYTES:
            return None
    return bytes(body)
