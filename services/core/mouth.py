"""What a child process says to the program that began it: its news, and its log lines to be written there."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from threading import Lock

import structlog

_METHODS = frozenset({"debug", "info", "warning", "error"})


@dataclass(frozen=True, slots=True)
class Told:
    """A log line. method: of the logger (`info`, `warning`)."""

    method: str
    event: str
    fields: tuple[tuple[str, str], ...]


class Mouth:
    """Speaks from any of the process's threads."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lock = Lock()

    def say(self, news: object) -> None:
        """When the program is gone nobody needs to hear it: the orders' end is noticed elsewhere."""
        try:
            with self._lock:
                self._connection.send(news)
        except OSError:
            return

    def take_over_the_log(self) -> None:
        """From now on structlog's lines in this process are the program's to write."""
        structlog.configure(processors=[structlog.processors.format_exc_info, self.tell])

    def tell(self, _logger: object, method: str, event: MutableMapping[str, object]) -> str:
        """The last processor of structlog there."""
        fields = tuple((name, str(value)) for name, value in event.items() if name != "event")
        self.say(Told(method, str(event.get("event")), fields))
        raise structlog.DropEvent


def write_down(log: structlog.typing.FilteringBoundLogger, told: Told) -> None:
    """In the program: a child's line, as if it had been said here."""
    if told.method in _METHODS:
        getattr(log, told.method)(told.event, **dict(told.fields))
