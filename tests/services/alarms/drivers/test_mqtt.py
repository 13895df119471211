"""Buttons on MQTT: a broker and a publisher of another make (amqtt), and whatever bytes a topic may carry."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from amqtt.broker import Broker as ForeignBroker
from amqtt.client import MQTTClient
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from services.alarms.drivers.base import Received, Source
from services.alarms.drivers.mqtt import NOT_UNDERSTOOD, Broker, MqttListener, read_broker
from services.core.clock import ManualClock, SystemClock
from services.core.errors import ServiceError
from services.core.secrets import Credential
from services.core.trust import fingerprint_of
from services.domain.alarms import Qualifier, Signal
from services.domain.classes import AlarmClass
from services.domain.site import Panel, PanelNo, PanelProtocol, Zone, ZoneKind, ZoneNo
from tests.services.alarms.drivers.ear import HERE_S, Ear
from tests.waiting import LIMIT_S

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


def source(address: str = "mqtt://127.0.0.1/campus", credential: Credential | None = None) -> Source:
    panel = Panel(
        PanelNo("Q1"),
        "5001",
        "按钮",
        "Buttons",
        (1.0, 1.0),
        protocol=PanelProtocol.MQTT,
        address=address,
    )
    zones = tuple(
        Zone(
            ZoneNo(f"Q1-{number}"),
            PanelNo("Q1"),
            number,
            point,
            point,
            ZoneKind.PANIC_BUTTON,
            AlarmClass.PANIC,
            "门岗",
            (1.0, 1.0),
            point=point,
        )
        for number, point in enumerate(("gate/button", "clinic"), 1)
    )
    return Source(panel, zones, credential=credential, site="test")


def heard(point: str, payload: bytes, *, is_retained: bool = False) -> list[tuple[str, int, str, Qualifier]]:
    return told(MqttListener(source(), ManualClock(NOW)).signals(point, payload, is_retained=is_retained))


def told(signals: tuple[Signal, ...]) -> list[tuple[str, int, str, Qualifier]]:
    return [(s.code, s.zone, s.point, s.qualifier) for s in signals]


def test_the_topic_names_the_point() -> None:
    assert heard("clinic", b'{"kind": "panic"}') == [("mqtt:panic", 2, "clinic", Qualifier.NEW)]


def test_a_last_will_is_a_fault_of_its_point_and_the_birth_ends_it() -> None:
    for topic in ("clinic/status", "clinic/LWT", "clinic"):
        assert heard(topic, b"Offline") == [("mqtt:offline", 2, "clinic", Qualifier.NEW)]
        assert heard(topic, b"online") == [("mqtt:offline", 2, "clinic", Qualifier.RESTORE)]


BIRTHS = [b"online", b"1", b"ON", b"true", b"connected", b"ready"]
WILLS = [b"offline", b"0", b"OFF", b"false", b"disconnected", b"lost"]


@pytest.mark.parametrize("topic", ["status", "availability", "LWT", "connection"])
@pytest.mark.parametrize(("birth", "will"), list(zip(BIRTHS, WILLS, strict=True)))
def test_a_panic_buttons_word_in_a_presence_topic_is_about_the_device(
    topic: str, birth: bytes, will: bytes
) -> None:
    listener = MqttListener(source(), ManualClock(NOW))
    said = [*listener.signals(f"clinic/{topic}", birth, is_retained=False)]
    said += listener.signals(f"clinic/{topic}", will, is_retained=False)
    assert told(tuple(said)) == [
        ("mqtt:offline", 2, "clinic", Qualifier.RESTORE),
        ("mqtt:offline", 2, "clinic", Qualifier.NEW),
    ]


def test_json_in_a_presence_topic_is_an_alarm_only_where_it_says_so() -> None:
    assert heard("clinic/status", b'{"state": "restore"}') == [
        ("mqtt:offline", 2, "clinic", Qualifier.RESTORE)
    ]
    assert heard("clinic/status", b'{"kind": "panic"}') == [("mqtt:panic", 2, "clinic", Qualifier.NEW)]


def test_a_last_will_in_strange_words_is_kept_soon_after_a_birth_in_such_words() -> None:
    listener = MqttListener(source(), ManualClock(NOW))
    raw = [
        signal.raw
        for payload in (b"hello", b"goodbye", b"goodbye", b"up 17 s", b"up 18 s")
        for signal in listener.signals("clinic/status", payload, is_retained=False)
    ]
    assert raw == ["hello", "goodbye", "up 17 s"]


def test_a_last_will_may_be_json() -> None:
    assert heard("clinic/status", b'{"kind": "offline"}') == [("mqtt:offline", 2, "clinic", Qualifier.NEW)]


@pytest.mark.parametrize(("word", "qualifier"), [(b"ON", Qualifier.NEW), (b"off", Qualifier.RESTORE)])
def test_a_device_without_json_says_on_and_off(word: bytes, qualifier: Qualifier) -> None:
    assert heard("gate/button", word) == [("mqtt:alarm", 1, "gate/button", qualifier)]


def stored(listener: MqttListener, payload: bytes, *, is_retained: bool) -> list[Qualifier]:
    """What "clinic" says is told and stored."""
    qualifiers = [s.qualifier for s in listener.signals("clinic", payload, is_retained=is_retained)]
    listener.hold("clinic", payload)
    return qualifiers


def test_a_retained_alarm_is_a_state_and_is_told_once() -> None:
    listener = MqttListener(source(), ManualClock(NOW))
    assert stored(listener, b"on", is_retained=True) == [Qualifier.STILL]
    assert stored(listener, b"on", is_retained=True) == []
    assert stored(listener, b"on", is_retained=False) == [Qualifier.NEW]


def test_what_is_not_understood_is_kept_but_not_without_end() -> None:
    clock = ManualClock(NOW)
    listener = MqttListener(source(), clock)
    first = listener.signals("clinic", b"21.5 C", is_retained=False)
    assert told(first) == [(NOT_UNDERSTOOD, 2, "clinic", Qualifier.NEW)]
    assert listener.signals("clinic", b"21.6 C", is_retained=False) == ()
    clock.advance(60)
    assert len(listener.signals("clinic", b"21.7 C", is_retained=False)) == 1


@given(st.text(max_size=150), st.binary(max_size=200), st.booleans())
def test_no_message_breaks_the_listener(point: str, payload: bytes, is_retained: bool) -> None:
    for signal in MqttListener(source(), ManualClock(NOW)).signals(point, payload, is_retained=is_retained):
        assert signal.account == "5001"
        assert len(signal.point) <= 100


@pytest.mark.parametrize(
    ("address", "broker"),
    [
        ("mqtt://10.0.0.5/campus", Broker("10.0.0.5", 1883, False, "campus")),
        ("mqtts://broker.campus:8884/a/b/", Broker("broker.campus", 8884, True, "a/b")),
    ],
)
def test_an_address_names_broker_and_root(address: str, broker: Broker) -> None:
    assert read_broker(address) == broker


@pytest.mark.parametrize(
    "address",
    ["", "campus", "mqtt://host", "mqtt://host/a/#", "http://h/a", "mqtt://u:p@h/a", "mqtt://h:x/a"],
)
def test_an_address_that_names_no_root_or_holds_a_log_in_is_refused(address: str) -> None:
    with pytest.raises(ServiceError, match="bad_address"):
        read_broker(address)


# --- with a broker ------------------------------------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def broker(port: int, passwords: Path | None = None, **listener: object) -> AsyncIterator[None]:
    """passwords: a file of those who may log in; None = everybody."""
    folder = "amqtt.plugins.authentication"
    anonymous = {f"{folder}.AnonymousAuthPlugin": {"allow_anonymous": True}}
    by_file = {f"{folder}.FileAuthPlugin": {"password_file": str(passwords)}}
    running = ForeignBroker(
        {
            "listeners": {"default": {"type": "tcp", "bind": f"127.0.0.1:{port}", **listener}},
            "plugins": by_file if passwords else anonymous,
        }
    )
    await running.start()
    try:
        yield
    finally:
        await running.shutdown()


async def publish(port: int, topic: str, payload: bytes, login: str = "") -> None:
    client = MQTTClient(config={"auto_reconnect": False})
    await client.connect(f"mqtt://{login}127.0.0.1:{port}/")
    await client.publish(topic, payload, qos=1)
    await client.disconnect()


@asynccontextmanager
async def listening(listener: MqttListener, ear: Ear) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(listener.run(ear.tell))
    try:
        async with asyncio.timeout(HERE_S):
            while not ear.alive and not task.done():
                await asyncio.sleep(0.01)
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def test_a_press_published_by_a_foreign_client_is_heard() -> None:
    async def story() -> Ear:
        ear, port = Ear(), free_port()
        async with broker(port):
            at = source(f"mqtt://127.0.0.1:{port}/campus")
            async with listening(MqttListener(at, SystemClock()), ear):
                await publish(port, "campus/gate/button", b'{"kind": "panic", "id": "1"}')
                await publish(port, "elsewhere/gate/button", b'{"kind": "panic", "id": "2"}')
                await publish(port, "campus/clinic", b'{"kind": "panic", "id": "3"}')
                await ear.until(lambda: len(ear.signals) == 2)
        return ear

    assert told(tuple(asyncio.run(story()).signals)) == [
        ("mqtt:panic", 1, "gate/button", Qualifier.NEW),
        ("mqtt:panic", 2, "clinic", Qualifier.NEW),
    ]


@asynccontextmanager
async def speaking(visits: list[bytes], *, keeps_session: bool = False) -> AsyncIterator[Source]:
    """A bare socket with the standard's bytes stands for the broker; at each connection it says the next."""
    left = iter(visits)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1024)
        writer.write(CONNACK_KEPT if keeps_session else CONNACK)
        subscribe = await reader.read(1024)
        # The packet's number are the first two bytes after the fixed header.
        writer.write(bytes.fromhex("90 03") + subscribe[2:4] + b"\x01" + next(left))
        while await reader.read(1024):
            pass
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield source(f"mqtt://127.0.0.1:{server.sockets[0].getsockname()[1]}/campus")
    finally:
        server.close()


