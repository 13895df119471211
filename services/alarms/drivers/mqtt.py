"""Buttons and sensors that publish to an MQTT broker: subscribed at QoS 1, acknowledged once stored."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar, cast
from urllib.parse import urlsplit

import aiomqtt
import structlog
from aiomqtt.exceptions import MqttConnectError
from paho.mqtt.client import Client, ConnectFlags, MQTTMessage

from services.alarms.drivers.base import Received, Source, Tell
from services.alarms.drivers.guard_report import read_guards
from services.alarms.drivers.report import (
    MOST_RAW,
    AlarmReport,
    ReportKind,
    ReportRefused,
    read_report,
    signals_of,
)
from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.core.trust import client_context
from services.domain.alarms import AlarmSource, Qualifier, Signal

PORTS = {"mqtt": 1883, "mqtts": 8883}
ANSWER_LIMIT_S = 5.0
# The library connects in a thread that nothing can end: so long the hub's end may wait for it.
CONNECT_LIMIT_S = 1.5
KEEPALIVE_S = 15
ALIVE_EVERY_S = 5.0
RETRY_S = 0.5
MOST_WAITING = 1000
MOST_POINTS_HELD = 1000
# What is not understood is kept once a minute for each point, however often it is published.
NOT_UNDERSTOOD_PAUSE = timedelta(seconds=60)
NOT_UNDERSTOOD = "mqtt:not_understood"
# Topics below it name a guard: "guards/G05", and what follows is the sender's own.
GUARDS = "guards"
# Last words of topics in which a device, or its last will, says whether it is there.
_PRESENCE = frozenset({"status", "availability", "lwt", "connection"})
# Devices without JSON say one of these words.
_WORDS: dict[bytes, tuple[ReportKind, str]] = {
    b"online": (ReportKind.OFFLINE, "restore"),
    b"offline": (ReportKind.OFFLINE, "new"),
    b"alarm": (ReportKind.ALARM, "new"),
    b"on": (ReportKind.ALARM, "new"),
    b"1": (ReportKind.ALARM, "new"),
    b"ok": (ReportKind.ALARM, "restore"),
    b"off": (ReportKind.ALARM, "restore"),
    b"0": (ReportKind.ALARM, "restore"),
}
# The same in a presence topic, where on and off, 1 and 0 are about the device and never about its zone.
_PRESENCE_WORDS: dict[bytes, tuple[ReportKind, str]] = {
    **_WORDS,
    **dict.fromkeys((b"1", b"on", b"true", b"connected", b"ready"), _WORDS[b"online"]),
    **dict.fromkeys((b"0", b"off", b"false", b"disconnected", b"lost"), _WORDS[b"offline"]),
}

_Held = TypeVar("_Held")

log = structlog.get_logger(__name__)
# The library's own log quotes topics and payloads of strangers.
_library_log = logging.getLogger("aiomqtt")
_library_log.setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Broker:
    host: str
    port: int
    is_encrypted: bool
    root: str


def read_broker(address: str) -> Broker:
    """ "mqtt://host:1883/root/of/topics" or "mqtts://…".

    Raises ServiceError("source.bad_address", address).
    """
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        raise ServiceError("source.bad_address", address=address) from None
    root = parts.path.strip("/")
    is_plain = "@" not in parts.netloc and not any(sign in address for sign in "+#?")
    if not (port and parts.hostname and root and is_plain):
        raise ServiceError("source.bad_address", address=address)
    return Broker(parts.hostname or "", port, parts.scheme == "mqtts", root)


# Messages about guards and their points, below the panel's root.
Calls = asyncio.Queue[tuple[aiomqtt.Message, str]]


@dataclass(frozen=True, slots=True)
class _Told:
    """A message that was told and is not acknowledged yet. number: the broker's own of it."""

    number: int
    point: str
    payload: bytes
    said: Received


