"""POST /v1/alarms at a whole hub, asked by a foreign client (httpx)."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from services.alarms.drivers.base import Received, Source
from services.core.clock import SystemClock
from services.core.errors import ServiceError
from services.core.secrets import Secrets
from services.domain.alarms import Alarm
from services.domain.classes import AlarmClass, Priority
from services.domain.positions import GuardReport, Heard
from services.domain.site import PanelProtocol, Site
from services.hub import Hub
from services.hub.sockets import bind_stream
from services.hub.sources import sources_of
from services.hub.web import PostedReports, WebServer

Alarms = Callable[[], list[Alarm]]
Start = Callable[..., Hub]


def post(hub: Hub, body: bytes | str, *, token: str = "", **headers: str) -> httpx.Response:
    return httpx.post(
        f"http://127.0.0.1:{hub.http_port}/v1/alarms",
        content=body,
        headers={"Authorization": f"Bearer {token}".strip(), "Content-Type": "application/json", **headers},
    )


def test_a_press_is_stored_when_it_is_answered(start_hub: Start, token: str, alarms: Alarms) -> None:
    answered = post(start_hub(), '{"kind": "panic", "point": "east"}', token=token)
    assert (answered.status_code, answered.json()["code"]) == (200, "http.stored")
    (alarm,) = alarms()
    assert (alarm.zone, alarm.alarm_class, alarm.priority) == ("H1-1", AlarmClass.PANIC, Priority.P1)


def test_a_press_sent_again_with_its_mark_is_one_alarm_counted_once(
    start_hub: Start, token: str, alarms: Alarms
) -> None:
    hub = start_hub()
    for _ in range(3):
        assert post(hub, '{"id": "17"}', token=token).status_code == 200
    assert [alarm.occurrence_count for alarm in alarms()] == [1]
    post(hub, '{"id": "18"}', token=token)
    assert [alarm.occurrence_count for alarm in alarms()] == [2]


def test_a_sign_of_life_raises_nothing(start_hub: Start, token: str, alarms: Alarms) -> None:
    answered = post(start_hub(), '{"kind": "alive"}', token=token)
    assert (answered.status_code, answered.json()["code"]) == (200, "http.alive")
    assert alarms() == []


@pytest.mark.parametrize("said", ["", "wrong", "a-long-token-of-the-gate-buttoN"])
def test_without_the_token_nothing_is_taken(
    start_hub: Start, said: str, alarms: Alarms, expected_log: Callable[..., None]
) -> None:
    """Neither an empty token nor a sender without one opens the door."""
    expected_log("web.bad_token")
    answered = post(start_hub(), "{}", token=said)
    assert (answered.status_code, answered.json()["code"]) == (401, "http.bad_token")
    assert alarms() == []


def test_a_wrong_report_is_refused_with_its_field_in_both_languages(
    start_hub: Start, token: str, alarms: Alarms
) -> None:
    answered = post(start_hub(), '{"kind": "boom"}', token=token)
    told = answered.json()
    assert (answered.status_code, told["code"], told["field"]) == (400, "http.bad_report", "kind")
    assert "报文有误" in told["zh"]
    assert "wrong" in told["en"]
    assert alarms() == []


def test_what_is_too_long_or_packed_is_refused(start_hub: Start, token: str) -> None:
    hub = start_hub()
    assert post(hub, b" " * 4097, token=token).status_code == 413
    assert post(hub, b"{}", token=token, **{"Content-Encoding": "gzip"}).status_code == 415
    assert post(hub, b"{}", token=token, **{"Content-Type": "text/plain"}).status_code == 415


def test_nothing_is_confirmed_that_could_not_be_stored(site: Site, secrets: Secrets, token: str) -> None:
    async def take(_source: Source, _received: Received) -> bool:
        return False

    async def take_guards(_source: Source, _guards: tuple[GuardReport, ...]) -> Heard:
        return Heard.LOST

    async def story() -> httpx.Response:
        senders = sources_of(site, secrets, {PanelProtocol.HTTP})
        posted = PostedReports(lambda: senders, take, take_guards, SystemClock())
        listening = bind_stream("127.0.0.1", 0)
        server = WebServer(posted.routes())
        await server.open(listening)
        async with httpx.AsyncClient() as client:
            answered = await client.post(
                f"http://127.0.0.1:{listening.getsockname()[1]}/v1/alarms",
                json={},
                headers={"Authorization": f"Bearer {token}"},
            )
        await server.close()
        return answered

    answered = asyncio.run(story())
    assert (answered.status_code, answered.json()["code"]) == (503, "http.not_stored")
    assert answered.headers["Retry-After"] == "5"


def test_without_a_port_nothing_listens(start_hub: Start) -> None:
    assert start_hub(http_port=None).http_port == 0


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    file = tmp_path / "hub.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", file, "-out", tmp_path / "cert.pem"),
        ],
        check=True,
        capture_output=True,
    )
    file.write_text(file.read_text() + (tmp_path / "cert.pem").read_text())
    return file


def test_with_a_certificate_only_encrypted_reports_are_taken(
    start_hub: Start, token: str, certificate: Path, alarms: Alarms
) -> None:
    hub = start_hub(http_certificate=certificate)
    trusted = ssl.create_default_context(cafile=certificate)
    answered = httpx.post(
        f"https://127.0.0.1:{hub.http_port}/v1/alarms",
        json={"point": "east"},
        headers={"Authorization": f"Bearer {token}"},
        verify=trusted,
    )
    assert answered.status_code == 200
    assert len(alarms()) == 1
    with pytest.raises(httpx.TransportError):
        post(hub, "{}", token=token)


def test_a_certificate_that_cannot_be_used_is_said_before_anything_starts(
    start_hub: Start, tmp_path: Path
) -> None:
    with pytest.raises(ServiceError) as refused:
        start_hub(http_certificate=tmp_path / "missing.pem")
    assert refused.value.code == "hub.bad_certificate"
