"""MQTT to another system: one message, at least once, to the topic that the rule names."""

from __future__ import annotations

import asyncio
import ssl
from urllib.parse import urlsplit

import aiomqtt

from services.core.errors import ServiceError
from services.core.secrets import Credential, HeldSecrets
from services.core.trust import client_context
from services.linkage.engine import Task
from services.linkage.hands.words import body_of
from services.linkage.refusals import Unavailable

PORT, TLS_PORT = 1883, 8883


class Publisher:
    """target: mqtt://host[:port] or mqtts://host[:port]; option: the topic."""

    def __init__(self, secrets: HeldSecrets) -> None:
        self._secrets = secrets

    def publish(self, task: Task) -> None:
        """Until the broker has it. Raises linkage.broker_unreachable(host), linkage.bad_certificate(host)."""
        address = urlsplit(task.action.target)
        if address.scheme not in ("mqtt", "mqtts") or not address.hostname or address.username:
            raise ServiceError("linkage.address_invalid")
        failed = ""
        try:
            asyncio.run(asyncio.wait_for(self._send(task), task.within_s))
        except (aiomqtt.MqttError, TimeoutError, OSError) as error:
            # The library makes one error of all that may go wrong while it calls.
            is_untrusted = isinstance(error.__context__, ssl.SSLCertVerificationError)
            failed = "bad_certificate" if is_untrusted else "broker_unreachable"
        if failed:
            # Outside the handler: the client, with its password, must not hang on this exception.
            raise ServiceError(f"linkage.{failed}", host=address.hostname)

    async def _send(self, task: Task) -> None:
        address, login = urlsplit(task.action.target), self._login(task)
        is_encrypted = address.scheme == "mqtts"
        trust = task.action.trust or (login.tls if login else "")
        client = aiomqtt.Client(
            address.hostname or "",
            address.port or (TLS_PORT if is_encrypted else PORT),
            username=login.username if login else None,
            password=login.password if login else None,
            identifier=f"shouwang-{task.run.id[-12:]}",
            tls_context=client_context(trust) if is_encrypted else None,
            timeout=task.within_s,
        )
        try:
            async with client:
                await client.publish(task.action.option, body_of(task), qos=1)
        finally:
            _hang_up(client)

    def _login(self, task: Task) -> Credential | None:
        name = task.action.credential
        login = self._secrets.credential(name) if name else None
        if name and login is None:
            raise Unavailable("linkage.no_credential", name=name)
        return login


def _hang_up(client: aiomqtt.Client) -> None:
    """The library leaves the line open to who takes a call and never answers; the collector would find it."""
    line = client._client.socket()
    if line is not None:
        line.close()
