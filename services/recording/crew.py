"""One thread for each camera of the plans: what is no longer wanted ends, the rest goes on undisturbed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, Protocol, TypeVar

from services.core.workers import Worker

Key = TypeVar("Key")
Plan = TypeVar("Plan")


class AtCamera(Protocol):
    """Reads one camera by a thread of its own."""

    @property
    def worker(self) -> Worker: ...


Member = TypeVar("Member", bound=AtCamera)


class CameraCrew(Generic[Key, Plan, Member]):
    """Owns the threads of its members.

    begin: makes a member for a plan. goes_on: gives a member its new plan; False = it takes another member.
    stop_limit_s: so long each is waited for.
    """

    def __init__(
        self, begin: Callable[[Plan], Member], goes_on: Callable[[Member, Plan], bool], stop_limit_s: float
    ) -> None:
        self._begin = begin
        self._goes_on = goes_on
        self._stop_limit_s = stop_limit_s
        self._members: dict[Key, Member] = {}

    def __iter__(self) -> Iterator[Member]:
        return iter(tuple(self._members.values()))

    def at(self, key: Key) -> Member | None:
        """Any thread."""
        return self._members.get(key)

    def use(self, plans: Mapping[Key, Plan]) -> None:
        """These and no others from now on."""
        self._end(
            [
                key
                for key, member in self._members.items()
                if key not in plans or not self._goes_on(member, plans[key])
            ]
        )
        for key, plan in plans.items():
            if key not in self._members:
                self._members[key] = self._begin(plan)
                self._members[key].worker.start()

    def stop(self) -> None:
        self._end(list(self._members))

    def _end(self, keys: Iterable[Key]) -> None:
        """All are asked before one is waited for."""
        ending = [self._members.pop(key) for key in keys]
        for member in ending:
            member.worker.request_stop()
        for member in ending:
            member.worker.stop(self._stop_limit_s)