def test_what_could_not_be_stored_is_told_until_it_is() -> None:
    async def story() -> Ear:
        ear, port = Ear(), free_port()
        async with broker(port):
            at = source(f"mqtt://127.0.0.1:{port}/campus")
            async with listening(MqttListener(at, SystemClock()), ear):
                ear.is_durable = False
                await publish(port, "campus/clinic", b"on")
                await ear.until(lambda: ear.refused > 0)
                ear.is_durable = True
                await ear.until(lambda: bool(ear.signals))
        return ear

    assert len(asyncio.run(story()).signals) == 1


RETAINED, LIVE = 0x31, 0x30


def published(kind: int, payload: bytes) -> bytes:
    """MQTT 3.1.1, 3.3: a message of "campus/clinic" at QoS 0."""
    return bytes([kind, 15 + len(payload), 0, 13]) + b"campus/clinic" + payload


def test_an_alarm_that_returned_while_the_line_was_away_is_told() -> None:
    """Retained alarm, live end of it, and after the reconnection the same retained alarm once more."""

    async def story() -> Ear:
        ear = Ear()
        visits = [published(RETAINED, b"on") + published(LIVE, b"off"), published(RETAINED, b"on")]
        async with speaking(visits) as at:
            listener = MqttListener(at, SystemClock())
            for count in (2, 3):
                async with listening(listener, ear):
                    await ear.until(lambda count=count: len(ear.signals) == count)  # type: ignore[misc]
        return ear

    heard_at = asyncio.run(story())
    assert heard_at.told("mqtt:alarm") == [Qualifier.STILL, Qualifier.RESTORE, Qualifier.STILL]


