"""One zone's wire as it is read again and again: what is noise, what is a change, and what to tell of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from services.domain.alarms import Qualifier
from services.domain.inputs import LineState

UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Change:
    """what: a line state, or UNREADABLE."""

    what: str
    qualifier: Qualifier


class Contact:
    """Knows the settled state of one line; a change counts once it has lasted `debounce_s`.

    troubles: what can be wrong on this line. At the start, and after `forget`, the state is learned: what is
    wrong is told as STILL, which raises an alarm unless one is open, and what is not wrong as RESTORE.
    """

    def __init__(self, troubles: tuple[LineState, ...], debounce_s: float) -> None:
        self._troubles = troubles
        self._debounce_s = debounce_s
        self._settled: LineState | None = None
        self._is_readable: bool | None = None
        self._wanted: LineState | None = None
        self._wanted_since_s = 0.0

    def forget(self) -> None:
        """What was told last did not get through: learn the state anew."""
        self._settled = None
        self._is_readable = None

    def see(self, state: LineState | None, now_s: float) -> tuple[Change, ...]:
        """What has changed with this reading, in the order to tell it; state: None when it cannot be read."""
        changes = tuple(self._readability(state is not None))
        if state is None:
            self._wanted = None
            return changes
        return changes + tuple(self._settle(state, now_s))

    def _readability(self, is_readable: bool) -> Iterator[Change]:
        """An unreadable line says nothing about its alarm, so that stays as it was."""
        was, self._is_readable = self._is_readable, is_readable
        if was is is_readable:
            return
        if is_readable:
            yield Change(UNREADABLE, Qualifier.RESTORE)
        else:
            yield Change(UNREADABLE, Qualifier.STILL if was is None else Qualifier.NEW)

    def _settle(self, state: LineState, now_s: float) -> Iterator[Change]:
        if state is self._settled:
            self._wanted = None
            return
        if state is not self._wanted:
            self._wanted, self._wanted_since_s = state, now_s
        if now_s - self._wanted_since_s < self._debounce_s:
            return
        was, self._settled, self._wanted = self._settled, state, None
        yield from self._learned(state) if was is None else _moved(was, state)

    def _learned(self, state: LineState) -> Iterator[Change]:
        for trouble in self._troubles:
            if trouble is not state:
                yield Change(trouble, Qualifier.RESTORE)
        if state is not LineState.NORMAL:
            yield Change(state, Qualifier.STILL)


def _moved(was: LineState, state: LineState) -> Iterator[Change]:
    if was is not LineState.NORMAL:
        yield Change(was, Qualifier.RESTORE)
    if state is not LineState.NORMAL:
        yield Change(state, Qualifier.NEW)
