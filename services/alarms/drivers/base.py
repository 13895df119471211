"""What every alarm protocol offers to the hub, whatever its bytes look like."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.alarms.drivers.gb26875_frame import Frame
from services.core.secrets import Credential
from services.domain.alarms import Signal
from services.domain.positions import GuardReport
from services.domain.site import Camera, Output, Panel, Zone


@dataclass(frozen=True, slots=True)
class Received:
    """One frame as understood.

    account: who proved to be alive with it, empty when the frame proves nothing.
    answer: bytes for the peer, to be sent only after every signal is durably stored; may be empty.
    frame: of a protocol in which the centre speaks too, what its own side needs to know of the frame.
    guards: what it says of guards: where they are, and who calls for help.
    """

    account: str = ""
    signals: tuple[Signal, ...] = ()
    answer: bytes = b""
    frame: Frame | None = None
    guards: tuple[GuardReport, ...] = ()


@dataclass(frozen=True, slots=True)
class PanelKeys:
    """Which accounts must encrypt, and with what.

    key_of: the AES key of an account (16, 24 or 32 bytes) or None. must_encrypt: True also for an
    account whose key is missing on this machine: its frames cannot be read, and plain ones are refused.
    """

    key_of: Callable[[str], bytes | None]
    must_encrypt: Callable[[str], bool]


class Conversation(Protocol):
    """The receiving end of one connection, or of one datagram."""

    def feed(self, data: bytes, received_at: datetime) -> list[Received]:
        """What the frames completed by `data` say, in order; never raises, whatever the bytes."""
        ...

    @property
    def is_midframe(self) -> bool:
        """Part of a frame has arrived and its end has not."""
        ...


class AlarmDriver(Protocol):
    """One alarm protocol; `converse` opens a conversation with a new peer."""

    name: str

    def converse(self) -> Conversation: ...


@dataclass(frozen=True, slots=True)
class Source:
    """A panel that we ask or subscribe to, with all that is needed for it; another value is another source.

    camera: whose events it is, for ONVIF. site: the site's code, for names that must differ between sites.
    """

    panel: Panel
    zones: tuple[Zone, ...] = ()
    outputs: tuple[Output, ...] = ()
    credential: Credential | None = None
    camera: Camera | None = None
    site: str = ""


# Hands on what was heard; True once all its signals are durable. Without signals it is a sign of life.
Tell = Callable[[Received], Awaitable[bool]]


class Listener(Protocol):
    """One such panel; lives in one event loop and never blocks it."""

    async def run(self, tell: Tell) -> None:
        """Listen until cancelled; what was not yet told durably survives to the next `run` of this object.

        Raises ServiceError when the source cannot be reached or understood: it is run again after a pause.
        """
        ...