class MqttListener:
    """All topics below the panel's root; the rest of a topic is the point.

    The broker keeps for us what comes while we are away (a session under our own name), and sends again,
    marked so, what was not acknowledged: it is told as the same signal. Retained messages are a state, not an
    event: they raise an alarm unless one is open, and at a return they are told only where the point last
    said something else.
    """

    def __init__(self, source: Source, clock: Clock) -> None:
        self._source = source
        self._clock = clock
        # What each point said last, retained or live, of what is stored.
        self._stored: OrderedDict[str, bytes] = OrderedDict()
        self._strange_at: OrderedDict[str, datetime] = OrderedDict()
        # One at a time is told; it outlives the connection.
        self._told: _Told | None = None
        self._marked: set[int] = set()

    async def run(self, tell: Tell) -> None:
        broker = read_broker(self._source.panel.address)
        try:
            async with self._client(broker) as client:
                # A broker may want its kept messages acknowledged before it answers to a subscription.
                calls: Calls = asyncio.Queue(MOST_WAITING)
                await _first_of(
                    self._listen(client, broker, tell, calls),
                    self._tell_of_guards(client, tell, calls),
                    self._attend(client, broker, tell),
                )
        except MqttConnectError as error:
            log.debug("mqtt.refused", panel=self._source.panel.no, reason=str(error))
            raise self._trouble("source.unauthorized") from None
        except (aiomqtt.MqttError, OSError, ssl.SSLError, ValueError):
            raise self._trouble("source.silent") from None

    def _client(self, broker: Broker) -> aiomqtt.Client:
        login, panel = self._source.credential, self._source.panel
        client = aiomqtt.Client(
            broker.host,
            broker.port,
            username=login.username if login and login.username else None,
            password=login.password if login and login.username else None,
            identifier=f"shouwang-{self._source.site}-{panel.account}",
            clean_session=False,
            keepalive=KEEPALIVE_S,
            timeout=ANSWER_LIMIT_S,
            max_queued_incoming_messages=MOST_WAITING,
            tls_context=client_context(login.tls if login else "") if broker.is_encrypted else None,
            logger=_library_log,
        )
        # Acknowledged by us once stored; the library would do it on arrival.
        client._client.manual_ack_set(True)
        client._client.connect_timeout = CONNECT_LIMIT_S
        self._look_for_marks(client._client)
        return client

    def _look_for_marks(self, client: Client) -> None:
        """The library hands on neither which messages are marked nor whether the broker kept our session."""
        taken = cast(Callable[..., None], client.on_message)
        connected = cast(Callable[..., None], client.on_connect)
        self._marked.clear()

        def take(client: Client, userdata: object, message: MQTTMessage) -> None:
            (self._marked.add if message.dup else self._marked.discard)(message.mid)
            taken(client, userdata, message)

        def connect(client: Client, userdata: object, flags: ConnectFlags, *more: object) -> None:
            if not flags.session_present:  # it begins to number anew
                self._told = None
            connected(client, userdata, flags, *more)

        client.on_message, client.on_connect = take, connect

    def _trouble(self, code: str) -> ServiceError:
        return ServiceError(code, address=self._source.panel.address)

    async def _listen(self, client: aiomqtt.Client, broker: Broker, tell: Tell, calls: Calls) -> None:
        async for message in client.messages:
            point = str(message.topic)[len(broker.root) + 1 :]
            if point.partition("/")[0] == GUARDS:
                await calls.put((message, point))
                continue
            said = self._told_before(message.mid, point, message.payload)
            said = said or self.understand(point, message.payload, is_retained=message.retain)
            if message.qos:
                self._told = _Told(message.mid, point, message.payload, said)
            await self._store(client, tell, message, point, said)
            # From now on the broker may give its number to the next press.
            self._told = None

    async def _tell_of_guards(self, client: aiomqtt.Client, tell: Tell, calls: Calls) -> None:
        """What guards say waits for the record when it is away, as it has no shelter; no button waits for
        that."""
        while True:
            message, point = await calls.get()
            said = self.understand(point, message.payload, is_retained=message.retain)
            await self._store(client, tell, message, point, said)

    async def _store(
        self, client: aiomqtt.Client, tell: Tell, message: aiomqtt.Message, point: str, said: Received
    ) -> None:
        """Until it is stored; only then the broker may forget it."""
        while not await tell(said):
            await asyncio.sleep(RETRY_S)
        self.hold(point, message.payload)
        if message.qos:
            client._client.ack(message.mid, message.qos)

    def _told_before(self, number: int, point: str, payload: bytes) -> Received | None:
        """What was told of a message that is marked as sent again; None of what may be another press."""
        told = self._told
        if told is None or number not in self._marked:
            return None
        return told.said if (told.number, told.point, told.payload) == (number, point, payload) else None

    async def _attend(self, client: aiomqtt.Client, broker: Broker, tell: Tell) -> None:
        """The broker answers the library's pings, or the connection would be closed: it is alive."""
        await client.subscribe(f"{broker.root}/#", qos=1)
        while True:
            await tell(Received(self._source.panel.account))
            await asyncio.sleep(ALIVE_EVERY_S)

    def understand(self, point: str, payload: bytes, *, is_retained: bool) -> Received:
        """Below `guards/` it is about people, else about points; never raises, whatever its bytes."""
        account = self._source.panel.account
        section, _, rest = point.partition("/")
        if section != GUARDS:
            return Received(account, self.signals(point, payload, is_retained=is_retained))
        if is_retained and self._stored.get(point) == payload:
            return Received(account)
        try:
            guards = read_guards(payload, self._source.panel.no, rest.partition("/")[0])
        except ReportRefused:
            return Received(account, self._not_understood(point, payload))
        # What a broker has kept is where somebody was, and no call of now.
        said = (replace(one, is_duress=False, is_check_in=False) for one in guards) if is_retained else guards
        return Received(account, guards=tuple(said))

    def signals(self, point: str, payload: bytes, *, is_retained: bool) -> tuple[Signal, ...]:
        """What a message says; never raises, whatever its bytes."""
        if is_retained and self._stored.get(point) == payload:
            return ()
        try:
            report = _read(point, payload, is_retained=is_retained)
        except ReportRefused:
            return self._not_understood(point, payload)
        return signals_of(report, self._source, AlarmSource.MQTT, self._clock.now(), payload)

    def hold(self, point: str, payload: bytes) -> None:
        """The message is stored: the same, retained, is no news until the point has said something else."""
        _hold(self._stored, point, payload)

    def _not_understood(self, point: str, payload: bytes) -> tuple[Signal, ...]:
        now = self._clock.now()
        # A birth and the last will soon after it are two words, and the second is not lost to the pause.
        what = f"{point} {payload!r}" if _is_presence(point) and payload.isalpha() else point
        told_at = self._strange_at.get(what)
        if told_at is not None and timedelta() <= now - told_at < NOT_UNDERSTOOD_PAUSE:
            return ()
        _hold(self._strange_at, what, now)
        number = next((zone.number for zone in self._source.zones if zone.point == point), 0)
        return (
            Signal(
                source=AlarmSource.MQTT,
                account=self._source.panel.account,
                code=NOT_UNDERSTOOD,
                zone=number,
                qualifier=Qualifier.NEW,
                received_at=now,
                fingerprint=f"mqtt:{new_id()}",
                raw=payload.decode("utf-8", "replace")[:MOST_RAW],
                point=point[:100],
            ),
        )


