"""What can be asked for at the guards' port; whatever is not in this table is not there."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import structlog
from aiohttp import web

from services.campus.geo import to_plan
from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.jobs import Jobs
from services.core.paths import resource
from services.domain.incidents import DispatchState
from services.domain.site import Point, Site
from services.hub.guardpage.pace import HELP, Pace
from services.hub.guardpage.shown import Plain, Shown
from services.hub.web import Handle, Route, answer, read_body
from services.people.guard_desk import GuardDesk
from services.people.guard_links import GuardLinks

MOST_BODY_BYTES = 8192
BODY_LIMIT_S = 5.0
MOST_WAITING = 64
# A position less certain than this would send others to the wrong building.
MOST_UNCERTAIN_M = 60.0
COOKIE = "__Host-shouwang"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Server": "Shouwang",
}
_FILES = (
    ("/", "page.html", "text/html"),
    ("/page.css", "page.css", "text/css"),
    ("/page.js", "page.js", "text/javascript"),
    ("/icon.svg", "icon.svg", "image/svg+xml"),
)
_OUT = frozenset({"dispatch.phone_out", "dispatch.link_unknown", "dispatch.link_used"})
_STATUS = {
    "dispatch.phone_out": 401,
    "dispatch.link_unknown": 401,
    "dispatch.link_used": 410,
    "storage.not_found": 404,
    "dispatch.illegal_move": 409,
    "storage.conflict": 409,
}
Result = TypeVar("Result")
Act = Callable[[str, Plain], object]

log = structlog.get_logger(__name__)


class _Refused(Exception):
    """What was sent is none of what the page sends; code: of `services.hub.web.words`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class _Asked:
    """shown: what the phone shows to be let in, "" when it shows nothing."""

    request: web.BaseRequest
    address: str
    shown: str


class GuardRoutes:
    """Lives in the page's event loop; what blocks is done by `jobs`."""

    def __init__(
        self,
        *,
        desk: GuardDesk,
        links: GuardLinks,
        shown: Shown,
        site: Callable[[], Site],
        jobs: Jobs,
        clock: Clock,
    ) -> None:
        self._desk = desk
        self._links = links
        self._shown = shown
        self._site = site
        self._jobs = jobs
        self._clock = clock
        self._waiting = 0
        self._pace = Pace()

    def table(self) -> tuple[Route, ...]:
        files = (Route("GET", path, _file(name, kind)) for path, name, kind in _FILES)
        return (
            *files,
            Route("GET", "/plan", self._guarded(self._plan)),
            Route("GET", "/order", self._guarded(self._order)),
            Route("GET", "/picture", self._guarded(self._picture)),
            Route("POST", "/enter", self._guarded(self._enter)),
            Route("POST", "/leave", self._guarded(self._leave)),
            Route("POST", "/step", self._guarded(self._does(self._step))),
            Route("POST", "/return", self._guarded(self._does(self._return))),
            Route("POST", HELP, self._guarded(self._does(self._help)), self._is_good),
            Route("POST", "/checkin", self._guarded(self._does(self._check_in))),
            Route("POST", "/position", self._guarded(self._does(self._position))),
        )

    # what the phone asks

    async def _plan(self, asked: _Asked) -> web.Response:
        plan = await self._let_in(asked, lambda: (self._desk.look(asked.shown), self._shown.plan())[1])
        return _json(plan, asked.request)

    async def _order(self, asked: _Asked) -> web.Response:
        present = await self._let_in(asked, lambda: self._shown.present(self._desk.look(asked.shown)))
        return _json(present, asked.request)

    async def _picture(self, asked: _Asked) -> web.Response:
        data = await self._let_in(asked, lambda: self._shown.picture(self._desk.look(asked.shown)))
        if data is None:
            return answer("http.not_found")
        return web.Response(body=data, content_type="image/jpeg")

    async def _enter(self, asked: _Asked) -> web.Response:
        body = await _body(asked.request)
        said, nonce = _text(body, "link", 200), _text({"nonce": "", **body}, "nonce", 64)
        link, shown = await self._do(lambda: self._links.open(said, nonce))
        self._pace.note_good(shown)
        response = _json({"code": "guard.entered"}, asked.request)
        lasts_s = int((link.ends_at - self._clock.now()).total_seconds())
        response.set_cookie(
            COOKIE, shown, max_age=lasts_s, path="/", secure=True, httponly=True, samesite="Strict"
        )
        return response

    async def _leave(self, asked: _Asked) -> web.Response:
        await _body(asked.request)
        await self._do(lambda: self._links.leave(asked.shown))
        response = _json({"code": "guard.left"}, asked.request)
        response.del_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="Strict")
        return response

    # what the guard presses

    def _does(self, act: Act) -> Callable[[_Asked], Awaitable[web.Response]]:
        """Do it, and answer with everything as it is then."""

        async def handle(asked: _Asked) -> web.Response:
            body = await _body(asked.request)

            def work() -> Plain:
                # The pass is judged before anything in the body is.
                self._desk.look(asked.shown)
                act(asked.shown, body)
                return self._shown.present(self._desk.look(asked.shown))

            return _json(await self._let_in(asked, work), asked.request)

        return handle

    def _step(self, shown: str, body: Plain) -> object:
        try:
            to = DispatchState(_text(body, "to", 20))
        except ValueError:
            raise _Refused("http.bad_report") from None
        return self._desk.advance(shown, _text(body, "order", 64), to, self._at(body))

    def _return(self, shown: str, body: Plain) -> object:
        return self._desk.return_order(shown, _text(body, "order", 64), _text(body, "reason", 500))

    def _help(self, shown: str, body: Plain) -> object:
        try:
            at = self._at(body)
        except _Refused:  # whatever the phone says of its place, its guard is heard
            at = None
        return self._desk.call_for_help(shown, at)

    def _check_in(self, shown: str, body: Plain) -> object:
        return self._desk.check_in(shown, self._at(body))

    def _position(self, shown: str, body: Plain) -> object:
        at = self._at(body)
        return self._desk.report_position(shown, at) if at is not None else None

    def _at(self, body: Plain) -> Point | None:
        """Metres on the plan; None without a position, with one too uncertain, or where the site has none."""
        said, geo = body.get("position"), self._site().geo
        if said is None or geo is None:
            return None
        if not isinstance(said, dict):
            raise _Refused("http.bad_report")
        latitude, longitude = _number(said, "latitude", 90.0), _number(said, "longitude", 180.0)
        if _number(said, "accuracy_m", 1e7) > MOST_UNCERTAIN_M:
            return None
        return to_plan(geo, latitude, longitude)

    # around each of them

    def _is_good(self, request: web.BaseRequest) -> bool:
        return self._pace.is_good(request.cookies.get(COOKIE, ""))

    def _guarded(self, handle: Callable[[_Asked], Awaitable[web.Response]]) -> Handle:
        async def whole(request: web.BaseRequest, address: str) -> web.StreamResponse:
            if not _is_own(request):
                return answer("http.foreign")
            asked = _Asked(request, address, request.cookies.get(COOKIE, ""))
            if self._pace.is_held_back(request.path, address, asked.shown):
                return answer("http.too_many")
            try:
                return await handle(asked)
            except _Refused as refused:
                return answer(refused.code)
            except ServiceError as error:
                return self._refusal(asked, error)

        return whole

    def _refusal(self, asked: _Asked, error: ServiceError) -> web.Response:
        if error.code in _OUT:
            self._pace.count_wrong(asked.address, asked.shown)
        if error.code.startswith("storage.") and error.code not in _STATUS:
            return answer("http.not_stored")
        response = _json({"code": error.code}, asked.request, _STATUS.get(error.code, 400))
        if error.code == "dispatch.phone_out":
            response.del_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="Strict")
        return response

    async def _let_in(self, asked: _Asked, work: Callable[[], Result]) -> Result:
        """What only a phone may ask that is in; `work` raises dispatch.phone_out for any other."""
        result = await self._do(work)
        self._pace.note_good(asked.shown)
        return result

    async def _do(self, work: Callable[[], Result]) -> Result:
        """In a job; a database that stands still costs the phones an answer and the hub nothing."""
        if self._waiting >= MOST_WAITING:
            raise _Refused("http.not_stored")
        self._waiting += 1
        try:
            return await asyncio.wrap_future(self._jobs.submit(work))
        finally:
            self._waiting -= 1


