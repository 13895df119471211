"""F4 and Enter while the database stands still: the order is safe, seen waiting, and goes out by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from services.dispatch.orders import Order
from services.dispatch.outbox import Delivery
from tests.services.storage.breakable import BreakableServer
from tests.views.seat import OPERATOR, Campus, Seat

Wait = Callable[..., object]


@pytest.fixture
def server() -> Iterator[BreakableServer]:
    made = BreakableServer()
    made.start()
    yield made
    made.thaw()
    made.remove()


@pytest.fixture
def seat(qapp: QApplication, server: BreakableServer, tmp_path: Path, wait_until: Wait) -> Iterator[Seat]:
    campus = Campus(tmp_path, server.new_record_url())
    made = Seat(campus)
    made.open_screens().show()
    made.start()
    wait_until(lambda: made.jobs.is_idle)
    yield made
    made.close()
    campus.close()
    qapp.processEvents()


def test_an_order_given_while_the_database_stands_still_is_shown_as_waiting_and_sent_when_it_is_back(
    seat: Seat, server: BreakableServer, wait_until: Wait, expected_log: Callable[..., None]
) -> None:
    expected_log("feed.lost")
    campus = seat.campus
    alarm_id = campus.ring("Z01")
    campus.alarms.claim(OPERATOR, alarm_id)
    wait_until(lambda: alarm_id in seat.live.board.alarms and seat.live.board.alarms[alarm_id].owner)
    wait_until(lambda: seat.jobs.is_idle)
    server.freeze()
    try:
        seat.dispatch.open_alarm(alarm_id)
        wait_until(lambda: seat.dispatch.candidates)
        first = seat.dispatch.candidates[0].guard.no
        seat.dispatch.send()
        wait_until(lambda: seat.dispatch.waiting, 10.0)
        assert seat.panel.waiting.isVisible()
        assert not seat.dispatch.is_sending
    finally:
        server.thaw()
    wait_until(lambda: seat.dispatch.dispatches and not seat.panel.waiting.isVisible(), 20.0)
    (sent,) = seat.dispatch.dispatches
    assert (sent.guard, sent.recommended) == (first, first)
    assert sent.queued_at is not None
    assert sent.ranks[0].guard == first


def test_a_waiting_order_that_is_refused_later_stays_on_the_screen_with_its_reason_until_closed(
    seat: Seat, server: BreakableServer, wait_until: Wait, expected_log: Callable[..., None]
) -> None:
    expected_log("feed.lost")
    campus = seat.campus
    alarm_id = campus.ring("Z01")
    campus.alarms.claim(OPERATOR, alarm_id)
    wait_until(lambda: alarm_id in seat.live.board.alarms and seat.live.board.alarms[alarm_id].owner)
    seat.dispatch.open_alarm(alarm_id)
    wait_until(lambda: seat.dispatch.candidates)
    taken = seat.dispatch.candidates[0].guard.no
    campus.dispatches.send(OPERATOR, Order(taken, "别人先派的", alarm_id=alarm_id))
    server.freeze()
    try:
        seat.dispatch.choose(taken)
        seat.dispatch.send()
        wait_until(lambda: seat.queue.waiting, 10.0)
    finally:
        server.thaw()
    wait_until(lambda: seat.queue.refused and seat.panel.waiting.isVisible(), 20.0)
    assert seat.queue.refused[0].why == "dispatch.guard_busy"
    seat.panel.waiting.button(0).click()
    wait_until(lambda: not seat.queue.refused and not seat.panel.waiting.isVisible())


def test_a_crash_while_handing_over_does_not_end_the_handing_over(
    seat: Seat, wait_until: Wait, monkeypatch: pytest.MonkeyPatch, expected_log: Callable[..., None]
) -> None:
    expected_log("job.crashed")
    rounds: list[str] = []

    def crash() -> Delivery:
        rounds.append("crashed")
        raise ZeroDivisionError

    monkeypatch.setattr(seat.queue.box, "deliver", crash)
    for expected in (1, 2):
        seat.queue.deliver()
        wait_until(lambda wanted=expected: len(rounds) == wanted and seat.jobs.is_idle)
    assert rounds == ["crashed", "crashed"]
