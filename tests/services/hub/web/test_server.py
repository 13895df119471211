"""The web server alone, with small limits: slow, many and broken clients."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from services.hub.sockets import bind_stream
from services.hub.web import Route, WebLimits, WebServer

GOOD = b"GET /here HTTP/1.1\r\nHost: hub\r\n\r\n"


async def here(_request: web.BaseRequest, _address: str) -> web.Response:
    return web.Response(text="here")


async def broken(_request: web.BaseRequest, _address: str) -> web.Response:
    raise RuntimeError("a mistake of ours")


ROUTES = (Route("GET", "/here", here), Route("GET", "/broken", broken))


@asynccontextmanager
async def serving(limits: WebLimits) -> AsyncIterator[int]:
    listening = bind_stream("127.0.0.1", 0)
    server = WebServer(ROUTES, limits)
    await server.open(listening)
    try:
        yield listening.getsockname()[1]
    finally:
        await server.close()
        listening.close()


async def say(port: int, *parts: bytes, rest_s: float = 0.0) -> bytes:
    """All that the server answers until it closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for part in parts:
            if reader.at_eof():
                break
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(rest_s)
        async with asyncio.timeout(5):
            return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


def run(story: Callable[[int], Awaitable[bytes]], limits: WebLimits) -> bytes:
    async def whole() -> bytes:
        async with serving(limits) as port:
            return await story(port)

    return asyncio.run(whole())


def test_a_request_is_answered_and_the_connection_closed() -> None:
    answered = run(lambda port: say(port, GOOD), WebLimits())
    assert answered.startswith(b"HTTP/1.1 200 OK")
    assert answered.endswith(b"here")


def test_a_client_that_drips_its_headers_is_closed_when_its_time_is_over() -> None:
    """Each byte comes within the time; all of them do not."""
    drip = [bytes([byte]) for byte in GOOD]
    assert run(lambda port: say(port, *drip, rest_s=0.02), WebLimits(connection_s=0.1)) == b""


def test_a_client_that_says_nothing_is_closed() -> None:
    assert run(say, WebLimits(connection_s=0.05)) == b""


def test_more_connections_of_an_address_than_allowed_are_closed_at_once() -> None:
    async def story(port: int) -> bytes:
        idle = [await asyncio.open_connection("127.0.0.1", port) for _ in range(2)]
        refused = await say(port, GOOD)
        for _, writer in idle:
            writer.close()
        return refused

    assert run(story, WebLimits(connections_of_address=2)) == b""


def test_an_address_that_asks_too_often_is_told_so(expected_log: Callable[..., None]) -> None:
    expected_log("web.held_back")

    async def story(port: int) -> bytes:
        await say(port, GOOD)
        return await say(port, GOOD)

    answered = run(story, WebLimits(requests_per_s=0.001, burst_requests=1))
    assert b" 429 " in answered
    assert b"Retry-After: 5" in answered


def test_a_mistake_of_ours_costs_one_request(expected_log: Callable[..., None]) -> None:
    expected_log("web.failed")

    async def story(port: int) -> bytes:
        assert b" 500 " in await say(port, GOOD.replace(b"/here", b"/broken"))
        return await say(port, GOOD)

    assert run(story, WebLimits()).endswith(b"here")


def test_what_is_not_there_and_what_is_not_taken_are_told_apart() -> None:
    assert b" 404 " in run(lambda port: say(port, GOOD.replace(b"/here", b"/there")), WebLimits())
    assert b" 405 " in run(lambda port: say(port, GOOD.replace(b"GET", b"DELETE")), WebLimits())


@given(st.binary(max_size=400), st.sampled_from([b"", b"POST /here HTTP/1.1\r\nHost: hub\r\n"]))
def test_noise_is_answered_with_a_refusal_or_silence(noise: bytes, head: bytes) -> None:
    answered = run(lambda port: say(port, head + noise), WebLimits(connection_s=0.05))
    assert answered == b"" or answered.startswith((b"HTTP/1.1 4", b"HTTP/1.0 4"))
