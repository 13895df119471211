"""Two workstations on one PostgreSQL: a guard is sent once, whoever is faster."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from services.campus.routes import Routes
from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.dispatch.desk import DispatchDesk, Order, import_site
from services.domain.incidents import Incident, IncidentId, IncidentState
from services.domain.people import Session
from services.domain.site import Site
from services.storage import Database


def test_racing_sends_from_two_seats_have_one_winner_per_guard(
    postgres_record: str,
    clock: ManualClock,
    site: Site,
    operator: Session,
    leader: Session,
    administrator: Session,
) -> None:
    routes = Routes(site)
    with (
        closing(Database(postgres_record, clock)) as here,
        closing(Database(postgres_record, clock)) as there,
    ):
        here.open()
        there.open()
        import_site(here, administrator, site, clock)
        incident = Incident(
            IncidentId("i1"),
            "JQ1",
            "t",
            "panic",
            "",
            (250.0, 180.0),
            "",
            "wang",
            "王某",
            clock.now(),
            IncidentState.ACCEPTED,
        )
        here.write(lambda tx: tx.incidents.add(incident))
        seats = [
            (DispatchDesk(here, clock, routes, site), operator),
            (DispatchDesk(there, clock, routes, site), leader),
        ]

        def send(number: int) -> str:
            desk, session = seats[number % 2]
            guard = f"G{34 + number % 5}"
            try:
                desk.send(session, Order(guard, "去", incident_id="i1"))
            except ServiceError as error:
                return error.code
            return "sent"

        with ThreadPoolExecutor(8) as pool:
            outcomes = Counter(pool.map(send, range(40)))
        running = here.read(lambda view: view.dispatches.running())
    assert outcomes == {"sent": 5, "dispatch.guard_busy": 35}
    assert len({dispatch.guard for dispatch in running}) == len(running) == 5
