"""Another process of the product, for tests: claims alarms, writes on, upgrades or follows the feed."""

from __future__ import annotations

import sys
from dataclasses import replace

from services.core.bus import Bus
from services.core.errors import ServiceError
from services.domain.alarms import Alarm, AlarmState
from services.domain.facts import AlarmChanged, SiteImported
from services.storage import ChangeFeed, Database, Tx, care
from services.storage import feed as feed_module


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def claim_all(database: Database, name: str) -> None:
    """Read all open alarms, wait for a line on stdin, then claim each as it was read; print the won."""
    alarms = database.read(lambda view: view.alarms.open())
    say("ready")
    sys.stdin.readline()
    for alarm in alarms:
        claimed = replace(alarm, state=AlarmState.CLAIMED, owner=name)
        try:
            database.write(lambda tx, claimed=claimed: _claim(tx, claimed))  # type: ignore[misc]
        except ServiceError as error:
            if error.code != "storage.conflict":
                raise
        else:
            say(alarm.event_no)


def _claim(tx: Tx, claimed: Alarm) -> None:
    saved = tx.alarms.save(claimed)
    tx.record(AlarmChanged(saved, "claim"))
    tx.audit(None, "alarm.claim", saved.event_no)


def write_on(database: Database, name: str, count: int) -> None:
    """Commit `count` numbered facts; print each number after its commit."""
    for number in range(count):
        database.write(lambda tx, number=number: _note(tx, f"{name}-{number}"))  # type: ignore[misc]
        say(f"{name}-{number}")


def _note(tx: Tx, what: str) -> None:
    tx.put_preference("test", what, {"written": True})
    tx.audit(None, "test.note", what)
    tx.record(SiteImported(what))


def follow(database: Database) -> None:
    """Print each fact's site as the bell tells of it, until stdin closes."""
    feed_module.LOOK_EVERY_S = 3600.0
    bus = Bus()
    bus.subscribe(SiteImported, lambda fact: say(fact.site))
    feed = ChangeFeed(database, bus)
    feed.start(database.read(lambda view: view.seq))
    say("ready")
    sys.stdin.read()
    feed.stop()


def main() -> None:
    what, url, *rest = sys.argv[1:]
    if what == "upgrade":
        say(f"from {care.upgrade(url)!r}")
        return
    database = Database(url)
    database.open()
    match what:
        case "claim":
            claim_all(database, rest[0])
        case "write":
            write_on(database, rest[0], int(rest[1]))
        case "follow":
            follow(database)
    database.close()


main()
