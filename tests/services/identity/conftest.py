"""A record without users, and its accounts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.identity import Accounts
from services.storage import Database
from tests.passwords import QUICK
from tests.records import new_record

PASSWORD = "correct horse 电池"


def code_of(work: Callable[[], object]) -> str:
    with pytest.raises(ServiceError) as caught:
        work()
    return caught.value.code


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 11, 24, 2, 0, tzinfo=UTC))


@pytest.fixture
def database(tmp_path: Path, clock: ManualClock) -> Iterator[Database]:
    with new_record(tmp_path / "watch.db", clock) as database:
        yield database


@pytest.fixture
def accounts(database: Database, clock: ManualClock) -> Accounts:
    return Accounts(database, clock, passwords=QUICK)