def test_a_retained_alarm_that_could_not_be_stored_is_told_at_the_next_connection() -> None:
    async def story() -> Ear:
        ear = Ear()
        ear.is_durable = False
        async with speaking([published(RETAINED, b"on")] * 2) as at:
            listener = MqttListener(at, SystemClock())
            async with listening(listener, ear):
                await ear.until(lambda: ear.refused > 0)
            ear.is_durable = True
            async with listening(listener, ear):
                await ear.until(lambda: bool(ear.signals))
        return ear

    assert asyncio.run(story()).told("mqtt:alarm") == [Qualifier.STILL]


@pytest.fixture
def passwords(tmp_path: Path) -> Path:
    file = tmp_path / "passwords"
    file.write_text(f"hub:{PasswordHasher(time_cost=1, memory_cost=64).hash('let me in')}\n")
    return file


def test_what_is_published_while_the_hub_is_away_is_heard_when_it_returns(
    passwords: Path, expected_log: Callable[..., None]
) -> None:
    expected_log("amqtt.mqtt.protocol.handler")  # it counts its own answers twice

    async def story() -> Ear:
        first, second, port = Ear(), Ear(), free_port()
        async with broker(port, passwords):
            at = source(f"mqtt://127.0.0.1:{port}/campus", Credential("hub", "let me in"))
            async with listening(MqttListener(at, SystemClock()), first):
                pass
            await publish(port, "campus/clinic", b"on", login="hub:let%20me%20in@")
            async with listening(MqttListener(at, SystemClock()), second):
                await second.until(lambda: bool(second.signals))
        return second

    (signal,) = asyncio.run(story()).signals
    assert (signal.code, signal.point) == ("mqtt:alarm", "clinic")


