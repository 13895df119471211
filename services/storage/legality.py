"""Tells an illegal move to whoever asked for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from services.core.errors import ServiceError
from services.domain.moves import IllegalMove


@contextmanager
def legally(code: str) -> Iterator[None]:
    """An illegal move inside is raised as ServiceError(code, was, wanted)."""
    try:
        yield
    except IllegalMove as error:
        raise ServiceError(code, was=error.was.value, wanted=error.wanted.value) from error
