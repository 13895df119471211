"""The kit on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.core.clock import ManualClock
from services.plans.running import PlanRuns
from services.plans.running_clock import PlanClock
from services.storage import Database
from tests.records import new_sqlite
from tests.services.plans.running.run_kit import AT, RunKit, no_opening


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(AT)


@pytest.fixture(params=["sqlite", "postgres"])
def run_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh database with the schema, once on each engine."""
    is_sqlite = request.param == "sqlite"
    return new_sqlite(tmp_path / "runs.db") if is_sqlite else str(request.getfixturevalue("postgres_record"))


@pytest.fixture
def kit(run_url: str, clock: ManualClock) -> Iterator[RunKit]:
    database = Database(run_url, clock)
    database.open()
    yield RunKit(database, clock, PlanRuns(database, clock, no_opening), PlanClock(database, clock))
    database.close()