async def run_until_answered(listener: MqttListener) -> None:
    """As the hub does: a broker that is slow to answer on a busy machine is called again."""
    async with asyncio.timeout(LIMIT_S):
        while True:
            try:
                await listener.run(Ear().tell)
            except ServiceError as error:
                if error.code != "source.silent":
                    raise


def test_a_wrong_password_is_said_to_be_one_and_never_shown(
    passwords: Path, expected_log: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    expected_log("amqtt.broker")

    async def story() -> None:
        port = free_port()
        async with broker(port, passwords):
            at = source(f"mqtt://127.0.0.1:{port}/campus", Credential("hub", "open sesame"))
            await run_until_answered(MqttListener(at, SystemClock()))

    with pytest.raises(ServiceError, match="unauthorized"):
        asyncio.run(story())
    assert "open sesame" not in caplog.text


# MQTT 3.1.1: CONNACK 3.2, SUBACK 3.9, PUBLISH 3.3 (QoS 1, topic "campus/clinic", packet 7, "on"), PUBACK 3.4.
CONNACK, CONNACK_KEPT = bytes.fromhex("20 02 00 00"), bytes.fromhex("20 02 01 00")
PUBLISH = bytes.fromhex("32 13 00 0D") + b"campus/clinic" + bytes.fromhex("00 07") + b"on"
PUBLISH_AGAIN = bytes([PUBLISH[0] | 0x08]) + PUBLISH[1:]
PUBACK = bytes.fromhex("40 02 00 07")


class Storing(Ear):
    """What it is told is being stored when the line breaks."""

    async def tell(self, received: Received) -> bool:
        is_durable = await super().tell(received)
        if received.signals:
            await asyncio.get_running_loop().create_future()
        return is_durable


def told_at_two_connections(second: bytes, *, keeps_session: bool) -> list[Signal]:
    """At the first the broker sends `PUBLISH`, which is not acknowledged when it breaks."""

    async def story() -> Ear:
        ear = Storing()
        async with speaking([PUBLISH, second], keeps_session=keeps_session) as at:
            listener = MqttListener(at, SystemClock())
            for count in (1, 2):
                async with listening(listener, ear):
                    await ear.until(lambda count=count: len(ear.signals) == count)  # type: ignore[misc]
        return ear

    return asyncio.run(story()).signals


def test_a_message_that_the_broker_sends_again_is_the_same_signal() -> None:
    first, again = told_at_two_connections(PUBLISH_AGAIN, keeps_session=True)
    assert again == first


@pytest.mark.parametrize(
    ("second", "keeps_session"),
    [(PUBLISH, True), (PUBLISH_AGAIN, False), (PUBLISH_AGAIN[:-4] + b"\x00\x08on", True)],
    ids=["not marked", "by a broker that numbers anew", "under another number"],
)
def test_an_equal_message_that_may_be_another_press_is_a_signal_of_its_own(
    second: bytes, keeps_session: bool
) -> None:
    first, other = told_at_two_connections(second, keeps_session=keeps_session)
    assert other.fingerprint != first.fingerprint


def test_a_message_is_acknowledged_only_once_it_is_stored() -> None:
    """A bare socket with the standard's bytes stands for the broker."""
    said = bytearray()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1024)
        writer.write(CONNACK)
        subscribe = await reader.read(1024)
        # The packet's number are the first two bytes after the fixed header.
        writer.write(bytes.fromhex("90 03") + subscribe[2:4] + b"\x01" + PUBLISH)
        while chunk := await reader.read(1024):
            said.extend(chunk)
        writer.close()

    async def story() -> tuple[bool, bool]:
        ear = Ear()
        ear.is_durable = False
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        at = source(f"mqtt://127.0.0.1:{server.sockets[0].getsockname()[1]}/campus")
        async with listening(MqttListener(at, SystemClock()), ear):
            await ear.until(lambda: ear.refused > 1)
            is_early = PUBACK in said
            ear.is_durable = True
            async with asyncio.timeout(HERE_S):
                while PUBACK not in said:
                    await asyncio.sleep(0.01)
        server.close()
        return is_early, bool(ear.signals)

    assert asyncio.run(story()) == (False, True)


