"""Tries a transaction again when somebody else was faster with one of its rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from services.core.errors import ServiceError
from services.storage import Database, Tx

Result = TypeVar("Result")

MOST_TRIES = 5


def write_again(database: Database, work: Callable[[Tx], Result], *, deadline_s: float = 5.0) -> Result:
    """The result of `work` in one transaction; each try reads afresh, so the loser sees who won.

    Raises ServiceError as `Database.write` does, storage.conflict only after MOST_TRIES.
    """
    for tries_left in reversed(range(MOST_TRIES)):
        try:
            return database.write(work, deadline_s=deadline_s)
        except ServiceError as error:
            if error.code != "storage.conflict" or not tries_left:
                raise
    raise AssertionError("the last try returns or raises")
