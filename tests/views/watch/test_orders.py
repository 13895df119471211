"""Orders about alarms: none is lost, none is given twice, those about one alarm keep their order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from services.core.errors import ServiceError
from services.core.jobs import Jobs
from services.domain.alarms import Alarm
from tests.alarms import PANIC
from tests.waiting import LIMIT_S
from ui.jobs import UiJobs
from views.watch.orders import AlarmOrders

Wait = Callable[..., object]


class SlowDesk:
    """Begins what it is asked at once, and is through with it when `may_go`."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.may_go = Event()

    def order(self, what: str) -> Callable[[], Alarm]:
        def work() -> Alarm:
            self.begun.append(what)
            assert self.may_go.wait(LIMIT_S)
            return PANIC

        return work


class Answers:
    def __init__(self, orders: AlarmOrders) -> None:
        self.heard: list[str] = []
        orders.accepted.connect(self._accept)
        orders.refused.connect(self._refuse)

    def _accept(self, alarm_id: str, action: str) -> None:
        self.heard.append(f"{alarm_id} {action}")

    def _refuse(self, error: ServiceError) -> None:
        self.heard.append(error.code)


@pytest.fixture
def desk() -> Iterator[SlowDesk]:
    made = SlowDesk()
    yield made
    made.may_go.set()


@pytest.fixture
def jobs(qtbot: QtBot, desk: SlowDesk) -> Iterator[UiJobs]:
    assert qtbot is not None
    pool = Jobs("orders-test", 4)
    made = UiJobs(pool)
    yield made
    desk.may_go.set()
    made.close()
    pool.stop()


@pytest.fixture
def orders(jobs: UiJobs) -> AlarmOrders:
    return AlarmOrders(jobs)


def refuse() -> Alarm:
    raise ServiceError("alarm.not_owner")


def break_down() -> Alarm:
    raise ZeroDivisionError


def test_an_order_behind_a_slow_one_about_the_same_alarm_is_carried_out_after_it(
    orders: AlarmOrders, desk: SlowDesk, wait_until: Wait
) -> None:
    answers = Answers(orders)
    orders.give("a", "verify", desk.order("verify"))
    orders.give("a", "false", desk.order("false"))
    orders.give("b", "claim", desk.order("claim of b"))
    wait_until(lambda: len(desk.begun) == 2)
    assert set(desk.begun) == {"verify", "claim of b"}
    desk.may_go.set()
    wait_until(lambda: len(answers.heard) == 3)
    assert [heard for heard in answers.heard if heard.startswith("a")] == ["a verify", "a false"]
    assert desk.begun[-1] == "false"


def test_a_key_held_down_asks_once_until_it_is_answered(
    orders: AlarmOrders, desk: SlowDesk, jobs: UiJobs, wait_until: Wait
) -> None:
    for _ in range(5):
        orders.give("a", "verify", desk.order("verify"))
        orders.give("a", "claim", desk.order("claim"))
    desk.may_go.set()
    wait_until(lambda: jobs.is_idle)
    assert desk.begun == ["verify", "claim"]
    orders.give("a", "claim", desk.order("claim again"))
    wait_until(lambda: jobs.is_idle)
    assert desk.begun[2:] == ["claim again"]


def test_a_refused_order_keeps_none_behind_it_back(
    orders: AlarmOrders, desk: SlowDesk, wait_until: Wait
) -> None:
    answers = Answers(orders)
    desk.may_go.set()
    orders.give("a", "verify", refuse)
    orders.give("a", "claim", desk.order("claim"))
    wait_until(lambda: answers.heard == ["alarm.not_owner", "a claim"])


def test_an_order_that_died_of_our_own_mistake_keeps_none_behind_it_back(
    orders: AlarmOrders, desk: SlowDesk, expected_log: Callable[..., None], wait_until: Wait
) -> None:
    expected_log("job.crashed")
    answers = Answers(orders)
    desk.may_go.set()
    orders.give("a", "verify", break_down)
    orders.give("a", "claim", desk.order("claim"))
    wait_until(lambda: answers.heard == ["a claim"])


def test_a_claim_waits_for_no_silence_of_a_storm_and_is_not_lost(
    orders: AlarmOrders, desk: SlowDesk, wait_until: Wait
) -> None:
    answers = Answers(orders)
    asked: list[Sequence[str]] = []

    def silence(alarm_ids: Sequence[str]) -> dict[str, ServiceError]:
        asked.append(alarm_ids)
        assert desk.may_go.wait(LIMIT_S)
        return {"b": ServiceError("storage.not_found")}

    for _ in range(3):
        orders.silence(["a", "b"], silence)
    orders.silence(["b", "c"], silence)
    orders.give("a", "claim", lambda: PANIC)
    wait_until(lambda: answers.heard == ["a claim"])
    wait_until(lambda: len(asked) == 2)
    assert sorted(asked) == [("a", "b"), ("c",)]
    desk.may_go.set()
    wait_until(lambda: len(answers.heard) == 4)
    assert sorted(answers.heard) == ["a claim", "a silence", "c silence", "storage.not_found"]


def test_a_silence_that_the_database_did_not_take_is_told_once_and_may_be_asked_again(
    orders: AlarmOrders, jobs: UiJobs, wait_until: Wait
) -> None:
    answers = Answers(orders)

    def away(_alarm_ids: Sequence[str]) -> dict[str, ServiceError]:
        raise ServiceError("storage.unreachable")

    for _ in range(2):
        orders.silence(["a", "b"], away)
        wait_until(lambda: jobs.is_idle)
    assert answers.heard == ["storage.unreachable"] * 2
