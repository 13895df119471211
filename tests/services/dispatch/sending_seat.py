"""A seat in a process of its own: keeps orders on its disk while the record is away, then waits."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from services.campus.routes import Routes
from services.core.clock import SystemClock
from services.dispatch import DispatchDesk, Order
from services.dispatch.outbox import OrderOutbox
from services.domain.people import Role, Session
from services.domain.site import Site
from services.storage import Database
from services.storage.outbox import Outbox


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(url: str, file: str, orders: str) -> None:
    """orders: JSON list of [guard, id, incident]; one line on standard output for each that is kept."""
    clock = SystemClock()
    database = Database(url, clock)
    database.open()
    site = database.read(lambda view: view.site())
    assert isinstance(site, Site)
    outbox = OrderOutbox(DispatchDesk(database, clock, Routes(site), site), Outbox(Path(file)), clock)
    say("ready")
    sys.stdin.readline()
    session = Session("wang", "王某", Role.OPERATOR, "seat-1")
    for guard, order_id, incident in json.loads(orders):
        outbox.send(session, Order(guard, "去", incident_id=incident, id=order_id))
        say(order_id)
    sys.stdin.readline()


if __name__ == "__main__":
    main(*sys.argv[1:])
