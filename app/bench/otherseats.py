"""The colleagues of the alarm bench, in a process of their own: they end every alarm that a screen has shown.

Without them the queue would hold thousands of alarms that no screen has room for.
"""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from queue import SimpleQueue

from app.processes import watch_parent
from services.core.bus import Bus
from services.core.clock import SystemClock
from services.domain.alarms import Alarm, AlarmState
from services.domain.facts import AlarmChanged
from services.storage import ChangeFeed, Database, Tx

LOOK_EVERY_S = 0.1
USER = "colleague"


def main() -> None:
    """Works until stdin is closed; the database's URL is in SHOUWANG_DATABASE."""
    database, bus = Database(os.environ["SHOUWANG_DATABASE"]), Bus()
    database.open()
    shown: SimpleQueue[str] = SimpleQueue()
    ending = threading.Event()

    def note(fact: AlarmChanged) -> None:
        if fact.change == "displayed" and fact.alarm.is_open:
            shown.put(fact.alarm.id)

    bus.subscribe(AlarmChanged, note)
    feed = ChangeFeed(database, bus)
    feed.start(database.read(lambda view: view.seq))
    watch_parent(ending.set)
    while not ending.wait(LOOK_EVERY_S):
        ids = {shown.get() for _ in range(shown.qsize())}
        if ids:
            database.write(lambda tx, ids=ids: _end(tx, ids))  # type: ignore[misc]
    feed.stop()
    database.close()


def _end(tx: Tx, ids: set[str]) -> None:
    held = [alarm for alarm in tx.alarms.some(ids) if alarm.is_open]
    for ended in tx.alarms.save_all([_ended(alarm) for alarm in held]):
        tx.record(AlarmChanged(ended, "reset"))


def _ended(alarm: Alarm) -> Alarm:
    """reset_at: now, as every seat has it; the hub judges by it whether a frame came before the end."""
    return replace(alarm, state=AlarmState.CLOSED, reset_by=USER, reset_at=SystemClock().now())


if __name__ == "__main__":
    main()
