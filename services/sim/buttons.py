"""Simulated buttons that report by HTTP or MQTT, as small devices do."""

from __future__ import annotations

import itertools
import json
import ssl
from types import TracebackType

import httpx
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

ANSWER_LIMIT_S = 5.0
KEEPALIVE_S = 5


class HttpButton:
    """One button with its token. url: the hub's, as "http://127.0.0.1:12380"."""

    def __init__(self, url: str, token: str, point: str = "", trust: ssl.SSLContext | bool = True) -> None:
        self._point = point
        self._marks = itertools.count(1)
        self._http = httpx.Client(
            base_url=url, headers={"Authorization": f"Bearer {token}"}, verify=trust, timeout=ANSWER_LIMIT_S
        )

    def press(self, kind: str = "alarm", state: str = "new") -> int:
        """The status of the answer; 200: it is stored. A retry is a second press."""
        report = {"kind": kind, "state": state, "point": self._point, "id": str(next(self._marks))}
        return self._http.post("/v1/alarms", json=report).status_code

    def close(self) -> None:
        self._http.close()


class MqttButton:
    """One button on a broker: says `online` when it comes, and its last will says `offline`.

    topic: of the button, root included.
    """

    def __init__(self, host: str, port: int, topic: str) -> None:
        self._topic = topic
        self._marks = itertools.count(1)
        self._client = Client(CallbackAPIVersion.VERSION2, client_id=topic.replace("/", "-"))
        self._client.will_set(f"{topic}/status", "offline", qos=1)
        self._client.connect(host, port, KEEPALIVE_S)
        self._client.loop_start()
        self._say(f"{topic}/status", "online")

    def __enter__(self) -> MqttButton:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def press(self, kind: str = "alarm", state: str = "new") -> None:
        """Returns when the broker has it."""
        report = {"kind": kind, "state": state, "id": str(next(self._marks))}
        self._say(self._topic, json.dumps(report))

    def die(self) -> None:
        """Gone without a word, as when its battery is empty: the broker says its will."""
        link = self._client.socket()
        self._client.loop_stop()
        if link is not None:
            link.close()

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def _say(self, topic: str, text: str) -> None:
        self._client.publish(topic, text, qos=1).wait_for_publish(ANSWER_LIMIT_S)
