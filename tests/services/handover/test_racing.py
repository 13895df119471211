"""Two seats at once, on PostgreSQL: one paper, one signature of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.domain.handovers import HandoverState
from services.domain.people import Role, Session
from services.handover.desk import HandoverDesk
from services.identity import Accounts
from services.storage import Database
from tests.passwords import QUICK
from tests.services.handover.conftest import PASSWORD, START, WANG

LI = Session("li", "李值班", Role.OPERATOR, "SEAT-2")
SEATS = 4


@pytest.fixture
def desks(postgres_record: str) -> Iterator[list[HandoverDesk]]:
    """One for each seat, with a connection of its own."""
    clock = ManualClock(START)
    databases = [Database(postgres_record, clock) for _ in range(SEATS)]
    for database in databases:
        database.open()
    accounts = Accounts(databases[0], clock, passwords=QUICK)
    accounts.create_first_administrator("admin", "管理员", PASSWORD)
    administrator = accounts.log_in("admin", PASSWORD, "desk")
    for name in ("wang", "li", "zhao", "sun"):
        accounts.create(administrator, name, name, Role.OPERATOR, PASSWORD)
    yield [
        HandoverDesk(database, clock, Accounts(database, clock, passwords=QUICK)) for database in databases
    ]
    for database in databases:
        database.close()


def test_all_seats_prepare_at_once_and_there_is_one_paper(desks: list[HandoverDesk]) -> None:
    start = Barrier(SEATS)

    def prepare(desk: HandoverDesk) -> str:
        start.wait(30)
        return desk.prepare(WANG).handover_no

    with ThreadPoolExecutor(SEATS) as pool:
        numbers = set(pool.map(prepare, desks))

    assert numbers == {"JJ20261128-0001"}
    assert len(desks[0].newest(9)) == 1


def test_of_two_who_take_over_at_once_one_has_it(desks: list[HandoverDesk]) -> None:
    desks[0].prepare(WANG)
    desks[0].sign_out(WANG, "wang", PASSWORD, desks[0].present().items)
    seen, start = desks[0].present().items, Barrier(3)

    def take(who: tuple[HandoverDesk, str]) -> str:
        desk, name = who
        start.wait(30)
        try:
            desk.sign_in(LI, name, PASSWORD, seen)
        except ServiceError as error:
            return error.code
        return name

    with ThreadPoolExecutor(3) as pool:
        ends = list(pool.map(take, zip(desks, ("li", "zhao", "sun"), strict=False)))

    paper = desks[0].newest(1)[0]
    assert paper.state is HandoverState.IN_SIGNED
    assert paper.taken is not None
    assert [end for end in ends if end == paper.taken.user] == [paper.taken.user]
    assert sorted(end for end in ends if end != paper.taken.user) == ["handover.nothing_prepared"] * 2