def _file(name: str, kind: str) -> Handle:
    text = resource("guard", name).read_text(encoding="utf-8")

    async def handle(_request: web.BaseRequest, _address: str) -> web.Response:
        return web.Response(text=text, content_type=kind, charset="utf-8")

    return handle


def _json(value: Plain, request: web.BaseRequest, status: int = 200) -> web.Response:
    """Nothing but "the same" when the phone has it already."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:24]}"'
    if status == 200 and request.headers.get("If-None-Match") == tag:
        return web.Response(status=304, headers={"ETag": tag})
    return web.Response(
        status=status, text=text, content_type="application/json", charset="utf-8", headers={"ETag": tag}
    )


def _is_own(request: web.BaseRequest) -> bool:
    """Browsers say which page a request comes from; only ours may press anything."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    return site in ("same-origin", "none") and origin in (None, f"https://{request.host}")


async def _body(request: web.BaseRequest) -> Plain:
    if request.content_type != "application/json" or request.headers.get("Content-Encoding"):
        raise _Refused("http.not_json")
    try:
        async with asyncio.timeout(BODY_LIMIT_S):
            raw = await read_body(request, MOST_BODY_BYTES)
    except TimeoutError:
        raise _Refused("http.too_slow") from None
    if raw is None:
        raise _Refused("http.too_large")
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        raise _Refused("http.bad_report") from None
    if not isinstance(body, dict):
        raise _Refused("http.bad_report")
    return body


def _text(body: Plain, field: str, most: int) -> str:
    value = body.get(field)
    if not isinstance(value, str) or len(value) > most:
        raise _Refused("http.bad_report")
    return value


def _number(body: Plain, field: str, most: float) -> float:
    value = body.get(field)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _Refused("http.bad_report")
    # So written that NaN fails, and an integer of 400 digits is never made a float.
    if not abs(value) <= most:
        raise _Refused("http.bad_report")
    return float(value)
