"""Hands typed facts to the parts of one process that asked for them."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TypeVar, cast

import structlog

Fact = TypeVar("Fact")

log = structlog.get_logger(__name__)


class Bus:
    """Publish and subscribe by type; handlers run in the publisher's thread, in subscription order."""

    def __init__(self) -> None:
        self._handlers: list[tuple[type, Callable[[object], None]]] = []
        self._lock = Lock()

    def subscribe(self, kind: type[Fact], handler: Callable[[Fact], None]) -> Callable[[], None]:
        """Call `handler` for every fact that is a `kind`; returns the function that ends it."""
        entry = (kind, cast("Callable[[object], None]", handler))
        with self._lock:
            self._handlers.append(entry)

        def unsubscribe() -> None:
            with self._lock:
                if entry in self._handlers:
                    self._handlers.remove(entry)

        return unsubscribe

    def wants(self, kind: type) -> bool:
        """Whether anybody asked for facts of this type: what nobody wants need not be read."""
        with self._lock:
            return any(issubclass(kind, asked) for asked, _ in self._handlers)

    def publish(self, fact: object) -> None:
        """One handler's failure is logged and does not keep the fact from the others."""
        with self._lock:
            handlers = [handler for kind, handler in self._handlers if isinstance(fact, kind)]
        for handler in handlers:
            try:
                handler(fact)
            except Exception:
                log.exception("bus.handler_failed", fact=type(fact).__name__)
