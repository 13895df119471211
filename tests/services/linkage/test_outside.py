"""Other systems are told by HTTP and MQTT: real servers, and no secret anywhere but in the log-in."""

from __future__ import annotations

import asyncio
import base64
import gc
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import aiomqtt
import pytest
from amqtt.broker import Broker

from services.core.errors import ServiceError
from services.core.secrets import Credential, Secrets
from services.domain.linkage import Action, ActionKind, fault_of_action
from services.linkage.engine import Task
from services.linkage.hands.broker import Publisher
from services.linkage.hands.web import Poster
from services.linkage.hands.words import filled, words_of
from services.linkage.refusals import Unavailable
from tests.services.linkage.conftest import Campus
from tests.services.video.web_kit import Certificate
from tests.waiting import LIMIT_S

SECRETS = Secrets({"house": Credential("watch", "geheim@:/")})


class Server:
    """Keeps what was posted; `status` is what it answers, once it may."""

    def __init__(self, certificate: Certificate | None = None) -> None:
        self.posted: list[tuple[str, dict[str, str], bytes]] = []
        self.status, self.location = 200, ""
        self.may_answer = threading.Event()
        self.may_answer.set()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                server.posted.append((self.path, dict(self.headers), body))
                server.may_answer.wait(20.0)
                self.send_response(server.status)
                if server.location:
                    self.send_header("Location", server.location)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        if certificate is not None:
            context = certificate.server_context()
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        scheme = "https" if certificate else "http"
        self.url = f"{scheme}://127.0.0.1:{self._server.server_port}/alarm"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def close(self) -> None:
        self.may_answer.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


def task(campus: Campus, action: Action, within_s: float = 5.0) -> Task:
    alarm = campus.press(1)
    return Task(action, alarm, campus.runs(alarm)[0], within_s)


def test_the_alarm_is_posted_with_the_rules_text_filled_in(campus: Campus, server: Server) -> None:
    to = Action(ActionKind.HTTP, server.url, text="{place}：{name} {event_no} {other}", credential="house")
    asked = task(campus, to)
    Poster(SECRETS).post(asked)
    ((path, headers, body),) = server.posted
    facts = json.loads(body)
    assert path == "/alarm"
    assert headers["Authorization"] == "Basic " + base64.b64encode(b"watch:geheim@:/").decode()
    assert (facts["event_no"], facts["class"], facts["at"]) == (asked.alarm.event_no, "panic", [1.0, 10.0])
    assert facts["text"] == f"东门：防区 Z01 {asked.alarm.event_no} {{other}}"


def test_a_refusal_a_redirect_and_silence_are_failures_and_say_no_secret(
    campus: Campus, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    to = Action(ActionKind.HTTP, server.url, credential="house")
    server.status = 503
    with pytest.raises(ServiceError, match=r"linkage\.web_refused\(status=503\)"):
        Poster(SECRETS).post(task(campus, to))
    server.status, server.location = 307, server.url
    with pytest.raises(ServiceError, match=r"linkage\.web_refused\(status=307\)"):
        Poster(SECRETS).post(task(campus, to))
    server.may_answer.clear()
    with pytest.raises(ServiceError, match=r"linkage\.web_unreachable") as silent:
        Poster(SECRETS).post(task(campus, to, within_s=0.2))
    assert len(server.posted) == 3
    assert "geheim" not in caplog.text + repr(silent.value) + repr(silent.value.__context__)


def test_only_the_pinned_certificate_is_told_anything(campus: Campus, tmp_path: Path) -> None:
    certificate = Certificate.new(tmp_path)
    server = Server(certificate)
    try:
        for trust in ("", "sha256:" + "0" * 64):
            with pytest.raises(ServiceError, match=r"linkage\.bad_certificate"):
                Poster(SECRETS).post(task(campus, Action(ActionKind.HTTP, server.url, trust=trust)))
        assert server.posted == []
        Poster(SECRETS).post(task(campus, Action(ActionKind.HTTP, server.url, trust=certificate.fingerprint)))
        assert len(server.posted) == 1
    finally:
        server.close()


def test_a_log_in_that_this_machine_lacks_is_unavailable_and_nothing_is_sent(
    campus: Campus, server: Server
) -> None:
    with pytest.raises(Unavailable, match=r"linkage\.no_credential"):
        Poster(SECRETS).post(task(campus, Action(ActionKind.HTTP, server.url, credential="other")))
    assert server.posted == []


def test_an_address_with_a_password_is_not_even_saved() -> None:
    for address in ("http://a:b@127.0.0.1/", "https://a@127.0.0.1/", "ftp://127.0.0.1/", ""):
        assert fault_of_action(Action(ActionKind.HTTP, address))
    assert fault_of_action(Action(ActionKind.MQTT, "mqtt://a:b@127.0.0.1", "t"))
    assert not fault_of_action(Action(ActionKind.HTTP, "https://127.0.0.1/"))


def test_braces_that_mean_nothing_stay(campus: Campus) -> None:
    assert filled("{x} {0.__class__} {place}", words_of(campus.press(1))) == "{x} {0.__class__} 东门"


def heard_on_the_topic(asked: Task, *, certificate: Certificate | None = None, **more: str) -> bytes:
    """What somebody hears who listens at a broker to which the action is published; certificate: only by TLS.

    more: of the action. Raises what the publisher does.
    """
    told_by: dict[str, object] = {"type": "tcp", "bind": "127.0.0.1:0"}
    if certificate is not None:
        told_by |= {"ssl": True, "certfile": str(certificate.file), "keyfile": str(certificate.file)}

    async def meet() -> bytes:
        config = {
            "listeners": {"default": {"type": "tcp", "bind": "127.0.0.1:0"}, "told_by": told_by},
            "plugins": {"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": True}},
        }
        broker = Broker(config)
        await broker.start()
        try:
            async with aiomqtt.Client("127.0.0.1", port_of(broker, "default")) as listener:
                await listener.subscribe("campus/#", qos=1)
                scheme = "mqtt" if certificate is None else "mqtts"
                to = f"{scheme}://127.0.0.1:{port_of(broker, 'told_by')}"
                action = replace(asked.action, target=to, **more)  # type: ignore[arg-type]
                await asyncio.to_thread(Publisher(SECRETS).publish, replace(asked, action=action))
                async with asyncio.timeout(5):
                    async for message in listener.messages:
                        return bytes(message.payload)  # type: ignore[arg-type]
        finally:
            await broker.shutdown()
        return b""

    return asyncio.run(meet())