async def _first_of(*works: Coroutine[object, object, None]) -> None:
    """Until one of `works` ends or fails; then none of them runs any more."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in ended:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _read(point: str, payload: bytes, *, is_retained: bool) -> AlarmReport:
    is_presence = _is_presence(point)
    if is_presence:
        point = point.rpartition("/")[0]
    word = (_PRESENCE_WORDS if is_presence else _WORDS).get(payload.strip().lower())
    if word is None:
        report = read_report(payload)
        said = report.model_dump(exclude_unset=True)
        if is_presence:
            said.setdefault("kind", ReportKind.OFFLINE)
    else:
        said = {"kind": word[0], "state": word[1]}
    if is_retained and said.get("state", "new") == "new":
        said["state"] = "still"
    return _checked({"point": point, **said})


def _is_presence(point: str) -> bool:
    return point.rpartition("/")[2].lower() in _PRESENCE


def _checked(said: dict[str, object]) -> AlarmReport:
    """A topic, too, may be longer or stranger than a point is allowed to be."""
    try:
        return AlarmReport.model_validate(said)
    except ValueError as error:
        raise ReportRefused("point", type(error).__name__) from None


def _hold(held: OrderedDict[str, _Held], point: str, what: _Held) -> None:
    held[point] = what
    held.move_to_end(point)
    if len(held) > MOST_POINTS_HELD:
        held.popitem(last=False)
