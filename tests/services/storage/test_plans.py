"""Plans and versions come back as they were written, in the order promised."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from services.core.ids import new_id
from services.domain.plan_steps import Step, StepKind
from services.domain.plans import Plan, PlanCategory, PlanId, PlanText, PlanVersion
from services.storage import Database

AT = datetime(2026, 11, 24, 2, 0, 0, 123456, tzinfo=UTC)
TEXT = PlanText("宿舍火灾", category=PlanCategory.FIRE, steps=(Step("call", StepKind.CALL, "拨打 119"),))


@pytest.fixture
def database(url: str, open_database: Callable[[str], Database]) -> Database:
    return open_database(url)


def plan(name: str) -> Plan:
    return Plan(PlanId(name), TEXT, "chen", "陈主任", AT)


def test_plans_come_back_equal_in_the_order_of_their_ids(database: Database) -> None:
    second, first = plan("flood"), plan("fire")
    database.write(lambda tx: [tx.plans.add(second), tx.plans.add(first)])

    assert database.read(lambda view: view.plans.all()) == [first, second]


def test_versions_of_a_plan_are_found_by_number_and_listed_oldest_first(database: Database) -> None:
    versions = [
        PlanVersion(new_id(), PlanId(of), number, TEXT, AT + timedelta(days=number), "chen", "陈主任")
        for of, number in (("fire", 2), ("flood", 1), ("fire", 1))
    ]
    database.write(lambda tx: [tx.plan_versions.add(version) for version in versions])

    assert database.read(lambda view: view.plan_versions.of("fire")) == [versions[2], versions[0]]
    assert database.read(lambda view: view.plan_versions.of_plan("fire", 2)) == versions[0]
    assert database.read(lambda view: view.plan_versions.of_plan("flood", 2)) is None
