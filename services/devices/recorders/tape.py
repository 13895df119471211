"""A recorder's coded pictures as the evidence wants them: untouched, with every trouble as a ServiceError."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from typing import TypeVar
from urllib.parse import urlsplit, urlunsplit

from services.core.errors import ServiceError
from services.core.logging import redact
from services.devices.onvif.recordings import Span
from services.devices.recorders.stream import PastPicture
from services.devices.recorders.ways import PastStream, Way, code_of

Answer = TypeVar("Answer")


class RecorderTape:
    """`services.playback.tapes.Tape` over one way. Nothing is sent before the first question."""

    def __init__(self, url: str, channel: str, way: Way) -> None:
        self.address = bare_address(url)
        self.channel = channel
        self._way = way
        self._stream: PastStream | None = None

    @property
    def codec(self) -> tuple[str, bytes] | None:
        return self._stream.codec if self._stream is not None else None

    def clock_ahead_s(self) -> float | None:
        return _asked(self._way.clock_ahead_s)

    def spans(self, since: datetime, until: datetime) -> tuple[Span, ...]:
        return _asked(lambda: self._way.spans(since, until))

    def begin(self, at: datetime, *, only_keys: bool = False) -> None:
        if self._stream is None:
            self._stream = self._way.stream()
        stream = self._stream
        _asked(lambda: stream.begin(at, only_keys=only_keys))

    def next(self) -> PastPicture | None:
        return _asked(self._stream.next) if self._stream is not None else None

    def close(self) -> None:
        if self._stream is not None:
            with closing(self._stream):
                self._stream = None


def bare_address(url: str) -> str:
    """Scheme, host and path: what an address holds beside those may be a secret; of some recorders the path
    holds the log-in too (`/user=…&password=…`)."""
    parts = urlsplit(url)
    return redact(urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", "")))


def _asked(ask: Callable[[], Answer]) -> Answer:
    try:
        return ask()
    except ServiceError:
        raise
    except Exception as error:  # noqa: BLE001  libraries raise anything; their text holds the password
        raise ServiceError(code_of(error)) from None