def port_of(broker: Broker, listener: str) -> int:
    return int(broker._servers[listener].instance.sockets[0].getsockname()[1])


def test_a_message_reaches_whoever_listens_on_the_topic(campus: Campus) -> None:
    asked = task(campus, Action(ActionKind.MQTT, option="campus/alarm", text="{name}"))
    facts = json.loads(heard_on_the_topic(asked))
    assert (facts["event_no"], facts["text"]) == (asked.alarm.event_no, "防区 Z01")


def test_a_message_goes_encrypted_to_the_broker_of_the_pinned_certificate(
    campus: Campus, tmp_path: Path
) -> None:
    certificate = Certificate.new(tmp_path)
    asked = task(campus, Action(ActionKind.MQTT, option="campus/alarm", text="{name}"))
    # The broker speaks nothing but TLS on this line: what goes in the clear arrives nowhere.
    heard = heard_on_the_topic(asked, certificate=certificate, trust=certificate.fingerprint)
    assert json.loads(heard)["event_no"] == asked.alarm.event_no


def test_a_broker_with_another_certificate_is_told_nothing_and_that_is_said(
    campus: Campus, tmp_path: Path
) -> None:
    server = Server(Certificate.new(tmp_path))
    try:
        to = server.url.replace("https", "mqtts").removesuffix("/alarm")
        other = Action(ActionKind.MQTT, to, "t", credential="house", trust="sha256:" + "0" * 64)
        with pytest.raises(ServiceError, match=r"linkage\.bad_certificate\(host=127\.0\.0\.1\)") as refused:
            Publisher(SECRETS).publish(task(campus, other))
        assert "geheim" not in repr(refused.value) + repr(refused.value.__context__)
    finally:
        server.close()


def test_a_broker_that_is_not_there_is_a_failure(campus: Campus, server: Server) -> None:
    port = server.url.split(":")[2].split("/")[0]
    gone = Action(ActionKind.MQTT, "mqtt://127.0.0.1:1", "t")
    for action in (gone, Action(ActionKind.MQTT, f"mqtt://127.0.0.1:{port}", "t", credential="house")):
        with pytest.raises(ServiceError, match=r"linkage\.broker_unreachable"):
            Publisher(SECRETS).publish(task(campus, action, within_s=1.0))


def test_a_broker_that_takes_the_call_and_never_answers_is_hung_up_on(campus: Campus) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        asked = task(
            campus, Action(ActionKind.MQTT, f"mqtt://127.0.0.1:{silent.getsockname()[1]}", "t"), within_s=0.5
        )
        gc.disable()  # The collector would hang up sooner or later.
        try:
            with pytest.raises(ServiceError, match=r"linkage\.broker_unreachable"):
                Publisher(SECRETS).publish(asked)
            line, _ = silent.accept()
            with line:
                line.settimeout(LIMIT_S)
                while line.recv(4096):
                    pass
        finally:
            gc.enable()
