"""How often phones may ask: one that misbehaves keeps nobody behind its address from calling for help."""

from __future__ import annotations

import asyncio
import hashlib

from services.hub.strangers import Strangers

# Of one phone: it looks every three seconds, and a guard presses now and then.
PHONE_PER_S, PHONE_BURST = 3.0, 30.0
# Of one phone's calls for help, beside everything else it asks.
HELP_PER_S, HELP_BURST = 1.0, 10.0
# Of one address: links and passes that are none.
WRONG_PER_S, WRONG_BURST = 0.2, 20.0
MOST_HELD = 64
MOST_PASSES = 1000
HELP = "/help"


class Pace:
    """Lives in one event loop. shown: what a phone shows to be let in."""

    def __init__(self) -> None:
        self._phones = Strangers(PHONE_PER_S, PHONE_BURST, "guardpage.phone")
        self._helps = Strangers(HELP_PER_S, HELP_BURST, "guardpage.help")
        self._wrong = Strangers(WRONG_PER_S, WRONG_BURST, "guardpage.wrong")
        self._wrong_until: dict[str, float] = {}
        # Passes that were good when last shown, by their hash; the one longest not shown goes first.
        self._good: dict[str, None] = {}

    def is_good(self, shown: str) -> bool:
        """Whether the pass was good when it was last shown; what it opens is judged each time."""
        return bool(shown) and _whose(shown) in self._good

    def note_good(self, shown: str) -> None:
        whose = _whose(shown)
        self._good.pop(whose, None)
        self._good[whose] = None
        if len(self._good) > MOST_PASSES:
            del self._good[next(iter(self._good))]

    def is_held_back(self, path: str, address: str, shown: str) -> bool:
        """A good pass waits for its own phone only; a call for help is always judged by its pass."""
        now_s = asyncio.get_running_loop().time()
        if self.is_good(shown):
            allowed = self._helps if path == HELP else self._phones
            return not allowed.admits(_whose(shown), 1, now_s)
        if path == HELP and shown:
            return False
        return now_s < self._wrong_until.get(address, 0.0)

    def count_wrong(self, address: str, shown: str) -> None:
        """Who tries links by the dozen waits; what is guessed at has 256 bits, so this is for our peace."""
        self._good.pop(_whose(shown), None)
        now_s = asyncio.get_running_loop().time()
        if not self._wrong.admits(address, 1, now_s):
            if len(self._wrong_until) > MOST_HELD:
                self._wrong_until = {who: until for who, until in self._wrong_until.items() if until > now_s}
            self._wrong_until[address] = now_s + 1 / WRONG_PER_S


def _whose(shown: str) -> str:
    return hashlib.sha256(shown.encode("utf-8", "surrogatepass")).hexdigest()
