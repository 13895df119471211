"""Events by PullPoint."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Protocol

from onveef import OnvifClient
from onveef.exceptions import OnvifError

from services.core.errors import ServiceError
from services.devices.onvif.seam import DeviceEvent

LIFE_S = 60
PULL_LIMIT_S = 30.0
MESSAGES = 50


class Within(Protocol):
    """Runs a call under the device's deadline and in its words for errors."""

    def __call__(self, what: str, ask: Callable[[], Any], longer_s: float = 0.0) -> Any: ...


class PullPoint:
    """An open subscription of one device; used by the thread that uses the device."""

    def __init__(self, client: OnvifClient, within: Within) -> None:
        self._client = client
        self._within = within
        self._url = ""
        self._renew_at_s = 0.0

    def open(self) -> None:
        told = self._within(
            "events", lambda: self._client.events_create_pull_point(termination_time=f"PT{LIFE_S}S")
        )
        self._url = told.get("subscription_url", "")
        if not self._url:
            raise ServiceError("onvif.bad_answer", host=self._client.local_address())
        self._renew_at_s = time.monotonic() + LIFE_S / 2

    def pull(self, wait_s: float) -> tuple[DeviceEvent, ...]:
        """See `EventPull`; raises onvif.rejected when the device has dropped the subscription."""
        if time.monotonic() >= self._renew_at_s:
            self._within(
                "events",
                lambda: self._client.events_renew(
                    subscription_url=self._url, termination_time=f"PT{LIFE_S}S"
                ),
            )
            self._renew_at_s = time.monotonic() + LIFE_S / 2
        wait_s = min(wait_s, PULL_LIMIT_S)
        told = self._within(
            "events",
            lambda: self._client.events_pull_messages(
                subscription_url=self._url, timeout=f"PT{wait_s:g}S", message_limit=MESSAGES
            ),
            longer_s=wait_s,
        )
        return tuple(_event(message) for message in told["messages"])

    def close(self) -> None:
        """Tell the device; one that is gone forgets by itself."""
        url, self._url = self._url, ""
        if url:
            try:
                self._within("events", lambda: self._client.events_unsubscribe(subscription_url=url))
            except (ServiceError, OnvifError):
                return


def _event(message: dict[str, Any]) -> DeviceEvent:
    return DeviceEvent(
        topic=bare_topic(message["topic"]),
        at=told_time(message["utc_time"]),
        source=dict(message["source"]),
        data=dict(message["data"]),
        is_first=message["property_operation"] == "Initialized",
    )


def bare_topic(topic: str) -> str:
    """ "tns1:RuleEngine/tnsaxis:Motion" as "RuleEngine/Motion"."""
    return "/".join(part.rpartition(":")[2] for part in topic.strip().split("/"))


def told_time(text: str) -> datetime | None:
    """In UTC, as which a time without zone is taken; None for what is no time."""
    try:
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # the first day of year 1 has no day before it
        return None