def test_a_broker_that_goes_away_ends_the_run_with_a_word() -> None:
    async def story() -> None:
        ear, port = Ear(), free_port()
        async with broker(port):
            at = source(f"mqtt://127.0.0.1:{port}/campus")
            listener = MqttListener(at, SystemClock())
            running = asyncio.create_task(listener.run(ear.tell))
            await ear.until(lambda: ear.alive > 0)
        async with asyncio.timeout(HERE_S):
            await running

    with pytest.raises(ServiceError, match="silent"):
        asyncio.run(story())


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    certificate, key = tmp_path / "broker.pem", tmp_path / "broker.key"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=broker", "-keyout", key, "-out", certificate),
        ],
        check=True,
        capture_output=True,
    )
    return certificate, key


@pytest.mark.parametrize("is_pinned", [True, False])
def test_only_the_pinned_certificate_of_a_broker_is_trusted(
    certificate: tuple[Path, Path],
    is_pinned: bool,
    expected_log: Callable[..., None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    # The broker speaks of a client that left without a word.
    expected_log("asyncio", "amqtt.broker")
    pem, key = certificate
    right = fingerprint_of(ssl.PEM_cert_to_DER_cert(pem.read_text()))
    login = Credential("", "", right if is_pinned else "sha256:" + "0" * 64)

    async def story() -> int:
        ear, port = Ear(), free_port()
        async with broker(port, ssl=True, certfile=str(pem), keyfile=str(key)):
            at = source(f"mqtts://127.0.0.1:{port}/campus", login)
            async with listening(MqttListener(at, SystemClock()), ear) as running:
                if not ear.alive:
                    await asyncio.gather(running, return_exceptions=True)
                    await hung_up()
                    await running
        return ear.alive

    async def hung_up() -> None:
        """The listener left no socket open: the broker has seen the end of it."""
        async with asyncio.timeout(HERE_S):
            while not any(one.levelno >= logging.WARNING for one in caplog.records):
                await asyncio.sleep(0.01)

    if is_pinned:
        assert asyncio.run(story()) > 0
    else:
        with pytest.raises(ServiceError, match="silent"):
            asyncio.run(story())
