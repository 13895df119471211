"""The one place that says whether a state may follow another."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

State = TypeVar("State", bound=Enum)


class IllegalMove(Exception):
    """A command asked for a move that the table does not hold."""

    def __init__(self, was: Enum, wanted: Enum) -> None:
        super().__init__(f"{type(was).__name__}: {was.value} -> {wanted.value}")
        self.was = was
        self.wanted = wanted


def check_move(moves: Mapping[State, frozenset[State]], was: State, wanted: State) -> None:
    """Raises IllegalMove unless `moves` allows `wanted` after `was`."""
    if wanted not in moves[was]:
        raise IllegalMove(was, wanted)
