"""Searches of a simulated recorder: what was found and not fetched yet."""

from __future__ import annotations

from itertools import count

from services.sim.onvif.soap import bad_argument


class Searches:
    """By the search's token."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._found: dict[str, list[str]] = {}

    def begin(self, found: list[str]) -> str:
        token = f"search{next(self._numbers)}"
        self._found[token] = found
        return token

    def take(self, token: str, most: int) -> tuple[list[str], bool]:
        """Some results, and whether these were the last. Raises Fault for a search that nobody began."""
        if token not in self._found:
            raise bad_argument("ter:InvalidToken", "no such search")
        found = self._found[token]
        taken, self._found[token] = found[:most], found[most:]
        return taken, not self._found[token]

    def end(self, token: str) -> None:
        self.take(token, 0)
        del self._found[token]
