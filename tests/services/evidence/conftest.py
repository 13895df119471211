"""The demo campus on a real record, with the desk of requests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.core.clock import ManualClock
from services.evidence.desk import EvidenceDesk
from services.storage import Database
from tests.services.review.night import START_AT, open_night


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START_AT)


@pytest.fixture
def database(tmp_path: Path, clock: ManualClock) -> Iterator[Database]:
    with open_night(tmp_path, clock) as night:
        yield night.database


@pytest.fixture
def desk(database: Database, clock: ManualClock) -> EvidenceDesk:
    return EvidenceDesk(database, clock)
