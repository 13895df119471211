"""The deadlines of orders: one that passes unmet is flagged, while every seat is closed too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from services.core.clock import Clock
from services.core.clockset import ClockSet
from services.dispatch import steps
from services.dispatch.record import Record
from services.domain.incidents import Dispatch
from services.storage import Database, Tx

# Of one sending: an order that came back is sent again, with new deadlines.
_Sending = tuple[str, datetime]


class DeadlineClock:
    """A duty of the hub's rounds. By what really passed: a clock that is set makes nobody late or in time."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._set = ClockSet(clock)
        # How far the clock had been set when each sending was first seen.
        self._seen: dict[_Sending, timedelta] = {}

    def tick(self) -> list[Dispatch]:
        """The running orders that it flagged, each deadline once; reads only, unless something is late."""
        running = self._database.read(lambda view: view.dispatches.running())
        self._note(running)
        due = [one.id for one in running if steps.newly_late(one, self._now(one))]
        if not due:
            return []
        return self._database.write(lambda tx: [late for one in due if (late := self._flag(tx, one))])

    def _note(self, running: Sequence[Dispatch]) -> None:
        total, known = self._set.look(), self._seen
        self._seen = {_sending(one): known.get(_sending(one), total) for one in running}

    def _now(self, dispatch: Dispatch) -> datetime:
        """The machine's time without what it was set by since the order was sent."""
        total = self._set.total
        return self._clock.now() - (total - self._seen.get(_sending(dispatch), total))

    def _flag(self, tx: Tx, dispatch_id: str) -> Dispatch | None:
        """Judged again inside the transaction: the guard may just have signed."""
        dispatch = tx.dispatches.get(dispatch_id)
        return steps.flag_late(Record(tx, None, self._clock.now()), dispatch, self._now(dispatch))


def _sending(dispatch: Dispatch) -> _Sending:
    return dispatch.id, dispatch.sent_at
