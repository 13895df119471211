"""Two workstations on one PostgreSQL and one hub: who gets an alarm, and what is lost when the hub dies."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from services.core.clock import SystemClock
from services.sim.panels import Dialler, Line, Report
from tests.end_to_end.watch_kit import HOST, OPERATORS, Watch, Workplace
from tests.waiting import LIMIT_S

BUTTONS = range(1, 7)
Wait = Callable[..., Any]


@pytest.fixture
def watch(postgres: str, make_watch: Callable[..., Watch]) -> Watch:
    made = make_watch(postgres)
    made.start_hub()
    return made


@pytest.fixture
def panel(watch: Watch) -> Iterator[Dialler]:
    """The panel of the panic buttons; patient enough for a hub that is started again."""
    line = Line("1001", HOST, watch.dc09_port, answer_s=1.0, retry_s=0.2, tries=200)
    dialler = Dialler(line, SystemClock())
    yield dialler
    dialler.close()


def test_of_two_operators_who_claim_at_once_one_wins_and_the_other_is_told_who(
    watch: Watch, panel: Dialler, sit_down: Callable[..., Workplace], wait_until: Wait
) -> None:
    seats = {
        "wang": sit_down(watch, "wang", "SEAT-1", "incidents"),
        "li": sit_down(watch, "li", "SEAT-2", "incidents"),
    }
    for number in BUTTONS:
        assert panel.send(Report("120", number))
    for seat in seats.values():
        wait_until(lambda seat=seat: len(seat.desk.presenters.watch.queue) == len(BUTTONS))
    for alarm in list(seats["wang"].desk.presenters.watch.queue):
        _race(watch, seats, alarm.id, wait_until)


def _race(watch: Watch, seats: dict[str, Workplace], alarm_id: str, wait_until: Wait) -> None:
    """Both press in the same turn of the event loop, so neither screen knows of the other yet."""
    for seat in seats.values():
        seat.desk.shell.say("")
    for seat in seats.values():
        seat.desk.presenters.watch.act_on(alarm_id, "claim")
    told = wait_until(lambda: {u for u, seat in seats.items() if seat.desk.shell.banner.text})
    assert len(told) == 1
    (loser,) = told
    (winner,) = seats.keys() - told
    stored = watch.database.read(lambda view: view.alarms.get(alarm_id))
    assert (stored.owner, stored.owner_name) == (winner, OPERATORS[winner])
    sentence = seats[loser].desk.shell.banner.text
    assert OPERATORS[winner] in sentence
    assert sentence.endswith("。")
    wait_until(lambda: _owners(seats, alarm_id) == {winner})
    assert seats[winner].desk.shell.banner.text == ""


def _owners(seats: dict[str, Workplace], alarm_id: str) -> set[str]:
    return {seat.desk.live.board.alarms[alarm_id].owner for seat in seats.values()}


def test_a_hub_killed_between_receipt_and_acknowledgement_costs_nothing_and_doubles_nothing(
    watch: Watch,
    panel: Dialler,
    postgres: str,
    sit_down: Callable[..., Workplace],
    wait_until: Wait,
    expected_log: Callable[..., None],
) -> None:
    expected_log("dialler.gave_up")
    seat = sit_down(watch, "wang", "SEAT-1", "incidents")
    results: list[bool] = []
    dialling = threading.Thread(target=lambda: results.append(panel.send(Report("120", 1))))
    with psycopg.connect(postgres.replace("+psycopg", "")) as blocker:
        # The hub has the frame and waits in its transaction: received, neither stored nor acknowledged.
        blocker.execute("LOCK TABLE alarm IN EXCLUSIVE MODE")
        dialling.start()
        try:
            wait_until(lambda: _waits_for_the_table(postgres))
            assert results == []
            watch.kill_hub()
        finally:
            blocker.rollback()
    watch.start_hub()
    dialling.join(LIMIT_S)
    assert results == [True]
    wait_until(lambda: seat.desk.presenters.watch.queue)
    (alarm,) = seat.desk.presenters.watch.queue
    assert (alarm.zone, alarm.occurrence_count) == ("Z01", 1)
    (stored,) = watch.database.read(lambda view: view.alarms.page(10))
    assert (stored.id, stored.occurrence_count) == (alarm.id, 1)


def _waits_for_the_table(postgres: str) -> bool:
    with psycopg.connect(postgres.replace("+psycopg", "")) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'alarm'::regclass"
        ).fetchone()
    return row is not None and row[0] > 0
