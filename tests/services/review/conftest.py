"""One night of one incident, as fixtures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from services.core.clock import ManualClock
from services.domain.incidents import Dispatch
from services.domain.people import Session
from services.domain.reviews import Review
from tests.services.review.night import OPERATOR, START_AT, SUPERVISOR, Night, contain, open_night, send_guard


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START_AT)


@pytest.fixture
def night(tmp_path: Path, clock: ManualClock) -> Iterator[Night]:
    with open_night(tmp_path, clock) as night:
        yield night


@pytest.fixture
def operator() -> Session:
    return OPERATOR


@pytest.fixture
def supervisor() -> Session:
    return SUPERVISOR


@pytest.fixture
def sent(night: Night) -> Dispatch:
    return send_guard(night)


@pytest.fixture
def contained(night: Night, sent: Dispatch) -> Review:
    return contain(night, sent)


@pytest.fixture
def make_grave(night: Night) -> Callable[[str], None]:
    """`make_grave(incident)`: it is of level Ⅲ from now on."""

    def make(incident_id: str) -> None:
        night.database.write(lambda tx: tx.incidents.save(replace(tx.incidents.get(incident_id), level=3)))

    return make
